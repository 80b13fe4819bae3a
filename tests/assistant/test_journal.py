from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversations import ONE_OFF, ONE_OFF_KEPT, Conversation, Hit, Turn
from assistant.domain import Answer, AnswerStatus, Citation
from assistant.errors import InvalidInput, StorageError
from assistant.journal import Journal
from assistant.journal_schema import MIGRATIONS
from assistant.sqlite import open_database
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


def asked(journal: Journal, conversation: str) -> list[tuple[str, Answer | None]]:
    """The questions of a conversation with their answers, as they were before they were recorded."""
    turns = journal.turns(conversation)
    assert [turn.answer.id for turn in turns if turn.answer] == [turn.id for turn in turns if turn.answer]
    return [(turn.question, turn.answer and replace(turn.answer, id=None)) for turn in turns]


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
    assert asked(journal, "c") == [("What is a breaker?", None)]
    journal.finish_turn(turn, ANSWER)
    assert asked(journal, "c") == [("What is a breaker?", ANSWER)]


def test_turns_keep_their_order_and_their_conversation(journal: Journal) -> None:
    first = journal.begin_turn("a", "One?", NOW)
    other = journal.begin_turn("b", "Two?", NOW)
    second = journal.begin_turn("a", "Three?", NOW - timedelta(days=1))
    for turn, question in ((second, "Three?"), (other, "Two?"), (first, "One?")):
        journal.finish_turn(turn, replace(ANSWER, question=question))
    assert asked(journal, "a") == [
        ("One?", replace(ANSWER, question="One?")),
        ("Three?", replace(ANSWER, question="Three?")),
    ]
    assert asked(journal, "b") == [("Two?", replace(ANSWER, question="Two?"))]
    assert journal.turns("unknown") == ()


def test_conversations_bear_their_first_question_and_the_one_asked_last_comes_first(journal: Journal) -> None:
    assert journal.conversations() == ()
    journal.begin_turn("old", " First\n\tone? ", NOW)
    journal.begin_turn("new", "x" * 80, NOW + timedelta(microseconds=1))
    journal.begin_turn("long", "x" * 81, NOW + timedelta(seconds=1))
    journal.begin_turn("old", "Second?", NOW - timedelta(days=1))
    assert journal.conversations() == (
        Conversation("old", "First one?", NOW, NOW - timedelta(days=1), 2),
        Conversation("long", "x" * 79 + "…", NOW + timedelta(seconds=1), NOW + timedelta(seconds=1), 1),
        Conversation("new", "x" * 80, NOW + timedelta(microseconds=1), NOW + timedelta(microseconds=1), 1),
    )


def test_a_turn_is_found_by_its_id_and_the_last_one_without(journal: Journal) -> None:
    with pytest.raises(InvalidInput, match=r"Nothing was asked yet\. Ask something first"):
        journal.turn()
    first, last = journal.begin_turn("a", "One?", NOW), journal.begin_turn("b", "Two?", NOW)
    journal.finish_turn(first, ANSWER)
    assert journal.turn(first) == Turn(first, "a", "One?", NOW, replace(ANSWER, id=first))
    assert journal.turn() == Turn(last, "b", "Two?", NOW, None)
    with pytest.raises(InvalidInput, match=r"No answer has the id 99\."):
        journal.turn(99)


def test_the_id_of_a_deleted_answer_names_no_other(journal: Journal) -> None:
    first = journal.begin_turn("a", "One?", NOW)
    journal.delete("a")
    assert journal.begin_turn("a", "Two?", NOW) > first


def test_a_conversation_is_found_by_the_beginning_of_its_id(journal: Journal) -> None:
    for name in ("abc1", "abd2", "ab"):
        journal.begin_turn(name, name, NOW)
    assert [journal.conversation(each).id for each in ("abc", "abd2", "ab")] == ["abc1", "abd2", "ab"]
    for unclear in ("a", "", "x", "%", "abc12"):
        with pytest.raises(InvalidInput):
            journal.conversation(unclear)


def test_renaming(journal: Journal) -> None:
    journal.begin_turn("c", "What?", NOW)
    journal.rename("c", "\x1b[31mBreakers\n and \u202eretries")
    assert journal.conversation("c").title == "[31mBreakers and retries"
    journal.begin_turn("c", "Why?", NOW)
    assert journal.conversation("c").title == "[31mBreakers and retries"
    for title in ("", " \n", "\u202e"):
        with pytest.raises(InvalidInput, match="The title is empty"):
            journal.rename("c", title)
    with pytest.raises(InvalidInput, match="not there any more"):
        journal.rename("unknown", "Breakers")


