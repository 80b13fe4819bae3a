"""The part of the settings page about the learner: who it is, the level of answers, and all data as a file.

Owns: how it looks. Refuses: the form of the file (``assistant.backup``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.backup import export_all, import_all, restored_lines
from assistant.choices import read_choices, write_choices
from assistant.domain import Level
from assistant.errors import InvalidInput, StudyError
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.settings import DEFAULT_LEARNER, environment_variables, load_settings
from assistant.ui.learner import switch_to
from assistant.ui.login import current_user

if TYPE_CHECKING:
    from assistant.journal_file import JournalFile
    from assistant.service import Assistant
    from assistant.study import Study

_FOLLOWS = "the level I have reached"
_LEARNER, _LEVEL = "learner_name", "answers_level"
_FILE = "backup_file"


def show_learner(assistant: Assistant) -> None:
    """Whose conversations, plans and progress these are; without a login, somebody else can go on in this tab."""
    user = current_user()
    if user:
        st.markdown(f"Logged in as **{plain_text(assistant.learner)}**.")
        st.caption("Nobody else who logs in sees what is yours. The id of your login:")
        st.code(user.login, language=None)
        return
    settings = load_settings()
    decided = environment_variables().get("learner")
    known = [learner.name for learner in assistant.journal.learners.all()] if assistant.journal else []
    st.session_state.setdefault(_LEARNER, assistant.learner)
    chosen = st.selectbox(
        "Learner",
        options=list(dict.fromkeys([assistant.learner, settings.learner, *known])),
        key=_LEARNER,
        accept_new_options=True,
        disabled=decided is not None,
        help=f"Set by {decided} in the environment." if decided else "Type a name to begin as somebody else.",
    )
    if decided:
        return
    if chosen and chosen.casefold() != assistant.learner.casefold():
        switch_to(chosen)
    if assistant.learner.casefold() != settings.learner.casefold():
        st.caption(
            "Counts in this tab, and after a reload of it. Anybody who can open this app can choose any learner; where "
            "that is not wanted, set up a login."
        )
        if st.button(f"Always open for {plain_text(assistant.learner)}", icon=":material/home:"):
            _keep(settings.home, "learner", None if assistant.learner == DEFAULT_LEARNER else assistant.learner)
            st.rerun()


def _keep(home: Path, name: str, value: str | None) -> None:
    choices = {key: each for key, each in read_choices(home).items() if key != name}
    write_choices(home, choices if value is None else {**choices, name: value})


def show_level(assistant: Assistant) -> None:
    """For whom answers are written, kept at once."""
    study = assistant.study()
    if study is None:
        return
    decided = environment_variables().get("level")
    kept = study.level or study.chosen_level()
    # What is kept is shown every time: it may have been chosen in another tab, and must not be taken back by this one.
    st.session_state[_LEVEL] = kept.value if kept else ""
    st.selectbox(
        "Answers are written for",
        options=["", *(level.value for level in Level)],
        key=_LEVEL,
        format_func=lambda level: f"{level} level" if level else _FOLLOWS,
        disabled=decided is not None,
        help=f"Set by {decided} in the environment." if decided else None,
        on_change=_choose_level,
        args=(study,),
    )


def _choose_level(study: Study) -> None:
    chosen = st.session_state[_LEVEL]
    try:
        study.choose_level(Level(chosen) if chosen else None)
    except StudyError as error:
        st.toast(plain_text(problem(error).text), icon=":material/error:")
    else:
        st.toast("Saved. The next answer is written for that level.")


def show_data(study: Study) -> None:
    """Everything as one file, and adding such a file; who is logged in gets what is theirs."""
    file = study.journal.file
    if current_user():
        st.caption("Your conversations, plans, progress and answers, as one file.")
        _offer("Export what is mine", file, only=study.learner.id)
        return
    st.caption(
        "Conversations, plans, progress and answers of every learner here, as one file. Importing adds what is not "
        "here yet and changes nothing that is."
    )
    _offer("Export everything", file)
    uploaded = st.file_uploader("Import a file that was exported here", type="json", key=_FILE)
    if uploaded is not None and st.button("Import", icon=":material/upload:"):
        try:
            restored = import_all(file, json.loads(uploaded.getvalue()))
        except ValueError as error:
            raise InvalidInput(f"{uploaded.name} is not JSON. Choose a file that was exported here.") from error
        except StudyError as error:
            st.error(plain_text(problem(error).text))
            return
        for line in restored_lines(restored):
            st.success(plain_text(line))


def _offer(label: str, file: JournalFile, only: int | None = None) -> None:
    st.download_button(
        label,
        data=lambda: json.dumps(export_all(file, only), ensure_ascii=False, indent=1),
        file_name="study.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )
