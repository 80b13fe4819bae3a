"""Everything as one JSON file: out of one journal, into another, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.backup import export_all, import_all
from assistant.conversations import ONE_OFF
from assistant.domain import Answer, AnswerStatus, Level
from assistant.errors import InvalidInput
from assistant.feedback import Feedback, Verdict
from assistant.journal import Journal
from assistant.placement_store import KeptPlacement
from assistant.practice_store import Confidence, PracticeAnswer
from assistant.progress import EntryStatus, LogEntry, TopicState
from tests.assistant.commands import make_run

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
ANSWER = Answer("What?", AnswerStatus.ANSWERED, "That. “Çay”", (), (), 0.9, "notes", 5)


def fill(journal: Journal) -> None:
    anna = journal.learners.named("Anna", NOW).id
    journal.learners.named("Ben", NOW)
    first = journal.plans.create(anna, {"goal": "a"}, NOW, "First")
    second = journal.plans.create(anna, {"goal": "b"}, NOW, "Second")
    journal.plans.change(first, {"goal": "c"}, "replanned", NOW)
    journal.progress.mark(anna, {"fuses": TopicState.DONE, "queues": TopicState.KNOWN}, "self", NOW)
    day = date(2026, 11, 27)
    journal.progress.log(anna, LogEntry("fuses:read:1", "fuses", EntryStatus.DONE, 30, 45, day, second), NOW)
    journal.progress.log(anna, LogEntry("", "queues", EntryStatus.PARTLY, 0, 5, day), NOW)
    journal.progress.answer_check(anna, "fuses", "k", True, NOW)
    sure = PracticeAnswer("fuses", "k", False, NOW, Confidence.SURE, 12)
    journal.practice.record(anna, sure, shown_after=1)
    journal.practice.keep_minutes_a_day(anna, 20)
    journal.placements.begin(anna, '{"version": 1}', NOW)
    journal.placements.finish(anna, NOW)
    hers = journal.of("Anna")
    hers.finish_turn(hers.begin_turn("c", "What?", NOW), ANSWER)
    hers.begin_turn("c", "And why?", NOW)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "full.sqlite")
    fill(journal)
    yield journal
    journal.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "empty.sqlite")
    yield journal
    journal.close()


def exported(journal: Journal) -> Any:
    return json.loads(json.dumps(export_all(journal.file)))


def test_an_import_gives_what_was_exported(full: Journal, empty: Journal) -> None:
    data = exported(full)
    # Numbers of plans differ over there, and still the log points at the right one.
    empty.plans.create(empty.learners.named("Zoe", NOW).id, {}, NOW)
    restored = import_all(empty.file, data)
    assert (restored.learners, restored.conversations) == (("Anna", "Ben"), 1)
    again = exported(empty)
    again["learners"] = [each for each in again["learners"] if each["name"] != "Zoe"]
    assert again == data
    hers = empty.of("anna")
    (conversation,) = hers.conversations()
    assert [turn.answer and turn.answer.text for turn in hers.turns(conversation.id)] == ["That. “Çay”", None]
    assert [hit.question for hit in hers.search("çay")] == ["What?"]
    assert empty.of("Zoe").conversations() == ()
    anna = empty.learners.named("anna", NOW).id
    assert [each.name for each in empty.plans.all(anna)] == ["Second", "First"]
    assert empty.practice.minutes_a_day(anna) == 20
    assert [(each.confidence, each.seconds) for each in empty.practice.answers(anna)] == [
        (None, None), (Confidence.SURE, 12),
    ]  # fmt: skip
    assert empty.placements.kept(anna) == KeptPlacement('{"version": 1}', True, NOW)


def test_a_file_from_before_there_were_placement_and_practice_is_read(full: Journal, empty: Journal) -> None:
    data = exported(full)
    for learner in data["learners"]:
        del learner["placement"], learner["practice_minutes"]
        for check in learner["checks"]:
            del check["confidence"], check["seconds"]
    assert import_all(empty.file, data).learners == ("Anna", "Ben")
    assert empty.placements.kept(empty.learners.named("Anna", NOW).id) is None


def test_what_is_there_already_stays(full: Journal) -> None:
    data = exported(full)
    data["learners"][0]["topics"] = []
    restored = import_all(full.file, data)
    assert (restored.learners, restored.kept_learners) == ((), ("Anna", "Ben"))
    assert (restored.conversations, restored.kept_conversations) == (0, 1)
    assert len(full.progress.topics(full.learners.named("Anna", NOW).id)) == 2


def test_one_learner_is_exported_without_the_others(full: Journal, empty: Journal) -> None:
    ben, zoe = full.of("Ben"), full.of("Zoe")
    ben.begin_turn("b", "Ben's?", NOW)
    mine = zoe.begin_turn(ONE_OFF, "Zoe's?", NOW)
    learners = {each.name: each.id for each in full.learners.all()}
    for name in ("Ben", "Zoe"):  # what somebody else thinks of an answer is not hers to take along
        full.feedback.mark(learners[name], Feedback(mine, Verdict.GOOD, None, name, NOW))
    full.learners.choose_level(learners["Zoe"], Level.EXPERT)
    data = json.loads(json.dumps(export_all(full.file, learners["Zoe"])))
    assert [each["name"] for each in data["learners"]] == ["Zoe"]
    assert [(each["id"], each["learner"]) for each in data["conversations"]] == [(ONE_OFF, "Zoe")]
    assert [each["comment"] for each in data["conversations"][0]["turns"][0]["feedback"]] == ["Zoe"]
    # Over there are one-off questions of somebody else already, and other numbers of learners.
    empty.of("Anna").begin_turn(ONE_OFF, "Anna's?", NOW)
    empty.of("Carl").begin_turn(ONE_OFF, "Carl's?", NOW)
    assert import_all(empty.file, data).conversations == 1
    assert [turn.question for turn in empty.of("Zoe").turns(ONE_OFF)] == ["Zoe's?"]
    assert [turn.question for turn in empty.of("Anna").turns(ONE_OFF)] == ["Anna's?"]
    found = empty.learners.find("Zoe")
    assert found is not None
    assert found.level is Level.EXPERT
    assert json.loads(json.dumps(export_all(empty.file, found.id))) == data


def test_a_login_comes_back_unless_somebody_has_it(full: Journal, empty: Journal) -> None:
    full.learners.give_login(full.learners.named("Anna", NOW).id, "issuer 1")
    full.learners.give_login(full.learners.named("Ben", NOW).id, "issuer 2")
    taken = empty.learners.logged_in("issuer 1", "Zoe", NOW)
    import_all(empty.file, exported(full))
    assert empty.learners.logged_in("issuer 1", "?", NOW) == taken
    assert empty.learners.logged_in("issuer 2", "?", NOW).name == "Ben"


@pytest.mark.parametrize(("names", "whose"), [(["Anna"], "Anna"), (["Anna", "Ben"], "me"), ([], "me")])
def test_conversations_of_a_file_that_names_no_owner_get_one(
    full: Journal, empty: Journal, names: list[str], whose: str
) -> None:
    data = exported(full)
    data["learners"] = [each for each in data["learners"] if each["name"] in names]
    for conversation in data["conversations"]:
        del conversation["learner"]
    import_all(empty.file, data)
    assert [each.id for each in empty.of(whose).conversations()] == ["c"]


def broken(change: str) -> Any:
    data: Any = {"version": 1, "learners": [], "conversations": []}
    learner = {"name": "X", "created_at": NOW.isoformat(), "plans": [], "topics": [], "log": [], "checks": []}
    match change:
        case "no object":
            return []
        case "newer":
            data["version"] = 2
        case "extra":
            data["colour"] = "red"
        case "state":
            topic = {"topic": "t", "state": "perhaps", "source": "self", "at": NOW.isoformat()}
            data["learners"] = [{**learner, "topics": [topic]}]
        case "half":
            data["learners"] = [learner, {"name": "Y"}]
    return data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("no object", "This is not a file that `study export` wrote: the file"),
        ("newer", "written by a newer version"),
        ("extra", "wrote: colour"),
        ("state", "wrote: learners.0.topics.0.state"),
        ("half", "wrote: learners.1.created_at"),
    ],
)
def test_another_file_is_refused_and_changes_nothing(empty: Journal, change: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        import_all(empty.file, broken(change))
    assert empty.learners.all() == ()


def test_an_import_that_fails_midway_leaves_nothing(full: Journal, empty: Journal) -> None:
    data = exported(full)
    data["learners"].append({**data["learners"][0], "name": "ANNA"})
    with pytest.raises(Exception, match="."):
        import_all(empty.file, data)
    assert empty.learners.all() == ()


def test_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    study = make_run(monkeypatch, capsys)
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "one"))
    journal = Journal(tmp_path / "one" / "journal.sqlite")
    fill(journal)
    journal.close()
    file = tmp_path / "everything.json"
    assert study("export", str(file)).err.strip() == f"Wrote {file}."
    assert study("export", str(file)).code == 2
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "two"))
    assert study("import", str(file)).err.strip() == "Added 2 learners and 1 conversation."
    assert study("import", str(file), "--json").json == {
        "learners": [], "conversations": 0, "kept_learners": ["Anna", "Ben"], "kept_conversations": 1,
    }  # fmt: skip
    assert study("export").json == json.loads(file.read_text(encoding="utf-8"))
    assert [each["name"] for each in study("export", "--learner", "ben").json["learners"]] == ["Ben"]
    assert "No learner is called" in study("export", "--learner", "Zoe").err
    assert study("import", str(tmp_path)).code == 2
