"""Hashes a few bits apart share a band, give or take one bit."""

from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib.near_hashes import BAND_DIGITS, BANDS, NEAR, bands_near, distance


@given(
    value=st.integers(0, 2**64 - 1), flips=st.sets(st.integers(0, 63), min_size=0, max_size=NEAR)
)
def test_no_near_hash_is_missed_by_its_bands(value: int, flips: set[int]) -> None:
    other = f"{value ^ sum(1 << bit for bit in flips):016x}"
    assert distance(f"{value:016x}", other) == len(flips)
    near = bands_near(f"{value:016x}")
    assert [len(set(values)) for values in near] == [17] * BANDS
    bands = [other[at : at + BAND_DIGITS] for at in range(0, 16, BAND_DIGITS)]
    assert any(band in values for band, values in zip(bands, near, strict=True))
