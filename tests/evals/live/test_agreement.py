"""Agreement of two judges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.live.agreement import agreed, kappa

PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30)


@pytest.mark.parametrize(
    ("pairs", "same", "expected"),
    [
        ([], 0, None),
        ([(True, True)] * 4, 4, None),
        ([(True, True), (False, False)], 2, 1.0),
        ([(True, False), (False, True)], 0, -1.0),
        # A worked example: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
        ([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15, 35, 0.4),
    ],
)
def test_kappa_is_cohens(pairs: list[tuple[bool, bool]], same: int, expected: float | None) -> None:
    assert agreed(pairs) == same
    assert kappa(pairs) == (None if expected is None else pytest.approx(expected))


@given(PAIRS)
def test_kappa_does_not_mind_who_is_who(pairs: list[tuple[bool, bool]]) -> None:
    value, turned = kappa(pairs), kappa([(other, one) for one, other in pairs])
    assert (value is None) == (turned is None)
    if value is not None and turned is not None:
        assert value == pytest.approx(turned)
        assert value <= 1 + 1e-9
