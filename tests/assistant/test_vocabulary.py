from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.curriculum import load_curriculum
from assistant.domain import Term
from assistant.vocabulary import Vocabulary, vocabulary_of
from tests.mini_corpus import write_corpus

TERMS = (
    Term("circuit breaker", ("CB",), ("breaker switch",), "breaker", "A guard."),
    Term("single sign-on", ("SSO",), (), "sso", "One login."),
    Term("certificate authority", ("CA",), (), "tls", "A signer."),
    Term("cost allocation", ("CA",), (), "finops", "Who pays."),
    Term("unit", ("ms",), (), "units", "A measure."),
)
NAMES = ("Kubernetes Deployments", "Shift Left", "Trace and track", "OAuth2")
VOCABULARY = Vocabulary(TERMS, NAMES)


@pytest.mark.parametrize(
    ("short", "meaning"),
    [
        ("SSO", "single sign-on"),
        ("sso", "single sign-on"),
        ("SSOs", "single sign-on"),
        ("ms", "unit"),
        ("CA", None),
        ("CAs", None),
        ("s", None),
        ("", None),
        ("circuit", None),
    ],
)
def test_short_forms_with_one_meaning_are_known_also_in_the_plural(short: str, meaning: str | None) -> None:
    assert VOCABULARY.meaning(short) == meaning


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("braker", "breaker"),  # a letter left out
        ("breakker", "breaker"),  # one too many
        ("braeker", "breaker"),  # two swapped
        ("breskar", None),  # two slips in a word of seven letters
        ("breaket", "breaker"),  # one replaced, in a long word
        ("breaker", None),  # no slip at all
        ("trace", None),
        ("track", None),  # nor is one name of the field another
        ("kuberntse", "kubernetes"),  # two slips in a very long word
        ("kubernetse", "kubernetes"),
        ("kbrnts", None),
        ("shitf", "shift"),
        ("swift", None),  # replaced in a short word: another word
        ("unity", None),  # another ending of a short word
        ("uni", None),  # too short to tell
        ("reaker", None),  # the first letter is nearly always right
        ("oaut", None),  # names with digits are not corrected to
        ("br3aker", None),
        ("", None),
    ],
)
def test_slips_of_the_finger(typed: str, meant: str | None) -> None:
    assert VOCABULARY.corrected(typed) == meant


def test_of_two_words_as_near_neither_is_meant() -> None:
    assert Vocabulary((), ["tracing", "trading"]).corrected("traing") is None
    assert Vocabulary((), ["tracing"]).corrected("traing") == "tracing"
    assert Vocabulary((), ["tracing", "tracings"]).corrected("traccing") == "tracing"


@given(st.text(max_size=12))
def test_whatever_is_typed_a_correction_is_a_known_word_with_the_same_first_letter(word: str) -> None:
    corrected = VOCABULARY.corrected(word)
    known = {"circuit", "breaker", "switch", "single", "sign", "certificate", "authority", "cost", "allocation", "unit"}
    known |= {"kubernetes", "deployments", "shift", "left", "trace", "track"}
    assert corrected is None or (corrected in known and corrected[0] == word[0])


def test_the_words_of_a_roadmap_are_its_terms_titles_and_aliases(tmp_path: object) -> None:
    corpus = write_corpus(tmp_path / "corpus")  # type: ignore[operator]
    vocabulary = vocabulary_of(load_curriculum(corpus), TERMS[:2])
    slips = ("queuse", "carryng", "circiut", "sngle", "cerificate")
    assert [vocabulary.corrected(slip) for slip in slips] == ["queues", "carrying", "circuit", "single", None]
    assert vocabulary.meaning("CB") == "circuit breaker"
