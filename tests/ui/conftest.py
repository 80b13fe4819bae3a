"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from tests.homes import borrow


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, real_home: Path) -> Iterator[Path]:
    """A learner of their own on the shared index."""
    borrow(real_home, tmp_path)
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()
