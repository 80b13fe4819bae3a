"""The schema of ``curriculum.yaml``.

Owns: validation of the file's shape and its translation into domain objects.
Refuses: the graph's meaning (cycles, closures), which is ``assistant.curriculum``'s.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.domain import Hours, Level, Module, Prerequisite, Topic
from assistant.errors import CorpusError

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Hours(_Entry):
    low: float = Field(gt=0)
    likely: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError("hours must satisfy low <= likely <= high")
        return self


class _Prerequisites(_Entry):
    hard: list[Slug] = []
    soft: list[Slug] = []
    why: dict[Slug, Annotated[str, Field(min_length=1)]] = {}

    @model_validator(mode="after")
    def _every_edge_has_one_reason(self) -> Self:
        edges = [*self.hard, *self.soft]
        if len(edges) != len(set(edges)):
            raise ValueError("a prerequisite is listed twice")
        if set(edges) != set(self.why):
            raise ValueError("`why` must give one reason for each prerequisite and no others")
        return self

    def to_domain(self) -> tuple[Prerequisite, ...]:
        hard = tuple(Prerequisite(edge, True, self.why[edge]) for edge in self.hard)
        return hard + tuple(Prerequisite(edge, False, self.why[edge]) for edge in self.soft)


class _Topic(_Entry):
    id: Slug
    title: str
    level: Level
    hours: _Hours
    prerequisites: _Prerequisites = _Prerequisites()
    aliases: list[str] = []
    reading_minutes: int = Field(default=0, ge=0)


class _Module(_Entry):
    number: int = Field(ge=1)
    id: Slug
    title: str
    level: Level
    summary: str
    hours: _Hours
    project_hours: float = Field(gt=0)
    prerequisites: _Prerequisites = _Prerequisites()
    topics: list[_Topic] = Field(min_length=1)


class _File(_Entry):
    version: Literal[1]
    modules: list[_Module] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [module.id for module in self.modules]
        ids += [topic.id for module in self.modules for topic in module.topics]
        repeated = {entry_id for entry_id in ids if ids.count(entry_id) > 1}
        if repeated:
            raise ValueError(f"ids used more than once: {', '.join(sorted(repeated))}")
        if [module.number for module in self.modules] != list(range(1, len(self.modules) + 1)):
            raise ValueError("modules must be numbered 1, 2, 3, ...")
        return self


def parse_modules(raw: object, name: str) -> tuple[Module, ...]:
    """Validate the parsed YAML and turn it into modules.

    Raises:
        CorpusError: naming the first field that breaks the schema.
    """
    try:
        parsed = _File.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise CorpusError(f"{name}: {field}: {first['msg']}.") from error
    return tuple(_module(module) for module in parsed.modules)


def _module(entry: _Module) -> Module:
    return Module(
        number=entry.number,
        id=entry.id,
        title=entry.title,
        level=entry.level,
        summary=entry.summary,
        hours=Hours(**entry.hours.model_dump()),
        project_hours=entry.project_hours,
        prerequisites=entry.prerequisites.to_domain(),
        topics=tuple(_topic(topic, entry.number) for topic in entry.topics),
    )


def _topic(entry: _Topic, module: int) -> Topic:
    return Topic(
        id=entry.id,
        title=entry.title,
        module=module,
        level=entry.level,
        hours=Hours(**entry.hours.model_dump()),
        prerequisites=entry.prerequisites.to_domain(),
        aliases=tuple(entry.aliases),
        reading_minutes=entry.reading_minutes,
    )
