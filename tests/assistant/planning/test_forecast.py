"""The finish as quantiles."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from assistant.domain import Hours
from assistant.errors import InvalidInput
from assistant.planning import Activity, make_plan
from assistant.planning.availability import Availability
from assistant.planning.forecast import Forecast, forecast, quantile_minutes
from assistant.planning.units import Unit
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

DAILY_60 = Availability(TUESDAY, (60,) * 7, {})


def units(count: int, mean: float = 1.0, deviation: float = 0.0) -> list[Unit]:
    return [Unit(topic("a"), Activity.READ, 60, 0, mean, deviation) for _ in range(count)]


def test_certain_units_at_a_certain_pace_have_one_finish() -> None:
    day = date(2026, 12, 10)
    assert forecast(units(10), DAILY_60, pace_sd=0) == Forecast(600, 600, day, day)


def test_estimates_that_err_alone_even_out() -> None:
    # The total of 100 units has a tenth of their relative deviation: 6000 + 0.8416 * 60 * 0.5 * 10.
    assert quantile_minutes(units(100, deviation=0.5), (0.5, 0.8), pace_sd=0) == [6000, 6253]
    assert quantile_minutes(units(100), (0.5, 0.8), pace_sd=0.5) == [6000, 8525]


def test_the_mean_of_a_long_tail_is_later_than_the_likely_time() -> None:
    assert quantile_minutes(units(10, mean=1.1), (0.5,), pace_sd=0) == [660]


def test_a_low_quantile_is_never_less_than_nothing() -> None:
    assert quantile_minutes(units(1), (0.01,), pace_sd=2) == [0]


def test_a_finish_past_the_calendar_is_its_last_day() -> None:
    late = Availability(date(9999, 12, 25), (60,) * 7, {})
    assert forecast(units(7), late, pace_sd=1) == Forecast(420, 774, date(9999, 12, 31), date(9999, 12, 31))


@pytest.mark.parametrize("pace_sd", [-0.1, float("nan")])
def test_an_impossible_uncertainty_is_refused(pace_sd: float) -> None:
    with pytest.raises(InvalidInput, match="share of 0 or more"):
        forecast([], DAILY_60, pace_sd)


def test_a_plan_carries_the_quantiles_of_everything_the_goal_needs() -> None:
    tail = dataclasses.replace(topic("a", hours=10), hours=Hours(5, 10, 21))
    plan = make_plan(curriculum(tail), plain(TUESDAY, 420, weekday_minutes=(60,) * 7))
    # The mean is (5 + 40 + 21) / 6 = 11 h and the deviation the root of 2.6667 ** 2 + 2.75 ** 2 = 3.8306 h.
    assert (plan.finish, plan.finish_p50, plan.finish_p80) == (
        date(2026, 12, 10),
        date(2026, 12, 11),
        date(2026, 12, 15),
    )
    sure = make_plan(curriculum(tail), plain(TUESDAY, 420, weekday_minutes=(60,) * 7), pace_sd=0)
    assert (sure.finish_p50, sure.finish_p80) == (date(2026, 12, 11), date(2026, 12, 14))
