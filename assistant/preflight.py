"""Checks before installing or starting, each with one clear line: Python's version, disk space, the port.

Run as a script by the Makefile, before anything is installed: standard library only, and old syntax only, because its
first duty is to tell an old Python that it is too old.
"""

import shutil
import socket
import sys

MIN_PYTHON = (3, 11)
MIN_FREE_GB = 4.0
MAX_PORT = 65535
HOST = "127.0.0.1"


def python_problem(version):  # type: (tuple[int, ...]) -> str
    """What is wrong with this Python version, or an empty string."""
    if tuple(version[:2]) >= MIN_PYTHON:
        return ""
    needed, found = (".".join(map(str, numbers[:2])) for numbers in (MIN_PYTHON, version))
    return f"Python {needed} or newer is needed, this is {found}. Try: make run PYTHON=python{needed}"


def disk_problem(free_bytes):  # type: (int) -> str
    """What is wrong with this much free disk space, or an empty string."""
    free_gb = free_bytes / 1e9
    if free_gb >= MIN_FREE_GB:
        return ""
    return f"{MIN_FREE_GB:.0f} GB of free disk space are needed here, there are {free_gb:.1f}. Free some and try again."


def port_problem(port):  # type: (int) -> str
    """What is wrong with serving on this port, or an empty string."""
    if not 0 < port <= MAX_PORT:
        return f"{port} is not a port. Use a number from 1 to {MAX_PORT}: make run PORT=8502"
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # As the server does: a port that merely waits for old connections to fade counts as free.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((HOST, port))
    except OSError:
        return f"Port {port} is busy. Stop what uses it, or take another: make run PORT={port + 1}"
    finally:
        probe.close()
    return ""


def main(arguments):  # type: (list[str]) -> int
    """Run the checks named by the arguments: ``install``, or ``port NUMBER``. Exit 3 with one line if one fails."""
    if arguments[:1] == ["port"]:
        problem = port_problem(int(arguments[1])) if arguments[1].isdigit() else port_problem(0)
    else:
        problem = python_problem(tuple(sys.version_info[:3])) or disk_problem(shutil.disk_usage(".").free)
    if problem:
        sys.stderr.write(problem + "\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
