"""What Tab offers: commands and ids of topics, in every shell that has a script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.completing import complete_references
from tests.conftest import REPOSITORY
from tests.mini_corpus import write_corpus

# As the installed script: the name of the program is part of what the shells are told.
STUDY = [sys.executable, "-c", "import sys; sys.argv[0] = 'study'; from assistant.cli import main; main()"]


@pytest.fixture(autouse=True)
def _corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(write_corpus(tmp_path / "corpus")))


def study(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [*STUDY, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("shell", "holds"),
    [("bash", "-F _study_completion study"), ("zsh", "#compdef study"), ("fish", "complete --command study")],
)
def test_the_script_of_each_shell_is_printed(shell: str, holds: str) -> None:
    # The shell is named, as the one that runs the tests cannot be told.
    assert holds in study("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")


@pytest.mark.parametrize(
    "line", ["study quiz --topic fu", "study plan --known fu", "study plan --topics fu", "study done fu"]
)
def test_topics_are_offered_where_they_are_asked_for(line: str) -> None:
    at = str(len(line.split()) - 1)
    assert study(_STUDY_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=at).split() == ["fuses"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("re", ["retries"]), ("retries,fu", ["retries,fuses"]), ("fuses,fu", []), ("nothing", [])],
)
def test_the_last_part_of_a_list_is_completed(typed: str, offered: list[str]) -> None:
    assert complete_references(typed) == offered


def test_without_a_roadmap_nothing_is_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(tmp_path / "nowhere"))
    assert complete_references("fu") == []
