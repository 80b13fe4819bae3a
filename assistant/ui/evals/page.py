"""The evals page: the verdict, the headline figures, and one of five views.

Owns: the page's frame, finding the report, and what is said where there is none. Refuses: measuring: a run takes
minutes and belongs in a terminal.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import StudyError
from assistant.eval_numbers import gains, time_text
from assistant.eval_report import RUN_COMMAND, EvalReport, ReportMissing, latest_report, read_report
from assistant.generation import current_generation
from assistant.markdown import plain_text
from assistant.settings import load_settings
from assistant.ui.charts import ink
from assistant.ui.evals import figures, modules, texts
from assistant.ui.figures import show_figure
from assistant.ui.problems import show_problem

if TYPE_CHECKING:
    from assistant.service import Assistant

_CONFIDENCE, _FIGURES, _MODULES, _WORST, _ABOUT = "Confidence", "All figures", "Modules", "Worst cases", "About"
_BASELINE, _SIMPLER = "against the baseline", "against simpler searches"

_EMPTY = f"""
Nothing has been measured on this machine yet. The evals ask some 600 questions, play conversations and make plans,
without a language model and without a network, and report how often that goes as it should. In a terminal, beside
`app.py`:

```sh
{RUN_COMMAND}
```

It takes a few minutes. Then reload this page.
"""


def page(assistant: Assistant) -> None:
    """Show the last report, or how to get one."""
    st.title("Evals")
    try:
        settings = load_settings()
        file = latest_report(settings)
        report = _report(file)
        generation = current_generation(assistant.home / "index")
    except ReportMissing:
        st.markdown(_EMPTY)
        return
    except StudyError as error:
        show_problem(error)
        st.code(RUN_COMMAND, language="sh")
        return
    texts.show_verdict(report)
    _stand(report, generation.name if generation else "")
    texts.show_headlines(report)
    _views(report)
    texts.show_downloads(file)


def _stand(report: EvalReport, generation: str) -> None:
    run = report.run
    parts = [f"Run on {time_text(run)}" if run.at else "When it was run is not known"]
    if run.generation:
        parts.append(f"on index {run.generation}" + ("" if run.passages is None else f" of {run.passages:,} passages"))
    st.caption(plain_text(", ".join(parts)) + ".")
    if run.generation and generation and generation != run.generation:
        text = f"The index in use is {generation} by now, so these figures may be old. Run `{RUN_COMMAND}` again."
        st.info(text, icon=":material/update:")


def _views(report: EvalReport) -> None:
    color = ink(is_dark=st.context.theme.type == "dark")
    names = [_CONFIDENCE, _FIGURES, _MODULES, _WORST, _ABOUT]
    for name, tab in zip(names, st.tabs(names, key="shown", on_change="rerun", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                _view(name, report, color)


def _view(name: str, report: EvalReport, color: str) -> None:
    if name == _CONFIDENCE:
        st.markdown(
            "Every answer has a confidence: how likely the roadmap covers the question. If it is honest, the points "
            "lie on the broken line."
        )
        show_figure(figures.reliability(report.reliability))
        show_figure(figures.risk(report.risk_coverage, report.operating_point, color))
    elif name == _FIGURES:
        _figures(report, color)
    elif name == _MODULES:
        show_figure(modules.figure(report.modules, color))
    elif name == _WORST:
        texts.show_worst(report.worst)
    else:
        texts.show_about()


def _figures(report: EvalReport, color: str) -> None:
    baseline = [_BASELINE] if report.comparison else []
    simpler = [_SIMPLER] if gains(report) else []
    shown = st.selectbox("Figures", [*report.suites, *baseline, *simpler], format_func=str.capitalize, key="figures")
    if shown == _BASELINE:
        show_figure(figures.comparison(report, color))
    elif shown == _SIMPLER:
        show_figure(figures.simpler(report, color))
    elif shown:
        show_figure(figures.intervals(report, shown, color))


def _report(file: Path) -> EvalReport:
    try:
        stat = file.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
    except OSError:
        # Reading says what is the matter.
        return read_report(file)
    return _read(file, stamp)


@lru_cache(maxsize=1)
def _read(file: Path, _stamp: tuple[int, int]) -> EvalReport:
    """A report has thousands of rows, and every click draws the page anew."""
    return read_report(file)
