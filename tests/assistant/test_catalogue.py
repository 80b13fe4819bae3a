from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.catalogue import load_catalogue
from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

ENTRY = """
resources:
  - id: fuses-explained
    title: "Fuses explained"
    url: https://example.org/fuses
    kind: article
    level: beginner
    minutes: 10
    topics: [fuses]
    cost: free
    licence: ""
    why: "The shortest honest text on why a fuse melts."
    checked: {"on": 2026-11-22, how: repository found}
"""


def test_entry_is_read(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    (corpus / "resources.yaml").write_text(ENTRY, encoding="utf-8")
    (resource,) = load_catalogue(corpus, load_curriculum(corpus))
    assert (resource.id, resource.url, resource.minutes) == ("fuses-explained", "https://example.org/fuses", 10)
    assert (resource.topics, resource.free) == (("fuses",), True)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("https://example.org", "http://example.org", "resources.0.url: String should match pattern"),
        ("topics: [fuses]", "topics: [ghosts]", "fuses-explained names an unknown topic 'ghosts'"),
        ("kind: article", "kind: rumour", "resources.0.kind: Input should be 'docs'"),
        ("minutes: 10", "minutes: 1", "greater than or equal to 3"),
        ("checked: {", "seen: {", "resources.0.checked: Field required"),
    ],
)
def test_broken_entry_is_a_clear_error(tmp_path: Path, old: str, new: str, message: str) -> None:
    corpus = write_corpus(tmp_path)
    (corpus / "resources.yaml").write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_catalogue(corpus, load_curriculum(corpus))
    assert message in caught.value.user_message


def test_nothing_is_listed_twice(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    again = ENTRY.replace("\nresources:\n", "").replace("fuses-explained", "other").replace("/fuses", "/fuses/")
    (corpus / "resources.yaml").write_text(ENTRY + again, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"https://example.org/fuses is listed twice"):
        load_catalogue(corpus, load_curriculum(corpus))


def test_real_catalogue_serves_every_topic_twice() -> None:
    corpus = Settings().corpus_dir
    curriculum = load_curriculum(corpus)
    resources = load_catalogue(corpus, curriculum)
    assert len(resources) >= 350
    served = Counter(topic for resource in resources for topic in resource.topics)
    assert {topic for topic in curriculum.topics if served[topic] < 2} == set()
