"""Prompt texts: files in ``assistant/prompts`` or another directory, filled strictly.

Owns: loading, filling and hashing. Refuses: deciding what goes into a prompt.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

_DIRECTORY = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template with ``${name}`` placeholders; ``sha256`` identifies its wording in recorded answers."""

    name: str
    template: str
    sha256: str

    def fill(self, **values: str) -> str:
        """The text with every placeholder replaced; dollar signs inside values stay as they are.

        Raises:
            KeyError: a placeholder has no value.
            ValueError: a value has no placeholder.
        """
        template = Template(self.template)
        unused = set(values) - set(template.get_identifiers())
        if unused:
            raise ValueError(f"prompt {self.name} has no placeholder for {', '.join(sorted(unused))}")
        return template.substitute(values)


@cache
def load_prompt(name: str, directory: Path = _DIRECTORY) -> Prompt:
    """The prompt in ``<directory>/<name>.md``."""
    text = (directory / f"{name}.md").read_text(encoding="utf-8")
    return Prompt(name, text, hashlib.sha256(text.encode()).hexdigest())
