"""When a plan is likely to be done: the finish as quantiles instead of one date.

Owns: the distribution of the total time. Refuses: learning the pace from logged minutes (the caller passes it).

Topics' estimates err independently and even out over many topics. A learner's pace errs in one direction for all of
them and does not, so it is added as one uncertainty that all units share.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

from assistant.errors import InvalidInput
from assistant.planning.availability import Availability
from assistant.planning.units import Unit

DEFAULT_PACE_SD = 0.25
"""How far a learner's pace is from the estimates before any minutes were logged, as a share (standard deviation)."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Minutes of work by which half (``minutes_p50``) and four fifths of such plans are done, and those days."""

    minutes_p50: int
    minutes_p80: int
    finish_p50: date
    finish_p80: date


def forecast(units: Iterable[Unit], availability: Availability, pace_sd: float = DEFAULT_PACE_SD) -> Forecast:
    """The P50 and P80 of the finish; a day past the calendar's last year is given as its last day.

    Raises:
        InvalidInput: ``pace_sd`` is negative or not a number.
    """
    if not pace_sd >= 0:
        raise InvalidInput("The uncertainty of the pace must be a share of 0 or more.")
    minutes = quantile_minutes(units, (0.5, 0.8), pace_sd)
    p50, p80 = (_day(availability, count) for count in minutes)
    return Forecast(minutes[0], minutes[1], p50, p80)


def quantile_minutes(units: Iterable[Unit], shares: Iterable[float], pace_sd: float = DEFAULT_PACE_SD) -> list[int]:
    """Minutes of work that are enough in each share (0 to 1, both excluded) of such plans, never below 0."""
    mean = variance = 0.0
    for unit in units:
        mean += unit.mean * unit.minutes
        variance += (unit.deviation * unit.minutes) ** 2
    spread = math.sqrt(variance + (pace_sd * mean) ** 2)
    # Sums of floats depend on their order in the last digits; rounding keeps those from reaching a date.
    return [max(0, math.ceil(round(mean + NormalDist().inv_cdf(share) * spread, 6))) for share in shares]


def _day(availability: Availability, minutes: int) -> date:
    try:
        return availability.day_reaching(minutes)
    except InvalidInput:
        return date.max
