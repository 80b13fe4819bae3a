"""The planner over the roadmap that ships with the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from itertools import groupby

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.planning import PlanRequest, make_plan, plan_to_json, weekly_minutes
from assistant.settings import Settings
from tests.assistant.planning.builders import TUESDAY, scheduled

CORPUS = Settings.model_fields["corpus_dir"].default
_SCRIPT = """
import json, sys
from datetime import date
from pathlib import Path
from assistant.curriculum import load_curriculum
from assistant.planning import PlanRequest, make_plan, plan_to_json
graph = load_curriculum(Path(sys.argv[1]))
request = PlanRequest(date(2026, 12, 1), 360, deadline=date(2027, 6, 1), known=frozenset(graph.resolve("1")))
print(json.dumps(plan_to_json(make_plan(graph, request))))
"""


@pytest.fixture(scope="module")
def roadmap() -> Curriculum:
    return load_curriculum(CORPUS)


def test_the_whole_roadmap_is_planned_without_crumbs_and_module_by_module(roadmap: Curriculum) -> None:
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6)))
    assert plan.feasible
    assert sorted(scheduled(plan)) == sorted(roadmap.topics)
    assert min(item.minutes for item in plan.items) >= 10
    runs = [module for module, _ in groupby(item.module for item in plan.items)]
    assert len(runs) == len(roadmap.modules)


def test_modules_come_after_the_modules_they_name_as_prerequisites(roadmap: Curriculum) -> None:
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6)))
    place = {module: index for index, module in enumerate(dict.fromkeys(item.module for item in plan.items))}
    number = {module.id: module.number for module in roadmap.modules}
    for module in roadmap.modules:
        assert all(place[number[edge.id]] < place[module.number] for edge in module.prerequisites)


def test_a_chosen_module_brings_its_prerequisites_and_no_more(roadmap: Curriculum) -> None:
    targets = roadmap.resolve("13")
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6), deadline=date(2027, 3, 1), targets=targets))
    assert plan.feasible
    assert set(scheduled(plan)) == set(roadmap.closure(targets))
    assert {item.topic for item in plan.items if item.why.startswith("A goal of this plan")} == set(targets)


def test_two_processes_make_the_same_plan(roadmap: Curriculum) -> None:
    request = PlanRequest(date(2026, 12, 1), 360, deadline=date(2027, 6, 1), known=frozenset(roadmap.resolve("1")))
    here = plan_to_json(make_plan(roadmap, request))
    for seed in ("1", "2"):
        # Another seed gives sets of strings another order, which must not show in the plan.
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(CORPUS.parent)}
        there = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(CORPUS)], env=environment, capture_output=True, check=True, text=True
        )
        assert json.loads(there.stdout) == here
    assert not here["feasible"]
