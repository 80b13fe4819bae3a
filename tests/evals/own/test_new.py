"""Cases out of answers that were marked as wrong."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.conversations import ONE_OFF
from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerStatus, Citation
from assistant.errors import InvalidInput
from assistant.feedback import Feedback, Reason, Verdict
from assistant.journal import Journal
from assistant.settings import Settings
from assistant.trace import Trace
from evals.cases import UnanswerableKind
from evals.own.appending import append_case, own_cases_file
from evals.own.cases import OwnCase
from tests.assistant.commands import Run
from tests.evals.commands import make_evals

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
CITATION = Citation(1, "p", 13, "circuit-breaker", "t", None, "q")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Run:
    return make_evals(monkeypatch, capsys)


def mark(home: Path, question: str, reason: Reason | None, conversation: str = ONE_OFF, **changes: Any) -> int:
    journal = Journal(home / "journal.sqlite")
    turn = journal.begin_turn(conversation, question, NOW)
    given = {"status": AnswerStatus.ANSWERED, "citations": (CITATION,), **changes}
    journal.finish_turn(turn, Answer(question, text="That.", retrieved=(), confidence=0.9, model="notes", elapsed_ms=5, **given))  # fmt: skip
    journal.feedback.mark(journal.learners.named("me", NOW).id, Feedback(turn, Verdict.WRONG, reason, "why", NOW))
    journal.close()
    return turn


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_marked_answer_becomes_a_case_once(run: Run, home: Path) -> None:
    assert "You have marked no answer as wrong yet" in run("new").err
    turn = mark(home, "What is a breaker?", Reason.MISSING)
    (listed,) = run("new", "--json").json["marked"]
    assert (listed["id"], listed["guessed_topic"], listed["has_case"]) == (turn, "circuit-breaker", False)
    made = run("new", str(turn), "--yes", "--fact", "fails fast|Rejects at once", "--json").json
    file = own_cases_file(home)
    assert made["file"] == str(file)
    assert lines(file) == [made["case"]]
    assert made["case"] == {
        "id": made["case"]["id"],
        "question": "What is a breaker?",
        "topic": "circuit-breaker",
        "key_facts": [["fails fast", "rejects at once"]],
        "note": "why",
    }
    assert run("new", "--json").json["marked"][0]["has_case"] is True
    again = run("new", str(turn), "--topic", "what-is-docker")
    assert again.code == 2
    assert "asks this already" in again.err
    assert len(lines(file)) == 1


def test_what_is_right_is_said_or_accepted(run: Run, home: Path) -> None:
    turn = mark(home, "What is a breaker?", Reason.MISSING)
    done = run("new", str(turn))
    assert done.code == 2
    assert "--topic circuit-breaker (proposed: take it with --yes)" in done.err
    assert run("new", str(turn), "--topic", "nothing").code == 2
    assert run("new", str(turn + 1)).err.endswith(f"study feedback wrong --answer {turn + 1}\n")
    assert not own_cases_file(home).exists()


def test_what_should_have_been_refused_is_proposed_so(run: Run, home: Path) -> None:
    turn = mark(home, "How do I bake bread?", Reason.SHOULD_REFUSE)
    case = run("new", str(turn), "--yes", "--json").json["case"]
    assert (case["unanswerable"], case["kind"]) == (True, "near")
    other = mark(home, "Thanks a lot", Reason.OTHER)
    assert run("new", str(other), "--unanswerable", "chat", "--json").json["case"]["kind"] == "chat"


def test_a_follow_up_asks_what_was_searched_for(run: Run, home: Path) -> None:
    mark(home, "What is a breaker?", None, "c")
    trace = Trace("circuit breaker: when does it close", {}, 0.5, (), {})
    turn = mark(home, "When does it close?", None, "c", trace=trace)
    assert run("new", str(turn), "--yes", "--json").json["case"]["question"] == "circuit breaker: when does it close"
    words = "When does a circuit breaker close?"
    assert run("new", str(turn), "--yes", "--question", words, "--json").json["case"]["question"] == words


def test_the_projects_files_take_their_own_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.own.appending.CASES_DIR", tmp_path)
    curriculum = load_curriculum(Settings().corpus_dir)
    questions = tmp_path / "questions.jsonl"
    case = OwnCase(question="What is a breaker?", topic="circuit-breaker", note="why")
    assert append_case(questions, case, curriculum, tmp_path) == {
        "id": case.id,
        "question": "What is a breaker?",
        "module": 13,
        "topic": "circuit-breaker",
    }
    refused = OwnCase(question="Bread?", kind=UnanswerableKind.FAR)
    assert append_case(tmp_path / "unanswerable.jsonl", refused, curriculum, tmp_path)["kind"] == "far"
    with pytest.raises(InvalidInput, match="does not take this case"):
        append_case(questions, refused, curriculum, tmp_path)


def test_a_line_that_does_not_end_is_not_joined_to_the_next(tmp_path: Path) -> None:
    curriculum = load_curriculum(Settings().corpus_dir)
    file = tmp_path / "mine.jsonl"
    file.write_text('{"question": "One?", "module": 1}', encoding="utf-8")
    append_case(file, OwnCase(question="Two?", module=2), curriculum, tmp_path)
    assert [each["module"] for each in lines(file)] == [1, 2]
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".tmp"] == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", {"topic": "circuit-breaker"}),
        ("what-is-docker", {"topic": "what-is-docker"}),
        ("unanswerable", {"kind": "near"}),
    ],
)
def test_at_a_terminal_the_topic_is_asked_for(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, expected: dict[str, str]
) -> None:
    turn = mark(home, "What is a breaker?", Reason.MISSING)
    monkeypatch.setattr("evals.cli.new.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    monkeypatch.setattr("typer.prompt", lambda _text, default, err: typed or default)
    assert run("new", str(turn)).code == 0
    (case,) = lines(own_cases_file(home))
    assert expected.items() <= case.items()


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    curriculum = load_curriculum(Settings().corpus_dir)
    file = tmp_path / "mine.jsonl"

    def add(number: int) -> None:
        append_case(file, OwnCase(question=f"Question number {number}?", module=1), curriculum, tmp_path)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert {each["question"] for each in lines(file)} == {f"Question number {number}?" for number in range(24)}