def test_deleting_takes_the_turns_along_and_leaves_the_others(journal: Journal) -> None:
    journal.begin_turn("a", "One?", NOW)
    turn = journal.begin_turn("b", "Two?", NOW)
    journal.delete("b")
    journal.finish_turn(turn, ANSWER)
    assert (asked(journal, "a"), asked(journal, "b")) == ([("One?", None)], [])
    assert [each.id for each in journal.conversations()] == ["a"]
    assert journal.search("two") == ()
    with pytest.raises(InvalidInput, match="not there any more"):
        journal.delete("b")


def test_one_off_questions_are_kept_apart_and_only_the_newest(journal: Journal) -> None:
    journal.begin_turn("c", "A breaker?", NOW)
    first, *_, last = [journal.begin_turn(ONE_OFF, f"Breaker {n}?", NOW) for n in range(ONE_OFF_KEPT + 1)]
    assert [each.id for each in journal.conversations()] == ["c"]
    assert [hit.conversation.id for hit in journal.search("breaker")] == ["c"]
    assert journal.conversation(ONE_OFF).turns == ONE_OFF_KEPT
    assert journal.turn(last).question == f"Breaker {ONE_OFF_KEPT}?"
    with pytest.raises(InvalidInput):
        journal.turn(first)


def found(journal: Journal, text: str) -> list[tuple[str, str | None]]:
    return [(hit.conversation.id, hit.question) for hit in journal.search(text)]


def test_search_reads_questions_answers_and_titles(journal: Journal) -> None:
    journal.begin_turn("a", "Why retries?", NOW)
    turn = journal.begin_turn("a", "What opens?", NOW)
    journal.finish_turn(turn, ANSWER)
    journal.begin_turn("b", "What is C++?", NOW)
    assert found(journal, "retry") == [("a", "Why retries?")]
    assert journal.search("a BREAKER opens") == (Hit(journal.conversation("a"), turn, "What opens?"),)
    assert found(journal, "cay") == [("a", "What opens?")]
    assert found(journal, "what") == [("b", "What is C++?"), ("a", "What opens?")]
    assert found(journal, "c++") == [("b", "What is C++?")]
    assert found(journal, "bre") == [("a", "What opens?")]
    assert found(journal, "retries opens") == []
    assert found(journal, "question") == []  # the name of a column, and of a field of the record
    journal.rename("b", "Templates")
    assert found(journal, "templ") == [("b", None)]
    journal.rename("b", "Lambdas")
    assert found(journal, "templ") == []


@pytest.mark.parametrize("text", ["", " ", "?", "***", "🫖", "\0", "+"])
def test_a_search_without_a_word_finds_nothing(journal: Journal, text: str) -> None:
    journal.begin_turn("a", "What? 🫖 + *", NOW)
    assert journal.search(text) == ()


@pytest.mark.parametrize(
    "text",
    ['"', "a AND", "NEAR(a b)", "title:what", "what*", "-what", "what^2", "{a b}:c", "what\0", "\udcff what", "'"],
)
def test_a_search_has_no_syntax(journal: Journal, text: str) -> None:
    journal.begin_turn("a", f"So {text} now", NOW)
    assert [hit.conversation.id for hit in journal.search(text)] == ([] if text in {'"', "'"} else ["a"])


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec=None), max_size=12))
def test_no_text_breaks_the_search(journal: Journal, text: str) -> None:
    journal.search(text)


FIRST_VERSION = """
    INSERT INTO conversations VALUES ('c', 'What is a breaker?', '2026-11-22T09:30:00+00:00');
    INSERT INTO turns VALUES (3, 'c', 'What is a breaker?', '{"text": "It opens."}', '2026-11-22T09:30:00+00:00');
    INSERT INTO turns VALUES (5, 'c', 'Why?', '{', '2026-11-22T09:31:00+00:00');
"""


