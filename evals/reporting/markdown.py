"""The report as Markdown, for a pull request or a notebook.

Owns: the text. What comes from cases is escaped, so that it stays text wherever the file is rendered. Refuses: charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.eval_numbers import gains, limit_text, run_facts, signed, spread_text, value_text
from assistant.eval_report import EvalReport, WorstCase
from assistant.eval_words import LIMITATIONS, SEVERITIES, gains_words, headlines_of, verdict_text
from assistant.markdown import plain_text
from assistant.planning.wording import count_text
from evals.reporting.per_module import MEASURES

_SHOWN = 20
_SHARES_END = 10


def markdown_report(report: EvalReport) -> str:
    """The whole report; what differs from run to run is in its last section."""
    parts = (_head(report), _headlines(report), _comparison(report), _gains(report), _figures(report), _modules(report))
    lines = [line for part in (*parts, _worst(report), _limitations(), _run(report)) for line in part]
    return "\n".join(lines) + "\n"


def _head(report: EvalReport) -> Iterator[str]:
    yield from ("# Eval report", "", f"**{'✓' if report.ok else '✗'} {verdict_text(report)}**", "")
    if report.broken:
        yield from (f"- `{one.metric}` {plain_text(one.text)}" for one in report.broken)
        yield ""


def _headlines(report: EvalReport) -> Iterator[str]:
    found = list(headlines_of(report))
    if found:
        yield from ("## In short", "")
        rows = (
            (line.title, value_text(one, is_count=line.is_count), spread_text(one, is_count=line.is_count))
            for line, one in found
        )
        yield from _table(("", "value", "how sure"), rows)


def _comparison(report: EvalReport) -> Iterator[str]:
    if report.comparison:
        yield from ("## Against the baseline", "", "New minus old.", "")
        rows = (
            (
                f"`{one.metric}`",
                signed(one.difference),
                f"{signed(one.low)} to {signed(one.high)}",
                "" if one.p_adjusted is None else f"{one.p_adjusted:.3f}",
                "" if one.margin is None else f"{one.margin:.3f}",
                plain_text(one.problem) or "holds",
            )
            for one in report.comparison
        )
        yield from _table(("metric", "difference", "95 % interval", "p (Holm)", "tolerated", ""), rows)


def _gains(report: EvalReport) -> Iterator[str]:
    lines = gains(report)
    if lines:
        yield from ("## Against simpler searches", "", gains_words(lines), "")
        rows = (
            (
                f"`{one.metric}`",
                signed(one.difference),
                f"{signed(one.low)} to {signed(one.high)}",
                "" if one.p_adjusted is None else f"{one.p_adjusted:.3f}",
            )
            for one in lines
        )
        yield from _table(("simpler search and measure", "gain", "95 % interval", "p (Holm)"), rows)


def _figures(report: EvalReport) -> Iterator[str]:
    yield from ("## All figures", "")
    rows = []
    for name, figure in report.metrics.items():
        limit = report.limit(name)
        interval = f"{_number(figure.low)}–{_number(figure.high)}" if figure.has_interval else ""
        outcome = "" if limit is None else "holds" if limit.holds else "**broken**"
        rows.append((f"`{name}`", _number(figure.value), interval, f"{figure.n:,}", limit_text(limit), outcome))
    yield from _table(("metric", "value", "95 % interval", "n", "limit", ""), rows)


def _modules(report: EvalReport) -> Iterator[str]:
    if report.modules:
        yield from ("## Module by module", "", "In per cent, with the number of cases in brackets.", "")
        rows = []
        for module in report.modules:
            found = {cell.measure: f"{cell.value * 100:.0f} ({cell.n})" for cell in module.cells}
            rows.append((f"{module.number}. {plain_text(module.title)}", *(found.get(name, "–") for name in MEASURES)))
        yield from _table(("module", *MEASURES), rows)


def _worst(report: EvalReport) -> Iterator[str]:
    if report.worst:
        total = count_text(len(report.worst), "case")
        shown = f"; the first {_SHOWN} are here" if len(report.worst) > _SHOWN else ""
        yield from ("## Worst cases first", "", f"{total} did not go as they should{shown}.", "")
        yield from map(_case, report.worst[:_SHOWN])
        yield ""


def _case(one: WorstCase) -> str:
    why = " ".join(one.why)
    question = f" {plain_text(one.question)}" if one.question else ""
    kind = SEVERITIES.get(one.severity, "blemish")
    return f"- **{plain_text(one.id)}** ({plain_text(one.suite)}, {kind}){question} → {plain_text(why)}"


def _limitations() -> Iterator[str]:
    yield from ("## What this does not show", "")
    yield from (f"- {text}" for text in LIMITATIONS)
    yield ""


def _run(report: EvalReport) -> Iterator[str]:
    yield from ("## This run", "")
    yield from (f"- {name}: {plain_text(value)}" for name, value in run_facts(report.run).items())
    yield from (f"- `{name}`: {value:,.0f} ms" for name, value in report.timings.items())


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _number(value: float) -> str:
    return f"{value:.3f}" if value < _SHARES_END else f"{value:,.1f}"
