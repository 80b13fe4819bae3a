"""The roadmap page: the topic that the address names, or the map of all modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import InvalidInput
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.ui.links import TOPIC
from assistant.ui.problems import telling_problems
from assistant.ui.roadmap import modules, topic

if TYPE_CHECKING:
    from assistant.service import Assistant


@telling_problems
def page(assistant: Assistant) -> None:
    """Show the map or one topic."""
    wanted = st.query_params.get(TOPIC)
    try:
        # A link within the page reaches this run without changing the address, and a reload would lose the topic.
        st.query_params.from_dict({} if wanted is None else {TOPIC: wanted})
        if wanted is None:
            modules.show(assistant)
        else:
            topic.show(assistant, assistant.topic(wanted))
    except InvalidInput as error:
        modules.show(assistant, plain_text(problem(error).text))
