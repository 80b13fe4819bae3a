"""Which questions are asked: spread over the modules, the same for the same seed."""

from __future__ import annotations

from evals.cases import UnanswerableKind
from evals.live.sample import choose
from tests.evals.project_cases import project_cases

CASES = project_cases()


def test_every_module_comes_before_any_comes_twice() -> None:
    sample = choose(CASES.questions, CASES.unanswerable, 50, 0)
    assert len({case.module for case in sample.questions[:42]}) == 42
    assert (len(sample.questions), len(sample.unanswerable), len(sample)) == (50, 10, 60)
    assert all(case.key_facts for case in sample.questions)
    assert {case.kind for case in sample.unanswerable[:3]} == set(UnanswerableKind) - {UnanswerableKind.CHAT}


def test_a_seed_decides_and_a_smaller_sample_is_the_beginning_of_a_larger() -> None:
    sample = choose(CASES.questions, CASES.unanswerable, 30, 7)
    assert sample == choose(tuple(reversed(CASES.questions)), CASES.unanswerable, 30, 7)
    assert sample.questions[:10] == choose(CASES.questions, CASES.unanswerable, 10, 7).questions
    assert sample != choose(CASES.questions, CASES.unanswerable, 30, 8)


def test_there_is_no_more_than_there_is() -> None:
    sample = choose(CASES.questions[:3], CASES.unanswerable[:1], 1000, 0)
    assert len(sample.questions) <= 3
