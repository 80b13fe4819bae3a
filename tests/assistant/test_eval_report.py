"""Reading a report: whole, old, damaged or missing, and where it is looked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.eval_report import (
    EvalReport,
    Figure,
    ReportDamaged,
    ReportMissing,
    latest_report,
    parse_report,
    read_report,
    reports_dir,
)
from assistant.settings import Settings

OLD = {"ok": True, "broken": [], "metrics": {"a.b": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10}}, "rows": []}


def test_a_report_of_an_older_version_lacks_parts(tmp_path: Path) -> None:
    file = tmp_path / "latest.json"
    file.write_text(json.dumps(OLD))
    report = read_report(file)
    assert report == EvalReport(ok=True, metrics={"a.b": Figure(value=0.5, low=0.4, high=0.6, n=10)}, rows=())
    assert (report.worst, report.modules, report.run.at, report.limit("a.b")) == ((), (), "", None)


def test_what_a_newer_version_adds_is_left_out() -> None:
    assert parse_report({**OLD, "from_the_future": 1}) == parse_report(OLD)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not whole JSON"),
        (b'{"ok": true, "metr', "is not whole JSON"),
        (b"[" * 100_000, "is not whole JSON"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"[]", "is no report of the evals: the whole: Input should be a valid dictionary"),
        (b'{"ok": true, "rows": []}', "metrics: Field required"),
        (b'{"ok": true, "rows": [], "metrics": {"a": {"value": NaN}}}', "metrics.a.value: Input should be a finite number"),
        (b'{"ok": true, "rows": [3], "metrics": {}}', "rows.0: Input should be a valid dictionary"),
    ],
)  # fmt: skip
def test_a_damaged_file_says_what_to_do(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "latest.json"
    file.write_bytes(content)
    with pytest.raises(ReportDamaged) as caught:
        read_report(file)
    assert message in caught.value.user_message
    assert str(file) in caught.value.user_message
    assert caught.value.user_message.endswith("with: python -m evals")
    assert caught.value.exit_code == 2


def test_a_missing_report_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ReportMissing, match=r"Write one with: python -m evals$"):
        read_report(tmp_path / "latest.json")
    with pytest.raises(StorageError, match="cannot be read"):
        read_report(tmp_path)


def test_reports_are_kept_in_a_checkout_that_may_be_written(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    checkout = tmp_path / "checkout"
    (checkout / "evals").mkdir(parents=True)
    assert reports_dir(settings, checkout) == tmp_path / "home" / "evals"
    (checkout / "pyproject.toml").touch()
    assert reports_dir(settings, checkout) == checkout / "evals" / "reports"


def test_an_installation_that_may_not_be_written_keeps_them_under_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evals").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr("assistant.eval_report.os.access", lambda path, _mode: path != tmp_path / "evals")
    assert reports_dir(Settings(home=tmp_path / "home"), tmp_path) == tmp_path / "home" / "evals"


def test_the_setting_comes_first(tmp_path: Path) -> None:
    assert latest_report(Settings(home=tmp_path, evals_dir=tmp_path / "mine")) == tmp_path / "mine" / "latest.json"
