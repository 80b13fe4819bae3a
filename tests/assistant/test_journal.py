from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain import Answer, AnswerStatus, Citation
from assistant.errors import StorageError
from assistant.journal import Conversation, Journal, Turn, new_conversation_id
from tests.assistant.passages import passage, ranked
from tests.conftest import REPOSITORY

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ANSWER = Answer(
    question="What is a breaker?",
    status=AnswerStatus.ANSWERED,
    text="A breaker opens. [1] “Çay” 🫖",
    citations=(Citation(1, "p", 13, "circuit-breaker", "13. Resiliency", None, "A breaker opens."),),
    retrieved=ranked(passage("p", "A breaker opens.")),
    confidence=0.75,
    model="notes",
    elapsed_ms=12,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    opened = Journal(path)
    yield opened
    opened.close()


def test_a_turn_is_recorded_when_it_is_asked_and_completed_when_it_is_answered(journal: Journal) -> None:
    turn = journal.begin_turn("c", "What is a breaker?", NOW)
    assert journal.turns("c") == (Turn("What is a breaker?", None),)
    journal.finish_turn(turn, ANSWER)
    assert journal.turns("c") == (Turn("What is a breaker?", ANSWER),)


def test_turns_keep_their_order_and_their_conversation(journal: Journal) -> None:
    first = journal.begin_turn("a", "One?", NOW)
    other = journal.begin_turn("b", "Two?", NOW)
    second = journal.begin_turn("a", "Three?", NOW - timedelta(days=1))
    for turn, question in ((second, "Three?"), (other, "Two?"), (first, "One?")):
        journal.finish_turn(turn, replace(ANSWER, question=question))
    assert journal.turns("a") == (
        Turn("One?", replace(ANSWER, question="One?")),
        Turn("Three?", replace(ANSWER, question="Three?")),
    )
    assert journal.turns("b") == (Turn("Two?", replace(ANSWER, question="Two?")),)
    assert journal.turns("unknown") == ()


def test_conversations_come_latest_first_and_bear_their_first_question(journal: Journal) -> None:
    assert journal.conversations() == ()
    journal.begin_turn("old", "First?", NOW)
    journal.begin_turn("new", "x" * 80, NOW + timedelta(microseconds=1))
    journal.begin_turn("long", "x" * 81, NOW + timedelta(seconds=1))
    journal.begin_turn("old", "Second?", NOW + timedelta(days=1))
    assert journal.conversations() == (
        Conversation("long", "x" * 79 + "…", NOW + timedelta(seconds=1)),
        Conversation("new", "x" * 80, NOW + timedelta(microseconds=1)),
        Conversation("old", "First?", NOW),
    )


def test_plans(journal: Journal) -> None:
    assert journal.latest_plan() is None
    journal.save_plan({"verdict": "It fits. “Çay”", "weeks": [{"hours": 6.5}]}, NOW)
    journal.save_plan({"verdict": "No."}, NOW - timedelta(days=1))
    assert journal.latest_plan() == {"verdict": "No."}


def test_everything_is_there_when_the_file_is_opened_again(path: Path) -> None:
    first = Journal(path)
    first.finish_turn(first.begin_turn("c", "What?", NOW), ANSWER)
    first.save_plan({"verdict": "Yes."}, NOW)
    first.close()
    again = Journal(path)
    assert again.turns("c") == (Turn("What?", ANSWER),)
    assert again.conversations() == (Conversation("c", "What?", NOW),)
    assert again.latest_plan() == {"verdict": "Yes."}
    again.close()


def test_a_process_killed_before_the_answer_loses_neither_question_nor_file(path: Path) -> None:
    program = (
        "import sys, time\n"
        "from datetime import datetime, UTC\n"
        "from pathlib import Path\n"
        "from assistant.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "journal.begin_turn('c', 'What is a breaker?', datetime.now(UTC))\n"
        "print('begun', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    journal = Journal(path)
    assert journal.turns("c") == (Turn("What is a breaker?", None),)
    journal.finish_turn(journal.begin_turn("c", "Again?", NOW), ANSWER)
    assert journal.turns("c") == (Turn("What is a breaker?", None), Turn("Again?", ANSWER))
    journal.close()


@pytest.mark.parametrize("shared", [True, False], ids=["one journal", "a journal each"])
def test_two_threads_write_at_once(path: Path, shared: bool) -> None:
    journals = [Journal(path)] * 2 if shared else [Journal(path), Journal(path)]
    start = threading.Barrier(2)
    failures: list[BaseException] = []

    def write(journal: Journal, name: str) -> None:
        try:
            start.wait(5)
            for number in range(30):
                question = f"{name} {number}"
                turn = journal.begin_turn(name, question, NOW)
                journal.finish_turn(turn, replace(ANSWER, question=question))
                assert len(journal.turns(name)) == number + 1
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=pair) for pair in zip(journals, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for name in "ab":
        expected = [f"{name} {number}" for number in range(30)]
        assert [turn.question for turn in journals[0].turns(name)] == expected
        assert [turn.answer.question for turn in journals[1].turns(name) if turn.answer] == expected
    for journal in set(journals):
        journal.close()


def test_text_that_is_not_unicode_is_stored_all_the_same(journal: Journal) -> None:
    # A model may split an emoji over two chunks, a terminal may hand on a stray byte.
    turn = journal.begin_turn("c", "What is \udcff?", NOW)
    journal.finish_turn(turn, replace(ANSWER, text="half \ud83e and whole \ud83e\uded6"))
    (recorded,) = journal.turns("c")
    assert recorded.question == "What is ??"
    assert recorded.answer is not None
    assert recorded.answer.text == "half \ud83e and whole 🫖"


def test_finishing_an_unknown_turn_changes_nothing(journal: Journal) -> None:
    turn = journal.begin_turn("c", "What?", NOW)
    journal.finish_turn(turn + 1, ANSWER)
    assert journal.turns("c") == (Turn("What?", None),)


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    Journal(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version=99")
    other.close()
    with pytest.raises(StorageError) as caught:
        Journal(path)
    assert caught.value.user_message == (
        f"{path} was written by a newer version of this program. Update the program to use it."
    )


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("my notes\n" * 1000, encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        Journal(path)
    assert caught.value.user_message == (
        f"{path} is damaged. Move it aside and start again; the other files are not affected."
    )
    assert path.read_text(encoding="utf-8") == "my notes\n" * 1000


def test_damaged_pages_are_a_clear_error(path: Path) -> None:
    journal = Journal(path)
    for number in range(40):
        journal.finish_turn(journal.begin_turn("c", f"{number}?", NOW), ANSWER)
    journal.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    damaged = Journal(path)
    for ask in (lambda: damaged.turns("c"), damaged.conversations, lambda: damaged.begin_turn("c", "?", NOW)):
        with pytest.raises(StorageError, match=r" is damaged\. Move it aside and start again; "):
            ask()
    damaged.close()


@pytest.mark.parametrize("record", ["", "{", "[]", "{}", '{"question": "x", "colour": 1}', "null"])
def test_a_damaged_answer_is_a_clear_error(journal: Journal, path: Path, record: str) -> None:
    journal.begin_turn("c", "What?", NOW)
    other = sqlite3.connect(path)
    other.execute("UPDATE turns SET answer = ?", (record,))
    other.commit()
    other.close()
    with pytest.raises(StorageError) as caught:
        journal.turns("c")
    assert caught.value.user_message == f"{path} holds an answer that cannot be read. Start a new conversation."


def test_a_directory_in_its_place_is_a_clear_error(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError) as caught:
        Journal(path)
    assert caught.value.user_message == f"{path} cannot be used: unable to open database file."


def test_conversation_ids_are_long_and_differ() -> None:
    ids = {new_conversation_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in ids)
