"""Conversations through the assistant itself, on a small index: what tabs, reloads and restarts may not lose or mix."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.conversations import ONE_OFF
from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerEvent, AnswerStatus, Finished, Level, Retrieved, TextDelta
from assistant.errors import InvalidInput, StorageError
from assistant.journal import Journal
from assistant.service import Assistant
from assistant.settings import Settings
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WHAT = "What is a fuse breaker?"
Open = Callable[[], Assistant]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small corpus with its index, for all tests to read."""
    made = Settings(
        home=tmp_path_factory.mktemp("home"), corpus_dir=write_corpus(tmp_path_factory.mktemp("in") / "corpus")
    )
    Ingest(made, BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    return made


@pytest.fixture
def settings(built: Settings, tmp_path: Path) -> Settings:
    """A learner of their own on that index."""
    (tmp_path / "index").symlink_to(built.index_dir)
    return built.model_copy(update={"home": tmp_path})


@pytest.fixture
def start(settings: Settings) -> Iterator[Open]:
    """The program, started anew each time."""
    journals: list[Journal] = []

    def start() -> Assistant:
        journals.append(Journal(settings.journal_path))
        curriculum = load_curriculum(settings.corpus_dir)
        return Assistant(settings, curriculum, BagOfStems(), journals[-1], now=lambda: NOW)

    yield start
    for journal in journals:
        journal.close()


def ask(assistant: Assistant, question: str, conversation: str) -> Answer:
    *_, last = assistant.answer(question, conversation)
    assert isinstance(last, Finished)
    return last.answer


def recorded(assistant: Assistant, conversation: str) -> list[tuple[str, Answer | None]]:
    assert assistant.journal is not None
    return [(turn.question, turn.answer) for turn in assistant.journal.turns(conversation)]


def searched_for(answer: Answer) -> str:
    assert answer.trace is not None
    return answer.trace.query


def test_the_answer_that_is_shown_is_the_one_recorded_with_its_id(start: Open) -> None:
    assistant = start()
    answer = ask(assistant, WHAT, "c")
    assert answer.id == 1
    assert recorded(assistant, "c") == recorded(start(), "c") == [(WHAT, answer)]


def test_a_conversation_goes_on_after_a_restart(start: Open) -> None:
    ask(start(), WHAT, "c")
    answer = ask(start(), "why?", "c")
    assert searched_for(answer) == "fuse breaker why?"


def test_two_tabs_on_one_conversation_mix_nothing_and_lose_nothing(start: Open) -> None:
    assistant = start()
    one = assistant.answer(WHAT, "c")
    two = assistant.answer("What is a retry loop?", "c")
    first: list[AnswerEvent] = [next(one)]
    second: list[AnswerEvent] = [next(two)]
    first += one
    second += two
    assert isinstance(first[-1], Finished)
    assert isinstance(second[-1], Finished)
    assert recorded(assistant, "c") == [(WHAT, first[-1].answer), ("What is a retry loop?", second[-1].answer)]
    assert "fuse" in first[-1].answer.text
    assert "retry loop" in second[-1].answer.text
    assert searched_for(ask(assistant, "why?", "c")) == "retry loop why?"


def test_tabs_in_threads_of_their_own(start: Open) -> None:
    assistant = start()
    ask(assistant, WHAT, "warm")
    failures: list[BaseException] = []

    def tab(name: str) -> None:
        try:
            for number in range(5):
                ask(assistant, f"What is a fuse breaker of tab {name}, question {number}?", "c")
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    tabs = [threading.Thread(target=tab, args=(name,)) for name in "ab"]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    assert failures == []
    turns = recorded(assistant, "c")
    assert len(turns) == 10
    assert all(answer is not None and answer.question == question for question, answer in turns)
    for name in "ab":
        asked = [question for question, _ in turns if f"tab {name}" in question]
        assert asked == [f"What is a fuse breaker of tab {name}, question {number}?" for number in range(5)]


def test_a_reload_in_the_middle_keeps_what_came_and_the_next_question_works(start: Open) -> None:
    assistant = start()
    with closing(assistant.answer(WHAT, "c")) as events:
        assert isinstance(next(events), Retrieved)
        delta = next(events)
        assert isinstance(delta, TextDelta)
    ((question, answer),) = recorded(assistant, "c")
    assert (question, answer and answer.status) == (WHAT, AnswerStatus.PARTIAL)
    assert answer is not None
    assert answer.text.startswith(delta.text.strip())
    assert ask(assistant, "why?", "c").id == 2


def test_while_an_answer_is_written_its_question_is_there_already(start: Open) -> None:
    assistant = start()
    with closing(assistant.answer(WHAT, "c")) as events:
        next(events)
        assert recorded(start(), "c") == [(WHAT, None)]


def test_a_conversation_deleted_while_it_is_answered_stays_deleted(start: Open) -> None:
    assistant = start()
    events = assistant.answer(WHAT, "c")
    next(events)
    assert assistant.journal is not None
    assistant.journal.delete("c")
    *_, last = events
    assert isinstance(last, Finished)
    assert recorded(assistant, "c") == []


def test_one_off_questions_are_recorded_and_never_follow_up(start: Open) -> None:
    assistant = start()
    ask(assistant, WHAT, ONE_OFF)
    assert searched_for(ask(assistant, "why?", ONE_OFF)) == "why?"
    assert assistant.journal is not None
    assert assistant.journal.turn(2).question == "why?"
    assert assistant.journal.conversations() == ()


def test_a_one_off_question_is_answered_also_where_nothing_can_be_recorded(
    start: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant = start()

    def full(*_: object, **__: object) -> int:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(assistant.journal, "begin_turn", full)
    answer = ask(assistant, WHAT, ONE_OFF)
    assert (answer.status, answer.id) == (AnswerStatus.ANSWERED, None)
    with pytest.raises(StorageError, match="The disk is full"):
        ask(assistant, WHAT, "c")


def test_an_edited_question_is_answered_without_the_turn_it_replaces(start: Open) -> None:
    assistant = start()
    ask(assistant, "What is a retry loop?", "c")
    ask(assistant, WHAT, "c")
    *_, last = assistant.answer("why?", "c", instead_of=2)
    assert isinstance(last, Finished)
    assert searched_for(last.answer) == "retry loop why?"
    assert [question for question, _ in recorded(assistant, "c")] == ["What is a retry loop?", "why?"]


def test_what_to_ask_next_is_of_the_last_answers_topic(start: Open) -> None:
    assistant = start()
    assert assistant.next_questions(()) == ()
    ask(assistant, WHAT, "c")
    assert assistant.journal is not None
    # The answer cites every section of its topic, so what is left is what it is connected with.
    assert assistant.next_questions(assistant.journal.turns("c")) == ("Can you explain trying again?",)


def test_each_learner_has_a_view_that_shares_all_but_what_is_theirs(settings: Settings, start: Open) -> None:
    assistant = start()
    ada, ben = assistant.for_learner("Ada"), assistant.for_learner("Ben")
    study = ada.study()
    assert study is not None
    study.choose_level(Level.EXPERT)
    answer = ask(ada, WHAT, "c")
    assert answer.trace is not None
    assert recorded(ada, "c") == [(WHAT, answer)]
    assert (recorded(ben, "c"), recorded(assistant, "c")) == ([], [])
    with pytest.raises(InvalidInput, match="another learner's"):
        ask(ben, WHAT, "c")
    levels = [one.study() for one in (ada, ben, assistant)]
    assert [study and study.standing().level for study in levels] == [Level.EXPERT, None, None]
    # One process has one model and reads the corpus once.
    ben.use_model(settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "zephyr"}))
    assert {one.writer_name for one in (assistant, ada, ben)} == {"zephyr"}
    assert ada.catalogue is ben.catalogue


def test_the_settings_name_whose_view_is_opened(settings: Settings, start: Open) -> None:
    opened = start()
    ask(opened.for_learner("Ada"), WHAT, "c")
    hers = settings.model_copy(update={"learner": "ada"})
    again = Assistant(hers, opened.curriculum, BagOfStems(), opened.journal)
    assert [question for question, _ in recorded(again, "c")] == [WHAT]
