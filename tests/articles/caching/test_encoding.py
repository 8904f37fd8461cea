"""Accept-Encoding, with weights, as browsers, bots and odd proxies write it."""

import pytest

from articles.caching.encoding import best_encoding


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("deflate", ""),
        ("gzip;q=nonsense", ""),
        ("gzip; q=1.0; x=y", "gzip"),
        (";;,,;q=", ""),
        ("gzip," * 5_000, "gzip"),
    ],
)
def test_the_best_encoding_that_a_client_takes(accepted: str, best: str) -> None:
    assert best_encoding(accepted) == best
