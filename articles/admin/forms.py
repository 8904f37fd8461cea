"""The article's form: it edits a draft, never the row, and never writes.

What can't be read leaves the stored value, so that an autosave keeps the rest; what somebody else
saved meanwhile is merged in front of the writer's eyes.
"""

import json
from collections.abc import Mapping
from typing import Any, get_args

from ckeditor.widgets import CKEditorWidget
from django import forms

from articles.actions.drafting import conflict_over, slug_is_made
from articles.actions.editing import Conflict
from articles.actions.moving import is_taken
from articles.actions.writing import tidy
from articles.admin.form_fields import (
    LinesField,
    check_tags,
    stories_of,
    story_lines,
    tag_lines,
    tags_of,
)
from articles.admin.form_rows import (
    byline_rows,
    bylines_in,
    is_sent,
    photo_rows,
    uses_in,
)
from articles.admin.in_words import ClashInWords, in_words
from articles.body.clean import clean
from articles.draft_merge import PARTS, Choice, Merge, marks_of, merge, resolve, with_marks
from articles.drafts import DRAFT_FIELDS, TIMES, Draft, draft_of
from articles.fields import validate_slug
from articles.models import Article
from newsroom.lib.html import BodyRefused

# The browser's own pickers: they work by touch and need no script.
MOMENT = forms.SplitDateTimeWidget(
    date_format="%Y-%m-%d",
    time_format="%H:%M",
    date_attrs={"type": "date", "aria-label": "Date"},
    time_attrs={"type": "time", "aria-label": "Time"},
)


