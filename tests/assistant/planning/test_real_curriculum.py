"""The planner over the roadmap that ships with the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from itertools import groupby, pairwise

import pytest

from assistant.catalogue import load_catalogue
from assistant.curriculum import Curriculum, load_curriculum
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan, make_plan, plan_to_json, weekly_minutes
from assistant.settings import Settings
from tests.assistant.planning.builders import TUESDAY, scheduled

CORPUS = Settings.model_fields["corpus_dir"].default
_SCRIPT = """
import json, sys
from datetime import date
from pathlib import Path
from assistant.catalogue import load_catalogue
from assistant.curriculum import load_curriculum
from assistant.planning import PlanRequest, make_plan, plan_to_json
graph = load_curriculum(Path(sys.argv[1]))
request = PlanRequest(date(2026, 12, 1), 360, deadline=date(2027, 6, 1), known=frozenset(graph.resolve("1")))
print(json.dumps(plan_to_json(make_plan(graph, request))))
"""


def _study(plan: StudyPlan) -> list[StudyItem]:
    return [item for item in plan.items if item.activity is not Activity.REVIEW]


@pytest.fixture(scope="module")
def roadmap() -> Curriculum:
    return load_curriculum(CORPUS)


def test_the_whole_roadmap_is_planned_without_crumbs_and_module_by_module(roadmap: Curriculum) -> None:
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6)))
    assert plan.feasible
    assert sorted(scheduled(plan)) == sorted(roadmap.topics)
    assert min(item.minutes for item in plan.items) >= 10
    runs = [module for module, _ in groupby(item.module for item in _study(plan))]
    assert len(runs) == len(roadmap.modules)
    assert [one.module for one in plan.milestones] == runs


def test_modules_come_after_the_modules_they_name_as_prerequisites(roadmap: Curriculum) -> None:
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6)))
    place = {module: index for index, module in enumerate(dict.fromkeys(item.module for item in _study(plan)))}
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


def test_every_reading_has_resources_of_its_topic(roadmap: Curriculum) -> None:
    catalogue = load_catalogue(CORPUS, roadmap)
    about = {one.id: one.topics for one in catalogue}
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6)), catalogue)
    for item in plan.items:
        if item.activity is Activity.READ:
            assert 1 <= len(item.resources) <= 3
            assert all(item.topic in about[one] for one in item.resources)
        else:
            assert item.resources == ()


def test_reviews_fill_their_share_and_keep_coming_from_other_modules(roadmap: Curriculum) -> None:
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6)))
    reviews = [item for item in plan.items if item.activity is Activity.REVIEW]
    share = sum(item.minutes for item in reviews) / sum(item.minutes for item in plan.items)
    assert 0.15 <= share <= 0.20
    same = sum(one.module == other.module for one, other in pairwise(reviews))
    assert same / len(reviews) < 0.05
    assert {item.topic for item in reviews} >= set(list(roadmap.topics)[:100])


@pytest.mark.parametrize("month", [date(2027, 2, 1), date(2027, 6, 1), date(2027, 12, 1)])
def test_what_to_drop_of_the_whole_roadmap_is_proven(roadmap: Curriculum, month: date) -> None:
    plan = make_plan(roadmap, PlanRequest(TUESDAY, weekly_minutes(6), deadline=month, projects=False))
    assert plan.ways_out is not None
    assert plan.ways_out.proven
    kept = scheduled(plan)
    assert sorted([*kept, *plan.ways_out.drop]) == sorted(roadmap.topics)
