"""What a report holds: exact values on a small run, and nothing that differs from run to run outside two keys."""

from __future__ import annotations

import json

from evals.reporting.contents import VARYING
from tests.evals.reporting.samples import report, values


def test_two_runs_differ_only_where_they_may() -> None:
    first, second = values(), values(latency_ms=99.0, at="2027-01-01T00:00:00+00:00")
    assert {key for key in first if first[key] != second[key]} == set(VARYING)
    assert json.dumps(first, allow_nan=False) == json.dumps(values(), allow_nan=False)


def test_limits_are_told_with_their_outcome_and_without_infinity() -> None:
    assert values()["limits"] == [
        {"metric": "retrieval.module.Success@1", "floor": 0.8, "ceiling": None, "holds": False},
        {"metric": "refusal.falsely_refused", "floor": None, "ceiling": 0.6, "holds": True},
        {"metric": "plans.violations", "floor": None, "ceiling": 0.0, "holds": False},
    ]


def test_the_gate_s_verdict_is_in_it() -> None:
    found = values()
    assert found["ok"] is False
    assert found["broken"][1] == {
        "metric": "plans.violations", "limit": "at most 0.00", "value": 2.0, "reason": "must be at most 0.00",
    }  # fmt: skip
    assert found["comparison"] == [
        {
            "metric": "retrieval.module.Success@1", "difference": -0.03, "low": -0.06, "high": 0.01,
            "p_adjusted": 0.4, "n": 3, "margin": 0.02, "problem": "may be 0.050 worse",
        }
    ]  # fmt: skip


def test_a_reader_gets_back_what_was_written() -> None:
    read, written = report(), values()
    assert read.metrics["answers.key_facts"].model_dump() == written["metrics"]["answers.key_facts"]
    assert read.scores == {"answers.key_facts": {"q1": 0.5, "q3": 1.0}}
    assert read.clusters == {"q1": "topic-1", "q3": "topic-2"}
    assert [dict(row) for row in read.rows] == json.loads(json.dumps(written["rows"]))
    assert read.run.generation == "gen-0003"
    assert read.suites == ("retrieval", "refusal", "answers", "plans")
