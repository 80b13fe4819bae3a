"""The result of the placement test: what it takes for known, to be looked through, and taken or not.

Owns: how the result looks. Refuses: deciding what is known (``assistant.placement``) and marking it
(``assistant.placing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.curriculum import Curriculum
from assistant.domain import Module
from assistant.errors import StudyError
from assistant.markdown import plain_text, safe_markdown
from assistant.page_words import problem
from assistant.placement import Outcome, PlacementQuestion, PlacementResult, confidence_text, is_sure
from assistant.placing import Finding, Placing, Taken, taken_text
from assistant.planning.wording import count_text
from assistant.ui.links import page_of, topic_link

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from assistant.service import Assistant

TAKEN = "placement_taken"
"""What came of the result taken last, until another test begins."""
_FAILED = "placement_failed"
_MARKS = {
    Outcome.RIGHT: (":material/check_circle:", "**Right.**"),
    Outcome.WRONG: (":material/cancel:", "**Not right.** The answer is:"),
    Outcome.DONT_KNOW: (":material/help:", "**You did not know.** The answer is:"),
}


def show(assistant: Assistant, placing: Placing, seed: int) -> None:
    """The whole result; ``seed`` tells it from those of other sittings."""
    with st.spinner("Adding up your answers …"):
        result, findings = placing.result(), placing.findings()
    _headline(result)
    actions = st.container(horizontal=True)
    if message := st.session_state.pop(_FAILED, ""):
        st.error(plain_text(message), icon=":material/error:")
    _answers(assistant.curriculum, placing.answers())
    # The list comes below the buttons, for it can be long, and is read before them: it says what they take.
    wanted = _by_module(assistant.curriculum, findings, seed)
    _actions(actions, placing, wanted, findings)


def show_taken(taken: Taken) -> None:
    """What came of a result, and where to go from there."""
    st.success(taken_text(taken), icon=":material/check:")
    with st.container(horizontal=True):
        for name, label, icon in (
            ("plan", "Make a plan", ":material/event_note:"),
            ("roadmap", "See the roadmap", ":material/map:"),
        ):
            if (page := page_of(name)) is not None:
                st.page_link(page, label=label, icon=icon)


def _headline(result: PlacementResult) -> None:
    total = len(result.probability)
    st.header(f"You seem to know {len(result.known)} of {count_text(total, 'topic')}")
    st.markdown(confidence_text(result))


def _by_module(curriculum: Curriculum, findings: Sequence[Finding], seed: int) -> frozenset[str]:
    """What is taken for known, by module, to be unticked; returns what is ticked."""
    if not findings:
        return frozenset()
    st.header("Taken as known")
    st.markdown("Untick what you want to study all the same. Modules that are known in part are open.")
    ticked: set[str] = set()
    for module in curriculum.modules:
        own = [each for each in findings if curriculum.topics[each.topic].module == module.number]
        if own:
            ticked.update(_module(curriculum, module, own, seed))
    return frozenset(ticked)


def _module(curriculum: Curriculum, module: Module, findings: Sequence[Finding], seed: int) -> list[str]:
    whole = len(findings) == len(module.topics)
    count = f"all {len(findings)}" if whole else f"{len(findings)} of {len(module.topics)}"
    label = f"**{module.number}. {plain_text(module.title)}** · {count} known"
    with st.expander(label, expanded=not whole, key=f"placement-module-{seed}-{module.number}"):
        return [each.topic for each in findings if _topic(curriculum, each, seed)]


def _topic(curriculum: Curriculum, finding: Finding, seed: int) -> bool:
    notes = {
        "recorded already": finding.recorded,
        "you said that you do not know it": finding.denied,
        "less sure": not is_sure(finding.probability) and not finding.recorded,
    }
    note = ", ".join(text for text, holds in notes.items() if holds)
    title = plain_text(curriculum.topics[finding.topic].title)
    return st.checkbox(
        f"{title} · {note}" if note else title,
        value=not finding.denied,
        key=f"placement-take-{seed}-{finding.topic}",
        disabled=finding.recorded,
    )


def _actions(place: DeltaGenerator, placing: Placing, wanted: frozenset[str], findings: Sequence[Finding]) -> None:
    new = len([each for each in findings if each.topic in wanted and not each.recorded])
    more = "more " if any(each.recorded for each in findings) else ""
    label = f"Take {count_text(new, f'{more}topic')} as known" if findings else "Take this result"
    place.button(label, type="primary", icon=":material/check:", on_click=_accept, args=(placing, wanted))
    again = place.button("Again", icon=":material/refresh:", help="Another test, with other questions")
    place.button("Discard", icon=":material/delete:", on_click=placing.abandon)
    if again:
        with st.spinner("Choosing the first question …"):
            placing.retake()
        st.rerun()


def _accept(placing: Placing, wanted: frozenset[str]) -> None:
    try:
        st.session_state[TAKEN] = placing.accept(wanted)
    except StudyError as error:
        st.session_state[_FAILED] = problem(error).text


def _answers(curriculum: Curriculum, answers: Sequence[tuple[PlacementQuestion, Outcome]]) -> None:
    right = sum(outcome is Outcome.RIGHT for _, outcome in answers)
    with st.expander(f"Your answers: {right} of {len(answers)} right", icon=":material/fact_check:"):
        for question, outcome in answers:
            icon, verdict = _MARKS[outcome]
            topic_link(question.topic, curriculum.topics[question.topic].title, icon)
            st.markdown(
                f"{safe_markdown(question.text)}  \n{verdict} {safe_markdown(question.options[question.right])}"
            )
