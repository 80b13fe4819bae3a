"""Nothing heavy is loaded before the first call."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from assistant.llm import ChatModel, End, FinishReason, Token
from assistant.settings import Settings
ChatModel.from_settings(Settings(llm_base_url="http://127.0.0.1:9/v1"))
heavy = {"openai", "langchain_openai", "langchain_core", "langsmith", "httpx2", "httpx"}
print(sorted(heavy & set(sys.modules)))
"""


def test_making_a_model_loads_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
