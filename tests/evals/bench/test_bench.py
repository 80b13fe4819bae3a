"""The benchmark at a small size: that it runs and adds up; its figures are for ``make bench``."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.planning import PlanRequest, make_plan
from assistant.settings import Settings
from evals.bench.embedding import EmbeddingResult
from evals.bench.plans import PlanResult, synthetic_roadmap
from evals.bench.report import bench_json, growth, plans_table, scale_table
from evals.bench.scale import ScaleResult, measure_size

SMALL = ScaleResult(1000, "real", 10.0, 90.0, 0.5, 2.0, 100.0, 400.0, 5.0, 9.0, 4.0)


PLAN = PlanResult("fits", 2000, 900, 2.5, None)


def test_a_small_size_is_measured_from_end_to_end(tmp_path: Path) -> None:
    result = measure_size(600, True, Settings().corpus_dir, tmp_path / "cache", tmp_path / "work")
    assert (result.vectors, result.chunks) == ("synthetic", 600)
    assert result.unchanged_s < result.first_s
    assert min(result.one_file_s, result.question_p50_ms, result.roadmap_p50_ms) > 0
    assert result.child_mb > 0
    assert result.peak_mb >= 0  # this process may have held more before
    assert result.question_p50_ms <= result.question_p95_ms


def test_growth_is_the_exponent_of_time_over_chunks() -> None:
    larger = replace(SMALL, chunks=100_000, first_s=1000.0, unchanged_s=0.5, one_file_s=20.0)
    assert growth([SMALL, larger]) == [
        {"first_s": 1.0, "unchanged_s": 0.0, "one_file_s": 0.5, "question_p50_ms": 0.0, "roadmap_p50_ms": 0.0}
    ]


def test_json_and_table_hold_every_size() -> None:
    larger = replace(SMALL, chunks=10_000, first_s=100.0)
    embedding = EmbeddingResult(32, 70.0, 280.0, 4.0, 0.9999, 0.99999, 3.0)
    report = json.loads(json.dumps(bench_json(embedding, [SMALL, larger], [PLAN])))
    assert [entry["chunks"] for entry in report["scale"]] == [1000, 10_000]
    assert report["embedding"]["ratio"] == 4.0
    assert report["plans"] == [{"name": "fits", "topics": 2000, "items": 900, "seconds": 2.5, "proven": None}]
    table = scale_table([SMALL, larger])
    assert [column.header for column in table.columns] == ["", "1,000 chunks", "10,000 chunks"]
    assert list(table.columns[2].cells)[1] == "100.0 s (^1.00)"


def test_a_made_up_roadmap_is_the_same_every_time_and_can_be_planned() -> None:
    roadmap = synthetic_roadmap(40)
    assert roadmap == synthetic_roadmap(40)
    assert (len(roadmap.modules), len(roadmap.topics)) == (10, 40)
    plan = make_plan(roadmap, PlanRequest(date(2026, 12, 1), 360))
    assert {item.topic for item in plan.items} == set(roadmap.topics)


def test_the_table_of_plans_says_what_is_proven() -> None:
    table = plans_table([PLAN, replace(PLAN, proven=True), replace(PLAN, proven=False)])
    assert list(table.columns[1].cells) == ["2,000"] * 3
    assert list(table.columns[4].cells) == ["", "proven", "not proven"]
