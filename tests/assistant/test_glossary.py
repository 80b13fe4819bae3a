from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError
from assistant.glossary import load_glossary
from assistant.sentences import split_sentences
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

ENTRY = """
terms:
  - term: fuse
    abbreviations: [FU]
    aliases: [breaker]
    topic: fuses
    definition: A fuse is a part that melts before the wire does.
"""


def write(corpus: Path, text: str) -> None:
    (corpus / "glossary.yaml").write_text(text, encoding="utf-8")


def test_entry_is_read(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    write(corpus, ENTRY)
    (term,) = load_glossary(corpus, load_curriculum(corpus))
    assert (term.term, term.abbreviations, term.aliases, term.topic) == ("fuse", ("FU",), ("breaker",), "fuses")


def test_corpus_without_a_glossary_has_no_terms(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    assert load_glossary(corpus, load_curriculum(corpus)) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("topic: fuses", "topic: ghosts", "'fuse' names an unknown topic 'ghosts'"),
        ("aliases: [breaker]", "aliases: [Fuse]", "more than one entry is called fuse"),
        (
            "definition: A fuse is a part that melts before the wire does.",
            "definition: Short.",
            "at least 20 characters",
        ),
        ("term: fuse", "name: fuse", "terms.0.term: Field required"),
    ],
)
def test_broken_entry_is_a_clear_error(tmp_path: Path, old: str, new: str, message: str) -> None:
    corpus = write_corpus(tmp_path)
    write(corpus, ENTRY.replace(old, new))
    with pytest.raises(CorpusError) as caught:
        load_glossary(corpus, load_curriculum(corpus))
    assert message in caught.value.user_message


def test_real_glossary_covers_the_field() -> None:
    corpus = Settings().corpus_dir
    curriculum = load_curriculum(corpus)
    terms = load_glossary(corpus, curriculum)
    assert len(terms) >= 500
    assert set(Counter(term.topic for term in terms)) == set(curriculum.topics)
    for term in terms:
        assert 1 <= len(split_sentences(term.definition)) <= 2, term
        first = term.definition.casefold()
        names = (term.term, *term.abbreviations)
        assert any(re.sub(r"\W", "", name.casefold()) in re.sub(r"\W", "", first) for name in names), term
