"""The figures of an eval report as they are written down, and which of them are better small.

Owns: rounding, signs, intervals and dates in words, and the direction of a metric. Pure. Refuses: whole sentences
(``assistant.eval_words``).
"""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.eval_report import Compared, EvalReport, Figure, LimitLine, RunInfo
from assistant.planning.wording import count_text, date_text

_LESS_IS_BETTER = (
    *(".falsely_refused", ".redundant", ".violations", ".calibration_error", ".brier", ".aurc"),
    *(".harm", ".hidden.reached", ".active", ".leaks", ".invisible", ".forged", ".embedded", ".published"),
)
_PER_CENT = "\N{NO-BREAK SPACE}%"
_NONE, _ALL, _EPSILON = 0, 100, 1e-9
_GAIN = ".gain"
_NEUTRAL = frozenset({"words", "p", "gain"})


def percent(share: float) -> str:
    """A share as a percentage: whole, but never rounded to 0 or 100 where it is neither."""
    per_cent = share * 100
    whole = round(per_cent)
    if whole in (_NONE, _ALL) and abs(per_cent - whole) > _EPSILON:
        return f"{min(max(per_cent, _NONE + 0.1), _ALL - 0.1):.1f}{_PER_CENT}"
    return f"{whole}{_PER_CENT}"


def signed(difference: float) -> str:
    """A difference with its sign; none where it is rounded to nothing."""
    rounded = round(difference, 3)
    return f"{rounded:+.3f}" if rounded else "0.000"


def value_text(figure: Figure, *, is_count: bool = False) -> str:
    """A share as a percentage, or a count as it is."""
    return f"{figure.value:,.0f}" if is_count else percent(figure.value)


def spread_text(figure: Figure, *, is_count: bool = False) -> str:
    """How sure the figure is: its interval and how many cases it rests on."""
    if is_count or not figure.has_interval:
        return f"in {count_text(figure.n, 'case')}"
    return f"likely {percent(figure.low)} to {percent(figure.high)}, from {count_text(figure.n, 'case')}"


def limit_text(limit: LimitLine | None) -> str:
    """A limit as a sign and a number."""
    if limit is None:
        return ""
    return f"≥ {limit.floor:.2f}" if limit.floor is not None else f"≤ {limit.ceiling:.2f}"


def is_share(metric: str, figure: Figure) -> bool:
    """Whether the figure has its place on a scale from 0 to 1: no count, no length, no difference."""
    return figure.has_interval and figure.low >= 0 and figure.high <= 1 and not is_neutral(metric)


def is_neutral(metric: str) -> bool:
    """Whether neither direction is better, as of a mean length."""
    return metric.rsplit(".", 1)[-1] in _NEUTRAL


def less_is_better(metric: str, report: EvalReport | None = None) -> bool:
    """Whether a smaller value is the better one: by the metric's limit if it has one, else by its name."""
    limit = report.limit(metric) if report else None
    if limit is not None and (limit.floor is None) != (limit.ceiling is None):
        return limit.floor is None
    return metric.endswith(_LESS_IS_BETTER)


def gains(report: EvalReport) -> tuple[Compared, ...]:
    """By how much the program's own search is better than each simpler one, in each measure."""
    found = []
    for metric, figure in report.metrics.items():
        if metric.endswith(_GAIN):
            name = metric.removesuffix(_GAIN)
            p = report.metrics.get(f"{name}.p")
            line = Compared(
                metric=name.split(".", 1)[-1],
                difference=figure.value,
                low=figure.low,
                high=figure.high,
                n=figure.n,
                p_adjusted=p.value if p else None,
            )
            found.append(line)
    return tuple(found)


def time_text(run: RunInfo) -> str:
    """When it was run, in UTC; as it is written where it cannot be read."""
    try:
        at = datetime.fromisoformat(run.at)
    except ValueError:
        return run.at
    at = at.astimezone(UTC) if at.tzinfo else at
    return f"{date_text(at.date())}, {at:%H:%M}{' UTC' if at.tzinfo else ''}"


def run_facts(run: RunInfo) -> dict[str, str]:
    """When and on what it ran, as far as it is known."""
    facts = {
        "Run": time_text(run),
        "Took": "" if run.seconds is None else f"{run.seconds:.0f} s",
        "Index": run.generation,
        "Passages": "" if run.passages is None else f"{run.passages:,}",
    }
    return {name: value for name, value in facts.items() if value}
