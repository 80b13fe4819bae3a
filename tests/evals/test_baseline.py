"""The committed baseline fits the cases, and a damaged one says how to make it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InvalidInput
from evals.baseline import read_baseline, write_baseline
from evals.limits import LIMITS
from evals.suite import SuiteResult


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    result = SuiteResult("s", {}, (), scores={"b": {"2": 1 / 3, "1": 1.0}, "a": {"1": 0.0}, "other": {"1": 1.0}})
    write_baseline([result], {"s.a", "s.b"}, file)
    assert file.read_text() == '{\n"s.a": {"1":0.0},\n"s.b": {"1":1.0,"2":0.3333}\n}\n'
    assert read_baseline(file) == {"s.a": {"1": 0.0}, "s.b": {"1": 1.0, "2": 0.3333}}


@pytest.mark.parametrize(
    ("text", "message"), [(None, "cannot be read"), ("{", "is damaged"), ('{"s.a": 1}', "is damaged")]
)
def test_a_damaged_one_says_what_to_do(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "baseline.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InvalidInput, match="python -m evals --accept") as caught:
        read_baseline(file)
    assert message in caught.value.user_message


def test_the_committed_one_has_every_metric_that_is_compared() -> None:
    assert set(read_baseline()) == {limit.metric for limit in LIMITS if limit.margin is not None}
