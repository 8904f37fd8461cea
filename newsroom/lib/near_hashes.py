"""64-bit hashes of which a few bits may differ: how far apart two are, how to look near ones up.

A hash is 16 hexadecimal digits, in four bands of four digits.
"""

from itertools import combinations

NEAR = 4  # bits that may differ
BAND_DIGITS = 4
BANDS = 4
_BITS = 16  # of a band


def distance(one: str, other: str) -> int:
    """How many bits of two hashes differ, 0 to 64."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands_near(hash_: str) -> list[list[str]]:
    """For each of the four bands the values that a hash within NEAR bits may have there.

    Four differing bits leave one of four bands with one at most: whatever has none of these values
    is further away, so an index on each band finds all.
    """
    bands = (hash_[at : at + BAND_DIGITS] for at in range(0, len(hash_), BAND_DIGITS))
    return [_values(int(band, 16), NEAR // BANDS) for band in bands]


def _values(band: int, apart: int) -> list[str]:
    flips = (flip for many in range(apart + 1) for flip in combinations(range(_BITS), many))
    return [f"{band ^ sum(1 << bit for bit in flip):04x}" for flip in flips]
