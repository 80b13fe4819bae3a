"""``python -m evals diff A B``: what is different between two reports.

Owns: the command and its words. Refuses: comparing (``evals.differing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from assistant.cli.options import AsJson
from assistant.console import out, print_json
from assistant.errors import InvalidInput
from assistant.eval_numbers import signed
from assistant.eval_report import EvalReport, ReportMissing, read_report
from assistant.planning.wording import count_text
from assistant.titles import one_line
from evals.differing import Flip, Moved, ReportDiff, diff_reports
from evals.gate import LEVEL

_FLIPS = 20

Old = Annotated[Path, typer.Argument(metavar="A", help="The older JSON report.")]
New = Annotated[Path, typer.Argument(metavar="B", help="The newer JSON report.")]
FailOnRegression = Annotated[
    bool,
    typer.Option(
        "--fail-on-regression",
        help="Exit 1 when a metric got worse by more than chance explains, or a limit that held is broken.",
    ),
]


def diff(old: Old, new: New, as_json: AsJson = False, fail_on_regression: FailOnRegression = False) -> None:
    """Compare two reports: metrics that moved, with paired tests, and cases that changed sides, broken ones first."""
    found = diff_reports(_read(old), _read(new))
    if as_json:
        print_json({"has_regressed": found.has_regressed, **asdict(found)})
    else:
        _print(found)
    if fail_on_regression and found.has_regressed:
        raise typer.Exit(1)


def _read(file: Path) -> EvalReport:
    try:
        return read_report(file)
    except ReportMissing as error:
        # Named by the user, so a wrong name, not a thing that is yet to be made.
        raise InvalidInput(f"There is no report at {file}.") from error


def _print(found: ReportDiff) -> None:
    moved = [one for one in found.moved if None not in (one.old, one.new)]
    if moved:
        out.print(_moved_table(moved))
        out.print("p is by paired permutation, adjusted by Holm for all metrics; ? may be chance.", style="dim")
    else:
        out.print("No metric moved.")
    _print_single("older", [one.metric for one in found.moved if one.new is None])
    _print_single("newer", [one.metric for one in found.moved if one.old is None])
    broken = [flip for flip in found.flips if flip.is_broken]
    mended = [flip for flip in found.flips if not flip.is_broken]
    _print_flips("right before and wrong now", "✗", broken)
    _print_flips("wrong before and right now", "✓", mended)
    for number, side in ((found.only_old, "older"), (found.only_new, "newer")):
        if number:
            out.print(f"\n{count_text(number, 'case')} in the {side} report only.")
    regressed = [one.metric for one in found.moved if one.is_regression]
    if regressed:
        out.print(f"\nWorse: {', '.join(regressed)}", style="red", markup=False)


def _print_single(side: str, metrics: Sequence[str]) -> None:
    if metrics:
        suites = ", ".join(dict.fromkeys(metric.split(".", 1)[0] for metric in metrics))
        out.print(f"{count_text(len(metrics), 'metric')} in the {side} report only, of {suites}.", markup=False)


def _moved_table(moved: Sequence[Moved]) -> Table:
    names = ("old", "new", "change", "95 % interval", "p", "n")
    columns = [Column(name, no_wrap=True, justify="right") for name in names]
    table = Table(Column("metric", overflow="fold"), *columns, Column("", no_wrap=True), box=None, padding=(0, 1, 0, 0))
    for one in moved:
        pair = one.paired
        # Of the cases of both, where these are known: a report with other cases has another mean.
        change = pair.difference if pair else (one.new or 0.0) - (one.old or 0.0)
        table.add_row(
            one.metric,
            _figure(one.old),
            _figure(one.new),
            signed(change),
            f"{signed(pair.low)} {signed(pair.high)}" if pair else "",
            f"{pair.p_adjusted:.3f}" if pair else "",
            str(pair.n) if pair else "",
            _outcome(one),
        )
    return table


def _outcome(one: Moved) -> str:
    if one.is_regression:
        return "WORSE"
    return {True: "better", False: "worse", None: ""}[one.is_better] + ("?" if _may_be_chance(one) else "")


def _may_be_chance(one: Moved) -> bool:
    return one.is_better is not None and (one.paired is None or one.paired.p_adjusted >= LEVEL)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _print_flips(title: str, sign: str, flips: Sequence[Flip]) -> None:
    if not flips:
        return
    out.print(f"\n{count_text(len(flips), 'case')} {title}", style="bold", markup=False)
    for flip in flips[:_FLIPS]:
        why = f" ({one_line(flip.why[0])})" if flip.why else ""
        out.print(f"{sign} {flip.suite} {flip.id} {one_line(flip.question)}{why}", markup=False, soft_wrap=True)
    if len(flips) > _FLIPS:
        out.print(f"  and {len(flips) - _FLIPS} more (--json has them all)")
