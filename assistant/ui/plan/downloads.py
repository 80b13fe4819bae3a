"""The plan as files.

Owns: the buttons; a file is made when its button is clicked. Refuses: the formats (``assistant.planning``).
"""

from __future__ import annotations

import json
from datetime import time
from functools import lru_cache
from zoneinfo import available_timezones

import streamlit as st

from assistant.planning import plan_to_csv, plan_to_json, plan_to_markdown
from assistant.planning.calendar_file import DEFAULT_TIME, time_zone
from assistant.study_plans import Followed, StudyPlans

_ICON = ":material/download:"


def show(plans: StudyPlans, followed: Followed) -> None:
    """Four formats in a row."""
    plan = followed.plan
    files = {
        "Markdown": ("md", "text/markdown", lambda: plan_to_markdown(plan, plans.catalogue)),
        "CSV": ("csv", "text/csv", lambda: plan_to_csv(plan)),
        "JSON": ("json", "application/json", lambda: json.dumps(plan_to_json(plan), ensure_ascii=False, indent=2)),
    }
    st.caption("Take the plan with you")
    with st.container(horizontal=True):
        with st.popover("Calendar", icon=":material/calendar_add_on:"):
            _calendar(plans)
        for name, (ending, mime, content) in files.items():
            st.download_button(
                name, content, file_name=f"study-plan.{ending}", mime=mime, icon=_ICON, on_click="ignore",
                help=f"Download as {name}", key=f"file-{ending}",
            )  # fmt: skip


def _calendar(plans: StudyPlans) -> None:
    st.markdown(
        "Import the file into your calendar. After a change, import it again: events move and go, none doubles."
    )
    begins = st.time_input("Study begins at", value=DEFAULT_TIME, key="calendar-time") or DEFAULT_TIME
    zones = zone_names()
    here = own_zone(st.context.timezone)
    zone = st.selectbox("Time zone", zones, index=zones.index(here) if here in zones else 0, key="calendar-zone")
    st.download_button(
        "Download .ics",
        lambda: plans.ical(time_zone(zone), time(begins.hour, begins.minute)),
        file_name="study-plan.ics",
        mime="text/calendar",
        type="primary",
        icon=_ICON,
        on_click="ignore",
        key="file-ics",
    )


@lru_cache(maxsize=1)
def zone_names() -> list[str]:
    """The names of all time zones; reading them from the disk takes a while, so once."""
    return sorted(available_timezones())


def own_zone(of_browser: str | None) -> str:
    """The browser's time zone, else the machine's, else UTC."""
    from tzlocal import get_localzone_name  # noqa: PLC0415 - only where the browser says nothing

    for name in (of_browser, get_localzone_name()):
        if name in zone_names():
            return str(name)
    return "UTC"
