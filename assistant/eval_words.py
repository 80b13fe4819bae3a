"""What the figures of an eval report mean, in words for people who did not write the evals.

Owns: the headline figures, the verdict, what a curve shows, how severe a case is and what all of it does not show, as
sentences. Pure. Refuses: measuring and drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.eval_report import Bin, Compared, EvalReport, Figure, LimitLine, RiskPoint, RunInfo
from assistant.planning.wording import count_text, date_text


@dataclass(frozen=True, slots=True)
class Headline:
    """A metric that says something to a learner; a share unless ``is_count``."""

    metric: str
    title: str
    meaning: str
    less_is_better: bool = False
    is_count: bool = False


HEADLINES = (
    Headline(
        "retrieval.module.Success@1",
        "Right module first",
        "How often the best passage that is found belongs to the right one of the roadmap's modules.",
    ),
    Headline(
        "answers.key_facts",
        "Key facts said",
        "How much of what a good answer must say is said; a refused question says nothing.",
    ),
    Headline(
        "answers.verbatim",
        "True to its sources",
        "Answers of which every sentence stands word for word in a passage that it cites.",
    ),
    Headline(
        "conversation.heldout.module",
        "Follow-ups understood",
        "Later questions of a conversation that are answered from the right module.",
    ),
    Headline(
        "refusal.refused",
        "Outside questions refused",
        "Questions that the roadmap does not cover, and that are not answered as if it did.",
    ),
    Headline(
        "refusal.falsely_refused",
        "Refused by mistake",
        "Questions that the roadmap does cover, and that are refused all the same.",
        less_is_better=True,
    ),
    Headline(
        "plans.violations",
        "Broken promises of plans",
        "Dates, minutes, order or scope that are not as a plan promises; every plan is recomputed to find out.",
        less_is_better=True,
        is_count=True,
    ),
)

PROMISE, UNTRUE, LOST, PARTLY, BLEMISH = 5, 4, 3, 2, 1
"""A broken promise; something untrue or unsupported was said; no use to the learner; half of one; a flaw."""
SEVERITIES = {
    PROMISE: "broken promise",
    UNTRUE: "untrue or unsupported",
    LOST: "of no use",
    PARTLY: "incomplete",
    BLEMISH: "blemish",
}

LIMITATIONS = (
    "The questions were written for this roadmap. They say little about other subjects, or about material of your own.",
    "Half of the cases were looked at while the program was made; those that are held out are the more honest half.",
    "Key facts are found by their words: what is said in other words can be missed, what is said wrongly can count.",
    "Answers are composed from the notes here. A language model that you connect writes others, which this run did "
    "not judge.",
    "A module has a dozen questions, so its figures say where to look and prove nothing.",
)

_LESS_IS_BETTER = frozenset(
    {"falsely_refused", "redundant", "violations", "active", "calibration_error", "brier", "aurc", "attack_success"}
)
_PER_CENT = "\N{NO-BREAK SPACE}%"
_NONE, _ALL, _EPSILON = 0, 100, 1e-9
_NEUTRAL = frozenset({"words", "p", "gain"})


def less_is_better(metric: str, report: EvalReport | None = None) -> bool:
    """Whether a smaller value is the better one: by the metric's limit if it has one, else by its name."""
    limit = report.limit(metric) if report else None
    if limit is not None and (limit.floor is None) != (limit.ceiling is None):
        return limit.floor is None
    return metric.rsplit(".", 1)[-1] in _LESS_IS_BETTER


def is_neutral(metric: str) -> bool:
    """Whether neither direction is better, as of a mean length."""
    return metric.rsplit(".", 1)[-1] in _NEUTRAL


def verdict_text(report: EvalReport) -> str:
    """Whether the limits hold and the baseline is reached, in one sentence."""
    total = len(report.limits)
    if report.ok:
        held = "The limit holds" if total == 1 else f"All {total} limits hold" if total else "Every limit holds"
        return f"{held}, and nothing fell behind the baseline." if report.comparison else f"{held}."
    holding = {line.metric for line in report.limits if line.holds}
    broken = {line.metric for line in report.broken} - holding
    behind = {line.metric for line in report.broken} & holding
    parts = []
    if broken:
        parts.append(
            f"{len(broken)}{f' of {total}' if total else ''} limits {'is' if len(broken) == 1 else 'are'} broken"
        )
    if behind:
        parts.append(f"{count_text(len(behind), 'figure')} not shown to be as good as the baseline")
    return f"{', and '.join(parts) or 'The gate is closed'}."


def value_text(figure: Figure, *, is_count: bool = False) -> str:
    """A share as a percentage, or a count as it is."""
    return f"{figure.value:,.0f}" if is_count else percent(figure.value)


def spread_text(figure: Figure, *, is_count: bool = False) -> str:
    """How sure the figure is: its interval and how many cases it rests on."""
    if is_count or not figure.has_interval:
        return f"in {count_text(figure.n, 'case')}"
    return f"likely {percent(figure.low)} to {percent(figure.high)}, from {count_text(figure.n, 'case')}"


def percent(share: float) -> str:
    """A share as a percentage: whole, but never rounded to 0 or 100 where it is neither."""
    per_cent = share * 100
    whole = round(per_cent)
    if whole in (_NONE, _ALL) and abs(per_cent - whole) > _EPSILON:
        return f"{min(max(per_cent, _NONE + 0.1), _ALL - 0.1):.1f}{_PER_CENT}"
    return f"{whole}{_PER_CENT}"


def headlines_of(report: EvalReport) -> Iterable[tuple[Headline, Figure]]:
    """The headline figures that the report holds, in their order."""
    return ((line, report.metrics[line.metric]) for line in HEADLINES if line.metric in report.metrics)


def reliability_words(bins: Sequence[Bin]) -> str:
    """What the reliability diagram shows."""
    total = sum(one.n for one in bins)
    off = max(bins, key=lambda one: abs(one.share - one.confidence))
    outside = [one for one in bins if not one.share_low <= one.confidence <= one.share_high]
    fit = (
        "In every bin the stated confidence lies within the interval of what was true"
        if not outside
        else f"In {count_text(len(outside), 'bin')} of {len(bins)} the stated confidence lies outside the interval"
    )
    return (
        f"{count_text(total, 'question')} by confidence. {fit}; the largest gap is {percent(off.confidence)} stated "
        f"and {percent(off.share)} true."
    )


def risk_words(points: Sequence[RiskPoint], operating: RiskPoint | None) -> str:
    """What the risk-coverage curve shows."""
    if operating is None:
        return f"Answering everything, {percent(points[-1].risk)} of the answers would be to questions outside."
    return (
        f"The program answers {percent(operating.coverage)} of all questions, and {percent(operating.risk)} of what it "
        f"answers is outside the roadmap. Answering everything, it would be {percent(points[-1].risk)}."
    )


def comparison_words(lines: Sequence[Compared]) -> str:
    """What the chart of differences shows."""
    worse = sum(bool(one.problem) for one in lines)
    held = f"{worse} with a problem" if worse else "none with a problem"
    return f"{count_text(len(lines), 'figure')} against the baseline, new minus old with 95 % intervals: {held}."


def limit_text(limit: LimitLine | None) -> str:
    """A limit as a sign and a number."""
    if limit is None:
        return ""
    return f"≥ {limit.floor:.2f}" if limit.floor is not None else f"≤ {limit.ceiling:.2f}"


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
