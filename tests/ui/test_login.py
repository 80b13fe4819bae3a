"""The app behind a login: what Streamlit tells of the user is stubbed, and nobody is asked over a network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.journal import Journal
from tests.conftest import REPOSITORY

TIMEOUT_S = 60
NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "study",
    "client_secret": "y",
    "server_metadata_url": "http://localhost/.well-known/openid-configuration",
}
ADA = {"is_logged_in": True, "iss": "https://id.example", "sub": "1", "name": "Ada", "email": "ada@id.example"}


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


@pytest.fixture
def journal(home: Path) -> Iterator[Journal]:
    opened = Journal(home / "journal.sqlite")
    yield opened
    opened.close()


def settings_page() -> None:
    from assistant.ui import settings
    from assistant.ui.learner import for_session
    from assistant.ui.state import get_assistant

    settings.page(for_session(get_assistant()))


def open_app(
    monkeypatch: pytest.MonkeyPatch,
    user: dict[str, Any],
    auth: dict[str, Any] | None = None,
    page: Any = None,
    **address: str,
) -> AppTest:
    monkeypatch.setattr(st, "user", user)
    app = (
        AppTest.from_function(page, default_timeout=TIMEOUT_S)
        if page
        else AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=TIMEOUT_S)
    )
    app.secrets["auth"] = AUTH if auth is None else auth
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in (*app.markdown, *app.caption, *app.error, *app.title))


@pytest.mark.parametrize("user", [{"is_logged_in": False}, {}, {"is_logged_in": "yes", "iss": "i", "sub": "1"}])
def test_nothing_is_shown_before_the_login(
    monkeypatch: pytest.MonkeyPatch, journal: Journal, user: dict[str, Any]
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(st, "login", asked.append)
    app = open_app(monkeypatch, user, learner="Ada")
    assert [button.label for button in app.button] == ["Log in"]
    assert [title.value for title in app.title] == ["Roadmap Study Assistant"]
    app.button[0].click().run()
    assert asked == [None]
    assert journal.learners.all() == ()


def test_each_provider_has_a_button(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(st, "login", asked.append)
    shared = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    provider = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    app = open_app(monkeypatch, {"is_logged_in": False}, {**shared, "google": provider, "school": provider})
    assert [button.label for button in app.button] == ["Log in with Google", "Log in with School"]
    app.button[1].click().run()
    assert asked == ["school"]


def test_a_login_has_a_learner_of_its_own_whatever_the_address_says(
    monkeypatch: pytest.MonkeyPatch, journal: Journal
) -> None:
    journal.learners.named("Ben", NOW)
    app = open_app(monkeypatch, ADA, learner="Ben")
    assert "Studying as **Ada**" in texts(app)
    assert "learner" not in app.query_params
    open_app(monkeypatch, ADA)
    assert [each.name for each in journal.learners.all()] == ["Ben", "Ada"]


def test_a_login_with_the_name_of_a_learner_does_not_open_what_that_one_has(
    monkeypatch: pytest.MonkeyPatch, journal: Journal
) -> None:
    for number in (2, 3):
        app = open_app(monkeypatch, {**ADA, "sub": str(number), "name": "ME" if number == 2 else " me "})
        assert not app.error
    journal.of("me").begin_turn("c", "Mine?", NOW)
    app = open_app(monkeypatch, {**ADA, "sub": "4", "name": "me"})
    assert [each.name for each in journal.learners.all()] == ["ME", "me 2", "me 3"]
    # The same subject of another provider is another person.
    open_app(monkeypatch, {**ADA, "iss": "https://other.example", "sub": "4", "name": "x" * 99})
    assert journal.learners.all()[-1].name == "x" * 60


def test_a_renamed_learner_is_still_the_logins(monkeypatch: pytest.MonkeyPatch, journal: Journal) -> None:
    open_app(monkeypatch, ADA)
    (learner,) = journal.learners.all()
    journal.learners.rename(learner.id, "Countess")
    assert "Studying as **Countess**" in texts(open_app(monkeypatch, ADA))
    # An earlier learner can be given to a login; the one made for it stays, without a login.
    earlier = journal.learners.named("Ada L.", NOW)
    journal.learners.give_login(earlier.id, "https://id.example 1")
    assert "Studying as **Ada L\\.**" in texts(open_app(monkeypatch, ADA))
    assert [each.name for each in journal.learners.all()] == ["Countess", "Ada L."]


def test_who_is_logged_in_can_neither_switch_nor_export_others_nor_redirect_the_model(
    monkeypatch: pytest.MonkeyPatch, journal: Journal
) -> None:
    journal.learners.named("Ben", NOW)
    app = open_app(monkeypatch, ADA, page=settings_page)
    assert [box.label for box in app.selectbox] == ["Answers are written for"]
    assert "Logged in as **Ada**." in texts(app)
    assert app.code[0].value == "https://id.example 1"
    assert [each.label for each in app.get("download_button")] == ["Export what is mine"]
    assert not app.get("file_uploader")
    assert "Save" not in [button.label for button in app.button]
    assert "Log out" in [button.label for button in app.sidebar.button]


def test_logging_out_is_streamlits(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr(st, "logout", lambda: left.append(True))
    app = open_app(monkeypatch, ADA)
    next(button for button in app.sidebar.button if button.label == "Log out").click().run()
    assert left == [True]


@pytest.mark.parametrize("claims", [{"sub": ""}, {"iss": None}])
def test_a_login_without_a_lasting_id_is_refused(
    monkeypatch: pytest.MonkeyPatch, journal: Journal, claims: dict[str, Any]
) -> None:
    app = open_app(monkeypatch, {**ADA, **claims})
    assert "nobody is let in" in app.error[0].value
    assert (len(app.button), journal.learners.all()) == (0, ())


def test_a_login_that_is_set_up_wrongly_lets_nobody_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = open_app(monkeypatch, {}, {"client_id": "study"})
    app.button[0].click().run()  # the real st.login finds that settings are missing
    assert not app.exception
    assert "nobody is let in" in app.error[0].value


def test_secrets_that_cannot_be_read_let_nobody_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", encoding="utf-8")
    option = st.get_option("secrets.files")
    st.config.set_option("secrets.files", [str(broken)])
    try:
        app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=TIMEOUT_S).run()
        assert "nobody is let in" in app.error[0].value
        assert not app.button
    finally:
        st.config.set_option("secrets.files", option)


def test_without_a_login_nothing_is_asked(journal: Journal) -> None:
    app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=TIMEOUT_S).run()
    assert app.title[0].value == "Today"
    assert "Log out" not in [button.label for button in app.sidebar.button]
