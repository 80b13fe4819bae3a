"""The goal in the learner's words, and the topics it was read as.

Owns: the field, and choosing among what was read. Refuses: reading it (``assistant.goals``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput

if TYPE_CHECKING:
    from assistant.service import Assistant

_READ = "goals_read"
_MAX_CHARS = 500


def show(assistant: Assistant, words: str, targets: tuple[str, ...], key: str) -> tuple[str, tuple[str, ...]]:
    """The goal and its topics; no topics without a goal, which means the whole roadmap.

    Raises:
        InvalidInput: nothing is close to the goal, or every topic was taken away.
        IndexMissing, IndexStale, IndexBroken: there is no usable index to read it with.
    """
    goal = st.text_input(
        "Goal",
        value=words,
        max_chars=_MAX_CHARS,
        placeholder="deploy an LLM app on Kubernetes",
        help="In your own words. Empty means the whole roadmap.",
        key=f"{key}-goal",
    ).strip()
    if not goal:
        # A plan can be for chosen topics without words for them.
        return "", targets if not words else ()
    read = targets if goal == words and targets else _read(assistant, goal)
    chosen = st.multiselect(
        "Read as these topics",
        list(assistant.curriculum.topics),
        default=read,
        format_func=lambda topic: topic_label(assistant.curriculum, topic),
        help="Take away what you did not mean, or add to it. What they build on is planned with them.",
        key=f"{key}-targets-{goal}",
    )
    if not chosen:
        raise InvalidInput("No topic is left of your goal. Choose one, or empty the goal for the whole roadmap.")
    return goal, tuple(chosen)


def topic_label(curriculum: Curriculum, topic: str) -> str:
    """``13. Circuit Breaker``."""
    return f"{curriculum.topics[topic].module}. {curriculum.topics[topic].title}"


def _read(assistant: Assistant, goal: str) -> tuple[str, ...]:
    """The goal's topics, looked up once."""
    known: dict[str, tuple[str, ...]] = st.session_state.setdefault(_READ, {})
    if goal not in known:
        with st.spinner("Reading your goal …"):
            known[goal] = assistant.topics_for_goal(goal)
    return known[goal]
