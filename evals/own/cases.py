"""A learner's own eval cases: typed, validated, one JSON object a line.

Owns: their shape, which the project's own question and refusal cases have as well, so that either kind of file runs.
Refuses: running them (``evals.own.run``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from assistant.curriculum import Curriculum
from assistant.words import words
from evals.cases import Case, KeyFact, Style, UnanswerableKind, load_cases

_ID_CHARS = 10
_PREFIX = "own-"


def _as_wordings(fact: object) -> object:
    """A fact may be one text instead of a list of wordings; case does not count where facts are looked for."""
    wordings = [fact] if isinstance(fact, str) else fact
    if isinstance(wordings, list | tuple):
        return tuple(one.lower() if isinstance(one, str) else one for one in wordings)
    return wordings


Fact = Annotated[KeyFact, BeforeValidator(_as_wordings)]


def question_id(question: str) -> str:
    """The id of a case that gives none: the same for the same words, however they are spaced or written large."""
    digest = hashlib.sha256(" ".join(words(question)).encode()).hexdigest()
    return f"{_PREFIX}{digest[:_ID_CHARS]}"


class OwnCase(Case):
    """A question, and what is expected of its answer: where it is found, what it states, or that it is refused.

    ``topic`` and ``module`` are the roadmap's (``also_ok``: modules that are as right), ``source`` is a part of the
    title, path or address of a source. ``unanswerable`` questions must be refused; a ``kind`` says why, and that they
    are. ``note`` is for people.
    """

    question: str = Field(min_length=1)
    topic: str | None = None
    module: int | None = None
    also_ok: tuple[int, ...] = ()
    source: str | None = Field(default=None, min_length=1)
    key_facts: Annotated[tuple[Fact, ...], Field(max_length=10)] = ()
    unanswerable: bool = False
    kind: UnanswerableKind | None = None
    style: Style | None = None
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        given = dict(data)
        if isinstance(given.get("question"), str):
            given.setdefault("id", question_id(given["question"]))
        if given.get("kind") is not None:
            given.setdefault("unanswerable", True)
        return given

    @model_validator(mode="after")
    def _expects_something(self) -> OwnCase:
        expected = [self.topic, self.module, self.source, self.key_facts or None]
        if not self.question.strip():
            raise ValueError("the question is empty")
        if self.unanswerable and any(each is not None for each in expected):
            raise ValueError("an unanswerable question has no topic, module, source or key_facts")
        if self.kind is not None and not self.unanswerable:
            raise ValueError("a kind belongs to an unanswerable question")
        if not self.unanswerable and all(each is None for each in expected):
            raise ValueError("expect something: topic, module, source, key_facts, or unanswerable: true")
        return self

    @property
    def record(self) -> dict[str, Any]:
        """The case as JSON values, without what is as always."""
        return self.model_dump(mode="json", exclude_defaults=True)


def load_own_cases(file: Path, curriculum: Curriculum) -> tuple[OwnCase, ...]:
    """The cases of a file; their topics and modules are the roadmap's.

    Raises:
        CorpusError: the file cannot be read, holds no case, or a line is not one; the message names file and line.
    """

    def check(case: OwnCase) -> None:
        check_place(case, curriculum)

    return load_cases(OwnCase, file, check)


def check_place(case: OwnCase, curriculum: Curriculum) -> None:
    """Raises: ValueError: a topic or module is not the roadmap's, or they do not go together."""
    topic = curriculum.topics.get(case.topic or "")
    if case.topic is not None and topic is None:
        raise ValueError(f"topic: the roadmap has no topic called {case.topic!r}; `study topics` lists them")
    numbers = {module.number for module in curriculum.modules}
    for number in [*([case.module] if case.module is not None else []), *case.also_ok]:
        if number not in numbers:
            raise ValueError(f"module: the roadmap has no module {number}")
    if topic and case.module is not None and case.module != topic.module:
        raise ValueError(f"module: {case.topic} belongs to module {topic.module}, not {case.module}")


def same_question(case: OwnCase, others: Sequence[OwnCase]) -> OwnCase | None:
    """The one of the others that asks the same, or has the same id."""
    key = question_id(case.question)
    return next((other for other in others if other.id == case.id or question_id(other.question) == key), None)
