from __future__ import annotations

from pathlib import Path

import pytest

from assistant.choices import write_choices
from assistant.errors import InvalidInput
from assistant.settings import Settings, environment_variables, load_settings


def test_home_moves_all_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    settings = load_settings()
    assert settings.library_path == tmp_path / "library.sqlite"
    assert settings.index_dir == tmp_path / "index"
    assert settings.journal_path == tmp_path / "journal.sqlite"
    assert not list(tmp_path.iterdir())


def test_no_model_without_address_or_key() -> None:
    assert not load_settings().llm_enabled


@pytest.mark.parametrize("name", ["STUDY_LLM_BASE_URL", "OPENAI_BASE_URL"])
def test_address_enables_the_model(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:11434/v1")
    settings = load_settings()
    assert settings.llm_enabled
    assert settings.llm_base_url == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize("name", ["STUDY_LLM_API_KEY", "OPENAI_API_KEY"])
def test_key_enables_the_model_and_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "sk-secret")
    settings = load_settings()
    assert settings.llm_enabled
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("STUDY_DENSE_WEIGHT", "2", "STUDY_DENSE_WEIGHT is not usable: Input should be less than or equal to 1."),
        ("STUDY_LLM_TIMEOUT_S", "soon", "STUDY_LLM_TIMEOUT_S is not usable: Input should be a valid number"),
    ],
)
def test_bad_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    assert caught.value.user_message.startswith(message)


def test_ports_of_links(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().web_ports == {80, 443}
    monkeypatch.setenv("STUDY_WEB_PORTS", "80, 443,8080")
    assert load_settings().web_ports == {80, 443, 8080}
    for bad in ("http", "0", "80,70000", ","):
        monkeypatch.setenv("STUDY_WEB_PORTS", bad)
        with pytest.raises(InvalidInput, match="STUDY_WEB_PORTS is not usable"):
            load_settings()


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    return tmp_path


def test_choices_stand_above_defaults_and_below_the_environment(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    write_choices(home, {"llm_base_url": "http://chosen/v1", "llm_model": "chosen", "llm_timeout_s": 9.5})
    monkeypatch.setenv("OPENAI_BASE_URL", "http://environment/v1")
    monkeypatch.setenv("STUDY_LLM_TIMEOUT_S", "")
    settings = load_settings()
    assert (settings.llm_base_url, settings.llm_model) == ("http://environment/v1", "chosen")
    assert (settings.llm_timeout_s, settings.llm_first_token_timeout_s) == (9.5, 30.0)


def test_choices_can_be_tried_before_they_are_stored(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    write_choices(home, {"llm_model": "stored"})
    monkeypatch.setenv("STUDY_LLM_FALLBACK", "false")
    settings = load_settings({"llm_base_url": "http://tried/v1", "llm_fallback": True})
    assert (settings.llm_base_url, settings.llm_model, settings.llm_fallback) == (
        "http://tried/v1",
        "gpt-4o-mini",
        False,
    )


def test_which_variable_decides_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    monkeypatch.setenv("STUDY_LLM_API_KEY", "sk-ours")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://a/v1")
    monkeypatch.setenv("study_llm_model", "m")
    monkeypatch.setenv("STUDY_LLM_TIMEOUT_S", "")
    assert environment_variables() == {
        "home": "STUDY_HOME",
        "llm_api_key": "STUDY_LLM_API_KEY",
        "llm_base_url": "OPENAI_BASE_URL",
        "llm_model": "STUDY_LLM_MODEL",
    }
    settings = load_settings()
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == "sk-ours"


def test_a_bad_choice_names_its_file(home: Path) -> None:
    write_choices(home, {"llm_timeout_s": "soon", "llm_api_key": "sk-secret"})
    with pytest.raises(InvalidInput) as caught:
        load_settings()
    assert caught.value.user_message.startswith(
        f"llm_timeout_s in {home / 'settings.json'} is not usable: Input should be a valid number"
    )
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        (" https://192.168.1.5/v1 \n", "https://192.168.1.5/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://gpu-box/v1", "http://gpu-box/v1"),
    ],
)
def test_a_model_server_may_be_anywhere(address: str, kept: str) -> None:
    assert load_settings({"llm_base_url": address}).llm_base_url == kept


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:11434",
        "localhost:11434/v1",
        "ftp://a/v1",
        "file:///etc/passwd",
        "http://",
        "http://[::1/v1",
        "http://a:99999",
    ],
)
def test_but_only_on_the_web(address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_settings({"llm_base_url": address})
    assert caught.value.user_message == (
        "STUDY_LLM_BASE_URL is not usable: It must look like http://127.0.0.1:11434/v1 or https://server.example/v1."
    )


@pytest.mark.parametrize(("context", "output", "left"), [(4096, 1024, 3072), (2048, 1024, 1024), (1024, 1024, 512)])
def test_half_of_the_context_is_for_reading_at_least(context: int, output: int, left: int) -> None:
    assert Settings(llm_context_tokens=context, llm_max_output_tokens=output).llm_max_input_tokens == left
