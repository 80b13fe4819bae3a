"""The plan as CSV."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest

from assistant.planning import make_plan, plan_to_csv
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, resource, topic


def test_a_table_to_the_letter() -> None:
    graph = curriculum(topic("a", 1, hours=1), topic("b", 2, hours=0.25, hard=["a"]))
    catalogue = [resource("page-1", ["a"]), resource("page-2", ["a"])]
    assert plan_to_csv(make_plan(graph, plain(TUESDAY, 360), catalogue)) == (
        "date,week,module,module_title,topic,title,activity,part,parts,minutes,why,resources,key\r\n"
        "2026-12-01,1,1,Module 1,a,Topic a,read,1,1,35,Needed for “Topic b”: b uses a.,page-1 page-2,a:read:1\r\n"
        "2026-12-01,1,1,Module 1,a,Topic a,practise,1,1,25,Needed for “Topic b”: b uses a.,,a:practise:1\r\n"
        "2026-12-01,1,2,Module 2,b,Topic b,read,1,1,15,Builds on “Topic a”: b uses a.,,b:read:1\r\n"
    )


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_title_that_a_spreadsheet_would_run_is_text(start: str) -> None:
    graph = curriculum(dataclasses.replace(topic("a", hours=0.25), title=f'{start}, "x"\ny'))
    (row,) = csv.DictReader(io.StringIO(plan_to_csv(make_plan(graph, plain(TUESDAY, 360))), newline=""))
    assert row["title"] == f'\'{start}, "x"\ny'
    assert row["why"] == "Part of module 1, Module 1."
