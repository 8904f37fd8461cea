"""Arrays of numbers as PHP's serialize() writes them, which is how WordPress keeps post meta. Pure.

Source: the format that PHP's unserialize() reads; a string's length is counted in bytes.
"""

import re

NUMBER = re.compile(rb"[-+]?\d{1,15}(?:\.\d*)?")
SCALAR = re.compile(rb"(?:i:([-+]?\d{1,15})|d:([-+.\deE]{1,40})|b:([01])|N);|s:(\d{1,9}):\"")
ARRAY = re.compile(rb"a:\d{1,9}:\{")
WRAPPED = re.compile(rb"s:(\d{1,9}):\"(.*)\";\Z", re.DOTALL)


class NotSerialized(ValueError):
    """No PHP array of numbers."""


def numbers_of(text: str) -> dict[str, int]:
    """The keys and whole numbers of a serialized array; of what was serialized twice, too.

    A value that is no number (null, an empty string) counts as 0. Raises NotSerialized.
    """
    data = text.strip().encode()
    wrapped = WRAPPED.match(data)
    if wrapped:
        data = wrapped[2]
    start = ARRAY.match(data)
    if start is None:
        raise NotSerialized("it is no serialized array")
    at, numbers = start.end(), {}
    while data[at : at + 1] != b"}":
        key, at = _scalar(data, at)
        value, at = _scalar(data, at)
        number = NUMBER.match(value)
        numbers[key.decode("utf-8", "replace")] = int(float(number[0])) if number else 0
    return numbers


def _scalar(data: bytes, at: int) -> tuple[bytes, int]:
    found = SCALAR.match(data, at)
    if found is None:
        raise NotSerialized(f"byte {at} is no key or value")
    if found[4] is None:
        return found[1] or found[2] or found[3] or b"", found.end()
    end = found.end() + int(found[4])
    if data[end : end + 2] != b'";':
        raise NotSerialized(f"the string at byte {at} is not as long as it says")
    return data[found.end() : end], end + 2
