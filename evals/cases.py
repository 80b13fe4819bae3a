"""Eval cases: typed, validated, read from ``evals/cases/*.jsonl``.

Owns: the shape of a case. Refuses: running one.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import CorpusError

CASES_DIR = Path(__file__).parent / "cases"


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)


class QuestionCase(_Case):
    """A question the roadmap covers; ``topic`` and ``module`` say where its answer is."""

    module: int
    topic: str


class UnanswerableKind(StrEnum):
    """Why a question is outside the roadmap: another software field, another sense, unrelated, or small talk."""

    NEAR = "near"
    TRAP = "trap"
    FAR = "far"
    CHAT = "chat"


class UnanswerableCase(_Case):
    """A question that must be refused."""

    kind: UnanswerableKind


CaseT = TypeVar("CaseT", bound=_Case)


def load_cases(kind: type[CaseT], file: Path) -> tuple[CaseT, ...]:
    """The cases of a JSON Lines file.

    Raises:
        CorpusError: the file cannot be read, a line breaks the schema, or an id is used twice.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file} cannot be read: {error}.") from error
    cases: dict[str, CaseT] = {}
    for number, line in enumerate(lines, start=1):
        try:
            case = kind.model_validate_json(line)
        except ValidationError as error:
            raise CorpusError(f"{file}:{number}: {error.errors(include_url=False)[0]['msg']}.") from error
        if case.id in cases:
            raise CorpusError(f"{file}:{number}: the id {case.id} is used twice.")
        cases[case.id] = case
    return tuple(cases.values())
