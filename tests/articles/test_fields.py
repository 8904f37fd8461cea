"""Fields that clean what they store, whose rules can change without a migration."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models

from articles import fields
from articles.models import Article, Photo, Section
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "stock"),
    [
        (fields.LineField(max_length=9), "CharField"),
        (fields.ProseField(), "TextField"),
        (fields.AddressField(), "URLField"),
        (fields.UrlSlugField(), "SlugField"),
        (fields.BodyField(), "TextField"),
    ],
)
def test_a_migration_sees_djangos_own_field(field: Any, stock: str) -> None:
    assert field.deconstruct()[1] == f"django.db.models.{stock}"


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_a_line_is_cleaned_on_every_way_in() -> None:
    article = builders.make_article(headline="a\u202eb\nc")
    Article.objects.filter(pk=article.pk).update(kicker=" x\x00 ")
    Section.objects.bulk_create([Section(name="s\u200b", slug="s")])
    article.refresh_from_db()
    assert (article.headline, article.kicker, Section.objects.get().name) == ("ab c", "x", "s")
    assert fields.LineField(max_length=9).to_python(None) is None


def test_prose_keeps_its_lines() -> None:
    photo = builders.make_photo(caption_default="one\r\n\r\n\r\ntwo\u202e")
    photo.refresh_from_db()
    assert photo.caption_default == "one\n\ntwo"
    assert fields.ProseField().to_python(None) is None


def test_an_address_without_a_scheme_is_https() -> None:
    field = Photo._meta.get_field("license_url").formfield()
    assert field is not None
    assert field.clean("example.org/terms") == "https://example.org/terms"


@pytest.mark.parametrize("slug", ["ok", "नमस्ते", "ไทย"])
def test_a_slug_may_be_in_any_script(slug: str) -> None:
    assert fields.UrlSlugField(max_length=50).clean(slug, None) == slug
    with pytest.raises(ValidationError, match="letters, digits and hyphens"):
        fields.UrlSlugField(max_length=50).clean(f"{slug} {slug}", None)


def test_a_body_is_cleaned_or_refused_in_words() -> None:
    body = fields.BodyField(blank=True)
    assert body.clean("<p onclick='x'>a</p>", None) == "<p>a</p>"
    assert body.clean(None, None) == ""
    with pytest.raises(ValidationError) as refusal:
        body.clean("<div>" * 2_000, None)
    assert refusal.value.code == "body_refused"
    assert body.get_prep_value(None) is None
    assert isinstance(body, models.TextField)


@pytest.mark.parametrize("value", [[], ["https://a.example", "http://b.example/c"]])
def test_a_list_of_addresses_is_one(value: object) -> None:
    fields.validate_addresses(value)
