"""What every command line of this program shares: streams, errors and exit codes.

    0  done            2  bad usage or input
    1  a check failed  3  a needed thing is missing; the message ends with the command that makes it

Owns: results on stdout, everything else on stderr. Refuses: knowing any command.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.errors import StudyError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def make_app(help_text: str, *, needs_command: bool = True) -> typer.Typer:
    """A Typer application that leaves errors to ``run``; without arguments it shows its help if it needs a command."""
    return typer.Typer(
        help=help_text, no_args_is_help=needs_command, pretty_exceptions_enable=False, rich_markup_mode=None
    )


def run(app: typer.Typer) -> NoReturn:
    """Run the application and end the process with this program's exit codes."""
    handler = RichHandler(console=err, show_path=False)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[handler])
    try:
        app()
    except StudyError as error:
        err.print(error.user_message, style="red", markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (`study ask ... | head`); that is not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)


def print_json(value: Mapping[str, object]) -> None:
    """One JSON object on one line of stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress bars on stderr, each with its description, absent where stderr is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Without redirection: rich would send what is printed to stdout to the terminal, past a pipe or a file.
    with Progress(
        *columns, console=err, transient=True, disable=not err.is_terminal, redirect_stdout=False
    ) as progress:
        yield progress
