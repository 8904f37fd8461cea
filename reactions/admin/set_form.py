"""A set's form: its colours as fields, judged by WCAG's contrast before anything is saved."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from reactions.models import ReactionKind, ReactionSet, SetKind
from reactions.set_style import (
    COLOURS,
    SIZES,
    THEMES,
    NoColour,
    Pair,
    Style,
    failing,
    read_colour,
    site_colour,
    tidy,
)

SIZE_WORDS = {"small": "Small", "normal": "Normal", "large": "Large"}
HELP = {
    "badge": "Drawn behind the number where it has a colour.",
    "text": "On the button, chosen or not.",
    "border": "A button that stands out from the page by itself may have any.",
}
SECTION_TAKEN = (
    "This section has a set already, and a section has one. Change that one, or take the section off it "
    "first."
)
ORDER_MAX = 32_767  # a smallint


class ColourField(forms.CharField):
    """Text → "#rrggbb", or "" for the site's own colour."""

    def __init__(self, name: str, theme: str) -> None:
        label = f"{COLOURS[name][0]}, {theme}"
        attrs = {
            "class": "set-colour", "size": 9, "spellcheck": "false", "autocapitalize": "off",
            "placeholder": site_colour(name, theme) or "none",
        }  # fmt: skip
        super().__init__(
            label=label,
            required=False,
            max_length=20,
            help_text=HELP.get(name, "") if theme == THEMES[0] else "",
            widget=forms.TextInput(attrs=attrs),
        )

    def clean(self, value: Any) -> str:
        try:
            return read_colour(super().clean(value))
        except NoColour as error:
            raise forms.ValidationError(str(error), code="no_colour") from error


def joined(pairs: Iterable[Pair]) -> list[Pair]:
    """One for all that fail of the same two colours: "Label on the button, number on the button"."""
    found: dict[tuple[object, ...], Pair] = {}
    for pair in pairs:
        same = (pair.theme, pair.field, pair.ink, pair.ground, pair.needed)
        before = found.get(same)
        what = f"{before.what}, {pair.what[0].lower()}{pair.what[1:]}" if before else pair.what
        found[same] = replace(pair, what=what)
    return list(found.values())


def field_name(theme: str, name: str) -> str:
    return f"{theme}_{name}"


class SetForm(forms.ModelForm):
    """style: what the form says once it was looked at, valid or not."""

    style: Style
    size = forms.ChoiceField(choices=[(each, SIZE_WORDS[each]) for each in SIZES], required=False)

    class Meta:
        model = ReactionSet
        fields = ("question", "slug", "section", "is_default")
        error_messages = {"section": {"unique": SECTION_TAKEN}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style = stored = self.instance.style
        self.initial.setdefault("size", stored.get("size", "normal"))
        for theme in THEMES:
            for name in COLOURS:
                self.initial.setdefault(
                    field_name(theme, name), stored.get(theme, {}).get(name, "")
                )

    def _typed_style(self) -> Style:
        cleaned = self.cleaned_data
        colours = {
            theme: {name: cleaned.get(field_name(theme, name), "") for name in COLOURS}
            for theme in THEMES
        }
        return tidy({"size": cleaned.get("size"), **colours})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.style = self.instance.style = self._typed_style()
        for pair in joined(failing(self.style)):
            self.add_error(field_name(pair.theme, pair.field), pair.words)
        return cleaned


# A field for each colour in each theme: made of the table, so that another colour is a row of it.
for _theme in THEMES:
    for _name in COLOURS:
        _field = ColourField(_name, _theme)
        SetForm.declared_fields[field_name(_theme, _name)] = _field
        SetForm.base_fields[field_name(_theme, _name)] = _field


class MemberForm(forms.ModelForm):
    """A kind's place. Without a number it comes after all that have one."""

    order = forms.IntegerField(required=False, min_value=0, max_value=ORDER_MAX, label="Place")

    class Meta:
        model = SetKind
        fields = ("kind", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["order"] = None

    def clean_order(self) -> int:
        order = self.cleaned_data["order"]
        return ORDER_MAX if order is None else int(order)


class MemberFormSet(forms.BaseInlineFormSet):
    """All rows offer the same kinds, read once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [
            (kind.pk, f"{kind} (retired)" if kind.retired_at else str(kind))
            for kind in ReactionKind.objects.order_by("retired_at", "label")
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, words in (("kind", "Kind"), ("order", "Place"), ("DELETE", "Take it out")):
            if name in form.fields:
                widget = form.fields[name].widget
                # The admin's wrapper round a select shares its own attributes between rows.
                getattr(widget, "widget", widget).attrs["aria-label"] = words
        if "kind" in form.fields:
            form.fields["kind"].choices = [("", "Choose a kind"), *self.offered]
