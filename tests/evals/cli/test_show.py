"""``python -m evals show``: a question asked again, a row of the report, and an id that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.errors import InvalidInput
from assistant.eval_report import ReportMissing
from evals.__main__ import app
from evals.reporting.files import write_report
from tests.evals.project_cases import project_cases
from tests.evals.reporting.samples import values

WIDE = {"COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, real_home: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(real_home))
    monkeypatch.setenv("STUDY_EVALS_DIR", str(tmp_path))


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["show", *arguments], env=WIDE)


def shown(case_id: str) -> dict[str, Any]:
    result = invoke(case_id, "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


@contextmanager
def failing(kind: type[Exception], *arguments: str) -> Iterator[str]:
    result = invoke(*arguments)
    assert isinstance(result.exception, kind)
    yield str(result.exception)


def dev(kind: str) -> str:
    cases = project_cases()
    found = {"questions": cases.questions, "variants": cases.variants, "unanswerable": cases.unanswerable}[kind]
    return next(case.id for case in found if case.split.value == "dev")


def test_a_question_with_its_passages_its_sentences_and_every_verdict() -> None:
    found = shown("q012")
    assert (found["topic"], found["module"], found["split"], found["held_out"]) == ("pipeline-stages", 10, "dev", False)
    assert (found["status"], found["missing_facts"]) == ("answered", [])
    assert found["confidence"] > found["threshold"]
    assert all(one["stands_in"] == one["cited"] for one in found["said"])
    first = found["passages"][0]
    assert (first["rank"], first["topic"], first["fate"]) == (1, "pipeline-stages", "cited")
    assert 0 < first["dense"] < 1 < first["lexical"]
    assert [(one["suite"], one["ok"]) for one in found["verdicts"]] == [
        ("retrieval", True), ("refusal", True), ("answers", True),
    ]  # fmt: skip


def test_the_same_for_people() -> None:
    result = invoke("q012")
    # Where the lines break depends on the width of the terminal.
    text = " ".join(result.stdout.split())
    assert "q012 · dev · module 10, pipeline-stages" in text
    assert "Answered with confidence 1.00, at least" in text
    assert re.search(r"✓ [^✓]+\. \(stands in \[1\]\)", text)
    assert "fused dense BM25 module passage" in text
    assert text.endswith("✓ retrieval ✓ refusal ✓ answers")
    assert result.stderr == ""


def test_a_variant_is_judged_by_what_is_right_for_its_original() -> None:
    found = shown(dev("variants"))
    original = next(one.of for one in project_cases().variants if one.id == found["id"])
    assert found["topic"] == next(one.topic for one in project_cases().questions if one.id == original)
    assert [one["suite"] for one in found["verdicts"]] == ["variants", "refusal", "answers"]


def test_a_question_outside_is_to_be_refused() -> None:
    found = shown(dev("unanswerable"))
    assert (found["topic"], found["module"]) == (None, None)
    assert [one["suite"] for one in found["verdicts"]] == ["refusal"]


def test_a_held_out_case_comes_with_a_warning() -> None:
    case = next(case.id for case in project_cases().questions if case.split.value == "heldout")
    result = invoke(case)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{case} is held out: it is there to measure with.")
    assert "held out" not in result.stdout


def test_other_cases_are_shown_from_the_last_report(tmp_path: Path) -> None:
    write_report(tmp_path / "latest.json", values())
    result = invoke("p1")
    assert result.stdout.splitlines() == [
        "p1 · plans",
        "  text: 6 h a week",
        '  violations: ["minutes: 90 of 60", "order"]',
        "✗ plans",
        "  The plan breaks a promise: minutes: 90 of 60",
        "  The plan breaks a promise: order",
        "",
    ]
    found = json.loads(invoke("p1", "--json").stdout)
    assert found["rows"][0]["violations"] == ["minutes: 90 of 60", "order"]
    assert found["verdicts"][0]["ok"] is False


def test_a_conversation_is_all_of_its_turns(tmp_path: Path) -> None:
    report = values()
    report["rows"] += [
        {"suite": "conversation", "id": f"c1.{n}", "conversation": "c1", "split": "heldout", "ok": True} for n in (2, 3)
    ]
    write_report(tmp_path / "latest.json", report)
    result = invoke("c1")
    assert [line for line in result.stdout.splitlines() if line.startswith("c1")] == [
        "c1.2 · conversation",
        "c1.3 · conversation",
    ]
    assert "held out" in result.stderr


def test_a_case_that_no_report_has_names_the_command() -> None:
    with failing(ReportMissing, project_cases().plans[0].id) as message:
        assert message.endswith("Write one with: python -m evals")


def test_an_unknown_id_is_bad_input_with_near_ones() -> None:
    with failing(InvalidInput, "q0122") as message:
        assert message == "There is no case q0122. Near: q122, q022, q012, v122, v022."
    with failing(InvalidInput, "?") as message:
        assert message == "There is no case ?."  # and no report to point to
