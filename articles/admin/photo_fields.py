"""What the photo desk's forms have in common: who is shown, whose it is, until when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from articles.actions.photo_reading import NAMES_BETWEEN
from articles.actions.tagging import find_or_create_tag
from articles.admin.credit_line import ReadsCreditLine
from articles.admin.form_fields import check_tags
from articles.models import Photo, RightsClass, Tag
from newsroom.lib.text import clean_line

MAX_PERSONS = 40
# What the scripts call a fact → its field in a row.
FACTS = {
    "caption": "caption_default",
    "alt": "alt_default",
    "decorative": "decorative_default",
    "photographer": "photographer_text",
    "agency": "agency_text",
    "rights": "rights_class",
    "until": "rights_until",
    "persons": "persons_shown",
    "line": "credit_line",
}
NO_COLUMNS = ("persons_shown", "credit_line")
MOMENT_FORMAT = "%Y-%m-%dT%H:%M"


class PersonsField(forms.CharField):
    """Who is shown: names with semicolons between them → the names. `may_add`: whether the login may
    make tags; without, a name that nobody knows is refused in words.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.may_add = False
        super().__init__(**{"required": False, "label": "Who is shown", **kwargs})

    def clean(self, value: Any) -> list[str]:
        names = [clean_line(name) for name in super().clean(value).split(";")]
        names = list(dict.fromkeys(filter(None, names)))
        if len(names) > MAX_PERSONS:
            raise forms.ValidationError(f"These are over {MAX_PERSONS} names.")
        check_tags(names, may_add=self.may_add)
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(_split(initial)) != sorted(_split(data))


class MomentField(forms.DateTimeField):
    """A day and time of the newsroom's clock, as a browser's own field writes it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_FORMAT)
        super().__init__(**{"required": False, "widget": widget, **kwargs})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """To the minute: the browser's field shows no seconds, and a camera writes them."""
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


class RightsClassField(forms.ChoiceField):
    """The house's classes; a word that an import brought stays."""

    def __init__(self, *, empty: str = "Not said", **kwargs: Any) -> None:
        choices = [("", empty), *RightsClass.choices]
        super().__init__(choices=choices, **{"required": False, "label": "Rights", **kwargs})

    def keep(self, value: str) -> None:
        if value and value not in dict(self.choices):  # type: ignore[arg-type]
            self.choices = [*self.choices, (value, value)]  # type: ignore[misc]


def names_in_line(persons: Iterable[Tag]) -> str:
    return NAMES_BETWEEN.join(tag.name for tag in persons)


def persons_of(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, made where they are new."""
    tags = [find_or_create_tag(name, kind=Tag.Kind.PERSON) for name in names]
    return list(dict.fromkeys(tag for tag in tags if tag))


def _split(value: Any) -> list[str]:
    return [name for each in str(value or "").split(";") if (name := clean_line(each))]


class PhotoRowForm(ReadsCreditLine):
    """A photo's row in the table of many."""

    persons_shown = PersonsField()
    rights_class = RightsClassField()
    rights_until = MomentField(label="Rights until")

    class Meta:
        model = Photo
        fields = (
            "caption_default",
            "alt_default",
            "decorative_default",
            "photographer_text",
            "agency_text",
            "rights_class",
            "rights_until",
        )
        labels = {
            "caption_default": "Caption",
            "alt_default": "Alt text",
            "decorative_default": "Decorative",
            "photographer_text": "Photographer",
            "agency_text": "Agency",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields[:2]}

    def __init__(self, *args: Any, may_add_tags: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["persons_shown"]
        field.may_add = may_add_tags
        for fact, name in FACTS.items():
            self.fields[name].widget.attrs["data-fact"] = fact
        rights: Any = self.fields["rights_class"]
        rights.keep(self.instance.rights_class)
        if self.instance.pk:
            self.initial["persons_shown"] = names_in_line(self.instance.persons.all())

    def values(self) -> dict[str, Any]:
        """The columns that the form was sent or read from a credit line, by name."""
        sent = {k: value for k, value in self.cleaned_data.items() if k not in NO_COLUMNS}
        return {**sent, **self.from_line()}

    def persons(self) -> list[Tag] | None:
        """Who is shown by now; None where that was left as it is."""
        if "persons_shown" not in self.changed_data:
            return None
        return persons_of(self.cleaned_data["persons_shown"])
