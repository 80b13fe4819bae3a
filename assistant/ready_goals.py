"""Ready-made goals: ``corpus/goals.yaml`` as objects, and the one that a sentence names.

Owns: the file's schema and its checks, and finding a role by its names. Refuses: matching any other goal to topics
(``assistant.goals``) and adding prerequisites (the planner does).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.curriculum import Curriculum
from assistant.errors import CorpusError
from assistant.yaml_file import read_yaml

GOALS_FILE = "goals.yaml"

_Text = Annotated[str, Field(min_length=1)]
_Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


@dataclass(frozen=True, slots=True)
class ReadyGoal:
    """A role or an occasion: what it is called, one line on it, and its topic ids in the roadmap's order.

    ``topics`` leaves out what is learnt only as a prerequisite.
    """

    id: str
    title: str
    description: str
    names: tuple[str, ...]
    topics: tuple[str, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Slug
    title: _Text
    description: _Text
    names: list[_Text] = Field(min_length=1)
    topics: list[_Slug] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    goals: list[_Entry]


def load_ready_goals(corpus_dir: Path, curriculum: Curriculum) -> tuple[ReadyGoal, ...]:
    """Read and check the ready-made goals, in the file's order; none if the corpus has no such file.

    Raises:
        CorpusError: the file breaks its schema, a topic does not exist or is listed twice, or two goals share a name.
    """
    path = corpus_dir / GOALS_FILE
    if not path.is_file():
        return ()
    try:
        entries = _File.model_validate(read_yaml(path)).goals
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise CorpusError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    _check(entries, curriculum, path)
    return tuple(
        ReadyGoal(
            entry.id,
            entry.title,
            entry.description,
            tuple(entry.names),
            tuple(topic for topic in curriculum.topics if topic in entry.topics),
        )
        for entry in entries
    )


def _check(entries: Sequence[_Entry], curriculum: Curriculum, path: Path) -> None:
    for entry in entries:
        for topic in entry.topics:
            if topic not in curriculum.topics:
                raise CorpusError(f"{path}: {entry.id} names an unknown topic {topic!r}.")
    _check_once([entry.id for entry in entries], "goals", path)
    _check_once([name.casefold() for entry in entries for name in entry.names], "names", path)
    for entry in entries:
        _check_once(entry.topics, f"topics of {entry.id}", path)


def _check_once(values: Sequence[str], what: str, path: Path) -> None:
    repeated = sorted(value for value, count in Counter(values).items() if count > 1)
    if repeated:
        raise CorpusError(f"{path}: {what} listed more than once: {', '.join(repeated)}.")


def named_goal(goals: Sequence[ReadyGoal], text: str) -> ReadyGoal | None:
    """The ready-made goal that the text names; the longest name decides, then the first goal.

    A name counts as whole words, in the singular or the plural, whatever its hyphens and capitals.
    """
    flat = _flat(text)
    named = [
        (len(name), -position, goal)
        for position, goal in enumerate(goals)
        for name in map(_flat, goal.names)
        if re.search(rf"\b{re.escape(name)}s?\b", flat)
    ]
    return max(named, key=lambda entry: entry[:2])[2] if named else None


def _flat(text: str) -> str:
    return " ".join(re.split(r"[\s-]+", text.casefold())).strip()
