"""“Paste a credit line”: one field in place of five, in every form that describes a photo."""

from typing import Any

from django import forms

from articles.actions.photo_lines import read_line
from articles.models import Photo
from articles.photos.credits import format_credit

NOT_READ = (
    "Nobody could be made out in this line. Write photographer and agency into their fields, or the "
    "whole line as “credit override”."
)


class CreditLineField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        said = {
            "label": "Paste a credit line",
            "help_text": "“Nola Vale (Photo by Jane Roe/WireImage)”: what is empty is filled in from it.",
        }
        widget = forms.TextInput(attrs={"class": "vLargeTextField"})
        super().__init__(
            **{"required": False, "max_length": 2_000, "widget": widget, **said, **kwargs}
        )


class ReadsCreditLine(forms.ModelForm):
    """`filled`: the columns that the line wrote, set on the instance as well; `understood`: what was
    made of the line, as readers will see it. `described`: the photo, where the form has another row.
    """

    credit_line = CreditLineField()
    filled: frozenset[str] = frozenset()
    understood = ""
    described: Photo | None = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        line = data.get("credit_line", "")
        if not line:
            return data
        photo = self.described or self.instance
        found = read_line(line, lambda name: data.get(name, getattr(photo, name)))
        if not found.credit.understood:
            self.add_error("credit_line", NOT_READ)
            return data
        for name, value in found.values.items():
            setattr(self.instance, name, value)
            if name in self.fields:
                data[name] = value
        self.filled = frozenset(found.values)
        self.understood = format_credit(found.credit)
        return data

    def from_line(self) -> dict[str, Any]:
        """What the line wrote, by column."""
        return {name: getattr(self.instance, name) for name in self.filled}
