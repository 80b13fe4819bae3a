"""What was missed or is known by now, and the plan that takes account of it, shown as a diff before it is taken.

Owns: the banner and the diff. Refuses: the words (``sittings``, ``diff``) and making the version
(``assistant.replanning``).
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.markdown import plain_text
from assistant.replanning import Replan, missed
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.plan.diff import counts_of, rows_of, summary
from assistant.ui.plan.place import Mode, attempt, go, mode
from assistant.ui.plan.sittings import known_by_now_text, missed_text


def show(plans: StudyPlans, followed: Followed) -> None:
    """The banner, if something was missed or is known by now, and the new plan if it was asked for."""
    current = mode()
    is_outdated = bool(banner(plans, followed))
    if is_outdated and current is None:
        st.button("See a new plan", type="primary", icon=":material/difference:", on_click=go, args=(Mode.CATCH_UP,))
    if current in {Mode.CATCH_UP, Mode.ANEW} and (is_outdated or current is Mode.ANEW):
        anew = current is Mode.ANEW
        version = plans.replan(anew=anew)
        show_diff(plans, followed, version, lambda: _take(plans, anew=anew), lambda: go(None), can_go_anew=not anew)


def banner(plans: StudyPlans, followed: Followed) -> str:
    """Say what has made the plan out of date; returns what a link to the new one says, empty if nothing has."""
    late = missed(followed.plan, followed.ledger, plans.today)
    known = plans.known_by_now(followed)
    if late:
        st.warning(plain_text(missed_text(late)), icon=":material/history:")
    if known:
        st.info(known_by_now_text(known), icon=":material/task_alt:")
    return "See a plan that makes room for it" if late else "See a plan without them" if known else ""


def show_diff(
    plans: StudyPlans,
    followed: Followed,
    version: Replan,
    take: Callable[[], None],
    leave: Callable[[], None],
    *,
    can_go_anew: bool = False,
) -> None:
    """What a version would change, with buttons to take it or not."""
    with st.container(border=True, key="diff"):
        st.markdown(f"**The new plan.** {plain_text(summary(version, followed.plan))}")
        if not version.plan.feasible:
            st.warning(plain_text(version.plan.verdict), icon=":material/event_busy:")
        counts = counts_of(version)
        st.markdown(" · ".join(f"**{number:,}** {word.lower()}" for word, number in counts.items()))
        if version.changes:
            st.dataframe(
                rows_of(version),
                hide_index=True,
                height=min(320, 40 + 36 * len(version.changes)),
                column_config={
                    "Change": st.column_config.TextColumn(width=105),
                    "What": st.column_config.TextColumn(width=190),
                    "From": st.column_config.DateColumn(width=105, format="D MMM YYYY"),
                    "To": st.column_config.DateColumn(width=105, format="D MMM YYYY"),
                    "Minutes": st.column_config.NumberColumn(width=70),
                    "Why": st.column_config.TextColumn(width=260),
                },
                placeholder="–",
                alt="What changes, with the old and the new day and the reason",
            )
        with st.container(horizontal=True):
            st.button("Take it", type="primary", icon=":material/check:", on_click=take)
            if can_go_anew:
                st.button("Lay everything out anew instead", on_click=go, args=(Mode.ANEW,))
            st.button("Not now", on_click=leave)


def _take(plans: StudyPlans, *, anew: bool) -> None:
    def keep() -> str:
        plans.accept(plans.replan(anew=anew))
        return "Taken. This is your plan now."

    attempt(keep)
    go(None)
