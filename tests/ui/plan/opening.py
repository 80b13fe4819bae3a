"""The plan page over the mini corpus, on a day that the test chooses."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.curriculum import load_curriculum
from assistant.journal import Journal
from assistant.planning import PlanRequest
from assistant.service import Assistant
from assistant.settings import Settings, load_settings
from assistant.study_plans import StudyPlans
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

TIMEOUT_S = 60
_NOW = "TEST_NOW"


def set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """A learner of their own; their first day is a Tuesday."""
    settings = Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))
    monkeypatch.setenv("STUDY_HOME", str(settings.home))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(settings.corpus_dir))
    be_on(monkeypatch, "2026-12-01")
    return settings


def be_on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv(_NOW, f"{day}T12:00:00+00:00")


def _now() -> datetime:
    return datetime.fromisoformat(os.environ[_NOW])


def the_assistant() -> Assistant:
    settings = load_settings()
    journal = Journal(settings.journal_path)
    return Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), journal, _now)


def the_plans() -> StudyPlans:
    plans = the_assistant().plans()
    assert plans is not None
    return plans


def follow(name: str = "My plan", hours: float = 6, **fields: object) -> None:
    """Follow a plan from today on."""
    plans = the_plans()
    request = PlanRequest(plans.today, round(hours * 60), **fields)  # type: ignore[arg-type]
    plans.follow(plans.make(request), name)


def plan_page() -> None:
    from assistant.ui.plan import page
    from tests.ui.plan.opening import the_assistant

    page.page(the_assistant())


def open_page(**query: str) -> AppTest:
    app = AppTest.from_function(plan_page, default_timeout=TIMEOUT_S)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> object:
    """The first button of this name."""
    return next(each for each in app.button if each.label == label)


def click(app: AppTest, label: str) -> AppTest:
    button(app, label).click()  # type: ignore[attr-defined]
    app.run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def texts(app: AppTest, *elements: Iterable[object]) -> str:
    """What a learner reads: without the backslashes that make it safe."""
    kinds = elements or (app.markdown, app.caption, app.success, app.warning, app.error, app.header, app.toast)
    return "\n".join(str(each.value) for kind in kinds for each in kind).replace("\\", "")  # type: ignore[attr-defined]
