"""Model fields that clean what they store, on every way in: form, save, bulk_create, update().

Each deconstructs to Django's own field, so the rules can change without a migration.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from newsroom.lib.html import BodyRefused, sanitise
from newsroom.lib.text import clean_line, clean_text, is_slug

if TYPE_CHECKING:  # Django's fields take type arguments for the type checker only
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
    URLField = models.URLField[str, str]
    SlugField = models.SlugField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField
    URLField, SlugField = models.URLField, models.SlugField


def validate_slug(value: str) -> None:
    if not is_slug(value, max_length=200):
        raise ValidationError(
            "Use letters, digits and hyphens only, without spaces.", code="invalid_slug"
        )


def validate_addresses(value: Any) -> None:
    """For a JSON field that templates go through: a list of web addresses and nothing else."""
    good = isinstance(value, list) and all(
        isinstance(item, str) and item.startswith(("https://", "http://")) for item in value
    )
    if not good:
        raise ValidationError('Give a list of web addresses, like ["https://example.org/me"].')


Deconstructed = tuple[str, str, Sequence[Any], dict[str, Any]]


class LineField(CharField):
    """One line of plain text: a headline, a name. Control, bidi and invisible debris is dropped."""

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_line(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class ProseField(TextField):
    """Plain text of several lines: a dek, a caption. Never HTML."""

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean_text(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class AddressField(URLField):
    """A web address. One typed without a scheme is taken for https, as Django 6 will do."""

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class UrlSlugField(SlugField):
    """A slug in any script: Django's own rejects the vowel signs of Thai or Devanagari."""

    default_validators = [validate_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_unicode": True, **kwargs})
        self.validators = [validate_slug, MaxLengthValidator(self.max_length)]

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return models.CharField.formfield(self, **kwargs)


class BodyField(TextField):
    """House HTML: allow-listed tags, `<oembed>URL</oembed>` and photo markers, nothing else.

    A value that the guard refuses (too large, too deep) is a form error, or BodyRefused in code.
    """

    def deconstruct(self) -> Deconstructed:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        try:
            value = sanitise(value or "")
        except BodyRefused as refusal:
            raise ValidationError(str(refusal), code="body_refused") from refusal
        return super().clean(value, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return sanitise(value) if isinstance(value, str) else value
