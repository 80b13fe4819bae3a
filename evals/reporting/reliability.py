"""How far the confidence can be believed: by bins, and by what would be answered at each threshold.

Owns: both curves, from the rows of the refusal suite. Pure. Refuses: single figures such as the calibration error,
which the suite measures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.eval_report import Bin, RiskPoint
from evals.stats import proportion

BINS = 10
_MOST_POINTS = 60

Row = Mapping[str, object]


def reliability(rows: Sequence[Row]) -> tuple[Bin, ...]:
    """The bins that hold any question, from low to high confidence."""
    judged = _judged(rows)
    bins = []
    for number, group in groupby(judged, key=lambda one: min(int(one[0] * BINS), BINS - 1)):
        members = list(group)
        covered = sum(is_covered for _, is_covered in members)
        share = proportion(covered, len(members))
        mean = sum(confidence for confidence, _ in members) / len(members)
        bins.append(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                n=len(members),
                covered=covered,
                confidence=round(mean, 4),
                share=round(share.value, 4),
                share_low=round(max(share.low, 0.0), 4),
                share_high=round(min(share.high, 1.0), 4),
            )
        )
    return tuple(bins)


def risk_coverage(rows: Sequence[Row]) -> tuple[RiskPoint, ...]:
    """The curve from the surest questions alone to all of them, in at most 60 points."""
    judged = _judged(rows)[::-1]
    points: list[RiskPoint] = []
    wrong = 0
    for place, (confidence, is_covered) in enumerate(judged, start=1):
        wrong += not is_covered
        # Equally sure questions are answered together or not at all.
        if place == len(judged) or judged[place][0] != confidence:
            points.append(_point(confidence, place / len(judged), wrong / place))
    return tuple(_thinned(points))


def operating_point(rows: Sequence[Row]) -> RiskPoint | None:
    """What the program did: the share that it answered, and the share of that which it should have refused."""
    rows = _refusal(rows)
    answered = [row for row in rows if not row["refused"]]
    if not answered:
        return None
    wrong = sum(bool(row["should_refuse"]) for row in answered)
    lowest = min(float(str(row["confidence"])) for row in answered)
    return _point(lowest, len(answered) / len(rows), wrong / len(answered))


def _point(threshold: float, coverage: float, risk: float) -> RiskPoint:
    return RiskPoint(threshold=threshold, coverage=round(coverage, 4), risk=round(risk, 4))


def _thinned(points: Sequence[RiskPoint]) -> list[RiskPoint]:
    """Every so many of the points, with the first and the last."""
    if len(points) <= _MOST_POINTS:
        return list(points)
    places = {round(step * (len(points) - 1) / (_MOST_POINTS - 1)) for step in range(_MOST_POINTS)}
    return [points[place] for place in sorted(places)]


def _judged(rows: Sequence[Row]) -> list[tuple[float, bool]]:
    """Confidence and whether the roadmap covers the question, least sure first."""
    return sorted((float(str(row["confidence"])), not row["should_refuse"]) for row in _refusal(rows))


def _refusal(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.get("suite") == "refusal" and "confidence" in row]
