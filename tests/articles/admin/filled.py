"""What a browser would send back of a form of the desk as it came."""

from typing import Any

from django.forms import (
    BaseForm,
    CheckboxInput,
    ModelMultipleChoiceField,
    MultipleChoiceField,
    MultiWidget,
)
from django.test import Client
from django.urls import reverse


def change(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def add(model: type[Any]) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_add")


def save(desk: Client, path: str, **changes: Any) -> Any:
    """Open the form, change fields, send it."""
    return desk.post(path, data_of(desk.get(path), **changes), follow=True)


def errors_of(response: Any) -> str:
    return str(response.context["errors"]) if "errors" in response.context else ""


def data_of(response: Any, **changes: Any) -> dict[str, Any]:
    """The fields of an admin form and its inlines as they stand, with changes."""
    whole = response.context["adminform"].form
    forms: list[BaseForm] = [whole]
    for rows in (getattr(whole, "bylines", None), getattr(whole, "photos", None)):
        forms += [rows.management_form, *rows.forms] if rows else []
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            data.update(_sent(field))
    return {**data, **changes}


def _sent(field: Any) -> dict[str, Any]:
    value, widget = field.value(), field.field.widget
    if isinstance(widget, MultiWidget):
        parts = widget.decompress(value)
        return {
            f"{field.html_name}{suffix}": "" if part is None else str(part)
            for suffix, part in zip(widget.widgets_names, parts, strict=True)
        }
    if isinstance(widget, CheckboxInput):
        return {field.html_name: "on"} if value else {}
    if isinstance(field.field, ModelMultipleChoiceField | MultipleChoiceField):
        return {field.html_name: value or []}
    return {field.html_name: "" if value is None else value}
