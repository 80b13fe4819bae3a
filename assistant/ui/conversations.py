"""The conversations in the sidebar: search, open, rename, export, delete.

Owns: the list and its dialogs. Refuses: showing a conversation (``assistant.ui.chat``).
"""

from __future__ import annotations

import streamlit as st

from assistant.conversations import TITLE_CHARS, Conversation, new_conversation_id
from assistant.errors import StudyError
from assistant.export import conversation_to_markdown, file_name
from assistant.journal import Journal
from assistant.markdown import plain_text
from assistant.planning.wording import count_text
from assistant.ui.problems import show_problem
from assistant.ui.state import open_conversation

_RECENT = 15
_MORE = "all_conversations"
_RENAME, _EXPORT, _DELETE = "Rename", "Export", "Delete"
_ICONS = {_RENAME: ":material/edit:", _EXPORT: ":material/download:", _DELETE: ":material/delete:"}


def sidebar(journal: Journal | None, current: str) -> None:
    """A new conversation, and the earlier ones."""
    with st.sidebar:
        if st.button("New conversation", icon=":material/add:", width="stretch"):
            _open(new_conversation_id())
        if journal is None or not (conversations := journal.conversations()):
            return
        wanted = st.text_input(
            "Search conversations",
            placeholder="Search conversations",
            icon=":material/search:",
            label_visibility="collapsed",
            live=True,
        )
        if wanted and wanted.strip():
            conversations = tuple(hit.conversation for hit in journal.search(wanted))
            found = count_text(len(conversations), "conversation") if conversations else "Nothing"
            st.caption(f"{found} found")
        with st.container(gap=None):
            _list(journal, conversations, current)


def _list(journal: Journal, conversations: tuple[Conversation, ...], current: str) -> None:
    shown = conversations if st.session_state.get(_MORE) else conversations[:_RECENT]
    for conversation in shown:
        with st.container(horizontal=True, gap=None, wrap=False):
            _row(journal, conversation, is_current=conversation.id == current)
    if len(shown) < len(conversations):
        st.button(f"Show all {len(conversations)}", type="tertiary", on_click=_show_all)


def _row(journal: Journal, conversation: Conversation, *, is_current: bool) -> None:
    title = plain_text(conversation.title)
    with st.container(width="stretch"):  # it keeps a short title at the left, and a long one from the menu's place
        opened = st.button(
            f"**{title}**" if is_current else title,
            key=f"conversation-{conversation.id}",
            type="tertiary",
            icon=":material/chat_bubble:" if is_current else ":material/chat_bubble_outline:",
            wrap=False,
        )
    if opened:
        _open(conversation.id)
    chosen = st.menu_button(
        "",
        list(_ICONS),
        key=f"menu-{conversation.id}",
        type="tertiary",
        icon=":material/more_horiz:",
        format_func=lambda action: f"{_ICONS[action]} {action}",
        help=f"Rename, export or delete “{title}”",
    )
    if chosen == _RENAME:
        _rename(journal, conversation)
    elif chosen == _EXPORT:
        _export(journal, conversation)
    elif chosen == _DELETE:
        _delete(journal, conversation, is_current)


@st.dialog("Rename conversation", icon=":material/edit:")
def _rename(journal: Journal, conversation: Conversation) -> None:
    with st.form("rename", border=False):
        title = st.text_input("Title", value=conversation.title, max_chars=TITLE_CHARS)
        if not st.form_submit_button("Save", type="primary"):
            return
    try:
        journal.rename(conversation.id, title)
    except StudyError as error:
        show_problem(error)
        return
    st.rerun()


@st.dialog("Export conversation", icon=":material/download:")
def _export(journal: Journal, conversation: Conversation) -> None:
    st.markdown(f"“{plain_text(conversation.title)}”: its questions and answers, with their numbered sources.")
    st.download_button(
        "Download as Markdown",
        conversation_to_markdown(conversation, journal.turns(conversation.id)),
        file_name=file_name(conversation),
        mime="text/markdown",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


@st.dialog("Delete conversation?", icon=":material/delete:")
def _delete(journal: Journal, conversation: Conversation, is_current: bool) -> None:
    questions = count_text(conversation.turns, "question")
    st.markdown(f"“{plain_text(conversation.title)}” ({questions}) will be gone for good.")
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Cancel"):
            st.rerun()
        if st.button("Delete", type="primary", icon=":material/delete:"):
            try:
                journal.delete(conversation.id)
            except StudyError as error:
                show_problem(error)
                return
            if is_current:
                open_conversation(new_conversation_id())
            st.rerun()


def _open(conversation_id: str) -> None:
    open_conversation(conversation_id)
    st.rerun()


def _show_all() -> None:
    st.session_state[_MORE] = True
