"""The catalogue of linked resources: ``corpus/resources.yaml`` as objects.

Owns: the file's schema and its checks. Refuses: fetching anything (``ingest``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.curriculum import Curriculum
from assistant.domain import Level, Resource
from assistant.errors import CorpusError
from assistant.yaml_file import read_yaml

CATALOGUE_FILE = "resources.yaml"

Kind = Literal["docs", "spec", "article", "book", "paper", "talk", "course", "repository", "guide"]
_HttpsUrl = Annotated[str, Field(pattern=r"^https://[a-z0-9.-]+(/\S*)?$")]


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    on: date
    how: str = Field(min_length=1)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=1)
    url: _HttpsUrl
    kind: Kind
    level: Level
    minutes: int = Field(ge=3, le=600)
    topics: list[str] = Field(min_length=1, max_length=4)
    cost: Literal["free", "paid"]
    licence: str
    why: str = Field(min_length=20)
    checked: _Checked


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    resources: list[_Entry]


def load_catalogue(corpus_dir: Path, curriculum: Curriculum) -> tuple[Resource, ...]:
    """Read and check the catalogue; empty if the corpus has none.

    Raises:
        CorpusError: the file breaks its schema, names an unknown topic, or lists an id or a URL twice.
    """
    path = corpus_dir / CATALOGUE_FILE
    if not path.is_file():
        return ()
    try:
        entries = _File.model_validate(read_yaml(path)).resources
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise CorpusError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    resources = tuple(_resource(entry) for entry in entries)
    _check(resources, curriculum, path)
    return resources


def _resource(entry: _Entry) -> Resource:
    return Resource(
        id=entry.id,
        title=entry.title,
        url=entry.url,
        kind=entry.kind,
        level=entry.level,
        minutes=entry.minutes,
        topics=tuple(entry.topics),
        free=entry.cost == "free",
        licence=entry.licence,
        why=entry.why,
    )


def _check(resources: Sequence[Resource], curriculum: Curriculum, path: Path) -> None:
    seen: set[str] = set()
    for resource in resources:
        for name in (resource.id, resource.url.rstrip("/")):
            if name in seen:
                raise CorpusError(f"{path}: {name} is listed twice.")
            seen.add(name)
        for topic in resource.topics:
            if topic not in curriculum.topics:
                raise CorpusError(f"{path}: {resource.id} names an unknown topic {topic!r}.")
