"""The Streamlit app: ``streamlit run app.py`` (or ``make run``)."""

import streamlit as st

from assistant.errors import StudyError
from assistant.ui.learner import for_session
from assistant.ui.links import know_pages
from assistant.ui.pages import LAYOUT, make_pages
from assistant.ui.parts import ICON, wordmark
from assistant.ui.problems import show_problem
from assistant.ui.state import get_assistant

st.set_page_config(page_title="Roadmap Study Assistant", page_icon=ICON, layout="centered")
wordmark()
st.html(LAYOUT)

try:
    assistant = for_session(get_assistant())
except StudyError as error:
    show_problem(error)
    st.stop()

pages = make_pages(assistant)
know_pages(pages)
st.navigation(list(pages.values())).run()
