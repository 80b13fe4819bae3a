"""Contrast of two colours as WCAG 2 defines it."""

from __future__ import annotations

AA = 4.5
"""What text of ordinary size must have at least."""
AA_MARKS = 3.0
"""What marks in charts and the edges of controls must have at least."""


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), for colours like ``#1f6f6b``."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(color: str, share: float, ground: str) -> str:
    """The colour of ``color`` laid over ``ground`` with this opacity."""
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return "#" + "".join(f"{round(top * share + below * (1 - share)):02x}" for top, below in pairs)


def _luminance(color: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (each / 255 for each in _channels(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[place : place + 2], 16) for place in (1, 3, 5))