class ArticleForm(forms.ModelForm):
    # Not `version`: the model's own is not editable, and a form can't hold it.
    loaded_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    loaded_marks = forms.CharField(widget=forms.HiddenInput, required=False)
    slug = forms.CharField(
        required=False,
        max_length=200,
        validators=[validate_slug],
        help_text="Left empty, it is made from the headline. The old address keeps working.",
    )
    tags = LinesField(help_text="One a line; the first one is the most important.")
    related = LinesField(
        label="Related stories", help_text="One a line: its address, or its number on the desk."
    )
    tell_readers = forms.BooleanField(
        required=False,
        label="Tell readers",
        help_text="Show the time of this update as the story’s last change.",
    )
    may_add_tags = False  # the admin sets these two for each login
    readable = Article.objects.none()
    conflict: Conflict | None = None
    marks_in_browser: Mapping[str, str] = {}  # after a conflict, of what a script can't change

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007  (the admin's fieldsets choose)
        widgets = {
            "body_html": CKEditorWidget(),
            "headline": forms.Textarea(attrs={"rows": 1, "placeholder": "Headline"}),
            "dek": forms.Textarea(
                attrs={"rows": 1, "placeholder": "Dek: what it is about, in a sentence"}
            ),
            **dict.fromkeys(TIMES, MOMENT),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = draft_of(self.instance)
        self.made_slug = self.instance.pk is None or slug_is_made(self.instance)
        given = kwargs.get("initial") or {}
        self._begin_with(self.stored, version=self.instance.version)
        self.initial.update(given)
        if self.is_bound:
            data = self.data
            if is_sent(data, "bylines"):
                self.bylines = byline_rows(self.stored, data)
            if is_sent(data, "photos"):
                self.photos = photo_rows(self.stored, data)

    def _begin_with(self, draft: Draft, *, version: int) -> None:
        """Show this draft where nothing was sent."""
        for name, value in draft.fields.items():
            self.initial[name.removesuffix("_id")] = value
        self.initial.update(
            slug="" if self.made_slug and draft is self.stored else draft.fields["slug"],
            tags=tag_lines(draft.tags),
            related=story_lines(draft.related),
            loaded_version=version if self.instance.pk else None,
            loaded_marks=json.dumps(marks_of(self.stored)) if self.instance.pk else "",
        )
        self.bylines, self.photos = byline_rows(draft), photo_rows(draft)

    # --- What was sent ---------------------------------------------------------------------------
    def clean_body_html(self) -> str:
        try:
            body = clean(self.cleaned_data["body_html"] or "")
        except BodyRefused as refusal:
            raise forms.ValidationError(str(refusal), code="body_refused") from refusal
        self.cleaning_notes = body.notes
        return body.html

    def clean_slug(self) -> str:
        """Empty stays empty here: the save makes a free one from the headline."""
        slug: str = self.cleaned_data["slug"] or ""
        if slug and is_taken(slug, self.instance):
            raise forms.ValidationError(
                "Another article has this address already, or had it before."
            )
        return slug

    def clean_tags(self) -> list[str]:
        names: list[str] = self.cleaned_data["tags"]
        check_tags(names, may_add=self.may_add_tags)
        return names

    def clean_related(self) -> tuple[int, ...]:
        chosen = Article.objects.filter(pk__in=self.stored.related)
        return stories_of(self.cleaned_data["related"], among=self.readable | chosen)

    def clean(self) -> dict[str, Any]:
        # Not the model form's own: the row's constraints are the publish gate's business.
        for name, rows in (("bylines", self.bylines), ("photos", self.photos)):
            if rows.is_bound and not rows.is_valid():
                self.add_error(None, forms.ValidationError(_first_error(rows), code=name))
        if self.instance.pk:
            self._check_version(Article.objects.get(pk=self.instance.pk))
        return self.cleaned_data

    def _check_version(self, article: Article) -> None:
        expected = self.cleaned_data.get("loaded_version") or 0
        if article.version == expected and not self._merged().clashes:
            return
        mine = tidy(article, self._said())
        conflict = conflict_over(article, mine, expected=expected, marks=self.marks)
        if self.errors or not conflict.is_over_nothing:
            self.show_conflict(conflict)

    def show_conflict(self, conflict: Conflict) -> None:
        """From here on the form shows both, and sending it again is a knowing act. What nobody
        could read stays as it was typed.
        """
        unread, marks = self._unread, self.marks or {}
        typed = {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
            if name in self.errors
        }
        rows = self.bylines, self.photos
        # A clash is settled when it comes back with a choice: until then it stays one.
        unsettled = {clash.part for clash in conflict.merge.clashes}
        self.stored, self.conflict = conflict.stored, conflict
        self._begin_with(conflict.merge.draft, version=conflict.version)
        stored = marks_of(self.stored)
        shown = with_marks(stored, {*unsettled, *unread}, of=marks)
        self.initial.update(typed, loaded_marks=json.dumps(shown))
        # A script has no way to put rows into a form that it did not load: they stay as sent.
        self.marks_in_browser = with_marks(shown, {"bylines", "photo_uses"}, of=marks)
        if "bylines" in unread:
            self.bylines = rows[0]
        if "photo_uses" in unread:
            self.photos = rows[1]
        self.is_bound = False
        self.add_error(
            None,
            forms.ValidationError(
                "Someone else saved this article while you were writing. Your text is still here "
                "and nothing of it is lost; it is not saved yet.",
                code="edit_conflict",
            ),
        )

    @property
    def _unread(self) -> set[str]:
        """The parts that could not be read."""
        parts = {"section_id" if name == "section" else name for name in self.errors}
        rows = {"bylines": self.bylines, "photo_uses": self.photos}
        return parts | {
            part for part, set_ in rows.items() if set_.is_bound and not set_.is_valid()
        }

    @property
    def clashes(self) -> list[ClashInWords]:
        return in_words(self.conflict.merge.clashes) if self.conflict else []

    def _save_m2m(self) -> None:
        """Tags and all other lists go through the draft."""

    # --- The draft -------------------------------------------------------------------------------
    @property
    def marks(self) -> dict[str, str] | None:
        """The marks of the draft that was loaded; None where they did not come back."""
        try:
            marks = json.loads(self.cleaned_data.get("loaded_marks") or "null")
        except ValueError:
            return None
        return marks if isinstance(marks, dict) else None

    def draft(self) -> Draft:
        """What is to be stored: what the form says, but where it says what it was loaded with and
        somebody else said something else since.
        """
        return self._merged().draft

    def marks_after(self, draft: Draft) -> dict[str, str]:
        """The marks for what the browser's form says once this draft of it is stored: those of the
        draft, but where something was stored that the form does not show.
        """
        unseen = {*self._merged().taken, *self._choices, *self._unread} - {"slug"}
        return with_marks(marks_of(draft), unseen, of=self.marks or {})

    def _merged(self) -> Merge:
        mine, marks, stored = self._said(), self.marks, marks_of(self.stored)
        if not marks or all(marks.get(part) == stored[part] for part in PARTS):
            return Merge(mine, (), ())
        settled = with_marks(marks, self._choices, of=stored)
        return merge(settled, tidy(self.instance, mine), self.stored)

    @property
    def _choices(self) -> dict[str, Choice]:
        """How clashes are settled; of another version than the one they were shown with, they say
        nothing.
        """
        if self.cleaned_data.get("loaded_version") != self.instance.version:
            return {}
        sent: dict[str, Any] = {part: self.data.get(f"choice_{part}") for part in PARTS}
        return {part: choice for part, choice in sent.items() if choice in CHOICES}

    def _said(self) -> Draft:
        """What the form says; where it says nothing that can be read, what is stored."""
        fields = {name: self._value(name) for name in DRAFT_FIELDS}
        bylines, uses = self.stored.bylines, self.stored.photo_uses
        if self.bylines.is_bound and self.bylines.is_valid():
            bylines = bylines_in(self.bylines)
        if self.photos.is_bound and self.photos.is_valid():
            uses = uses_in(self.photos)
        tags = tags_of(self.cleaned_data["tags"]) if self._is_read("tags") else self.stored.tags
        related = self.cleaned_data["related"] if self._is_read("related") else self.stored.related
        draft = Draft(fields, bylines=bylines, tags=tags, photo_uses=uses, related=related)
        return resolve(draft, self.stored, self._choices, base=self.marks or {})

    def _is_read(self, name: str) -> bool:
        field = self.fields.get(name)
        sent = field and not field.widget.value_omitted_from_data(self.data, self.files, name)
        return bool(sent) and name in self.cleaned_data

    def _value(self, name: str) -> Any:
        stored, field = self.stored.fields[name], name.removesuffix("_id")
        if name == "lead_id" or not self._is_read(field):
            return stored
        value = self.cleaned_data[field]
        if name == "section_id":
            return value.pk if value else None
        if name in TIMES:
            return _same_minute(value, stored)
        if (
            name == "slug"
            and not value
            and self.cleaned_data.get("headline") == self.stored.fields["headline"]
        ):
            return stored
        return value


CHOICES = frozenset(get_args(Choice))


def _same_minute(value: Any, stored: Any) -> Any:
    """The stored time where the form's, which knows no seconds, is the same."""
    same = value and stored and value == stored.replace(second=0, microsecond=0)
    return stored if same else value


def _first_error(rows: forms.BaseFormSet) -> str:
    if rows.non_form_errors():
        return str(rows.non_form_errors()[0])
    for number, row in enumerate(rows.forms, start=1):
        for field, errors in row.errors.items():
            label = row.fields[field].label or field if field in row.fields else ""
            return f"{str(rows.prefix).capitalize()}, row {number}, {label}: {errors[0]}"
    return "These rows could not be read."
