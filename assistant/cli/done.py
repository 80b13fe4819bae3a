"""``study done``: telling what is known."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import AsJson
from assistant.console import out, print_json
from assistant.errors import InvalidInput
from assistant.planning.wording import count_text
from assistant.progress import TopicState
from assistant.service import open_assistant
from assistant.settings import load_settings

References = Annotated[list[str], typer.Argument(metavar="TOPIC ...", help="Topic ids, module ids or module numbers.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back: these are to be learned after all.")]


def done(references: References, undo: Undo = False, as_json: AsJson = False) -> None:
    """Record topics or whole modules as done; answers and plans build on them from then on."""
    assistant = open_assistant(load_settings())
    study = assistant.study()
    if study is None:
        raise InvalidInput("Nothing can be recorded here.")
    topics = [topic for reference in references for topic in assistant.curriculum.resolve(reference)]
    study.mark(topics, TopicState.UNKNOWN if undo else TopicState.DONE)
    standing = study.standing()
    if as_json:
        level = standing.level.value if standing.level else None
        print_json({"topics": topics, "done": not undo, "known": len(standing.known), "level": level})
    else:
        what = "to be learned" if undo else "done"
        out.print(
            f"{count_text(len(topics), 'topic')} {what}; you know {len(standing.known)} of "
            f"{len(assistant.curriculum.topics)}.",
            markup=False,
        )
