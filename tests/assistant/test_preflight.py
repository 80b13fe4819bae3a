from __future__ import annotations

import socket
import subprocess
import sys

from assistant.preflight import disk_problem, port_problem, python_problem
from tests.conftest import REPOSITORY


def test_old_python_is_one_clear_line() -> None:
    assert python_problem((3, 9, 2)) == ("Python 3.11 or newer is needed, this is 3.9. Try: make run PYTHON=python3.11")
    assert python_problem((3, 11, 0)) == ""
    assert python_problem((4, 0, 0)) == ""


def test_full_disk_is_one_clear_line() -> None:
    assert disk_problem(1_500_000_000) == (
        "4 GB of free disk space are needed here, there are 1.5. Free some and try again."
    )
    assert disk_problem(50_000_000_000) == ""


def test_busy_port_is_one_clear_line() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "assistant/preflight.py", "port", str(port)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == f"Port {port} is busy. Stop what uses it, or take another: make run PORT={port + 1}\n"
    assert done.stdout == ""
    assert port_problem(port) == ""


def test_wrong_port_is_one_clear_line() -> None:
    assert port_problem(0) == "0 is not a port. Use a number from 1 to 65535: make run PORT=8502"
