"""The pace that finished sittings show."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Pace, learned_pace

DAY = date(2026, 12, 1)


def entry(planned: int, actual: int, status: EntryStatus = EntryStatus.DONE) -> LogEntry:
    return LogEntry("k", "t", status, planned, actual, DAY)


def test_without_a_log_the_estimates_are_taken_as_they_are() -> None:
    assert learned_pace([]) == Pace(1.0, 0.25, 0)


@pytest.mark.parametrize(
    ("entries", "factor"),
    [
        ([entry(60, 120)], (600 + 120) / (600 + 60)),
        ([entry(600, 1200)], 1.5),
        ([entry(6000, 12000)], 12600 / 6600),
        ([entry(600, 300)], 0.75),
        ([entry(60, 0), entry(0, 60), entry(60, 300, EntryStatus.PARTLY), entry(60, 0, EntryStatus.SKIPPED)], 1.0),
        ([entry(6000, 600_000)], 4.0),
    ],
    ids=["one slow evening", "ten slow hours", "a hundred", "fast", "what says nothing", "held within limits"],
)
def test_the_factor_is_shrunk_towards_the_estimates(entries: list[LogEntry], factor: float) -> None:
    assert learned_pace(entries).factor == pytest.approx(factor)


def test_the_uncertainty_shrinks_with_what_is_known_and_never_to_nothing() -> None:
    sds = [learned_pace([entry(minutes, minutes)]).sd for minutes in (60, 600, 1800, 1_000_000)]
    assert sds == sorted(sds, reverse=True)
    assert sds[1] == pytest.approx(0.25 * 0.5**0.5)
    assert sds[-1] == 0.08
    assert learned_pace([entry(60, 66)]).percent == 101
