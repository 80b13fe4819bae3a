"""The ``study`` command.

Owns: arguments and words of each command, one file each. Refuses: any work of its own.
"""

from __future__ import annotations

from typing import NoReturn

from assistant.cli import ask, model, plan, search, topics
from assistant.console import make_app, run

app = make_app("Study a microservices, DevOps and AI roadmap: cited answers, honest plans, offline.")
app.command("ask")(ask.ask)
app.command("search")(search.search)
app.command("plan")(plan.plan)
app.command("topics")(topics.topics)
app.add_typer(model.app, name="model")


def main() -> NoReturn:
    """Entry point of the ``study`` script."""
    run(app)
