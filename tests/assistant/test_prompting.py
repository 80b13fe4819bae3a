from __future__ import annotations

import hashlib
from string import Template

import pytest

from assistant.prompting import Prompt, load_prompt
from tests.conftest import REPOSITORY

GREETING = Prompt("greeting", "Hello ${name}, you owe $$5 to ${creditor}.", "")


def test_fills_every_placeholder() -> None:
    assert GREETING.fill(name="Ada", creditor="Bob") == "Hello Ada, you owe $5 to Bob."


def test_dollar_signs_and_placeholders_inside_values_stay_as_they_are() -> None:
    assert GREETING.fill(name="$HOME", creditor="${name} $$") == "Hello $HOME, you owe $5 to ${name} $$."


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="creditor"):
        GREETING.fill(name="Ada")


def test_a_value_without_a_placeholder_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^prompt greeting has no placeholder for city, town$"):
        GREETING.fill(name="Ada", creditor="Bob", town="Rome", city="Rome")


def test_a_prompt_is_a_file_known_by_its_hash() -> None:
    raw = (REPOSITORY / "assistant" / "prompts" / "answer.md").read_bytes()
    prompt = load_prompt("answer")
    assert prompt == Prompt("answer", raw.decode(), hashlib.sha256(raw).hexdigest())
    assert load_prompt("answer") is prompt


def test_an_unknown_prompt_is_a_defect() -> None:
    with pytest.raises(FileNotFoundError):
        load_prompt("nothing")


PLACEHOLDERS = {
    "answer": {"boundary", "history", "level", "passages", "refusal_sentinel"},
    "probe": set(),
    "grading": {"question", "points", "count"},
    "wishes": {"today", "weekday", "example_deadline"},
}


@pytest.mark.parametrize(("name", "placeholders"), PLACEHOLDERS.items())
def test_the_placeholders_of_each_prompt(name: str, placeholders: set[str]) -> None:
    template = Template(load_prompt(name).template)
    assert template.is_valid()
    assert set(template.get_identifiers()) == placeholders


def test_every_prompt_file_is_named_above() -> None:
    names = sorted(path.stem for path in (REPOSITORY / "assistant" / "prompts").iterdir())
    assert names == sorted(PLACEHOLDERS)
