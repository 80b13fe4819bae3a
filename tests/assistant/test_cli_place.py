"""``study place``: from a pipe and from a terminal, stopped and gone on with, taken and taken again."""

from __future__ import annotations

import builtins
import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.assistant.commands import Done, Run, make_run
from tests.mini_corpus import write_corpus

EVERYTHING = ["fuses", "retries", "queues"]
# The right options of the first sitting, by its questions' order.
RIGHT = "a\nb\n"


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(write_corpus(tmp_path / "corpus")))
    return make_run(monkeypatch, capsys)


class Terminal(io.StringIO):
    """Standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def lines(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_questions_are_asked_one_by_one_and_the_result_waits_to_be_taken(study: Run) -> None:
    done = study("place", stdin=RIGHT)
    assert done.code == 0
    assert done.out.startswith(
        "\nQuestion 1 of at most 20: Fuses and breakers\nWhat does A fuse breaker count?\n"
        "  a) A fuse breaker counts failures.\n  b) Sheep.\n  ?) I don't know\n"
        "\nQuestion 2 of at most 20: Trying again\n"
    )
    assert (
        "After 2 questions it looks as if you know 3 of the 3 topics. The result is rough: "
        "about 90 % of the 3 topics are placed right."
    ) in flat(done.out)
    assert "1. Breaking Things 2 of 2 Fuses and breakers; Trying again 2. Carrying Things 1 of 1 Queues" in flat(
        done.out
    )
    assert done.err.strip().startswith("Take it with: study place --yes.")
    assert study("done", "--undo", "fuses", "--json").json["known"] == 0
    taken = study("place", "--yes")
    assert "2 topics are marked as known. 1 topic is left out, as you said." in flat(taken.out)
    assert "Question" not in taken.out


def test_it_stops_at_the_end_of_the_lines_and_goes_on_with_the_next_question(study: Run) -> None:
    first = study("place", "--json", stdin="a\n")
    assert [(each["type"], each["number"], each["topic"]) for each in lines(first)] == [
        ("question", 1, "fuses"), ("question", 2, "retries"),
    ]  # fmt: skip
    assert first.err.strip() == "Go on with: study place"
    assert study("place", "--json", stdin="q\n").out.splitlines() == first.out.splitlines()[1:]
    question, result = lines(study("place", "--json", "--yes", stdin="\n(B)\n"))
    assert question == {
        "type": "question", "number": 2, "most": 20, "topic": "retries", "text": "What does A retry loop count?",
        "options": ["Sheep.", "A retry loop counts failures."],
    }  # fmt: skip
    verdict = result.pop("verdict")
    assert verdict.startswith("After 2 questions it looks as if you know 3 of the 3 topics.")
    assert result == {
        "type": "result", "questions": 2, "topics": 3, "known": EVERYTHING, "confidence": 0.897, "taken": True,
        "marked": EVERYTHING, "recorded": [], "left_out": [], "withdrawn": [],
    }  # fmt: skip


def test_a_line_that_is_no_answer_ends_a_pipe_and_keeps_what_was_said(study: Run) -> None:
    done = study("place", stdin="a\nc\n?\n")
    assert done.code == 2
    assert flat(done.err) == "'c' is no answer. Type a letter from a to b, ? if you do not know, or q to stop."
    (question,) = lines(study("place", "--json"))
    assert question["number"] == 2


@pytest.mark.parametrize("takes_it", [True, False])
def test_in_a_terminal_it_asks_again_and_asks_before_taking(
    study: Run, monkeypatch: pytest.MonkeyPatch, takes_it: bool
) -> None:
    typed, asked = iter(["x", "a", "b"]), list[str]()
    monkeypatch.setattr(builtins, "input", lambda prompt: asked.append(prompt) or next(typed))
    monkeypatch.setattr(typer, "confirm", lambda text, *, err: asked.append(text) or takes_it)
    monkeypatch.setattr(io, "StringIO", Terminal)
    done = study("place")
    assert done.code == 0
    assert asked == ["› ", "› ", "› ", "Take these topics as known?"]
    assert done.out.count("Question 1 of") == 1
    assert "'x' is no answer." in flat(done.err)
    assert ("3 topics are marked as known." in done.out) is takes_it
    assert ("Take it with: study place --yes." in done.err) is not takes_it


def test_ctrl_c_at_the_prompt_stops_without_losing_an_answer(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["a"])

    def stopped_at_the_second(_prompt: str) -> str:
        if line := next(typed, None):
            return line
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "input", stopped_at_the_second)
        patch.setattr(io, "StringIO", Terminal)
        assert study("place").err.strip() == "Go on with: study place"
    assert lines(study("place", "--json"))[0]["number"] == 2


def test_a_report_starts_the_test_and_cannot_be_changed_on_the_way(study: Run, tmp_path: Path) -> None:
    study("place", "--known", "1,carrying-things", "--level", "intermediate")
    again = study("place", "--known", "1")
    assert again.code == 2
    assert "A placement test is under way. Go on without --known and --level" in flat(again.err)
    assert study("place", "--known", "fuses", "--again").code == 2
    assert study("place", "--known", "rocks", "--again").code == 2
    assert study("place", "--level", "wizard").code == 2


def test_again_begins_another_test_with_other_questions(study: Run) -> None:
    (first,) = lines(study("place", "--json"))
    (other,) = lines(study("place", "--json", "--again"))
    assert other["options"] == first["options"][::-1]
    result = lines(study("place", "--json", "--yes", stdin="?\n?\n"))[-1]
    assert (result["known"], result["taken"]) == ([], True)
    assert "none of the topics" in result["verdict"]
    (new,) = lines(study("place", "--json"))
    assert new["number"] == 1


def test_the_help_says_what_to_type(study: Run) -> None:
    done = study("place", "--help")
    assert "? if you do not know, q to stop" in flat(done.out)
