from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InvalidInput
from assistant.settings import load_settings


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
