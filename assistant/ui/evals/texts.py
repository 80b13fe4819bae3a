"""The parts of the evals page that are no charts.

Owns: how the verdict, the headline figures, the cases and the downloads look. Refuses: what they say
(``assistant.eval_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.eval_numbers import spread_text, value_text
from assistant.eval_report import RUN_COMMAND, EvalReport, WorstCase
from assistant.eval_words import LIMITATIONS, SEVERITIES, headlines_of, verdict_text
from assistant.markdown import plain_text
from assistant.planning.wording import count_text

_SHOWN = 10
_ICON = ":material/download:"

_HOW = f"""
Run it in a terminal, beside `app.py`; it takes a few minutes and needs neither a language model nor a network:

```sh
{RUN_COMMAND}                # every suite; exit code 1 when a limit is broken
{RUN_COMMAND} show q012      # one case: passages, the answer, every verdict
{RUN_COMMAND} diff A B       # two reports: what moved, and what of it is chance
```

**Cases of your own.** `{RUN_COMMAND} new` turns an answer that you marked as wrong into a case, and
`{RUN_COMMAND} run FILE` measures your cases on your material. `evals/README.md` shows the format.
"""


def show_verdict(report: EvalReport) -> None:
    """Whether the limits hold, and those that do not."""
    text = verdict_text(report)
    if report.ok:
        st.success(text, icon=":material/verified:")
        return
    lines = [f"- `{_code(one.metric)}` {plain_text(one.text)}" for one in report.broken]
    st.error("\n".join([text, "", *lines]), icon=":material/gpp_bad:")


def show_headlines(report: EvalReport) -> None:
    """The figures that say something to a learner, two in a row."""
    found = list(headlines_of(report))
    for place in range(0, len(found), 2):
        for column, (line, figure) in zip(st.columns(2), found[place : place + 2], strict=False):
            with column.container(border=True, height="stretch", gap="xxsmall"):
                st.metric(line.title, value_text(figure, is_count=line.is_count))
                st.markdown(spread_text(figure, is_count=line.is_count).capitalize())
                st.caption(f"{line.meaning}{' Less is better.' if line.less_is_better else ''}")


def show_worst(cases: Sequence[WorstCase]) -> None:
    """What went wrong, the most severe first; all of it folded below the first ten."""
    if not cases:
        st.markdown("Every case went as it should.")
        return
    st.markdown(f"{count_text(len(cases), 'case')} did not go as they should, the most severe first.")
    for one in cases[:_SHOWN]:
        _show_case(one)
    st.caption(f"See one whole, in a terminal: `{RUN_COMMAND} show {_code(cases[0].id)}`")
    if len(cases) > _SHOWN:
        with st.expander(f"All {len(cases)} as a table", icon=":material/table:"):
            st.dataframe([_row(one) for one in cases], hide_index=True, alt="Every case that went wrong")


def show_about() -> None:
    """How to run it, and what it does not show."""
    st.markdown("**What this does not show**\n" + "\n".join(f"- {text}" for text in LIMITATIONS))
    st.markdown(_HOW)


def show_downloads(file: Path) -> None:
    """The report as a page that can be read anywhere, and as data; a file that is gone has no button."""
    offered = (("HTML", "html", "text/html"), ("Markdown", "md", "text/markdown"), ("JSON", "json", "application/json"))
    found = [(*one, file.with_suffix(f".{one[1]}")) for one in offered if file.with_suffix(f".{one[1]}").is_file()]
    if not found:
        return
    st.caption("Take the report with you")
    with st.container(horizontal=True):
        for name, ending, mime, path in found:
            st.download_button(
                name, path.read_bytes, file_name=f"eval-report.{ending}", mime=mime, icon=_ICON, on_click="ignore",
                help=f"Download as {name}", key=f"report-{ending}",
            )  # fmt: skip


def _show_case(one: WorstCase) -> None:
    with st.container(border=True, gap="xsmall"):
        color = "red" if one.severity >= max(SEVERITIES) - 1 else "gray"
        kind = SEVERITIES.get(one.severity, "")
        st.markdown(f":{color}-badge[{kind}] :gray-badge[{plain_text(one.suite)}] `{_code(one.id)}`")
        if one.question:
            st.markdown(plain_text(one.question))
        st.caption("  \n".join(plain_text(text) for text in one.why))


def _row(one: WorstCase) -> dict[str, object]:
    return {
        "Case": one.id,
        "Suite": one.suite,
        "How bad": SEVERITIES.get(one.severity, ""),
        "Question": one.question,
        "Why": " ".join(one.why),
    }


def _code(name: str) -> str:
    """A name inside a code span: what would end the span has no place in one."""
    return " ".join(name.replace("`", "'").split())
