"""The words of the field: ``corpus/glossary.yaml`` as objects.

Owns: the file's schema and its checks. Refuses: looking words of a question up (``assistant.vocabulary``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.curriculum import Curriculum
from assistant.domain import Term
from assistant.errors import CorpusError
from assistant.yaml_file import read_yaml

GLOSSARY_FILE = "glossary.yaml"

_Name = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    term: _Name
    abbreviations: list[_Name]
    aliases: list[_Name]
    topic: str
    definition: str = Field(min_length=20)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    terms: list[_Entry]


def load_glossary(corpus_dir: Path, curriculum: Curriculum) -> tuple[Term, ...]:
    """Read and check the glossary; empty if the corpus has none.

    Raises:
        CorpusError: the file breaks its schema, a topic does not exist, or two entries share a term.
    """
    path = corpus_dir / GLOSSARY_FILE
    if not path.is_file():
        return ()
    try:
        entries = _File.model_validate(read_yaml(path)).terms
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise CorpusError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    terms = tuple(
        Term(entry.term, tuple(entry.abbreviations), tuple(entry.aliases), entry.topic, entry.definition)
        for entry in entries
    )
    _check(terms, curriculum, path)
    return terms


def _check(terms: Sequence[Term], curriculum: Curriculum, path: Path) -> None:
    for term in terms:
        if term.topic not in curriculum.topics:
            raise CorpusError(f"{path}: {term.term!r} names an unknown topic {term.topic!r}.")
    counts = Counter(name.casefold() for term in terms for name in (term.term, *term.aliases))
    repeated = sorted(name for name, count in counts.items() if count > 1)
    if repeated:
        raise CorpusError(f"{path}: more than one entry is called {', '.join(repeated)}.")
