from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.extract import ExtractionWorker, NotExtracted, extract_bytes
from ingest.extract import supervisor as supervision
from tests.ingest.extract.makers import PROSE, docx_like, lines, page, pdf

MISBEHAVING = """
import ctypes, os, sys, time
from ingest.extract import worker

def extract_bytes(data, *, name, media_type):
    if name == "hang":
        time.sleep(60)
    if name == "spin":
        while True:
            pass
    if name == "crash":
        ctypes.string_at(0)
    if name == "exit":
        os._exit(3)
    if name == "print":
        print("noise" * 10_000, flush=True)
    if name == "bug":
        raise KeyError("a library let this through")
    if name == "memory":
        blocks = []
        while True:
            blocks.append(bytearray(50_000_000))
    if name.startswith("write to "):
        with open(name.removeprefix("write to "), "w") as file:
            file.write("x")
    return real(data, name="a.txt", media_type=media_type)

real, worker.extract_bytes = worker.extract_bytes, extract_bytes
sys.exit(worker.main())
"""
"""The real worker around a reader that does what the name of its document says."""


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExtractionWorker]:
    monkeypatch.setattr(supervision, "_COMMAND", (sys.executable, "-B", "-c", MISBEHAVING))
    with ExtractionWorker(timeout_s=1.0, memory_bytes=400_000_000) as worker:
        yield worker


def attempt(worker: ExtractionWorker, name: str) -> str:
    try:
        return worker.extract(b"Words.", name=name, media_type=None).sections[0].text
    except NotExtracted as error:
        return f"{error.status}: {error.reason}"


@pytest.fixture(scope="module")
def worker() -> Iterator[ExtractionWorker]:
    with ExtractionWorker() as worker:
        yield worker


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"# T\xc3\xa9\n\nWords \xed\xa0\x80 and \xf0\x9f\x91\xa9.", "note.md"),
        (page(f"<h1>T</h1><p>{PROSE}</p>").encode(), "https://example.org/x"),
        (pdf(lines("Words of the page.")), "a.pdf"),
        (docx_like("Words of the file."), "a.docx"),
        (b"Words.", "odd \udcff name.txt"),
    ],
)
def test_the_worker_reads_what_the_function_reads(worker: ExtractionWorker, data: bytes, name: str) -> None:
    assert worker.extract(data, name=name, media_type=None) == extract_bytes(data, name=name, media_type=None)


def test_refusals_pass_through(worker: ExtractionWorker) -> None:
    with pytest.raises(NotExtracted, match="skipped: empty"):
        worker.extract(b"", name="a.md", media_type=None)
    with pytest.raises(NotExtracted, match="skipped: larger than 50 MB"):
        worker.extract(b"x" * 50_000_001, name="a.md", media_type=None)


def test_a_large_document_fits_through_the_pipes(worker: ExtractionWorker) -> None:
    text = f"{PROSE}\n" * 8_000
    assert worker.extract(text.encode(), name="a.txt", media_type=None).sections[0].text == text.strip()


def test_one_process_reads_many_documents(worker: ExtractionWorker) -> None:
    worker.extract(b"Words.", name="a.txt", media_type=None)
    first = worker._process
    worker.extract(b"Words.", name="b.txt", media_type=None)
    assert worker._process is first


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hang", "failed: took longer than 1 s"),
        ("spin", "failed: took longer than 1 s"),
        ("crash", "failed: the file crashed the reader"),
        ("exit", "failed: the file crashed the reader"),
        ("bug", "failed: the file crashed the reader"),
        ("print", "Words."),
    ],
)
def test_a_bad_document_takes_only_itself_along(misbehaving: ExtractionWorker, name: str, reason: str) -> None:
    started = time.monotonic()
    assert attempt(misbehaving, name) == reason
    assert attempt(misbehaving, "good") == "Words."
    assert time.monotonic() - started < 6


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit address space")
def test_memory_is_limited(misbehaving: ExtractionWorker) -> None:
    assert attempt(misbehaving, "memory") == "failed: needs too much memory"
    assert attempt(misbehaving, "good") == "Words."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_files_are_written(misbehaving: ExtractionWorker, tmp_path: Path) -> None:
    path = tmp_path / "written"
    assert attempt(misbehaving, f"write to {path}") == "failed: the file crashed the reader"
    assert path.read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_cpu_time_is_limited_by_the_system_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "_COMMAND", (sys.executable, "-B", "-c", MISBEHAVING))
    with ExtractionWorker(timeout_s=1.0) as worker:
        attempt(worker, "good")
        worker._timeout_s = 30.0  # the parent is late; the limit of one second was set when the worker started
        started = time.monotonic()
        assert attempt(worker, "spin") == "failed: took longer than 30 s"
        assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_worker_that_died_in_between_is_replaced(misbehaving: ExtractionWorker) -> None:
    assert attempt(misbehaving, "good") == "Words."
    assert misbehaving._process is not None
    os.kill(misbehaving._process.pid, signal.SIGKILL)
    misbehaving._process.wait()
    assert attempt(misbehaving, "good") == "Words."


def test_a_worker_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "_COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with ExtractionWorker() as worker:
        assert attempt(worker, "good") == "failed: the reader does not start"


def test_a_worker_that_talks_nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = "import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write(bytes([255] * 16)); sys.stdout.flush()"
    monkeypatch.setattr(supervision, "_COMMAND", (sys.executable, "-c", talk))
    with ExtractionWorker() as worker:
        assert attempt(worker, "good") == "failed: the reader does not start"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_worker_that_holds_much_memory_is_replaced() -> None:
    with ExtractionWorker(memory_bytes=30_000_000) as worker:
        assert attempt(worker, "a.txt") == "Words."
        assert worker._process is None
        assert attempt(worker, "a.txt") == "Words."


def test_threads_take_turns(worker: ExtractionWorker) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(attempt(worker, "a.txt"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Words."] * 4


def test_closing_ends_the_process() -> None:
    with ExtractionWorker() as worker:
        worker.extract(b"Words.", name="a.txt", media_type=None)
        process = worker._process
        assert process is not None
    assert process.poll() is not None
    assert worker._process is None
    worker.close()


def test_an_interrupted_parent_leaves_no_half_answer(worker: ExtractionWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_stream: object) -> dict[str, object]:
        raise KeyboardInterrupt

    worker.extract(b"Words.", name="a.txt", media_type=None)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(supervision, "receive", interrupted)
        worker.extract(b"Other.", name="a.txt", media_type=None)
    assert attempt(worker, "a.txt") == "Words."
