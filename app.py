"""The Streamlit app: ``streamlit run app.py`` (or ``make run``)."""

import streamlit as st

from assistant.errors import StudyError
from assistant.ui import chat, evals, placement, plan, settings, sources
from assistant.ui.links import know_pages
from assistant.ui.parts import ICON, wordmark
from assistant.ui.practise import page as practise
from assistant.ui.roadmap import page as roadmap
from assistant.ui.state import get_assistant, get_jobs

st.set_page_config(page_title="Roadmap Study Assistant", page_icon=ICON, layout="centered")
wordmark()

try:
    assistant = get_assistant()
except StudyError as error:
    st.error(error.user_message, icon=":material/error:")
    st.stop()

pages = {
    "chat": st.Page(lambda: chat.page(assistant), title="Chat", icon=":material/forum:", url_path="chat", default=True),
    "plan": st.Page(lambda: plan.page(assistant), title="Plan", icon=":material/event_note:", url_path="plan"),
    "practise": st.Page(
        lambda: practise.page(assistant), title="Practise", icon=":material/exercise:", url_path="practise"
    ),
    "placement": st.Page(
        lambda: placement.page(assistant),
        title="Placement",
        icon=":material/quiz:",
        url_path="placement",
        visibility="hidden",
    ),
    "roadmap": st.Page(lambda: roadmap.page(assistant), title="Roadmap", icon=":material/map:", url_path="roadmap"),
    "sources": st.Page(
        lambda: sources.page(assistant, get_jobs()),
        title="Sources",
        icon=":material/library_books:",
        url_path="sources",
    ),
    "evals": st.Page(lambda: evals.page(assistant), title="Evals", icon=":material/fact_check:", url_path="evals"),
    "settings": st.Page(
        lambda: settings.page(assistant), title="Settings", icon=":material/tune:", url_path="settings"
    ),
}
know_pages(pages)
st.navigation(list(pages.values())).run()
