"""Every command and every program in the README runs as printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.homes import borrow
from tests.llm.behaviours import model_list, reply
from tests.llm.loopback import LoopbackServer

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
PYTHON_BLOCKS = re.findall(r"^```python\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
OLLAMA = "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize("block", [block for block in BLOCKS if not block.startswith("make")])
def test_commands_run(block: str, tmp_path: Path, real_home: Path) -> None:
    borrow(real_home, tmp_path)
    (tmp_path / "library.sqlite").symlink_to(real_home / "library.sqlite")
    # The vectors of the evals' simplest baseline, where a test before this one has made them.
    (tmp_path / "evals").mkdir()
    for vectors in (real_home / "evals").glob("*.npy"):
        (tmp_path / "evals" / vectors.name).symlink_to(vectors)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    answer = reply("A circuit breaker stops calling a failing dependency. [1]")
    with LoopbackServer(answer, models=model_list("llama3.2")) as server:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.replace(OLLAMA, server.base_url)],
            cwd=REPOSITORY,
            env={**os.environ, "PATH": path, "STUDY_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()
        assert len(server.requests) == (3 if OLLAMA in block else 0)


@pytest.mark.parametrize("block", PYTHON_BLOCKS)
def test_python_runs(block: str, real_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=REPOSITORY,
        env={**os.environ, "STUDY_HOME": str(real_home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:16]) == (0, "circuit-breaker "), done.stderr


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.startswith("make")])
def test_make_targets_exist(block: str) -> None:
    for command in block.splitlines():
        done = subprocess.run(
            [*command.split(), "--dry-run"], cwd=REPOSITORY, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_linked_files_exist() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (REPOSITORY / link).exists()] == []


def test_architecture_names_every_file() -> None:
    text = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = [REPOSITORY / "assistant", REPOSITORY / "ingest", REPOSITORY / "evals"]
    names = {path.name for folder in folders for path in folder.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert {name for name in names if name not in text} == set()
