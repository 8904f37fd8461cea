"""The colour that holds a photo's place while it loads: one of 27, because no page may carry a style
of its own (Content-Security-Policy). Pure.
"""

from newsroom.lib.contrast import contrast

LEVELS = "27c"  # of red, green and blue, as the short form of a CSS colour writes them


def tint_of(colour: str) -> str:
    """ "#3355ff" → "27c", the nearest of our colours and the value of `data-tint`; "" for ""."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)] if colour else []
    return "".join(min(LEVELS, key=lambda level: abs(int(level * 2, 16) - part)) for part in parts)


def text_on(tint: str) -> str:
    """Black or white, for the alt text of a picture that does not come."""
    colour = "#" + "".join(digit * 2 for digit in tint)
    return "fff" if contrast(colour, "#ffffff") >= contrast(colour, "#000000") else "000"


def stylesheet() -> str:
    """What static/css/components/tints.css holds."""
    tints = [red + green + blue for red in LEVELS for green in LEVELS for blue in LEVELS]
    rules = "".join(
        f'  [data-tint="{tint}"] {{\n    background: #{tint};\n    color: #{text_on(tint)};\n  }}\n'
        for tint in tints
    )
    return (
        "/* Written by articles/photos/tint.py: `stylesheet()`. */\n@layer components {\n"
        f"  [data-tint] img {{\n    color: inherit;\n  }}\n{rules}}}\n"
    )
