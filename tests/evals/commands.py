"""Running ``python -m evals`` in this process."""

from __future__ import annotations

import pytest

from assistant.console import run
from evals.__main__ import app
from tests.assistant.commands import Run, make_run


def make_evals(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``python -m evals``, to be called with its arguments."""
    return make_run(monkeypatch, capsys, lambda: run(app))
