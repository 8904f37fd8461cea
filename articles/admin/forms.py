"""The article's form: a version that must still fit, and the one field with the editor on it."""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.utils import timezone

from articles.actions.moving import is_taken
from articles.body.clean import clean
from articles.fields import validate_slug
from articles.models import Article, PhotoUse
from newsroom.lib.html import BodyRefused
from newsroom.lib.text import clean_line


class ArticleForm(forms.ModelForm):
    # Not `version`: the model's own is not editable, and a form can't hold it.
    loaded_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    slug = forms.CharField(
        required=False,
        max_length=200,
        validators=[validate_slug],
        help_text="Left empty, it is made from the headline. The old address keeps working.",
    )

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007  (the admin's fieldsets choose)
        widgets = {
            "body_html": CKEditorWidget(),
            "headline": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "dek": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["loaded_version"] = self.instance.version

    def clean_body_html(self) -> str:
        try:
            return clean(self.cleaned_data["body_html"] or "").html
        except BodyRefused as refusal:
            raise forms.ValidationError(str(refusal), code="body_refused") from refusal

    def clean_slug(self) -> str:
        """Empty stays empty here: the save makes a free one from the headline."""
        slug: str = self.cleaned_data["slug"] or ""
        if slug and is_taken(slug, self.instance):
            raise forms.ValidationError(
                "Another article has this address already, or had it before."
            )
        return slug

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        loaded, article = data.get("loaded_version"), self.instance
        if article.is_released:
            self._check_published(data)
        if article.pk and loaded is not None:
            stored = Article.objects.filter(pk=article.pk).values_list("version", flat=True).first()
            if stored != loaded:
                # The writer's text stays in the form; nothing is overwritten.
                raise forms.ValidationError(
                    "Someone else saved this article while you were writing. Your text is still "
                    "here and was not saved: open the article in another tab to compare, then copy "
                    "your changes over.",
                    code="edit_conflict",
                )
        return data

    def _check_published(self, data: dict[str, Any]) -> None:
        """What the publish gate asked for can't be taken back while readers see the article."""
        if "headline" in data and not clean_line(data["headline"] or ""):
            self.add_error("headline", "A published article needs a headline.")
        if "publish_at" not in data:
            return
        moment, embargo = data["publish_at"], data.get("embargo_until")
        if moment is None:
            self.add_error("publish_at", "A published article needs a time. Withdraw it instead.")
        elif embargo and embargo > max(moment, timezone.now()):
            self.add_error(
                "publish_at", "The embargo ends later than this. Move the time behind it."
            )


class PhotoUseFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE")]
        leads = [form for form in kept if form.cleaned_data.get("slot") == PhotoUse.Slot.LEAD]
        if len(leads) > 1:
            raise forms.ValidationError(
                "An article has one lead photo: give the others another slot."
            )
