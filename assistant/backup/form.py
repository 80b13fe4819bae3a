"""The form of the file.

Owns: its fields, and reading them strictly. Refuses: the journal (``exporting``, ``importing``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.feedback import Reason, Verdict

VERSION = 1


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Version(_Strict):
    """One version of a plan, as it was kept."""

    plan: str
    reason: str
    made_at: datetime


class Plan(_Strict):
    """A plan with its versions, the first first."""

    name: str
    created_at: datetime
    opened_at: datetime
    versions: list[Version] = Field(min_length=1)


class Topic(_Strict):
    """What a learner knows or has done of a topic."""

    topic: str
    state: str = Field(pattern="^(known|done|unknown)$")
    source: str
    at: datetime


class Sitting(_Strict):
    """One entry of the study log; ``plan`` is its plan's place in this file."""

    plan: int | None = Field(ge=0)
    item: str
    unit: str
    status: str = Field(pattern="^(done|partly|skipped)$")
    planned_minutes: int = Field(ge=0)
    minutes: int = Field(ge=0)
    day: str
    logged_at: datetime


class Check(_Strict):
    """One answer to a question."""

    topic: str
    question: str
    was_right: bool
    answered_at: datetime
    confidence: str | None = Field(default=None, pattern="^(sure|think-so|guessing)$")
    seconds: int | None = Field(default=None, ge=0)


class Placement(_Strict):
    """The placement test where it stands."""

    state: str
    finished: bool
    updated_at: datetime


class Learner(_Strict):
    """Everything that is one learner's but the conversations."""

    name: str = Field(min_length=1)
    created_at: datetime
    plans: list[Plan]
    topics: list[Topic]
    log: list[Sitting]
    checks: list[Check]
    # Files from before there were these do not have them.
    placement: Placement | None = None
    practice_minutes: int | None = Field(default=None, gt=0)
    level: Level | None = None
    login: str | None = None


class Feedback(_Strict):
    """A verdict on an answer."""

    learner: str
    verdict: Verdict
    reason: Reason | None
    comment: str
    marked_at: datetime


class Turn(_Strict):
    """A question and its answer."""

    question: str
    answer: str | None
    asked_at: datetime
    feedback: list[Feedback] = []  # files from before there was any do not have it


class Conversation(_Strict):
    """A conversation with its turns."""

    id: str = Field(min_length=1)
    learner: str | None = None  # files from before conversations were a learner's do not have it
    title: str
    created_at: datetime
    turns: list[Turn]


class Backup(_Strict):
    """The whole file."""

    version: int
    learners: list[Learner]
    conversations: list[Conversation]


def read(data: object) -> Backup:
    """The file's contents.

    Raises:
        InvalidInput: this is not what an export wrote, or one of a newer version.
    """
    if isinstance(data, Mapping) and isinstance(data.get("version"), int) and data["version"] > VERSION:
        raise InvalidInput("This file was written by a newer version of the program. Update the program to import it.")
    try:
        return Backup.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InvalidInput(f"This is not a file that `study export` wrote: {where}: {first['msg']}.") from error
