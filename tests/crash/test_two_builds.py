"""Two builds at once, readers beside a build, and processes that outlive a killed one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from assistant.generation import require_current_generation
from assistant.library import SourceStatus
from ingest.extract import supervisor
from ingest.failpoints import Failpoint
from ingest.lock import build_lock
from ingest.pipeline import Ingest
from ingest.results import SourceResult
from ingest.status import read_status
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.crash.builds import DONE, Build, run_command
from tests.crash.world import World

_KILLED = """
import os, signal, sys
from ingest.extract import worker

def extract_bytes(data, *, name, media_type):
    if name == "tin.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return real(data, name=name, media_type=media_type)

real, worker.extract_bytes = worker.extract_bytes, extract_bytes
sys.exit(worker.main())
"""
"""The real worker, killed from outside while it reads one document."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


def _output(folder: Path) -> str:
    return (folder / "output").read_text(encoding="utf-8")


def _add(world: World, tmp_path: Path, *options: str) -> int:
    return run_command(["add", *world.home.roots, *options], world.home, tmp_path / "output")


def test_the_second_build_waits_and_says_for_whom(world: World, tmp_path: Path) -> None:
    world.edit()
    first = Build(world.home)
    assert first.next() == Failpoint.SOURCES_STORED
    assert _add(world, tmp_path) == 0
    assert f"Another build is running (process {first.process.pid}, since " in _output(tmp_path)
    assert "); waiting up to 600 s ..." in _output(tmp_path)
    assert first.end() == 0
    assert first.passed[-1] == DONE
    assert "Unchanged: " in _output(tmp_path)
    world.finish()


def test_the_second_build_need_not_wait(world: World, tmp_path: Path) -> None:
    with build_lock(world.settings.home):
        assert _add(world, tmp_path, "--no-wait") == 1
        assert f"Another build is running (process {os.getpid()}, since " in _output(tmp_path)
        for command in ("list", "status", "verify"):  # reading never waits
            assert run_command([command], world.home, tmp_path / "output") == 0
    assert _add(world, tmp_path, "--no-wait") == 0


def test_status_beside_builds_that_delete_generations(world: World) -> None:
    for _ in range(2):
        world.edit()
        build = Build(world.home)
        while build.process.is_alive():
            assert read_status(world.settings).generation
        assert build.end() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_nothing_outlives_a_killed_build_and_nothing_disturbs_the_next(world: World) -> None:
    world.edit()
    build = Build(world.home)
    while build.next() != Failpoint.BEFORE_VERIFY:
        pass
    # A child has its parent's command line, or none, until it has become the verification.
    while not (children := [c for c in _children(build.process.pid) if "ingest.verify" in _command_line(c)]):
        assert build.process.is_alive()
        time.sleep(0.001)
    build.kill()
    world.finish()
    deadline = time.monotonic() + 30
    while "ingest.verify" in _command_line(children[0]):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_killed_extraction_worker_takes_one_source_along_until_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path)
    for metal in ("copper", "tin", "silver"):
        path = world.vault / f"{metal}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nIt also bends.\n", encoding="utf-8")
    said: list[SourceResult] = []
    ingest = Ingest(world.settings, BagOfStems(), Fetcher(), lambda _done, _total: None, said.append)
    with monkeypatch.context() as patch:
        patch.setattr(supervisor, "_COMMAND", (sys.executable, "-B", "-c", _KILLED))
        ingest.build()
    outcomes = {Path(result.source).name: result.outcome for result in said}
    assert outcomes == {
        "changing.md": "unchanged",
        "copper.md": "indexed 2 chunks",
        "new-1.md": "unchanged",
        "silver.md": "indexed 2 chunks",
        "tin.md": "failed: the reader was killed; the next build tries again",
    }
    sources = {Path(source.id).name: source for source in read_status(world.settings).sources}
    assert (sources["tin.md"].status, sources["tin.md"].chunks) == (SourceStatus.FAILED, 0)
    assert require_current_generation(world.settings.index_dir).name == "gen-0002"
    world.finish()


def _children(process: int | None) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
