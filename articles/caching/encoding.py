"""Content-Encoding: what a client takes, and the bytes of it. Pure."""

import gzip
from functools import lru_cache

import brotli

# More is not worth it: a byte saved by level 9 or 11 costs many times the CPU of the page.
GZIP_LEVEL = 6
BROTLI_QUALITY = 5
# Below it an encoding's own bytes and the CPU are more than what is saved.
MIN_BYTES = 256
MAX_HEADER_CHARS = 1_000
PREFERRED = ("br", "gzip")


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """The encoding to send for an Accept-Encoding header: "br", "gzip" or "" for none."""
    weights = _weights(accepted[:MAX_HEADER_CHARS])
    rest = weights.get("*", 0.0)
    found = {name: weights.get(name, rest) for name in PREFERRED}
    best = max(PREFERRED, key=lambda name: found[name])  # the first of equals: Brotli
    return best if found[best] > 0 and found[best] >= weights.get("identity", 0.0) else ""


def _weights(header: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weights["gzip" if name == "x-gzip" else name] = float(quality)
        except ValueError:
            weights[name] = 0.0
    return weights


def encoded(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body
