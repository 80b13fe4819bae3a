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
from assistant.settings import DEFAULT_LEARNER, environment_variables, load_settings

if TYPE_CHECKING:
    from assistant.journal import Journal
    from assistant.service import Assistant

_FOLLOWS = "the level that follows from what I have done"
_LEARNER, _LEVEL = "learner_name", "answers_level"
_FILE = "backup_file"


def show_learner(assistant: Assistant) -> None:
    """Whose plans and progress are used, kept at once; a new name is a new learner."""
    settings = load_settings()
    decided = environment_variables().get("learner")
    known = [learner.name for learner in assistant.journal.learners.all()] if assistant.journal else []
    st.session_state.setdefault(_LEARNER, settings.learner)
    chosen = st.selectbox(
        "Learner",
        options=list(dict.fromkeys([settings.learner, *known])),
        key=_LEARNER,
        accept_new_options=True,
        disabled=decided is not None,
        help=f"Set by {decided} in the environment." if decided else "Type a name to begin as somebody else.",
    )
    name = " ".join((chosen or "").split())
    if decided is None and name and name != settings.learner:
        _keep(settings.home, "learner", None if name == DEFAULT_LEARNER else name)
        assistant.use_learner(load_settings().learner)
        st.toast(f"Plans and progress are those of {plain_text(name)} now.")


def _keep(home: Path, name: str, value: str | None) -> None:
    choices = {key: each for key, each in read_choices(home).items() if key != name}
    write_choices(home, choices if value is None else {**choices, name: value})


def show_level(assistant: Assistant) -> None:
    """For whom answers are written, kept at once."""
    settings = load_settings()
    decided = environment_variables().get("level")
    options = ["", *(level.value for level in Level)]
    # Set through the state: a widget whose default changes is another widget, and would forget what was picked.
    st.session_state.setdefault(_LEVEL, settings.level.value if settings.level else "")
    chosen = st.selectbox(
        "Answers are written for",
        options=options,
        key=_LEVEL,
        format_func=lambda level: f"{level} level" if level else _FOLLOWS,
        disabled=decided is not None,
        help=f"Set by {decided} in the environment." if decided else None,
    )
    level = Level(chosen) if chosen else None
    if decided is None and level is not settings.level:
        _keep(settings.home, "level", level.value if level else None)
        assistant.use_level(level)
        st.toast("Saved. The next answer is written for that level.")


def show_data(journal: Journal) -> None:
    """Everything as one file, and adding such a file."""
    st.caption(
        "Conversations, plans, progress and answers of every learner here, as one file. Importing adds what is not "
        "here yet and changes nothing that is."
    )
    st.download_button(
        "Export everything",
        data=lambda: json.dumps(export_all(journal.file), ensure_ascii=False, indent=1),
        file_name="study.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )
    uploaded = st.file_uploader("Import a file that was exported here", type="json", key=_FILE)
    if uploaded is not None and st.button("Import", icon=":material/upload:"):
        try:
            restored = import_all(journal.file, json.loads(uploaded.getvalue()))
        except ValueError as error:
            raise InvalidInput(f"{uploaded.name} is not JSON. Choose a file that was exported here.") from error
        except StudyError as error:
            st.error(plain_text(error.user_message))
            return
        for line in restored_lines(restored):
            st.success(plain_text(line))
