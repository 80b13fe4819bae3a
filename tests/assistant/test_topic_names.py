from __future__ import annotations

from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.settings import Settings
from assistant.topic_names import topic_names
from tests.mini_corpus import write_corpus


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("How do circuit breakers work?", {"fuses"}),
        ("Queue or fuses and a breaker?", {"queues", "fuses"}),
        ("a breaker of circuits", set()),
        ("", set()),
    ],
)
def test_titles_and_aliases_are_found_whatever_their_endings(text: str, topics: set[str], tmp_path: Path) -> None:
    names = topic_names(load_curriculum(write_corpus(tmp_path / "corpus")))
    assert names.named_in(text) == topics


def test_everyday_words_of_a_listing_title_are_no_names() -> None:
    names = topic_names(load_curriculum(Settings().corpus_dir))
    assert names.named_in("In which order do I test the cart?") == set()
    assert names.named_in("What is NATS?") == {"kafka-rabbitmq-nats"}


def test_a_title_as_a_subject_asks_and_compares_nothing() -> None:
    titles = topic_names(load_curriculum(Settings().corpus_dir)).titles
    assert titles["what-is-devops"] == "What is DevOps"
    assert titles["rest-vs-grpc-vs-websocket"] == "REST, gRPC, WebSocket"
