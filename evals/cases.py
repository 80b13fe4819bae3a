"""Eval cases: typed, validated, read from ``evals/cases/*.jsonl``.

Owns: the shape of a case, and which half of the cases is held out. Refuses: running one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.errors import CorpusError

CASES_DIR = Path(__file__).parent / "cases"


class Split(StrEnum):
    """Cases to develop against, and cases that only measure."""

    DEV = "dev"
    HELD_OUT = "heldout"


def split_of(case_id: str, byte: int = -1) -> Split:
    """Half of all ids are held out: the hash decides, so a case never changes sides and nobody chooses its side.

    ``byte`` says which byte of the hash does.
    """
    digest = hashlib.sha256(case_id.encode("utf-8")).digest()
    return Split.HELD_OUT if digest[byte] % 2 else Split.DEV


class Case(BaseModel):
    """What every case has: an id of its own in its file, which decides its half."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)

    @property
    def split(self) -> Split:
        """Which half the case belongs to."""
        return split_of(self.id)


class _Question(Case):
    question: str = Field(min_length=1)


class Style(StrEnum):
    """How a question is put; ``oblique`` describes the situation without the name of the concept."""

    INTERVIEW = "interview"
    OBLIQUE = "oblique"
    HOWTO = "howto"
    COMPARE = "compare"
    TROUBLESHOOT = "troubleshoot"
    DESIGN = "design"
    COMMAND = "command"


_LowerCase = Annotated[str, StringConstraints(pattern=r"^[^A-Z]+$")]
KeyFact = Annotated[tuple[_LowerCase, ...], Field(min_length=1)]
"""One fact of a good answer: the essential words of each of its alternative wordings, lower case."""


class QuestionCase(_Question):
    """A question the roadmap covers; ``topic`` and ``module`` say where its answer is.

    ``also_ok`` names the modules that may answer it just as well; ``key_facts`` is empty, or what a good answer states.
    """

    module: int
    topic: str
    style: Style = Style.OBLIQUE
    also_ok: tuple[int, ...] = ()
    key_facts: Annotated[tuple[KeyFact, ...], Field(max_length=5)] = ()


class VariantKind(StrEnum):
    """What is different: all the words, one or two letters, or a name that is abbreviated or spelt out."""

    PARAPHRASE = "paraphrase"
    TYPO = "typo"
    ABBREVIATION = "abbreviation"


class VariantCase(_Question):
    """The question with the id ``of``, put in other words; the same answers are right."""

    of: str
    kind: VariantKind

    @property
    def split(self) -> Split:
        """The half of the original: a paraphrase would give a held-out question away."""
        return split_of(self.of)


class UnanswerableKind(StrEnum):
    """Why a question is outside the roadmap: another software field, another sense, unrelated, or small talk."""

    NEAR = "near"
    TRAP = "trap"
    FAR = "far"
    CHAT = "chat"


class UnanswerableCase(_Question):
    """A question that must be refused."""

    kind: UnanswerableKind


CaseT = TypeVar("CaseT", bound=Case)


def load_cases(kind: type[CaseT], file: Path, check: Callable[[CaseT], None] = lambda _case: None) -> tuple[CaseT, ...]:
    """The cases of a JSON Lines file; ``check`` raises ValueError for one that breaks a rule beyond the schema.

    Raises:
        CorpusError: the file cannot be read, a line breaks the schema or the check, or an id is used twice.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file} cannot be read: {error}.") from error
    cases: dict[str, CaseT] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = kind.model_validate_json(line)
            check(case)
        except ValidationError as error:
            raise CorpusError(f"{file}:{number}: {_first_of(error)}.") from error
        except ValueError as error:
            raise CorpusError(f"{file}:{number}: {error}.") from error
        if case.id in cases:
            raise CorpusError(f"{file}:{number}: the id {case.id} is used twice.")
        cases[case.id] = case
    return tuple(cases.values())


def _first_of(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{'.'.join(map(str, first['loc']))}: {message}" if first["loc"] else message
