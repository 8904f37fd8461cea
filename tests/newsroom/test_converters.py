import pytest

from newsroom.converters import MAX_SLUG_CHARS, UnicodeSlugConverter

converter = UnicodeSlugConverter()


@pytest.mark.parametrize("slug", ["a", "a-story-2", "مرحبا", "नमस्ते", "東京", "x" * MAX_SLUG_CHARS])
def test_a_slug_goes_both_ways(slug: str) -> None:
    assert converter.to_python(slug) == slug
    assert converter.to_url(slug) == slug


@pytest.mark.parametrize(
    "value", ["", "A", "a b", "a--b", "-a", "a-", "a/b", "a.b", "a?b", "é", "x" * (MAX_SLUG_CHARS + 1), "\x00", "a\n"]
)  # fmt: skip
def test_what_slugify_would_not_make_is_no_slug(value: str) -> None:
    with pytest.raises(ValueError, match="is no slug"):
        converter.to_python(value)
