"""Just enough CSS to know what a reader cannot see.

Owns: declarations of a ``style`` attribute, and the rules of a style sheet that hide a class or an id.
Refuses: layout. What is hidden by means of complex selectors or scripts is not recognised.
"""

from __future__ import annotations

import re
import sys

from ingest.extract.html.colors import is_transparent

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_LENGTH = re.compile(r"([+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12}))([a-z%]{0,4})")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 1.33,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "%": 12.8,
    "vw": 12.8,
    "vh": 7.2,
}
_FAR_LEFT, _FAR_RIGHT = -500.0, 5000.0
_NEARLY_NOTHING = 0.01
_TINY = 2.0  # pixels
_HIDING = {
    "display": {"none"},
    "visibility": {"hidden", "collapse"},
    "content-visibility": {"hidden"},
    "clip": {
        "rect(0,0,0,0)",
        "rect(0 0 0 0)",
        "rect(1px,1px,1px,1px)",
        "rect(1px 1px 1px 1px)",
        "rect(0px,0px,0px,0px)",
    },
    "clip-path": {"inset(50%)", "inset(100%)", "circle(0)", "polygon(0 0)"},
    "filter": {"opacity(0)", "opacity(0%)"},
}
_SIDES = ("left", "top", "right", "bottom")
_INDENTS = ("text-indent", "margin-left", "margin-top")
_NOTHING_TRANSFORM = re.compile(r"scale[xy3d]{0,2}\(0(?:\.0*)?[,)]")
_TRANSLATE = re.compile(r"translate[xyz3d]{0,2}\(([^)]{0,100})\)")
_SIMPLE_SELECTOR = re.compile(r"[a-zA-Z0-9]{0,20}([.#][A-Za-z0-9_-]{1,80})")


def declarations(style: str) -> dict[str, str]:
    """Property to value, both in lower case, of a ``style`` attribute; later ones win."""
    plain = _ESCAPE.sub(_unescaped, _COMMENT.sub("", style)).lower().replace("!important", "")
    found: dict[str, str] = {}
    for declaration in plain.split(";"):
        name, _, value = declaration.partition(":")
        found[name.strip()] = " ".join(value.replace(", ", ",").split())
    return found


def hides(style: dict[str, str]) -> bool:
    """Tell whether these declarations alone make an element invisible to everyone who sees the page."""
    return (
        any(style.get(name) in values for name, values in _HIDING.items())
        or _is_zero(style.get("opacity"))
        or _is_tiny(style.get("font-size"))
        or _is_off_screen(style)
        or _has_no_room(style)
        or (
            is_transparent(style.get("color", ""))
            and "text" not in style.get("background-clip", "") + style.get("-webkit-background-clip", "")
        )
    )


def hidden_selectors(sheet: str) -> set[str]:
    """The ".class" and "#id" selectors that a style sheet hides for every medium and in every state."""
    found: set[str] = set()
    sheet = _COMMENT.sub("", sheet)
    depth = start = 0
    selector = ""
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            if depth == 0:
                selector = sheet[start : brace.start()]
            depth += 1
        else:
            # What is inside @media and the like is one level deeper and not looked at.
            if depth == 1 and "@" not in selector and hides(declarations(sheet[start : brace.start()])):
                found |= {
                    match[1] for part in selector.split(",") if (match := _SIMPLE_SELECTOR.fullmatch(part.strip()))
                }
            depth = max(0, depth - 1)
        start = brace.end()
    return found


def _unescaped(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    point = int(match[1], 16)
    return chr(point) if 0 < point <= sys.maxunicode else ""


def _pixels(value: str | None) -> float | None:
    match = _LENGTH.fullmatch(value or "")
    if not match or match[2] not in _PIXELS:
        return None
    return float(match[1]) * _PIXELS[match[2]]


def _is_zero(value: str | None) -> bool:
    number = _pixels(value)
    return number is not None and number <= _NEARLY_NOTHING


def _is_tiny(value: str | None) -> bool:
    size = _pixels(value)
    return size is not None and size < _TINY


def _is_far(value: str | None) -> bool:
    distance = _pixels(value)
    return distance is not None and (distance <= _FAR_LEFT or distance >= _FAR_RIGHT)


def _is_off_screen(style: dict[str, str]) -> bool:
    if style.get("position") in {"absolute", "fixed", "relative"} and any(_is_far(style.get(side)) for side in _SIDES):
        return True
    if any(_is_far(style.get(name)) for name in _INDENTS):
        return True
    transform = style.get("transform", "")
    return bool(_NOTHING_TRANSFORM.search(transform)) or any(
        _is_far(part.strip()) for moved in _TRANSLATE.findall(transform) for part in moved.split(",")
    )


def _has_no_room(style: dict[str, str]) -> bool:
    """A box of at most a pixel that shows nothing outside itself."""
    if "hidden" not in style.get("overflow", "") and "clip" not in style.get("overflow", ""):
        return False
    return any(_is_tiny(style.get(name)) for name in ("width", "height", "max-width", "max-height"))
