"""The plan from six sides, in tabs of which only the open one is computed.

Owns: the tabs, and choosing a week, a month or a module. Refuses: the figures, which have a file each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.curriculum import Curriculum
from assistant.markdown import plain_text
from assistant.planning import Activity, StudyItem
from assistant.planning.wording import duration_text
from assistant.progress import LogEntry
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.charts import ink
from assistant.ui.figures import show_figure
from assistant.ui.links import topic_link
from assistant.ui.plan import burn_up, graph, month, table, timeline, week
from assistant.ui.plan.icons import ACTIVITY_ICONS
from assistant.ui.plan.sittings import session_text
from assistant.ui.roadmap.modules import DONE_ICON

_TABS = ("Timeline", "Week", "Month", "Burn-up", "Graph", "Table")
_ALL_MODULES = 0


def show(curriculum: Curriculum, plans: StudyPlans, followed: Followed, entries: Sequence[LogEntry]) -> None:
    """The tabs; ``entries`` are the sittings of this plan."""
    color = ink(is_dark=st.context.theme.type == "dark")
    plan, ledger, today = followed.plan, followed.ledger, plans.today
    drawn: dict[str, Callable[[], None]] = {
        "Timeline": lambda: show_figure(timeline.figure(plan, ledger, today, color)),
        "Week": lambda: _week(followed, plans, color),
        "Month": lambda: _month(followed, plans, color),
        "Burn-up": lambda: show_figure(burn_up.figure(plan, entries, today, color)),
        "Graph": lambda: _graph(curriculum, plans, followed, color),
        "Table": lambda: _table(followed),
    }
    for name, tab in zip(_TABS, st.tabs(_TABS, key="view", on_change="rerun", bind="query-params"), strict=True):
        if tab.open:
            with tab:
                drawn[name]()


def _week(followed: Followed, plans: StudyPlans, color: str) -> None:
    weeks = followed.plan.weeks
    place = _chosen("Week", [week.label(each) for each in weeks], week.week_of_day(weeks, plans.today), "week")
    show_figure(week.figure(weeks[place], followed.ledger, color))
    for day in week.days_of(weeks[place]):
        with st.container(gap="xxsmall"):
            st.markdown(f"**{plain_text(day.heading)}**")
            for item in day.items:
                is_done = item.key in followed.ledger.done
                label = f"{'Done, ' if is_done else ''}{duration_text(item.minutes)} · {session_text(item)}"
                topic_link(item.topic, label, DONE_ICON if is_done else ACTIVITY_ICONS[item.activity])


def _month(followed: Followed, plans: StudyPlans, color: str) -> None:
    months = month.months_of(followed.plan)
    place = _chosen("Month", [month.label(each) for each in months], month.month_of_day(months, plans.today), "month")
    show_figure(month.figure(followed.plan, followed.ledger, months[place], plans.today, color))


def _graph(curriculum: Curriculum, plans: StudyPlans, followed: Followed, color: str) -> None:
    done = plans.study.standing().known | followed.ledger.finished
    following = next_item(followed)
    numbers = list(dict.fromkeys(item.module for item in followed.plan.items))
    options = [_ALL_MODULES, *numbers]
    number = st.selectbox(
        "Module",
        options,
        index=options.index(following.module) if following else 0,
        format_func=lambda number: f"{number}. {curriculum.module(number).title}" if number else "All modules",
        key=f"graph-{followed.id}",
    )
    next_topic = following.topic if following else None
    if number == _ALL_MODULES:
        noun, nodes = "module", graph.module_nodes(curriculum, followed.plan, done, next_topic)
    else:
        noun, nodes = "topic", graph.topic_nodes(curriculum, followed.plan, number, done, next_topic)
    show_figure(graph.figure(nodes, noun, color))


def _table(followed: Followed) -> None:
    figure = table.figure(followed.plan, followed.ledger)
    st.caption(plain_text(figure.caption))
    st.dataframe(
        list(figure.rows), hide_index=True, height=480, column_config={"Topic": st.column_config.TextColumn(width=260)},
        alt=figure.caption,
    )  # fmt: skip


def next_item(followed: Followed) -> StudyItem | None:
    """The first item of study that is not done."""
    items = (item for item in followed.plan.items if item.activity is not Activity.REVIEW)
    return next((item for item in items if item.key not in followed.ledger.done), None)


def _chosen(label: str, names: Sequence[str], current: int, key: str) -> int:
    """One of many, with buttons to the one before and after."""
    places = range(len(names))
    if st.session_state.get(key) not in places:
        st.session_state[key] = current
    place = int(st.session_state[key])
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=False):
        _step_button(label, key, -1, disabled=place == 0)
        chosen = st.selectbox(label, places, format_func=lambda place: names[place], key=key)
        _step_button(label, key, 1, disabled=place == len(names) - 1)
    return chosen


def _step_button(label: str, key: str, by: int, *, disabled: bool) -> None:
    st.button(
        "",
        icon=":material/chevron_left:" if by < 0 else ":material/chevron_right:",
        help=f"The {label.lower()} {'before' if by < 0 else 'after'}",
        key=f"{key}-{by}",
        disabled=disabled,
        on_click=_step,
        args=(key, by),
    )


def _step(key: str, by: int) -> None:
    st.session_state[key] += by
