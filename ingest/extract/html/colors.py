"""CSS colours, as far as white and transparent text are concerned.

Owns: reading one colour value. Refuses: contrast; only text in exactly the colour behind it counts as hidden.
"""

from __future__ import annotations

import re

Color = tuple[int, int, int, float]
"""Red, green and blue from 0 to 255, and opacity from 0 to 1."""

WHITE: Color = (255, 255, 255, 1.0)

_NAMES: dict[str, Color] = {
    "white": WHITE,
    "snow": (255, 250, 250, 1.0),
    "ivory": (255, 255, 240, 1.0),
    "whitesmoke": (245, 245, 245, 1.0),
    "black": (0, 0, 0, 1.0),
    "red": (255, 0, 0, 1.0),
    "yellow": (255, 255, 0, 1.0),
    "gray": (128, 128, 128, 1.0),
    "grey": (128, 128, 128, 1.0),
    "silver": (192, 192, 192, 1.0),
    "blue": (0, 0, 255, 1.0),
    "green": (0, 128, 0, 1.0),
    "navy": (0, 0, 128, 1.0),
    "transparent": (0, 0, 0, 0.0),
}
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,60})\)")
_FIRST = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^()]{1,60}\)|[a-z]+")
_FULL_LIGHTNESS = 100.0
_SHORT_HEX = 4  # one digit for each channel


def parse_color(value: str) -> Color | None:
    """A colour, or None for one that is not understood; ``value`` is in lower case."""
    value = value.strip()
    if value in _NAMES:
        return _NAMES[value]
    if match := _HEX.fullmatch(value):
        return _from_hex(match[1])
    if match := _FUNCTION.fullmatch(value):
        return _from_function(match[1], match[2])
    return None


def background_color(value: str) -> Color | None:
    """The colour in a ``background`` shorthand, which may also name an image."""
    for part in _FIRST.findall(value):
        color = parse_color(part)
        if color is not None:
            return color
    return None


def is_transparent(value: str) -> bool:
    """Tell whether text of this colour cannot be seen on anything."""
    color = parse_color(value)
    return color is not None and color[3] == 0


def same_color(text: Color, background: Color) -> bool:
    """Tell whether text of one colour disappears on the other."""
    return text[:3] == background[:3] and background[3] > 0


def _from_hex(digits: str) -> Color:
    if len(digits) <= _SHORT_HEX:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = (int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
    return red, green, blue, alpha[0] / 255 if alpha else 1.0


def _from_function(name: str, arguments: str) -> Color | None:
    parts = re.split(r"[\s,/]+", arguments.strip())
    try:
        numbers = [float(part.rstrip("%deg")) for part in parts]
    except ValueError:
        return None
    if len(numbers) == len("rgb"):
        numbers.append(1.0)
    if len(numbers) != len("rgba"):
        return None
    first, second, third, alpha = numbers
    if name == "hsl":
        # Of hues only white and black matter here, and those depend on lightness alone.
        level = {_FULL_LIGHTNESS: 255, 0.0: 0}.get(third)
        return (level, level, level, alpha) if level is not None else (0, 0, 0, 0.0) if alpha == 0 else None
    scale = 2.55 if parts[0].endswith("%") else 1.0
    return round(first * scale), round(second * scale), round(third * scale), alpha
