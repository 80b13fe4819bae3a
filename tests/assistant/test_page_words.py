"""What errors say on a page: what to click, and not what to type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from assistant.errors import IndexBroken, IndexMissing, InvalidInput, ModelAuthFailed, ModelUnreachable, StudyError
from assistant.generation import BUILD_COMMAND
from assistant.page_words import Problem, in_page_words, problem
from tests.conftest import REPOSITORY

_COMMAND = re.compile(r"(?:with: |example: )study \w+|`study \w+` lists|python -m ingest build")
_NOT_ON_PAGES = {"doctor.py", "preflight.py", "why.py"}
"""What is printed by a command, and a line that is about the terminal."""


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            IndexMissing(f"There is no index in /home/me/.x/index yet. Build it with: {BUILD_COMMAND}"),
            Problem("There is no index in /home/me/.x/index yet. The button below builds it.", "sources"),
        ),
        (
            IndexBroken(f"The index in x is damaged. Build it again with: {BUILD_COMMAND}"),
            Problem("The index in x is damaged. The button below builds it.", "sources"),
        ),
        (
            InvalidInput("You follow no plan yet. Make one with: study plan --hours-per-week 6 --follow"),
            Problem("You follow no plan yet. Make one on the Plan page.", "plan"),
        ),
        (
            InvalidInput("Your plan has no item 'x'. `study today` lists what is due."),
            Problem("Your plan has no item 'x'. The Today page lists what is due.", "today"),
        ),
        (
            ModelUnreachable(
                "Check that the server is running and that STUDY_LLM_BASE_URL is its address, then ask again."
            ),
            Problem(
                "Check that the server is running and that its address in Settings is right, then ask again.",
                "settings",
            ),
        ),
        (ModelAuthFailed("The model rejected the key."), Problem("The model rejected the key.", "settings")),
        (StudyError("The disk is full. Make room."), Problem("The disk is full. Make room.", None)),
    ],
)
def test_a_command_becomes_a_page(error: StudyError, expected: Problem) -> None:
    assert problem(error) == expected


def messages() -> Iterator[tuple[str, str]]:
    """Every text of the program, but the command line's own, that names a command to type."""
    for path in sorted((REPOSITORY / "assistant").rglob("*.py")):
        if "cli" in path.parts or path.name in _NOT_ON_PAGES | {"page_words.py"}:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
        }
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if id(node) in documented | inside or not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            text = _text(node)
            if _COMMAND.search(text) and text != BUILD_COMMAND:
                yield path.name, text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return BUILD_COMMAND if isinstance(node.value, ast.Name) and node.value.id == "BUILD_COMMAND" else "it"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_no_message_that_a_page_can_show_tells_what_to_type() -> None:
    found = list(messages())
    assert len(found) >= 10
    told = {(name, problem(StudyError(text)).text) for name, text in found}
    assert {each for each in told if _COMMAND.search(each[1])} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Set STUDY_LLM_API_KEY.", "Set the key in Settings."),
        (
            "Check STUDY_LLM_MODEL, and that STUDY_LLM_BASE_URL is the address of the API.",
            "Check the model in Settings, and that the address in Settings is that of the API.",
        ),
        ("STUDY_LLM_BASE_URL is not usable.", "The address in Settings is not usable."),
        ("Raise STUDY_LLM_TIMEOUT_S.", "Raise STUDY_LLM_TIMEOUT_S."),
    ],
)
def test_what_settings_has_a_field_for_is_called_by_it(text: str, expected: str) -> None:
    assert in_page_words(text) == expected
