"""The evals page: a report of every kind, and none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from assistant.generation import current_generation
from evals.reporting.files import write_report
from tests.evals.reporting.samples import HOSTILE, values

TIMEOUT_S = 60


@pytest.fixture(autouse=True)
def reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where the page looks for reports; there is none yet."""
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDY_EVALS_DIR", str(tmp_path / "evals"))
    st.cache_resource.clear()
    yield tmp_path / "evals"
    st.cache_resource.clear()


def evals_page() -> None:
    from assistant.ui.evals import page
    from tests.ui.opening import own_assistant

    page.page(own_assistant())


def open_page(view: str | None = None) -> AppTest:
    app = AppTest.from_function(evals_page, default_timeout=TIMEOUT_S)
    if view:
        app.query_params["shown"] = view
    app.run()
    assert not app.exception
    return app


def written(reports: Path, **changes: Any) -> Path:
    write_report(reports / "latest.json", {**values(), **changes})
    return reports / "latest.json"


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def test_without_a_report_it_says_how_to_get_one() -> None:
    app = open_page()
    assert app.title[0].value == "Evals"
    assert "Nothing has been measured on this machine yet." in texts(app)
    assert "python -m evals\n" in texts(app)
    assert not app.tabs
    assert not app.error


def test_the_verdict_and_the_figures_in_words(reports: Path) -> None:
    written(reports)
    app = open_page()
    (error,) = app.error
    assert error.value.splitlines() == [
        "2 of 3 limits are broken.",
        "",
        "- `retrieval.module.Success@1` must be at least 0\\.80\\, measured 0\\.333",
        "- `plans.violations` must be at most 0\\.00\\, measured 2\\.000",
    ]
    assert [(one.label, one.value) for one in app.metric] == [
        ("Right module first", "33\xa0%"),
        ("Key facts said", "75\xa0%"),
        ("Refused by mistake", "33\xa0%"),
        ("Broken promises of plans", "2"),
    ]
    shown = texts(app)
    assert "Likely 6\xa0% to 79\xa0%, from 3 cases" in shown
    assert "In 2 cases" in shown
    assert "Run on 1 December 2026\\, 09\\:30 UTC\\, on index gen\\-0003 of 1\\,754 passages." in shown


def test_a_good_run_says_so(reports: Path) -> None:
    written(reports, ok=True, broken=[], limits=[], comparison=[])
    app = open_page()
    assert [one.value for one in app.success] == ["Every limit holds."]
    assert not app.error


def test_each_view_is_drawn_with_its_table(reports: Path) -> None:
    written(reports)
    assert [tab.label for tab in open_page().tabs] == ["Confidence", "All figures", "Modules", "Worst cases", "About"]
    confidence = open_page("Confidence")
    assert "5 questions by confidence\\." in texts(confidence)
    assert [one.value.columns[0] for one in confidence.dataframe] == ["Confidence", "Answered from"]
    figures = open_page("All figures")
    (chosen,) = figures.selectbox
    assert chosen.options == ["Retrieval", "Refusal", "Answers", "Plans", "Against the baseline"]
    assert list(figures.dataframe[0].value["Figure"]) == ["module.Success@1"]
    figures.selectbox[0].set_value("answers").run()
    assert list(figures.dataframe[0].value["Figure"]) == ["key_facts", "words"]
    figures.selectbox[0].set_value("against the baseline").run()
    assert list(figures.dataframe[0].value["New minus old"]) == [-0.03]
    modules = open_page("Modules").dataframe[0].value
    assert list(modules["Module"]) == ["1. One & only", "2. <b>Two</b>"]
    assert list(modules["Module first"]) == ["50\xa0% (2)", "0\xa0% (1)"]
    assert "python -m evals diff A B" in texts(open_page("About"))


def test_the_worst_cases_come_first_and_are_text(reports: Path) -> None:
    written(reports)
    app = open_page("Worst cases")
    shown = texts(app)
    assert shown.index("`p1`") < shown.index("`u1`") < shown.index("`q3`")
    assert ":red-badge[broken promise] :gray-badge[plans] `p1`" in shown
    assert "python -m evals show p1" in shown
    assert "evil" in shown
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    for element in (*app.markdown, *app.caption):
        tokens = [child for token in parser.parse(element.value) for child in (token.children or [token])]
        assert {token.type for token in tokens} & {"image", "html_inline", "html_block", "link_open"} == set()


def test_names_that_are_no_names_stay_text(reports: Path) -> None:
    worst = {"suite": HOSTILE, "id": HOSTILE, "severity": 5, "question": HOSTILE, "why": [HOSTILE]}
    broken = {"metric": HOSTILE, "limit": HOSTILE, "value": None}
    written(reports, worst=[worst], broken=[broken])
    app = open_page("Worst cases")
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    for element in (*app.markdown, *app.caption, *app.error):
        tokens = [child for token in parser.parse(element.value) for child in (token.children or [token])]
        assert {token.type for token in tokens} & {"image", "html_inline", "html_block", "link_open"} == set()


def test_an_index_that_has_changed_since_is_told(reports: Path, tmp_path: Path) -> None:
    written(reports)
    assert not open_page().info
    (tmp_path / "home" / "index").mkdir(parents=True, exist_ok=True)
    (tmp_path / "home" / "index" / "CURRENT").write_text("gen-0004\n")
    assert current_generation(tmp_path / "home" / "index") is not None
    (info,) = open_page().info
    assert (
        info.value == "The index in use is gen-0004 by now, so these figures may be old. Run `python -m evals` again."
    )


def test_a_new_report_is_shown_at_the_next_click(reports: Path) -> None:
    written(reports)
    app = open_page()
    assert app.error
    written(reports, ok=True, broken=[])
    app.run()
    assert not app.error


def test_a_damaged_report_says_what_to_do(reports: Path) -> None:
    file = written(reports)
    file.write_text(file.read_text()[:-100])
    app = open_page()
    assert app.error[0].value.endswith("Write a new report with\\: python \\-m evals")
    assert not app.metric


def test_an_old_report_has_fewer_views_filled(reports: Path) -> None:
    file = reports / "latest.json"
    reports.mkdir()
    old = {"ok": True, "broken": [], "metrics": {"a.b": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10}}, "rows": []}
    file.write_text(json.dumps(old))
    for view, text in (
        ("Confidence", "This report holds no confidence"),
        ("All figures", "1 figure of the suite a with 95 % intervals"),
        ("Modules", "This report holds nothing module by module"),
        ("Worst cases", "Every case went as it should."),
    ):
        assert text in texts(open_page(view)).replace("\\", "")
    assert "When it was run is not known" in texts(open_page())
