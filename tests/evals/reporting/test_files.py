"""The files beside each other, their texts, and what is said where they cannot be written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant.errors import InvalidInput, StorageError
from assistant.eval_report import read_report
from assistant.generation import Manifest, manifest_json
from assistant.settings import Settings
from evals.reporting.files import check_report_file, write_report
from evals.reporting.markdown import markdown_report
from evals.reporting.run_info import run_info
from tests.evals.reporting.samples import open_report, report, values


def test_four_files_that_agree(tmp_path: Path) -> None:
    file = tmp_path / "new" / "latest.json"
    write_report(file, values())
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "latest.html", "latest.json", "latest.jsonl", "latest.md",
    ]  # fmt: skip
    assert read_report(file) == report()
    lines = file.with_suffix(".jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(file.read_text("utf-8"))["rows"]


def test_the_same_results_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report(tmp_path / name / "latest.json", values())
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_a_name_must_leave_room_for_the_others(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"Give one that ends in \.json"):
        write_report(tmp_path / "report.html", values())
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        write_report(tmp_path / "file" / "latest.json", values())


def test_markdown_is_inert_and_its_tables_are_whole() -> None:
    text = markdown_report(report())
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    inner = [child for token in tokens for child in (token.children or [])]
    assert {token.type for token in (*tokens, *inner)} & {"image", "html_inline", "html_block", "link_open"} == set()
    assert "**✗ 2 of 3 limits are broken.**" in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert (
        rows[0] == "| `retrieval.module.Success@1` | -0.030 | -0.060 to +0.010 | 0.400 | 0.020 | may be 0\\.050 worse |"
    )
    assert "| `answers.words` | 115.5 | 110.0–120.0 | 3 |  |  |" in rows
    assert "| 1. One \\& only | 50 (2) | 50 (2) | 50 (1) | 50 (2) | – | – |" in text
    assert text.split("## This run")[1] == (
        "\n\n- Run: 1 December 2026\\, 09\\:30 UTC\n- Took: 61 s\n- Index: gen\\-0003\n- Passages: 1\\,754\n"
        "- `answers.latency_ms.p50`: 30 ms\n"
    )


def test_a_good_run_has_no_list_of_what_is_wrong() -> None:
    text = markdown_report(open_report())
    assert "**✓ The limit holds.**" in text
    assert "## Worst cases" not in text
    assert "## Against the baseline" not in text


def test_a_run_says_when_and_on_what(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    started, ended = datetime(2026, 12, 1, 9, 30, tzinfo=UTC), datetime(2026, 12, 1, 9, 31, 1, 250_000, tzinfo=UTC)
    assert run_info(settings, started, ended) == {"at": "2026-12-01T09:30:00+00:00", "seconds": 61.2}
    generation = settings.index_dir / "gen-0007"
    generation.mkdir(parents=True)
    (generation / "manifest.json").write_text(manifest_json(Manifest("f", 1, "h", 12, 2, 64)))
    (settings.index_dir / "CURRENT").write_text("gen-0007\n")
    assert run_info(settings, started, ended) | {"at": ""} == {
        "at": "", "seconds": 61.2, "generation": "gen-0007", "passages": 12,
    }  # fmt: skip


def test_a_place_is_tried_before_there_is_a_report(tmp_path: Path) -> None:
    check_report_file(tmp_path / "new" / "r.json")
    assert list((tmp_path / "new").iterdir()) == []
    with pytest.raises(InvalidInput, match="ends in .json"):
        check_report_file(tmp_path / "r.txt")
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="r.json cannot be written: its directory takes no new files"):
        check_report_file(tmp_path / "file" / "r.json")
