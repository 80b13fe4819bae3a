"""Builds in processes of their own, to be killed. The server they are forked from has everything imported already."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import ingest.__main__ as command_line
import ingest.publish as publishing
from assistant.console import run
from assistant.settings import Settings
from ingest.failpoints import Failpoint, install
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["chromadb.api.rust", "chromadb.errors", __name__])
DONE = "done"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a build works: settings that can be sent to another process, and the folders added to them."""

    home: Path
    corpus_dir: Path
    roots: tuple[str, ...]

    @property
    def settings(self) -> Settings:
        return Settings(home=self.home, corpus_dir=self.corpus_dir)


class Build:
    """A build that runs now and says which failpoints it passes.

    Without ``proof`` it does not verify what it publishes, which is most of the time that a small build takes.
    """

    def __init__(self, home: Home, kill_at: Failpoint | None = None, *, proof: bool = True) -> None:
        self.passed: list[str] = []
        self._receiver, sender = FORKING.Pipe(duplex=False)
        self.process: ForkServerProcess = FORKING.Process(target=_build, args=(home, kill_at, proof, sender))
        self.process.start()
        sender.close()

    def next(self, timeout_s: float | None = None) -> str | None:
        """The next failpoint (or DONE) it passes, None if it ended or the time is up."""
        try:
            if not self._receiver.poll(timeout_s):
                return None
            self.passed.append(self._receiver.recv())
        except EOFError:
            return None
        return self.passed[-1]

    def kill(self) -> None:
        self.process.kill()
        self.end()

    def end(self) -> int:
        """Wait for its end; returns its exit code."""
        while self.next() is not None:
            pass
        self.process.join()
        self._receiver.close()
        assert self.process.exitcode is not None
        return self.process.exitcode


def _build(home: Home, kill_at: Failpoint | None, proof: bool, sender: Connection) -> None:
    def hook(point: Failpoint) -> None:
        sender.send(point.value)
        if point is kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    install(hook)
    if not proof:
        publishing.verify_in_subprocess = lambda _generation: None
    Ingest(home.settings, BagOfStems(), Fetcher(), lambda _done, _total: None).add(home.roots)
    sender.send(DONE)


def run_command(arguments: Sequence[str], home: Home, output: Path, max_file_bytes: int | None = None) -> int:
    """``python -m ingest`` with the small embedder; returns its exit code, what it printed is in ``output``."""
    process = FORKING.Process(target=_command, args=(arguments, home, output, max_file_bytes))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def start(target: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """Run a function of a test module in a process of its own."""
    process = FORKING.Process(target=target, args=arguments)
    process.start()
    return process


def _command(arguments: Sequence[str], home: Home, output: Path, max_file_bytes: int | None) -> None:
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.environ.update(STUDY_HOME=str(home.home), STUDY_CORPUS_DIR=str(home.corpus_dir))
    command_line.load_embedder = lambda _directory, _cache: BagOfStems()  # type: ignore[assignment]
    if max_file_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, resource.RLIM_INFINITY))
    sys.argv = ["ingest", *arguments]
    run(command_line.app)
