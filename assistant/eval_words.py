"""What the figures of an eval report mean, in words for people who did not write the evals.

Owns: the headline figures, the verdict and the limitations as sentences. Pure. Refuses: measuring and drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.eval_report import EvalReport, Figure
from assistant.planning.wording import count_text


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
    """Whether the limits hold, in one sentence."""
    total = len(report.limits)
    if report.ok:
        return f"All {total} limits hold." if total else "Every limit holds."
    broken = len(report.broken)
    of = f" of {total}" if total else ""
    return f"{broken}{of} limits are broken." if broken != 1 else f"1{of} limits is broken."


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
        return f"{min(max(per_cent, _NONE + 0.1), _ALL - 0.1):.1f} %"
    return f"{whole} %"


def headlines_of(report: EvalReport) -> Iterable[tuple[Headline, Figure]]:
    """The headline figures that the report holds, in their order."""
    return ((line, report.metrics[line.metric]) for line in HEADLINES if line.metric in report.metrics)
