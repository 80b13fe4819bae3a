"""``study doctor``: is everything there that is needed?"""

from __future__ import annotations

import typer

from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.doctor import State, examine
from assistant.settings import load_settings

_STYLES = {State.FINE: "green", State.PROBLEM: "red", State.SKIPPED: "dim"}


def doctor(as_json: AsJson = False) -> None:
    """Check what the program needs, and say how to mend what is missing. Exit 1 if something is."""
    findings = []
    with err.status("Looking …"):
        for finding in examine(load_settings()):
            findings.append(finding)
            if not as_json:
                style = _STYLES[finding.state]
                out.print(f"{finding.check}: {finding.state.value}. {finding.sentence}", style=style, markup=False,
                          soft_wrap=True)  # fmt: skip
    is_fine = all(finding.state is not State.PROBLEM for finding in findings)
    if as_json:
        checks = [{"check": each.check, "state": each.state.value, "sentence": each.sentence} for each in findings]
        print_json({"ok": is_fine, "checks": checks})
    if not is_fine:
        raise typer.Exit(1)
