"""The settings page through Streamlit's own test harness, against a real model server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.choices import read_choices, write_choices
from assistant.journal import Journal
from tests.llm.behaviours import error, model_list, reply
from tests.llm.loopback import LoopbackServer

TIMEOUT_S = 60


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(reply("ready", tokens=(31, 1)), models=model_list("zephyr", "llama")) as running:
        yield running


def settings_page() -> None:
    import streamlit as st

    from assistant.ui import settings
    from assistant.ui.learner import for_session
    from assistant.ui.state import get_assistant

    settings.page(for_session(get_assistant()))
    st.caption(f"writer: {get_assistant().writer_name}")


def model_box(app: AppTest) -> Any:
    return next(box for box in app.selectbox if box.label == "Model")


def open_page(learner: str | None = None) -> AppTest:
    app = AppTest.from_function(settings_page, default_timeout=TIMEOUT_S)
    if learner is not None:
        app.query_params["learner"] = learner
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def fill(app: AppTest, address: str | None = None, key: str | None = None) -> None:
    if address is not None:
        app.text_input[0].set_value(address)
    if key is not None:
        app.text_input[1].set_value(key)


def shown(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in (*app.markdown, *app.caption, *app.success, *app.error))


def test_no_model_is_needed() -> None:
    app = open_page()
    assert app.markdown[0].value == "Answers are composed from the notes. No model is set up, and none is needed."
    assert app.caption[-1].value == "writer: notes"
    assert [button.label for button in app.button] == ["Save", "Test connection", "List models"]


def test_list_test_and_save(home: Path, server: LoopbackServer) -> None:
    app = open_page()
    fill(app, server.base_url, "sk-secret")
    press(app, "List models")
    assert model_box(app).options == ["zephyr", "llama"]
    assert "offers 2 models" in app.success[0].value
    model_box(app).set_value("llama")
    press(app, "Test connection")
    assert "llama at" in app.success[0].value
    assert "answered “ready”" in app.success[0].value
    assert server.requests[-1].json["model"] == "llama"
    assert server.requests[-1].headers["authorization"] == "Bearer sk-secret"
    assert read_choices(home) == {}

    press(app, "Save")
    assert app.success[0].value == "Saved\\. The next answer uses these settings\\."
    assert app.caption[-1].value == "writer: llama"
    assert read_choices(home) == {
        "llm_base_url": server.base_url,
        "llm_model": "llama",
        "llm_api_key": "sk-secret",
    }


def test_the_key_is_never_shown_again(home: Path) -> None:
    write_choices(home, {"llm_base_url": "http://a:1/v1", "llm_api_key": "sk-secret"})
    app = open_page()
    assert (app.text_input[1].value, app.text_input[1].placeholder) == ("", "A key is stored; empty keeps it")
    assert "sk-secret" not in shown(app)
    press(app, "Save")
    assert read_choices(home)["llm_api_key"] == "sk-secret"
    fill(app, "http://b:1/v1")
    press(app, "Save")
    assert read_choices(home) == {"llm_base_url": "http://b:1/v1"}


def test_a_failure_says_what_to_do(home: Path) -> None:
    with LoopbackServer(error(401), models=error(404)) as server:
        app = open_page()
        fill(app, server.base_url)
        press(app, "Test connection")
        assert "asks for a key\\. Set the key in Settings\\." in app.error[0].value
        press(app, "List models")
        assert "was not found\\." in app.error[0].value
    fill(app, "localhost:11434")
    press(app, "Save")
    assert "The address in Settings is not usable" in app.error[0].value
    fill(app, "")
    press(app, "Test connection")
    assert "No language model is set up\\." in app.error[0].value
    assert read_choices(home) == {}


def test_what_the_environment_decides_is_shown_and_fixed(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    write_choices(home, {"llm_base_url": "http://chosen:1/v1", "llm_timeout_s": 50.0})
    monkeypatch.setenv("OPENAI_BASE_URL", "http://environment:1/v1")
    monkeypatch.setenv("STUDY_LLM_API_KEY", "sk-secret")
    monkeypatch.setenv("STUDY_LLM_FALLBACK", "false")
    app = open_page()
    address, key = app.text_input
    assert (address.value, address.disabled) == ("http://environment:1/v1", True)
    assert address.help == "Set by OPENAI_BASE_URL in the environment."
    assert (key.value, key.disabled, key.placeholder) == ("", True, "Set by STUDY_LLM_API_KEY in the environment.")
    assert (app.toggle[0].value, app.toggle[0].disabled) == (False, True)
    assert [limit.value for limit in app.number_input] == [30.0, 50.0, 1024, 4096]
    assert "sk-secret" not in shown(app)
    app.number_input[1].set_value(60.0)
    press(app, "Save")
    assert read_choices(home) == {"llm_base_url": "http://chosen:1/v1", "llm_timeout_s": 60.0}


def test_settings_can_be_forgotten(home: Path, server: LoopbackServer) -> None:
    write_choices(home, {"llm_base_url": server.base_url, "llm_api_key": "sk-secret", "llm_fallback": False})
    app = open_page()
    assert app.caption[-1].value == "writer: gpt-4o-mini"
    assert app.toggle[0].value is False
    press(app, "Forget these settings")
    assert app.success[0].value == "Forgotten\\, the key included\\."
    assert app.caption[-1].value == "writer: notes"
    assert app.text_input[0].value == ""
    assert list(home.glob("settings.*")) == []


def level_box(app: AppTest) -> Any:
    return next(box for box in app.selectbox if box.label == "Answers are written for")


def test_a_level_is_kept_at_once_beside_the_model_and_taken_back(home: Path) -> None:
    app, other_tab = open_page(), open_page()
    assert level_box(app).value == ""
    level_box(app).set_value("expert").run()
    assert not app.exception
    assert level_box(open_page()).value == "expert"
    # A tab that still shows what was kept before does not take it back.
    assert level_box(other_tab).value == ""
    assert level_box(other_tab.run()).value == "expert"
    assert level_box(open_page()).value == "expert"
    level_box(app).set_value("").run()
    assert level_box(open_page()).value == ""
    assert read_choices(home) == {}


def test_a_level_is_one_learners(home: Path) -> None:
    level_box(open_page(learner="Anna")).set_value("expert").run()
    assert level_box(open_page()).value == ""
    assert level_box(open_page(learner="anna")).value == "expert"


def test_forgetting_the_model_keeps_whom_the_app_opens_for(home: Path) -> None:
    write_choices(home, {"learner": "Anna"})
    assert "Forget these settings" not in [button.label for button in open_page().button]
    write_choices(home, {"learner": "Anna", "llm_model": "zephyr"})
    press(open_page(), "Forget these settings")
    assert read_choices(home) == {"learner": "Anna"}


def test_a_level_of_the_environment_is_shown_and_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDY_LEVEL", "advanced")
    box = level_box(open_page())
    assert (box.value, box.disabled, box.help) == ("advanced", True, "Set by STUDY_LEVEL in the environment.")


def test_the_data_are_offered_as_a_file() -> None:
    app = open_page()
    assert [each.label for each in app.get("download_button")] == ["Export everything"]


def learner_box(app: AppTest) -> Any:
    return next(box for box in app.selectbox if box.label == "Learner")


def test_another_learner_goes_on_in_this_tab_and_after_a_reload_of_it(home: Path) -> None:
    journal = Journal(home / "journal.sqlite")
    journal.learners.named("Anna", datetime.now(UTC))
    journal.close()
    app = open_page()
    assert learner_box(app).value == "me"
    learner_box(app).set_value("Anna").run()
    assert not app.exception
    assert learner_box(app).value == "Anna"
    assert app.query_params["learner"] == "Anna"
    assert learner_box(open_page(learner="Anna")).value == "Anna"
    assert learner_box(open_page()).value == "me"  # another tab is another's
    assert read_choices(home) == {}
    # Back again, without a trace in the address.
    learner_box(app).set_value("me").run()
    assert learner_box(app).value == "me"
    assert "learner" not in app.query_params


def test_the_app_can_be_made_to_open_for_another_learner(home: Path) -> None:
    app = open_page(learner="Anna")
    press(app, "Always open for Anna")
    assert read_choices(home) == {"learner": "Anna"}
    assert "Always open for Anna" not in [button.label for button in app.button]
    assert learner_box(open_page()).value == "Anna"
    press(open_page(learner="me"), "Always open for me")
    assert read_choices(home) == {}


def test_a_name_in_the_address_that_cannot_be_used_counts_as_none() -> None:
    assert learner_box(open_page(learner="x" * 61)).value == "me"


def test_a_learner_of_the_environment_is_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDY_LEARNER", "Ada")
    box = learner_box(open_page(learner="Anna"))
    assert (box.value, box.disabled, box.help) == ("Ada", True, "Set by STUDY_LEARNER in the environment.")
