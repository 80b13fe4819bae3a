"""``python -m evals``: run every suite offline and fail when something got worse; its commands are in ``evals.cli``.

Owns: which commands there are. Refuses: what they do.
"""

from __future__ import annotations

import sys

from assistant.console import make_app, run
from evals.cli.calibrate import calibrate
from evals.cli.diff import diff
from evals.cli.evaluate import evaluate
from evals.cli.live import live, with_command
from evals.cli.new import new
from evals.cli.own import run_file
from evals.cli.show import show

app = make_app(
    "Measure retrieval, refusals, answers, conversations, plans, ingest and safety on our own cases, offline. "
    "With --live, or --replay FILE, the configured language model's answers instead: see `live --help`.",
    needs_command=False,
)
app.callback(invoke_without_command=True)(evaluate)
app.command("show")(show)
app.command("diff")(diff)
app.command("new")(new)
app.command("run")(run_file)
app.command("live")(live)
app.command("calibrate")(calibrate)


if __name__ == "__main__":
    sys.argv[1:] = with_command(sys.argv[1:])
    run(app)
