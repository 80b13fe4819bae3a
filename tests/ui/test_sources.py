"""The sources page through Streamlit's own test harness, with real ingestion on a copy of the real index."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.ingesting import Event, Report, SourceRead
from assistant.ui.state import get_jobs

TIMEOUT_S = 120
NOTE = b"# Zephyr\n\nThe Zephyr valve of the pump house opens after seven failed strokes of the piston.\n"


def sources_page() -> None:
    from assistant.ui.sources import page
    from assistant.ui.state import get_assistant, get_jobs

    page.page(get_assistant(), get_jobs())


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> Iterator[Path]:
    monkeypatch.setenv("STUDY_HOME", str(own_home))
    st.cache_resource.clear()
    yield own_home
    st.cache_resource.clear()


def open_page(view: str | None = None) -> AppTest:
    app = AppTest.from_function(sources_page, default_timeout=TIMEOUT_S)
    if view is not None:
        app.query_params["show"] = view
    return app.run()


def texts(app: AppTest) -> str:
    """What a learner reads: without the backslashes that make it safe."""
    elements = (*app.markdown, *app.caption, *app.success, *app.warning, *app.error)
    return "\n".join(element.value for element in elements).replace("\\", "")


def button(app: AppTest, label: str) -> object:
    (found,) = (each for each in app.button if each.label == label)
    return found


def finish(app: AppTest) -> AppTest:
    deadline = time.monotonic() + TIMEOUT_S
    assert get_jobs().latest() is not None
    while (job := get_jobs().latest()) is not None and job.running:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return app.run()


def test_first_visit_says_what_to_do(home: Path) -> None:
    app = open_page()
    assert not app.exception
    assert "passages indexed: roadmap 190, study notes 1," in app.caption[0].value
    assert "Nothing of your own yet. Upload a PDF or your notes" in texts(app)
    assert button(app, "Add files").disabled


def test_upload_is_read_listed_found_and_removed(home: Path) -> None:
    app = open_page()
    app.file_uploader[0].set_value([("../zephyr.md", NOTE, "text/markdown"), ("empty.txt", b"", "text/plain")])
    app.run()
    button(app, "Add 2 files").click().run()
    assert not app.exception
    assert button(app, "Add files").disabled
    assert "This goes on when you leave the page." in texts(app)

    app = finish(app)
    assert not app.exception
    assert "**Adding 2 files** · Done: 1 indexed, 1 skipped." in texts(app)
    assert "empty.txt · skipped: empty" in texts(app)
    shown = app.dataframe[0].value
    assert list(shown["Name"]) == ["empty.txt", "zephyr.md"]
    assert list(shown["Status"]) == ["Skipped", "Indexed"]
    assert list(shown["From"]) == ["Upload", "Upload"]
    assert (home / "uploads" / "zephyr.md").read_bytes() == NOTE

    button(app, "Dismiss").click().run()
    assert "Done:" not in texts(app)

    found = open_page("Search")
    found.text_input[0].set_value("when does the Zephyr valve open").run()
    assert "Zephyr" in found.markdown[0].value
    assert "Your file zephyr.md" in texts(found)
    found.button_group(key="scope").set_value("Roadmap only").run()
    assert "Zephyr" not in texts(found)

    table = app.dataframe[0].key
    app.session_state[table] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    button(app, "Remove …").click().run()
    assert "zephyr.md: the uploaded copy is deleted" in texts(app)
    button(app, "Remove").click().run()
    app = finish(app)
    assert list(app.dataframe[0].value["Name"]) == ["empty.txt"]
    assert "Done: 1 removed." in texts(app)
    assert not (home / "uploads" / "zephyr.md").exists()


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Add pages", "", "Enter at least one address"),
        ("Add pages", "ftp://example.org", "Not a web address: ftp://example.org."),
        ("Add folder", "", "Enter the whole path, beginning with / or ~."),
        ("Add folder", "notes", "Enter the whole path, beginning with / or ~."),
        ("Add folder", "/no/such/place", "There is no folder at /no/such/place."),
    ],
)
def test_bad_input_is_one_sentence_and_starts_nothing(home: Path, label: str, typed: str, sentence: str) -> None:
    app = open_page()
    (app.text_area if label == "Add pages" else app.text_input)[0].set_value(typed)
    button(app, label).click().run()
    assert not app.exception
    assert sentence in texts(app)
    assert get_jobs().latest() is None


def test_linked_resources_are_listed_and_fetching_is_explained_first(home: Path) -> None:
    app = open_page("Links")
    assert "784 pages chosen for the roadmap's topics." in texts(app)
    shown = app.dataframe[0].value
    assert (len(shown), set(shown["Status"])) == (784, {"Not fetched"})
    app.text_input[0].set_value("circuit breaker").run()
    assert 0 < len(app.dataframe[0].value) < 784
    app.text_input[0].set_value("no such words anywhere").run()
    assert "Nothing matches." in texts(app)
    button(app, "Fetch linked resources …").click().run()
    assert "public sites for 784 pages" in texts(app)
    assert get_jobs().latest() is None


def test_fetching_runs_once_it_is_confirmed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    outcomes = (SourceRead("https://a.org/x", "failed: unreachable (no such host)"), Report(9, 0, published=False))

    def run(arguments: Sequence[str]) -> Iterator[Event]:
        ran.append(arguments)
        yield from outcomes

    app = open_page("Links")
    monkeypatch.setattr(get_jobs(), "_run", run)
    button(app, "Fetch linked resources …").click().run()
    button(app, "Fetch").click().run()
    app = finish(app)
    assert ran == [("build", "--events", "--no-wait", "--links")]
    assert "**Fetching linked resources** · Done: 1 failed." in texts(app)
    assert "a.org/x · failed: unreachable (no such host)" in texts(app)
    assert "A page is tried again when" in texts(app)


def test_empty_home_offers_to_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    jobs = get_jobs()
    monkeypatch.setattr(jobs, "_run", lambda _arguments: iter([Report(9, 9, published=True)]))
    app = open_page()
    assert "Nothing is indexed yet." in texts(app)
    button(app, "Build the index").click().run()
    assert "**Building the index** · Done." in texts(finish(app))
    st.cache_resource.clear()