def test_a_journal_of_the_first_version_keeps_its_turns_and_can_be_searched(path: Path) -> None:
    path.parent.mkdir()
    old = sqlite3.connect(path)
    old.executescript(f"{MIGRATIONS[0]} {FIRST_VERSION} PRAGMA user_version=1;")
    old.close()
    journal = Journal(path)
    assert journal.conversations() == (Conversation("c", "What is a breaker?", NOW, NOW + timedelta(minutes=1), 2),)
    assert found(journal, "opens") == [("c", "What is a breaker?")]
    assert found(journal, "why") == [("c", "Why?")]
    assert journal.begin_turn("c", "When?", NOW) == 6
    journal.close()


BEFORE_LEARNERS_HAD_CONVERSATIONS = next(
    place for place, script in enumerate(MIGRATIONS) if "learners_by_login" in script
)


@pytest.mark.parametrize(
    ("learners", "whose"), [([], "me"), (["Ada"], "Ada"), (["Ada", "me"], "me"), (["Ada", "Ben"], "Ada")]
)
def test_conversations_that_nobody_owned_get_a_learner(path: Path, learners: list[str], whose: str) -> None:
    path.parent.mkdir()
    before = MIGRATIONS[:BEFORE_LEARNERS_HAD_CONVERSATIONS]
    old = open_database(path, before)
    for name in learners:
        old.execute("INSERT INTO learners (name, created_at) VALUES (?, '2026-11-22T09:30:00+00:00')", (name,))
    for number, (conversation, question) in enumerate([("c", "Why?"), ("ask", "How?"), ("ask", "When?")], start=7):
        now = NOW.isoformat()
        old.execute("INSERT OR IGNORE INTO conversations VALUES (?, ?, ?)", (conversation, question, now))
        turn = (number, conversation, question, now)
        old.execute("INSERT INTO turns (id, conversation_id, question, asked_at) VALUES (?, ?, ?, ?)", turn)
    old.close()
    with closing(Journal(path)) as journal:
        theirs = journal.of(whose)
        assert [each.name for each in journal.learners.all()] == (learners or ["me"])
        assert theirs.conversations() == (Conversation("c", "Why?", NOW, NOW, 1),)
        assert [(turn.id, turn.conversation_id) for turn in theirs.turns(ONE_OFF)] == [(8, "ask"), (9, "ask")]
        assert theirs.turn().question == "When?"
        assert theirs.begin_turn(ONE_OFF, "Where?", NOW) == 10
        assert [hit.question for hit in theirs.search("why")] == ["Why?"]
        for other in {"me", "Ada", "Ben"} - {whose}:
            assert journal.of(other).conversations() == ()


def test_a_journal_without_conversations_gets_no_learner(path: Path) -> None:
    path.parent.mkdir()
    open_database(path, MIGRATIONS[:BEFORE_LEARNERS_HAD_CONVERSATIONS]).close()
    with closing(Journal(path)) as journal:
        assert journal.learners.all() == ()


def test_learners_do_not_see_or_change_each_others_conversations(journal: Journal) -> None:
    ada, ben = journal.of("Ada"), journal.of("Ben")
    turn = ada.begin_turn("c", "What opens?", NOW)
    assert [each.id for each in journal.of("ada").conversations()] == ["c"]
    assert (ben.conversations(), ben.turns("c"), ben.search("opens")) == ((), (), ())
    refused: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: ben.begin_turn("c", "And mine?", NOW), "another learner's"),
        (lambda: ben.conversation("c"), "No conversation"),
        (lambda: ben.turn(turn), "No answer"),
        (ben.turn, "Nothing was asked yet"),
        (lambda: ben.rename("c", "Mine"), "not there"),
        (lambda: ben.delete("c"), "not there"),
    )
    for attempt, reason in refused:
        with pytest.raises(InvalidInput, match=reason):
            attempt()
    assert [(each.title, each.turns) for each in ada.conversations()] == [("What opens?", 1)]


def test_each_learner_has_one_off_questions_of_their_own(journal: Journal) -> None:
    ada, ben = journal.of("Ada"), journal.of("Ben")
    ada.begin_turn(ONE_OFF, "Ada's?", NOW)
    for number in range(ONE_OFF_KEPT + 1):
        ben.begin_turn(ONE_OFF, f"Ben's {number}?", NOW)
    assert [turn.question for turn in ada.turns(ONE_OFF)] == ["Ada's?"]
    assert ada.turn().question == "Ada's?"
    assert (ada.turn().conversation_id, ada.conversation(ONE_OFF).id) == (ONE_OFF, ONE_OFF)
    assert len(ben.turns(ONE_OFF)) == ONE_OFF_KEPT
    # Nobody takes the place of another's by naming it.
    with pytest.raises(InvalidInput, match="no conversation's id"):
        ada.begin_turn("ask-99", "Mine?", NOW)


