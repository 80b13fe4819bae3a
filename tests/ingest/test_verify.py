from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

_HANGING = """
import sys, time
from ingest import verify

def hang(_generation):
    print("hanging", flush=True)
    time.sleep(600)

verify.verify_generation = hang
sys.exit(verify.main())
"""


def test_a_verification_that_hangs_ends_with_its_caller(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HANGING, str(tmp_path), "--end-with-stdin"],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "hanging\n"
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(60) == 1
