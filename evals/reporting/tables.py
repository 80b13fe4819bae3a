"""The tables of the page: those behind charts, and the map of the modules, which is a table itself.

Owns: their cells. Refuses: what they say in words (``evals.reporting.charts``).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.eval_numbers import limit_text, percent, run_facts, signed
from assistant.eval_report import Bin, Cell, Compared, EvalReport, ModuleLine, RiskPoint
from evals.reporting.markup import Child, Node, tag
from evals.reporting.per_module import MEASURES

_STEPS = (0.5, 0.65, 0.8, 0.9, 1.0)
"""From which share on a cell of the map has the next colour."""
_KEY = ("below 50", "50 to 64", "65 to 79", "80 to 89", "90 to 99", "100")
_SHARES_END = 10


def folded(summary: str, *children: Child) -> Node:
    """What is there and not shown at first."""
    return tag("details", tag("summary", summary), *children)


def metrics_table(report: EvalReport) -> Node:
    """Every figure with its interval, the number of cases, and its limit."""
    rows = []
    for name, figure in report.metrics.items():
        limit = report.limit(name)
        holds = "" if limit is None else "holds" if limit.holds else "broken"
        interval = f"{_number(figure.low)}–{_number(figure.high)}" if figure.has_interval else ""
        cells = (name, _number(figure.value), interval, f"{figure.n:,}", limit_text(limit), holds)
        rows.append(_row(cells, numbers=(1, 2, 3, 4), bad=holds == "broken"))
    return _table(("metric", "value", "95 % interval", "n", "limit", ""), rows, (1, 2, 3, 4), "All figures")


def comparison_table(lines: Sequence[Compared]) -> Node:
    """Every difference with its interval, its adjusted p, and the loss that is tolerated."""
    rows = []
    for one in lines:
        interval = f"{signed(one.low)} to {signed(one.high)}"
        p, margin = _optional(one.p_adjusted), _optional(one.margin)
        cells = (one.metric, signed(one.difference), interval, p, margin, str(one.n or ""), one.problem or "holds")
        rows.append(_row(cells, numbers=(1, 2, 3, 4, 5), bad=bool(one.problem)))
    heads = ("metric", "difference", "95 % interval", "p (Holm)", "tolerated", "n", "")
    return _table(heads, rows, (1, 2, 3, 4, 5), "New minus old")


def gains_table(lines: Sequence[Compared]) -> Node:
    """Every gain with its interval and its adjusted p."""
    rows = []
    for one in lines:
        interval = f"{signed(one.low)} to {signed(one.high)}"
        cells = (one.metric, signed(one.difference), interval, _optional(one.p_adjusted), str(one.n or ""))
        rows.append(_row(cells, numbers=(1, 2, 3, 4)))
    heads = ("simpler search and measure", "gain", "95 % interval", "p (Holm)", "n")
    return _table(heads, rows, (1, 2, 3, 4), "Own minus simpler")


def reliability_table(bins: Sequence[Bin]) -> Node:
    """A line for each bin of confidence."""
    rows = [
        _row(
            (
                f"{one.low:.0%}–{one.high:.0%}",
                percent(one.confidence),
                percent(one.share),
                f"{percent(one.share_low)}–{percent(one.share_high)}",
                str(one.n),
            ),
            numbers=(1, 2, 3, 4),
        )
        for one in bins
    ]
    heads = ("confidence", "mean", "covered", "95 % interval", "n")
    return _table(heads, rows, (1, 2, 3, 4), "Stated confidence and what was true")


def risk_table(points: Sequence[RiskPoint], operating: RiskPoint | None) -> Node:
    """A line for every tenth of coverage, and one for how the program is used."""
    chosen = {min(range(len(points)), key=lambda place: abs(points[place].coverage - part / 10)) for part in range(11)}
    rows = [_risk_row(points[place], "") for place in sorted(chosen)]
    rows += [_risk_row(operating, "as it is used")] if operating else []
    heads = ("answered from", "answered", "of these, outside", "")
    return _table(heads, rows, (0, 1, 2), "If only what is at least this sure were answered")


def _risk_row(point: RiskPoint, note: str) -> Node:
    cells = (f"{point.threshold:.3f}", percent(point.coverage), percent(point.risk), note)
    return _row(cells, numbers=(0, 1, 2))


def heat_table(modules: Sequence[ModuleLine]) -> Node:
    """A line for each module, a column for each measure; the number is in the cell, its colour only repeats it."""
    heads = [tag("th", "Module", scope="col"), *(tag("th", name, scope="col") for name in MEASURES)]
    rows = []
    for module in modules:
        found = {cell.measure: cell for cell in module.cells}
        cells = [_heat(found.get(name)) for name in MEASURES]
        rows.append(tag("tr", tag("th", f"{module.number}. {module.title}", scope="row"), *cells))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="heat")
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label="Modules by measure")


def heat_key() -> Node:
    """Which colour stands for what."""
    return tag("ul", *(tag("li", text, class_=f"h{step}") for step, text in enumerate(_KEY)), class_="key")


def _heat(cell: Cell | None) -> Node:
    if cell is None:
        return tag("td", "–")
    share = round(cell.value * 100)
    step = sum(share >= round(bound * 100) for bound in _STEPS)
    return tag("td", f"{share} ", tag("small", f"({cell.n})"), class_=f"h{step}")


def run_table(report: EvalReport) -> Node:
    """When and on what it ran, and the timings: all that differs from run to run."""
    facts = {**run_facts(report.run), **{name: f"{value:,.0f} ms" for name, value in report.timings.items()}}
    rows = [tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in facts.items()]
    return tag("table", tag("tbody", *rows)) if rows else tag("p", "Nothing is recorded of it.")


def _table(heads: Sequence[str], rows: Sequence[Node], numbers: Sequence[int], label: str) -> Node:
    cells = [
        tag("th", text, scope="col", class_="number" if place in numbers else None) for place, text in enumerate(heads)
    ]
    table = tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *rows))
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=label)


def _row(cells: Sequence[str], *, numbers: Sequence[int], bad: bool = False) -> Node:
    first, *others = cells
    rest = [
        tag("td", text, class_="number" if place in numbers else "bad" if bad else None)
        for place, text in enumerate(others, start=1)
    ]
    return tag("tr", tag("th", first, scope="row", class_="number" if 0 in numbers else None), *rest)


def _number(value: float) -> str:
    return f"{value:.3f}" if value < _SHARES_END else f"{value:,.1f}"


def _optional(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
