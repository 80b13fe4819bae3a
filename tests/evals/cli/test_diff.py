"""``python -m evals diff``: its words, its JSON, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.errors import InvalidInput
from evals.__main__ import app
from evals.reporting.files import write_report
from tests.evals.reporting.samples import values

WIDE = {"COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The sample, and one in which q1 is not found any more and the plans are whole."""
    old, new = values(), values()
    new["rows"][0] |= {"ok": False, "modules": ["2", "1"], "question": "[red]Odd[/red]\x1b[31m?"}
    new["scores"] = {}
    new["metrics"]["plans.violations"] |= {"value": 0.0, "low": 0.0, "high": 0.0}
    names = []
    for name, report in (("a", old), ("b", new)):
        write_report(tmp_path / f"{name}.json", report)
        names.append(str(tmp_path / f"{name}.json"))
    return names


def invoke(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["diff", *arguments], env=WIDE)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return f"{result.exit_code}\n{result.output}"


def test_what_moved_and_which_cases_flipped(files: list[str]) -> None:
    lines = [" ".join(line.split()) for line in invoke(*files).splitlines()]
    assert lines[0] == "0"
    assert "plans.violations 2.000 0.000 -2.000 better?" in lines
    assert "1 case right before and wrong now" in lines
    assert "✗ retrieval q1 [red]Odd[/red][31m? (Module 1 comes second, after 2.)" in lines
    assert "wrong before and right now" not in "".join(lines)


def test_the_same_in_json(files: list[str]) -> None:
    found = json.loads(invoke(*files, "--json").split("\n", 1)[1])
    assert found["has_regressed"] is False
    assert [flip["id"] for flip in found["flips"]] == ["q1"]
    assert [one["metric"] for one in found["moved"]] == ["retrieval.ok", "plans.violations"]
    assert found["moved"][0]["paired"]["difference"] == pytest.approx(-1 / 3)


def test_a_regression_fails_only_where_that_is_asked_for(files: list[str]) -> None:
    old, new = files
    value = json.loads(Path(new).read_text("utf-8"))
    value["limits"][1]["holds"] = False
    value["metrics"]["refusal.falsely_refused"]["value"] = 0.7
    Path(new).write_text(json.dumps(value), "utf-8")
    assert invoke(old, new).startswith("0\n")
    assert invoke(old, new, "--fail-on-regression").startswith("1\n")
    assert "Worse: refusal.falsely_refused" in invoke(old, new)
    assert invoke(new, old, "--fail-on-regression").startswith("0\n")


def test_metrics_of_one_report_alone_are_counted(files: list[str]) -> None:
    old, new = files
    value = json.loads(Path(old).read_text("utf-8"))
    value["metrics"]["safety.harm"] = value["metrics"]["safety.utility"] = value["metrics"].pop("answers.words")
    Path(new).write_text(json.dumps(value), "utf-8")
    lines = invoke(old, new).splitlines()
    assert lines[1:] == [
        "No metric moved.",
        "1 metric in the older report only, of answers.",
        "2 metrics in the newer report only, of safety.",
    ]


def test_equal_reports(files: list[str]) -> None:
    assert invoke(files[0], files[0], "--fail-on-regression") == "0\nNo metric moved.\n"


def test_a_file_that_is_no_report_is_bad_input(files: list[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    for name, message in ((str(bad), "is no report"), (str(tmp_path / "none.json"), "There is no report at")):
        result = CliRunner().invoke(app, ["diff", files[0], name])
        assert isinstance(result.exception, InvalidInput)
        assert message in result.exception.user_message
        assert result.exception.exit_code == 2
