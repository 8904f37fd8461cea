"""Tag names as a writer types them into one field. Pure; tags themselves are articles.models."""

import re

from newsroom.lib.text import clean_line, excerpt, normalise_key

TAG_MAX_CHARS = 100
TAGS_MAX = 50


def split_tags(value: str) -> list[str]:
    """Tag names from a field: commas part them, double quotes keep a comma inside a name.

    Names are cleaned; blank and repeated ones go. Raises ValueError, in words for the writer,
    for more than 50 names or one of more than 100 characters.
    """
    names: dict[str, str] = {}
    for quoted, bare in re.findall(r'"([^"]*)"|([^,"]+)', value):
        name = clean_line(quoted or bare)
        if len(name) > TAG_MAX_CHARS:
            raise ValueError(
                f"“{excerpt(name, max_chars=30)}” is longer than {TAG_MAX_CHARS} characters."
            )
        if name:
            names.setdefault(normalise_key(name), name)
        if len(names) > TAGS_MAX:
            raise ValueError(
                f"There are more than {TAGS_MAX} tags. Keep the ones readers would follow."
            )
    return list(names.values())
