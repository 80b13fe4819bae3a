"""What learners think of answers: kept per learner and answer, the latest word, with the conversation and the backup."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.backup import export_all, import_all
from assistant.conversations import ONE_OFF, ONE_OFF_KEPT
from assistant.domain import Answer, AnswerStatus
from assistant.errors import InvalidInput
from assistant.feedback import Feedback, Reason, Verdict, reasons_for
from assistant.journal import Journal
from tests.assistant.commands import Run, make_run
from tests.assistant.test_study_stores import journal, path

__all__ = ["journal", "path"]

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ANSWER = Answer("What?", AnswerStatus.ANSWERED, "That.", (), (), 0.9, "notes", 5)


def asked(journal: Journal, question: str = "What?", conversation: str = "c") -> int:
    turn_id = journal.begin_turn(conversation, question, NOW)
    journal.finish_turn(turn_id, ANSWER)
    return turn_id


def wrong(turn_id: int, reason: Reason | None = Reason.MISSING, comment: str = "") -> Feedback:
    return Feedback(turn_id, Verdict.WRONG, reason, comment, NOW)


def test_the_latest_verdict_of_each_learner_counts(journal: Journal) -> None:
    turn = asked(journal)
    anna, ben = journal.learners.named("Anna", NOW).id, journal.learners.named("Ben", NOW).id
    assert journal.feedback.on(anna, turn) is None
    journal.feedback.mark(anna, wrong(turn, comment="  no half-open state "))
    journal.feedback.mark(ben, Feedback(turn, Verdict.GOOD, None, "", NOW))
    assert journal.feedback.on(anna, turn) == wrong(turn, comment="no half-open state")
    journal.feedback.mark(anna, Feedback(turn, Verdict.GOOD, None, "", LATER))
    assert journal.feedback.all(anna) == (Feedback(turn, Verdict.GOOD, None, "", LATER),)
    assert journal.feedback.unmark(anna, turn) is True
    assert journal.feedback.unmark(anna, turn) is False
    assert [each.verdict for each in journal.feedback.all(ben)] == [Verdict.GOOD]


def test_verdicts_are_listed_by_kind_the_last_one_first(journal: Journal) -> None:
    first, second, third = (asked(journal, text) for text in ("a", "b", "c"))
    anna = journal.learners.named("Anna", NOW).id
    journal.feedback.mark(anna, Feedback(second, Verdict.WRONG, None, "", LATER))
    journal.feedback.mark(anna, wrong(first))
    journal.feedback.mark(anna, Feedback(third, Verdict.GOOD, None, "", NOW))
    assert [each.turn_id for each in journal.feedback.all(anna)] == [second, third, first]
    assert [each.turn_id for each in journal.feedback.all(anna, Verdict.WRONG)] == [second, first]


def test_what_cannot_be_kept_is_refused(journal: Journal) -> None:
    turn = asked(journal)
    anna = journal.learners.named("Anna", NOW).id
    with pytest.raises(InvalidInput, match="not there any more"):
        journal.feedback.mark(anna, wrong(turn + 1))
    with pytest.raises(InvalidInput, match="A reason says what is wrong"):
        journal.feedback.mark(anna, Feedback(turn, Verdict.GOOD, Reason.OTHER, "", NOW))
    with pytest.raises(InvalidInput, match="more than 2000 characters"):
        journal.feedback.mark(anna, wrong(turn, comment="x" * 2001))
    assert journal.feedback.all(anna) == ()


def test_it_goes_with_its_conversation_and_with_its_learner(journal: Journal) -> None:
    anna = journal.learners.named("Anna", NOW).id
    first, second = asked(journal, conversation="c"), asked(journal, conversation="d")
    journal.feedback.mark(anna, wrong(first))
    journal.feedback.mark(anna, wrong(second))
    journal.delete("c")
    assert [each.turn_id for each in journal.feedback.all(anna)] == [second]
    journal.learners.delete(anna)
    assert journal.file.rows("SELECT * FROM feedback") == []


def test_a_marked_one_off_answer_is_not_forgotten(journal: Journal) -> None:
    anna = journal.learners.named("Anna", NOW).id
    marked = asked(journal, "first", ONE_OFF)
    other = asked(journal, "second", ONE_OFF)
    journal.feedback.mark(anna, wrong(marked))
    for number in range(ONE_OFF_KEPT):
        asked(journal, f"later {number}", ONE_OFF)
    ids = [turn.id for turn in journal.turns(ONE_OFF)]
    assert marked in ids
    assert other not in ids
    assert len(ids) == ONE_OFF_KEPT + 1


def test_reasons_fit_the_answer() -> None:
    assert Reason.SHOULD_ANSWER not in reasons_for(AnswerStatus.ANSWERED)
    assert set(Reason) - set(reasons_for(AnswerStatus.REFUSED)) == {Reason.BAD_CITATION, Reason.SHOULD_REFUSE}


def exported(journal: Journal) -> Any:
    return json.loads(json.dumps(export_all(journal.file)))


def test_it_is_exported_and_imported(journal: Journal, tmp_path: Path) -> None:
    asked(journal, "before")
    turn = asked(journal)
    journal.feedback.mark(journal.learners.named("Anna", NOW).id, wrong(turn, comment="“Çay”"))
    data = exported(journal)
    other = Journal(tmp_path / "other.sqlite")
    asked(other, "another", "else")  # so that turns have other numbers there
    import_all(other.file, data)
    anna = other.learners.named("anna", NOW).id
    assert other.feedback.all(anna) == (wrong(turn + 1, comment="“Çay”"),)
    # Taken back there, and imported again: both are there already, so nothing comes back.
    other.feedback.unmark(anna, turn + 1)
    import_all(other.file, data)
    assert other.feedback.all(anna) == ()
    # The learner is new again, and the conversation was kept.
    other.learners.delete(anna)
    import_all(other.file, data)
    assert len(other.feedback.all(other.learners.named("Anna", NOW).id)) == 1
    # The other way round: the conversation is new again, and the learner was kept.
    other.delete("c")
    import_all(other.file, data)
    assert len(other.feedback.all(other.learners.named("Anna", NOW).id)) == 1
    other.close()


def test_a_file_from_before_there_was_any_is_read(journal: Journal, tmp_path: Path) -> None:
    asked(journal)
    data = exported(journal)
    del data["conversations"][0]["turns"][0]["feedback"]
    other = Journal(tmp_path / "other.sqlite")
    assert import_all(other.file, data).conversations == 1
    other.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path) -> Run:
    monkeypatch.setenv("STUDY_HOME", str(path.parent))
    return make_run(monkeypatch, capsys)


def test_the_last_answer_is_marked_in_a_terminal(run: Run, journal: Journal) -> None:
    first, last = asked(journal, "First?"), asked(journal, "Last?")
    assert "You have marked no answer yet" in run("feedback").err
    marked = run("feedback", "wrong", "--reason", "missing", "--comment", "the table", "--json").json
    del marked["marked_at"]
    assert marked == {
        "id": last,
        "conversation": "c",
        "question": "Last?",
        "verdict": "wrong",
        "reason": "missing",
        "comment": "the table",
    }
    assert run("feedback", "good", "--answer", str(first)).err == f"Answer {first} (“First?”) is marked as good.\n"
    listed = run("feedback", "--json").json["feedback"]
    assert [(each["id"], each["verdict"]) for each in listed] == [(first, "good"), (last, "wrong")]
    assert "wrong: Something is missing" in run("feedback").out
    assert run("feedback", "none", "--json").json == {"id": last, "verdict": None}
    assert [each["id"] for each in run("feedback", "--json").json["feedback"]] == [first]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["good", "--reason", "missing"], "A reason says what is wrong"),
        (["none", "--comment", "x"], "has neither reason nor comment"),
        (["--reason", "missing"], "Say which: study feedback good"),
        (["wrong", "--answer", "99"], "99"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(run: Run, journal: Journal, arguments: list[str], message: str) -> None:
    asked(journal)
    done = run("feedback", *arguments)
    assert done.code == 2
    assert message in done.err


def test_an_unanswered_question_cannot_be_marked(run: Run, journal: Journal) -> None:
    journal.begin_turn("c", "What?", NOW)
    done = run("feedback", "good")
    assert (done.code, done.err) == (2, "That question was never answered. Ask it again.\n")
