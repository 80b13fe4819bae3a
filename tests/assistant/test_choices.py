from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.choices import Choice, edited, read_choices, write_choices
from assistant.errors import InvalidInput, StorageError

STORED: dict[str, Choice] = {"llm_base_url": "http://a/v1", "llm_api_key": "sk-a", "llm_timeout_s": 9.5}


def test_nothing_is_chosen_at_first(tmp_path: Path) -> None:
    assert read_choices(tmp_path / "home") == {}


def test_what_is_written_is_read_back_by_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_choices(home, {"llm_model": "old"})
    (home / "settings.json").chmod(0o644)
    write_choices(home, STORED)
    assert read_choices(home) == STORED
    assert [path.name for path in home.iterdir()] == ["settings.json"]
    assert (home / "settings.json").stat().st_mode & 0o777 == 0o600


def test_a_file_left_half_written_and_readable_is_not_reused(tmp_path: Path) -> None:
    (tmp_path / "settings.tmp").write_text("half")
    (tmp_path / "settings.tmp").chmod(0o644)
    write_choices(tmp_path, STORED)
    assert (tmp_path / "settings.json").stat().st_mode & 0o777 == 0o600


def test_without_choices_the_file_goes(tmp_path: Path) -> None:
    write_choices(tmp_path, STORED)
    write_choices(tmp_path, {})
    write_choices(tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_names_that_are_no_choices_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"llm_model": "m", "home": "/elsewhere", "OPENAI_API_KEY": "x"}))
    assert read_choices(tmp_path) == {"llm_model": "m"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{nope", "is not valid JSON"),
        (b"\xff", "is not valid JSON"),
        (b"[]", "does not hold a JSON object"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_choices(tmp_path)
    assert caught.value.user_message == f"{path} {reason}. Mend it, or delete it and choose again."


def test_a_file_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(StorageError, match="cannot be read: Is a directory"):
        read_choices(tmp_path)
    with pytest.raises(StorageError, match="cannot be written: Is a directory"):
        write_choices(tmp_path, STORED)


def test_a_stored_key_stays_with_its_server() -> None:
    assert edited(STORED, {"llm_timeout_s": 5.0}, "") == {**STORED, "llm_timeout_s": 5.0}
    assert edited(STORED, {"llm_base_url": "http://b/v1"}, "") == {"llm_base_url": "http://b/v1", "llm_timeout_s": 9.5}
    assert edited(STORED, {"llm_base_url": None}, "") == {"llm_timeout_s": 9.5}
    assert edited(STORED, {"llm_base_url": "http://b/v1"}, "sk-b")["llm_api_key"] == "sk-b"
    assert edited(STORED, {}, "sk-b")["llm_api_key"] == "sk-b"


def test_none_takes_a_choice_back() -> None:
    assert edited(STORED, {"llm_timeout_s": None}, "") == {"llm_base_url": "http://a/v1", "llm_api_key": "sk-a"}
