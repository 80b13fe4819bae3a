"""The YAML block at the top of a note.

Owns: finding it, and the three fields that name a note. Refuses: every other field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_MAX_CHARACTERS = 20_000
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_MAX_NAMES = 8
# libyaml's loader is the same safe loader at ten times the speed, but not every build of PyYAML has it.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``title`` is "" if there is none; ``aliases`` and ``tags`` are without "#"."""

    title: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def name(self, otherwise: str) -> str:
        """The document's title with the words it is also found by, as in "Pods (Pod, K8s pod) #kubernetes"."""
        title = self.title or otherwise
        aliases = ", ".join(alias for alias in self.aliases if alias.casefold() not in title.casefold())
        return " ".join([title, *([f"({aliases})"] if aliases else []), *(f"#{tag}" for tag in self.tags)])


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The fields and the rest of the text; a block that is not valid YAML is dropped all the same."""
    block = _BLOCK.match(text[:_MAX_CHARACTERS])
    if not block:
        return FrontMatter(), text
    body = text[block.end() :]
    try:
        fields = yaml.load(block[1] or "", Loader=_LOADER)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError):  # ValueError: a date such as 2024-13-45
        return FrontMatter(), body
    if not isinstance(fields, dict):
        # Not fields: two rules with prose between them.
        return (FrontMatter(), body) if fields is None else (FrontMatter(), text)
    return FrontMatter(
        next(_words(fields.get("title"), commas=False), ""),
        tuple(_words(fields.get("aliases", fields.get("alias")))),
        tuple(tag.lstrip("#") for tag in _words(fields.get("tags", fields.get("tag")))),
    ), body


def _words(value: Any, *, commas: bool = True) -> Iterator[str]:
    if isinstance(value, str) and commas:
        value = value.split(",")
    for item in value[:_MAX_NAMES] if isinstance(value, list) else [value]:
        if isinstance(item, str | int | float) and not isinstance(item, bool) and str(item).strip():
            yield " ".join(str(item).split())
