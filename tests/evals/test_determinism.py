"""Two runs give the same report: in other processes, with other hash seeds, beside their timings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# A slice of every case file: what is not repeatable shows in a few cases of each kind.
RUN = """
import dataclasses, json, pathlib, sys
from assistant.service import open_assistant
from assistant.settings import load_settings
from evals.gate import judge
from evals.reporting.contents import VARYING, results_json
from evals.runner import run_all
from tests.evals.project_cases import project_cases
cases = project_cases()
some = {field.name: getattr(cases, field.name)[:12] for field in dataclasses.fields(cases)}
originals = [case for case in cases.questions if case.id in {one.of for one in some["variants"]}]
some["questions"] = list({case.id: case for case in (*some["questions"], *originals)}.values())
settings = load_settings()
assistant = open_assistant(settings, journal_path=pathlib.Path(sys.argv[1]))
results = run_all(assistant, settings, dataclasses.replace(cases, **some), lambda: None)
report = results_json(results, judge(results, None))
for varying in VARYING:
    report.pop(varying, None)
print(json.dumps(report))
"""


def test_two_runs_give_the_same_bytes(real_home: Path, tmp_path: Path) -> None:
    reports = []
    for seed in ("1", "2"):
        environment = {**os.environ, "STUDY_HOME": str(real_home), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", RUN, str(tmp_path / f"{seed}.sqlite")]
        reports.append(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(reports[0]) > 10_000
    assert reports[0] == reports[1]
