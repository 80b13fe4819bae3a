"""The ``study`` command.

Owns: arguments and words of each command, one file each. Refuses: any work of its own.
"""

from __future__ import annotations

from typing import NoReturn

from assistant.cli import (
    ask,
    chat,
    chats,
    check,
    data,
    doctor,
    done,
    feedback,
    learners,
    model,
    place,
    plan,
    plans,
    quiz,
    replan,
    search,
    sources,
    today,
    topics,
    why,
)
from assistant.console import make_app, run

app = make_app("Study a microservices, DevOps and AI roadmap: cited answers, honest plans, offline.")
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.add_typer(chats.app, name="chats")
app.command("why")(why.why)
app.command("check")(check.check)
app.command("feedback")(feedback.feedback)
app.command("search")(search.search)
app.command("sources")(sources.sources)
app.command("place")(place.place)
app.command("plan")(plan.plan)
app.add_typer(plans.app, name="plans")
app.command("today")(today.today)
app.command("done")(done.done)
app.command("quiz")(quiz.quiz)
app.command("replan")(replan.replan)
app.command("topics")(topics.topics)
app.command("goals")(topics.goals)
app.add_typer(model.app, name="model")
app.command("doctor")(doctor.doctor)
app.add_typer(learners.app, name="learners")
app.command("export")(data.export)
app.command("import")(data.import_)


def main() -> NoReturn:
    """Entry point of the ``study`` script."""
    run(app)
