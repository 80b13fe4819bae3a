from __future__ import annotations

import pytest

from assistant.composing.defining import Defines, defines
from assistant.domain import Passage, PassageKind
from assistant.words import stems
from tests.assistant.passages import passage

OWN_SENTENCE = passage("one", "A circuit breaker stops calls.", section="In one sentence")
TERM = Passage(
    "term", "glossary.yaml", PassageKind.GLOSSARY, 20, "scaling",
    "Glossary > horizontal pod autoscaler (HPA, pod autoscaling)", "It adds Pods.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("circuit breaker", Defines.TOPIC),  # the topic is called "Circuit Breaker Pattern"
        ("circuit breaker pattern", Defines.TOPIC),
        ("half-open circuit breaker", Defines.SUBJECT),
        ("breaker", Defines.SUBJECT),
        ("", Defines.SUBJECT),
    ],
)
def test_a_topics_own_sentence(asked: str, found: Defines) -> None:
    assert defines(OWN_SENTENCE, stems(asked), on_subject=True) is found
    assert defines(OWN_SENTENCE, stems(asked), on_subject=False) is Defines.NOT


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("horizontal pod autoscaler", Defines.TERM),
        ("HPA", Defines.TERM),
        ("pod autoscaling", Defines.TERM),
        ("pod autoscaling concept", Defines.TERM),
        ("pod", Defines.NOT),
        ("horizontal pod autoscaler limits", Defines.NOT),
        ("", Defines.NOT),
    ],
)
def test_an_entry_of_the_glossary_defines_its_names_on_whatever_subject(asked: str, found: Defines) -> None:
    for on_subject in (True, False):
        assert defines(TERM, stems(asked), on_subject=on_subject) is found


def test_a_term_without_other_names_does_not_define_a_question_of_stop_words() -> None:
    term = Passage("t", "glossary.yaml", PassageKind.GLOSSARY, 1, "x", "Glossary > pod", "A pod.")
    assert defines(term, frozenset(), on_subject=True) is Defines.NOT
    assert defines(term, stems("pods"), on_subject=True) is Defines.TERM


def test_other_sections_and_the_learners_own_pages_define_nothing() -> None:
    assert defines(passage("how", "It counts."), stems("circuit breaker"), on_subject=True) is Defines.NOT
    own = Passage("own", "mine.md", PassageKind.OWN, None, None, "In one sentence", "A breaker stops calls.")
    assert defines(own, stems("breaker"), on_subject=True) is Defines.NOT


def test_the_kinds_are_ordered() -> None:
    assert sorted(Defines) == [Defines.NOT, Defines.SUBJECT, Defines.TERM, Defines.TOPIC]
    assert not Defines.NOT
