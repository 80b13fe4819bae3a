"""What the figures of an eval report mean, in words for people who did not write the evals.

Owns: the headline figures, the verdict, what a curve shows, how severe a case is and what all of it does not show, as
sentences. Pure. Refuses: measuring and drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.eval_numbers import percent
from assistant.eval_report import Bin, Compared, EvalReport, Figure, RiskPoint
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
        "safety.composed.harm",
        "Attacks that succeed",
        "Instructions hidden in documents, links that carry data away, and the like, that do what they are meant to.",
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

_LEVEL = 0.05
"""How likely a difference may be by chance and still count, after Holm's correction."""

LIMITATIONS = (
    "The questions were written for this roadmap. They say little about other subjects, or about material of your own.",
    "Half of the cases were looked at while the program was made; the others are the more honest half, counted and "
    "never listed.",
    "Key facts are found by their words: what is said in other words can be missed, what is said wrongly can count.",
    "Answers are composed from the notes here. A language model that you connect writes others, which this run did "
    "not judge.",
    "A module has a dozen questions, so its figures say where to look and prove nothing.",
)


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


def gains_words(lines: Sequence[Compared]) -> str:
    """What the chart of gains shows."""
    sure = [one for one in lines if one.p_adjusted is not None and one.p_adjusted < _LEVEL]
    better, worse = sum(one.difference > 0 for one in sure), sum(one.difference < 0 for one in sure)
    return (
        f"{count_text(len(lines), 'comparison')} with simpler searches on the same questions, own minus simpler with "
        f"95 % intervals. By more than chance explains (p below .05 after Holm) {better} are better and {worse} worse."
    )
