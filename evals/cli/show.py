"""``python -m evals show ID``: one case, whole.

Owns: finding the case and printing it. Refuses: putting it together (``evals.showing``).

A question is asked again, offline. A case of another kind (a plan, a conversation, an attack) is shown from the last
report, for it takes more than one question to run it again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.curriculum import load_curriculum
from assistant.errors import InvalidInput
from assistant.eval_report import RUN_COMMAND, EvalReport, ReportMissing, Row, latest_report, read_report
from assistant.settings import load_settings
from assistant.titles import one_line, short_title
from evals.cases import CASES_DIR, Split
from evals.offline import offline_assistant
from evals.runner import answer_from_roadmap, load_all
from evals.showing import Found, Said, Shown, Verdict, asked_case, show_case, verdict_of

_PASSAGES = 10
_NEAR = 5
_IDS = ("id", "conversation", "attack")
"""Fields of a row that say which case it is of."""

CaseId = Annotated[str, typer.Argument(metavar="ID", help="A case's id, as in the report: q012, u003, v021, p040.")]
ReportFile = Annotated[
    Path | None, typer.Option("--report", help="The report with cases that are not asked again; the last one if none.")
]


def show(case_id: CaseId, as_json: AsJson = False, report: ReportFile = None) -> None:
    """Show one case: the passages with their scores, the answer with each sentence's verdict, what every suite says."""
    settings = load_settings()
    cases = load_all(load_curriculum(settings.corpus_dir))
    case = asked_case(cases, case_id)
    if case is None:
        _show_rows(case_id, report or latest_report(settings), as_json=as_json)
        return
    _warn(held_out=case.split is Split.HELD_OUT, case_id=case_id)
    with closing(offline_assistant()) as assistant:
        search = partial(assistant.search, roadmap_only=True)
        shown = show_case(cases, case, search, partial(answer_from_roadmap, assistant))
    if as_json:
        print_json(asdict(shown) | {"held_out": case.split is Split.HELD_OUT})
    else:
        _print(shown)


def _warn(*, held_out: bool, case_id: str) -> None:
    if held_out:
        text = f"{case_id} is held out: it is there to measure with. What is changed because of it measures nothing."
        err.print(text, style="yellow", markup=False, soft_wrap=True)


def _show_rows(case_id: str, file: Path, *, as_json: bool) -> None:
    known = _known_ids()
    try:
        report: EvalReport | None = read_report(file)
    except ReportMissing:
        report = None
    rows = (
        [row for row in report.rows if case_id in (row.get("id"), row.get("conversation"), row.get("attack"))]
        if report
        else []
    )
    if not rows:
        if case_id in known:
            raise ReportMissing(
                f"{case_id} is shown from a report, and {file} has no row of it. Write one with: {RUN_COMMAND}"
            )
        known |= {str(row.get("id")) for row in (report.rows if report else ())}
        near = get_close_matches(case_id, sorted(known), n=_NEAR, cutoff=0.5)
        page = f" Those that went wrong are in {file.with_suffix('.html')}." if report else ""
        hint = f" Near: {', '.join(near)}." if near else page
        raise InvalidInput(f"There is no case {case_id}.{hint}")
    _warn(held_out=any(row.get("split") == Split.HELD_OUT.value for row in rows), case_id=case_id)
    verdicts = [verdict_of(row) for row in rows]
    if as_json:
        print_json({"id": case_id, "rows": [dict(row) for row in rows], "verdicts": [asdict(one) for one in verdicts]})
        return
    for row, verdict in zip(rows, verdicts, strict=True):
        _print_row(row)
        _print_verdicts([verdict])
        out.print()


def _known_ids() -> set[str]:
    """The ids of every case file, whatever its cases are."""
    lines = [line for file in sorted(CASES_DIR.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return {str(json.loads(line).get("id")) for line in lines if line.strip()}


def _print_row(row: Row) -> None:
    out.print(one_line(f"{row.get('id')} · {row.get('suite')}"), style="bold", markup=False)
    for name, value in row.items():
        if name not in ("id", "suite", "ok", "why") and value not in ([], "", None):
            text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else one_line(value)
            out.print(f"  {name.replace('_', ' ')}: {text}", markup=False, soft_wrap=True)


def _print(shown: Shown) -> None:
    out.print(one_line(shown.question), style="bold", markup=False)
    gold = f"module {shown.module}, {shown.topic}" if shown.topic else "outside the roadmap, to be refused"
    out.print(f"{shown.id} · {shown.split} · {gold}", markup=False)
    if shown.searched:
        out.print(f"Searched for: {one_line(shown.searched)}", markup=False)
    needed = "" if shown.threshold is None else f", at least {shown.threshold:.2f} is needed"
    out.print(f"{shown.status.capitalize()} with confidence {shown.confidence:.2f}{needed}\n", markup=False)
    for one in shown.said:
        out.print(_sentence(one), markup=False)
    if not shown.said:
        out.print(f"  {one_line(shown.text)}", markup=False)
    if shown.missing_facts:
        out.print("\nKey facts it does not say:", markup=False)
        for fact in shown.missing_facts:
            out.print(f"  ✗ {fact}", markup=False)
    if shown.passages:
        out.print()
        out.print(_passages(shown.passages[:_PASSAGES]))
        if len(shown.passages) > _PASSAGES:
            out.print(f"  and {len(shown.passages) - _PASSAGES} more (--json has them all)", markup=False)
    out.print()
    _print_verdicts(shown.verdicts)


def _sentence(one: Said) -> str:
    cited = " ".join(f"[{n}]" for n in one.cited)
    if not one.needs_citation:
        return f"  · {one_line(one.text)} (code or a table's head)"
    stands = ", ".join(f"[{n}]" for n in one.stands_in)
    where = f"stands in {stands}" if stands else f"stands in none of {cited}" if cited else "cites nothing"
    return f"  {'✓' if one.ok else '✗'} {one_line(one.text)} ({where})"


def _passages(passages: Sequence[Found]) -> Table:
    headings = ("", "fused", "dense", "BM25", "module")
    columns = [Column(name, no_wrap=True, justify="right") for name in headings]
    table = Table(*columns, Column("passage", ratio=1), Column("", no_wrap=True), box=None, padding=(0, 1, 0, 0))
    for one in passages:
        scores = (one.score, one.dense, one.lexical)
        shown = ("–" if score is None else f"{score:.2f}" for score in scores)
        module = "" if one.module is None else str(one.module)
        table.add_row(str(one.rank), *shown, module, _escaped(short_title(one.title)), one.fate)
    return table


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")


def _print_verdicts(verdicts: Sequence[Verdict]) -> None:
    for verdict in verdicts:
        out.print(f"{'✓' if verdict.ok else '✗'} {verdict.suite}", style="bold", markup=False)
        for reason in verdict.why:
            out.print(f"  {one_line(reason)}", markup=False, soft_wrap=True)