def test_a_learners_conversations_go_with_the_learner(journal: Journal) -> None:
    ada = journal.of("Ada")
    ada.begin_turn("c", "What opens?", NOW)
    journal.begin_turn("d", "What opens?", NOW)
    journal.learners.delete(journal.learners.named("Ada", NOW).id)
    assert (ada.conversations(), [each.id for each in journal.conversations()]) == ((), ["d"])
    assert [row["id"] for row in journal.file.rows("SELECT rowid AS id FROM turns_fts")] == [2]
    assert [row["title"] for row in journal.file.rows("SELECT title FROM titles_fts")] == ["What opens?"]


def test_everything_is_there_when_the_file_is_opened_again(path: Path) -> None:
    first = Journal(path)
    first.finish_turn(first.begin_turn("c", "What?", NOW), ANSWER)
    first.close()
    again = Journal(path)
    assert asked(again, "c") == [("What?", ANSWER)]
    assert again.conversations() == (Conversation("c", "What?", NOW, NOW, 1),)
    assert [hit.question for hit in again.search("breaker")] == ["What?"]
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
    assert asked(journal, "c") == [("What is a breaker?", None)]
    journal.finish_turn(journal.begin_turn("c", "Again?", NOW), ANSWER)
    assert asked(journal, "c") == [("What is a breaker?", None), ("Again?", ANSWER)]
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
    assert asked(journal, "c") == [("What?", None)]


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
    Journal(path).close()
    kept = len(path.read_bytes())  # the schema stays whole, so that the file can be opened
    journal = Journal(path)
    for number in range(40):
        journal.finish_turn(journal.begin_turn("c", f"{number}?", NOW), ANSWER)
    journal.close()
    content = path.read_bytes()
    path.write_bytes(content[:kept] + b"\xff" * (len(content) - kept))
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


def test_a_question_that_is_asked_anew_takes_the_place_of_the_last_turn(journal: Journal) -> None:
    first = journal.begin_turn("c", "One?", NOW)
    second = journal.begin_turn("c", "Tow?", NOW)
    journal.finish_turn(second, ANSWER)
    third = journal.begin_turn("c", "Two?", NOW, instead_of=second)
    assert [(turn.id, turn.question) for turn in journal.turns("c")] == [(first, "One?"), (third, "Two?")]
    assert [each.title for each in journal.conversations()] == ["One?"]
    # What it takes the place of is one of the one-off questions: it can still be explained, and verdicts keep to it.
    assert asked(journal, ONE_OFF) == [("Tow?", ANSWER)]
    assert journal.turn(second).conversation_id == ONE_OFF
    assert journal.search("tow") == ()


@pytest.mark.parametrize(("renamed", "title"), [("", "What is Docker?"), ("Boxes", "Boxes")])
def test_a_first_question_that_is_edited_gives_the_conversation_its_title_unless_it_was_renamed(
    journal: Journal, renamed: str, title: str
) -> None:
    turn = journal.begin_turn("c", "What is Dokcer?", NOW)
    if renamed:
        journal.rename("c", renamed)
    journal.begin_turn("c", "What is Docker?", NOW, instead_of=turn)
    (conversation,) = journal.conversations()
    assert (conversation.title, conversation.turns) == (title, 1)


def test_only_the_last_turn_of_its_own_conversation_is_replaced(journal: Journal) -> None:
    first = journal.begin_turn("c", "One?", NOW)
    second = journal.begin_turn("c", "Two?", NOW)
    other = journal.begin_turn("d", "Other?", NOW)
    for turn in (first, other, 99):
        with pytest.raises(InvalidInput, match="has gone on since, perhaps in another window"):
            journal.begin_turn("c", "New?", NOW, instead_of=turn)
    assert [turn.id for turn in journal.turns("c")] == [first, second]
    assert [turn.id for turn in journal.turns("d")] == [other]
    assert journal.turns(ONE_OFF) == ()
