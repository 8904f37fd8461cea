"""A form's values as its inputs hold them: what a script puts into a form that it did not load."""

from django import forms


def form_values(form: forms.BaseForm) -> dict[str, str]:
    """Name of the input → its text; "on" or "" for a box. The rows of a form set are not in it."""
    values: dict[str, str] = {}
    for field in form:
        widget = field.field.widget
        value = field.field.prepare_value(field.value())
        if isinstance(field.field, forms.BooleanField):
            values[field.html_name] = "on" if value else ""
        elif isinstance(widget, forms.MultiWidget):
            parts = value if isinstance(value, list) else widget.decompress(value) or []
            for number, (part, text) in enumerate(zip(widget.widgets, parts, strict=False)):
                values[f"{field.html_name}_{number}"] = str(part.format_value(text) or "")
        else:
            values[field.html_name] = "" if value is None else str(value)
    return values
