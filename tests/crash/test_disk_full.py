"""A full disk, and a limit on the size of files: one clear sentence, and everything that was there still works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.curriculum import load_curriculum
from assistant.domain import Passage, PassageKind
from assistant.errors import DiskFull
from assistant.generation import Manifest
from assistant.library import Chunk, Library, Origin, Source, SourceStatus
from assistant.service import Assistant
from ingest.publish import publish
from ingest.verify import verify_generation
from tests.conftest import BagOfStems
from tests.crash.builds import run_command
from tests.crash.world import QUESTIONS, World

_FULL = re.compile(
    r"The disk that holds \S+ is full\. Free some space and try again; nothing saved is lost\.", re.MULTILINE
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "disk"
    directory.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(directory)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield directory
    subprocess.run(["umount", "--lazy", str(directory)], check=True)


def _fill(disk: Path, leave_bytes: int) -> None:
    """Write a file that leaves this much room."""
    with (disk / "filling").open("wb") as file:
        file.write(bytes(8192))
        free = os.statvfs(disk)
        os.posix_fallocate(file.fileno(), 0, max(8192, free.f_bavail * free.f_frsize + 8192 - leave_bytes))


def _run(world: World, tmp_path: Path, max_file_bytes: int | None = None) -> tuple[int, str]:
    code = run_command(["add", *world.home.roots], world.home, tmp_path / "output", max_file_bytes)
    return code, (tmp_path / "output").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    world = World(tmp_path / "desk", small_disk)
    refused = 0
    for leave_bytes in (50_000, 200_000, 400_000, 600_000):
        before = world.published()
        world.edit()
        _fill(small_disk, leave_bytes)
        code, output = _run(world, tmp_path)
        replaced = world.check_interrupted(before)
        assert (code, bool(_FULL.search(output)), replaced) in {(1, True, False), (0, False, True)}, output
        assert not list(world.settings.index_dir.glob("gen-*.tmp"))
        refused += code
        (small_disk / "filling").unlink()
        world.finish()
    assert refused >= 3


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_disk_without_a_single_byte_left(small_disk: Path, tmp_path: Path) -> None:
    world = World(tmp_path / "desk", small_disk)
    settings = world.settings
    reading = Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), journal=None)
    before = reading.search(QUESTIONS[0], 5)
    world.edit()
    _fill(small_disk, 0)
    code, output = _run(world, tmp_path)
    assert (code, bool(_FULL.search(output))) == (1, True), output
    assert reading.search(QUESTIONS[0], 5) == before
    reading.close()
    for command in ("verify", "list", "status"):
        code = run_command([command], world.home, tmp_path / "output")
        output = (tmp_path / "output").read_text(encoding="utf-8")
        assert code == 0 or _FULL.search(output), output
    with pytest.raises(DiskFull, match=_FULL):
        world.published()
    (small_disk / "filling").unlink()
    world.finish()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    world = World(tmp_path / "desk")
    refused = 0
    for max_file_bytes in (4_096, 8_192, 40_000, 90_000, 150_000, 200_000, 260_000):
        before = world.published()
        world.edit()
        code, output = _run(world, tmp_path, max_file_bytes)
        replaced = world.check_interrupted(before)
        assert (code, bool(_FULL.search(output)), replaced) in {(1, True, False), (0, False, True)}, output
        refused += code
    assert refused >= 4
    world.finish()


@pytest.fixture
def large_library(tmp_path: Path) -> Iterator[Library]:
    """Enough vectors for Chroma to write its graph to the disk, which it does in files that it does not check."""
    count = 1_100
    passages = [Passage(str(n), "a.md", PassageKind.OWN, None, None, "A", f"Text {n}.", None) for n in range(count)]
    vectors = np.random.default_rng(0).standard_normal((count, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with Library(tmp_path / "library.sqlite") as library:
        source = Source("a.md", Origin.OWN, "a.md", "A", SourceStatus.INDEXED, document_id="a")
        library.put(source, [Chunk(passage, passage.id) for passage in passages])
        library.store_embeddings("random", zip((passage.id for passage in passages), vectors, strict=True))
        yield library


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_disk_that_fills_up_while_vectors_are_written(small_disk: Path, large_library: Library) -> None:
    index_dir = small_disk / "index"
    manifest = Manifest("random", 1, "hash", passages=1_100, outside=1_100, dimension=384)
    refused = 0
    for leave_bytes in range(500_000, 8_000_000, 500_000):
        _fill(small_disk, leave_bytes)
        try:
            published = publish(large_library, index_dir, manifest, lambda _done, _total: None)
        except DiskFull as error:
            assert _FULL.fullmatch(error.user_message)
            assert list(index_dir.iterdir()) == []
            refused += 1
        else:
            break
        finally:
            (small_disk / "filling").unlink()
    assert refused >= 5
    assert verify_generation(published) == 1_100
