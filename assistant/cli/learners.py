"""``study learners``: who studies here."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from assistant.cli.opening import open_journal
from assistant.cli.options import AsJson
from assistant.console import err, make_app, out, print_json
from assistant.errors import InvalidInput
from assistant.journal import Journal
from assistant.learners import Learner
from assistant.planning.wording import count_text
from assistant.settings import load_settings

app = make_app("Who studies here, each with conversations, plans and progress of their own.", needs_command=False)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A learner's name.")]
NewName = Annotated[str, typer.Argument(metavar="NEW")]
LoginId = Annotated[str, typer.Argument(metavar="ID", help="The id of their login, in quotes.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask back.")]


@app.callback(invoke_without_command=True)
def learners(context: typer.Context, as_json: AsJson = False) -> None:
    """List the learners; STUDY_LEARNER, or the settings page, says who is studying."""
    if context.invoked_subcommand is None:
        with open_journal() as journal:
            _list(journal, as_json)


@app.command()
def rename(name: Name, new: NewName, as_json: AsJson = False) -> None:
    """Give a learner another name."""
    with open_journal() as journal:
        journal.learners.rename(must_find(journal, name).id, new)
        _list(journal, as_json)


@app.command()
def login(name: Name, login_id: LoginId, as_json: AsJson = False) -> None:
    """Have whoever logs in with an id be this learner; the settings page shows it to who is logged in."""
    with open_journal() as journal:
        journal.learners.give_login(must_find(journal, name).id, login_id)
        _list(journal, as_json)


@app.command()
def delete(name: Name, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a learner with all conversations, plans and progress."""
    with open_journal() as journal:
        learner = must_find(journal, name)
        if as_json and not yes:
            raise InvalidInput("With --json nothing can be asked back. Add --yes to delete the learner.")
        if not yes:
            typer.confirm(
                f"Delete {learner.name} with all conversations, plans and progress for good?", abort=True, err=True
            )
        journal.learners.delete(learner.id)
        _list(journal, as_json)


def must_find(journal: Journal, name: str) -> Learner:
    """The learner of this name.

    Raises:
        InvalidInput: there is none.
    """
    found = journal.learners.find(name)
    if found is None:
        raise InvalidInput(f"No learner is called {name!r}. List them with: study learners")
    return found


def _list(journal: Journal, as_json: bool) -> None:
    everyone = journal.learners.all()
    used = journal.learners.find(load_settings().learner)
    if as_json:
        print_json({"learners": [{"name": each.name, "used": each == used} for each in everyone]})
    elif not everyone:
        err.print("Nobody has studied here yet. Begin with: study plan --hours-per-week 6 --follow")
    else:
        table = Table("name", "plans", "", box=None, pad_edge=False)
        for each in everyone:
            plans = count_text(len(journal.plans.all(each.id)), "plan")
            table.add_row(each.name, plans, "used" if each == used else "")
        out.print(table)
