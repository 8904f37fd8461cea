"""URL converters: slugs in any script."""

from newsroom.lib.text import is_slug

MAX_SLUG_CHARS = 200


class UnicodeSlugConverter:
    """Letters, marks and digits of any script with hyphens between: what slugify makes."""

    # Marks (Thai vowels, Devanagari signs) are no \w to the re module: is_slug has the say.
    regex = r"[^/]{1,200}"

    def to_python(self, value: str) -> str:
        if not is_slug(value, max_length=MAX_SLUG_CHARS):
            raise ValueError(f"{value!r} is no slug.")
        return value

    def to_url(self, value: str) -> str:
        return value


class _Number:
    """A date's part, written with all its digits: one address for each day."""

    digits = 2

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:0{self.digits}d}"


class YearConverter(_Number):
    regex = "[12][0-9]{3}"
    digits = 4


class MonthConverter(_Number):
    regex = "0[1-9]|1[0-2]"


class DayConverter(_Number):
    regex = "0[1-9]|[12][0-9]|3[01]"
