"""A case put together from a small search and a small answer, each of which can be wrong."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import AnswerStatus, ScoredPassage
from assistant.retrieval import Retrieval
from evals.cases import UnanswerableCase, UnanswerableKind
from evals.runner import Cases
from evals.showing import asked_case, show_case
from tests.evals.suites.test_answers import CASE, CASES, GOOD, PASSAGE

OUTSIDE = UnanswerableCase(id="u001", question="How long do eggs boil?", kind=UnanswerableKind.FAR)
ALL = Cases(CASES, (OUTSIDE,), (), (), (), (), ())


def search(query: str, _k: int) -> Retrieval:
    return Retrieval(query, (), (ScoredPassage(1, PASSAGE, 1.0, 0.5, 9.0),))


def test_a_case_is_found_by_its_id() -> None:
    assert asked_case(ALL, "q001") == CASE
    assert asked_case(ALL, "u001") == OUTSIDE
    assert asked_case(ALL, "q999") is None


def test_a_good_answer_stands_where_it_says() -> None:
    shown = show_case(ALL, CASE, search, lambda _question: GOOD)
    assert [one.ok for one in shown.said] == [True] * len(shown.said)
    assert [one.needs_citation for one in shown.said].count(False) == 2  # a table's head and a block of code
    assert [(one.suite, one.ok, one.why) for one in shown.verdicts][:2] == [
        ("retrieval", True, ()),
        ("refusal", True, ()),
    ]


def test_an_invented_sentence_stands_nowhere() -> None:
    lie = replace(GOOD, text=f"{GOOD.text}\n\nBreakers were invented in 1879. [1]")
    shown = show_case(ALL, CASE, search, lambda _question: lie)
    assert [(one.text, one.cited, one.stands_in) for one in shown.said if not one.ok] == [
        ("Breakers were invented in 1879.", (1,), ())
    ]
    assert "Stands in no cited passage: Breakers were invented in 1879." in shown.verdicts[-1].why


def test_a_question_outside_that_is_answered_is_wrong() -> None:
    answered = show_case(ALL, OUTSIDE, search, lambda _question: GOOD).verdicts
    assert [(one.suite, one.ok) for one in answered] == [("refusal", False)]
    refused = replace(GOOD, status=AnswerStatus.REFUSED)
    shown = show_case(ALL, OUTSIDE, search, lambda _question: refused)
    assert shown.verdicts[0].ok
    # A refusal states nothing that a source should hold.
    assert (shown.text, shown.said) == (GOOD.text, ())
