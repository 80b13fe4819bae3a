"""Answers that are written beside the page that asked for them."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator

import pytest

from assistant.domain import Answer, AnswerEvent, AnswerStatus, Finished, Retrieved, TextDelta, Waiting
from assistant.errors import IndexMissing, StudyError
from assistant.live_answers import LiveAnswer, LiveAnswers, SoFar

ANSWER = Answer("Why?", AnswerStatus.ANSWERED, "It is so.", (), (), 1.0, "notes", 3)
TIMEOUT_S = 10


class Scripted:
    """An answer that is written word by word, whenever the test says so."""

    def __init__(self) -> None:
        self.may_go_on = threading.Semaphore(0)
        self.closed = threading.Event()

    def events(self) -> Generator[AnswerEvent]:
        try:
            yield Retrieved((), 1.0)
            for word in ("It ", "is ", "so."):
                while not self.may_go_on.acquire(timeout=0.01):
                    yield Waiting()
                yield TextDelta(word)
            yield Finished(ANSWER)
        finally:
            self.closed.set()


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    script = Scripted()
    yield script
    script.may_go_on.release(3)


def until_text(live: LiveAnswer, text: str) -> SoFar:
    return next(each for each in live.follow() if each.text == text)


def test_everybody_who_follows_hears_all_of_it(scripted: Scripted) -> None:
    answers = LiveAnswers()
    live = answers.start(("me", "c"), "Why?", scripted.events())
    assert next(each for each in live.follow() if each.is_waiting).text == ""
    scripted.may_go_on.release()
    assert until_text(live, "It ").answer is None
    assert answers.running(("me", "c")) is live
    scripted.may_go_on.release(2)
    *_, last = live.follow()
    assert last == SoFar("It is so.", is_waiting=False, is_over=True, answer=ANSWER)
    assert list(live.follow()) == [last]
    assert live.wait(TIMEOUT_S)


def test_once_it_is_over_nothing_runs_in_the_conversation(scripted: Scripted) -> None:
    answers = LiveAnswers()
    scripted.may_go_on.release(3)
    live = answers.start(("me", "c"), "Why?", scripted.events())
    assert live.wait(TIMEOUT_S)
    for thread in [each for each in threading.enumerate() if each.name == "answer"]:
        thread.join(TIMEOUT_S)
    assert answers.running(("me", "c")) is None


def test_a_stopped_one_is_closed_and_keeps_what_came(scripted: Scripted) -> None:
    live = LiveAnswers().start(("me", "c"), "Why?", scripted.events())
    scripted.may_go_on.release()
    until_text(live, "It ")
    assert not live.was_stopped
    live.stop()
    *_, last = live.follow()
    assert (last.text, last.answer, last.error, live.was_stopped) == ("It ", None, None, True)
    assert scripted.closed.is_set()


def test_another_question_in_the_conversation_waits_until_the_one_before_has_stopped(scripted: Scripted) -> None:
    answers = LiveAnswers()
    first = answers.start(("me", "c"), "Why?", scripted.events())
    elsewhere = Scripted()
    other = answers.start(("me", "d"), "Why?", elsewhere.events())
    second = Scripted()
    second.may_go_on.release(3)
    live = answers.start(("me", "c"), "How?", second.events(), instead_of=7)
    assert (first.was_stopped, scripted.closed.is_set(), other.was_stopped) == (True, True, False)
    *_, last = live.follow()
    assert (last.answer, live.question, live.instead_of) == (ANSWER, "How?", 7)
    elsewhere.may_go_on.release(3)
    assert other.wait(TIMEOUT_S)


def failing(error: Exception) -> Generator[AnswerEvent]:
    yield TextDelta("It ")
    raise error


def test_an_error_is_heard_by_who_follows() -> None:
    error = IndexMissing("There is no index.")
    *_, last = LiveAnswers().start(("me", "c"), "Why?", failing(error)).follow()
    assert (last.text, last.error, last.is_over) == ("It ", error, True)


def test_a_fault_of_the_program_is_logged_and_told_in_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    *_, last = LiveAnswers().start(("me", "c"), "Why?", failing(ZeroDivisionError("secret detail"))).follow()
    assert isinstance(last.error, StudyError)
    assert last.error.user_message.startswith("The answer broke off because of a fault in the program. Ask again")
    assert "ZeroDivisionError" in caplog.text


def test_nobody_follows_another_learners_answer(scripted: Scripted) -> None:
    answers = LiveAnswers()
    live = answers.start(("ada", "c"), "Why?", scripted.events())
    assert answers.running(("ben", "c")) is None
    assert answers.running(("ada", "c")) is live
    scripted.may_go_on.release(3)
    assert live.wait(TIMEOUT_S)
