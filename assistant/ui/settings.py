"""The settings page: for whom answers are written, by which language model (tried before it is kept), and your data.

What the environment decides is shown and cannot be edited here. A key is written to the file of choices and never
shown again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from assistant.choices import FILE_NAME, PERSONAL, Choice, edited, read_choices, write_choices
from assistant.errors import StudyError
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.probing import configured_model, probe
from assistant.settings import Settings, environment_variables, load_settings
from assistant.ui.login import current_user
from assistant.ui.problems import telling_problems
from assistant.ui.your_data import show_data, show_learner, show_level

if TYPE_CHECKING:
    from assistant.service import Assistant

_MODELS = "listed_models"
_SAID = "settings_said"
_FORM = "settings_form"
"""Counts the forms shown: a new one starts from what is stored, and with an empty key."""


@telling_problems
def page(assistant: Assistant) -> None:
    """Show what is set, and do what its buttons ask for."""
    st.title("Settings")
    st.header("You")
    show_learner(assistant)
    show_level(assistant)
    st.header("Language model")
    _show(assistant)
    if study := assistant.study():
        st.header("Your data")
        show_data(study)


def _show(assistant: Assistant) -> None:
    settings = load_settings()
    stored = read_choices(settings.home)
    _status(settings)
    if current_user():
        # One model serves everybody, and its server reads everybody's questions: no single user may point it elsewhere.
        st.caption("Whoever runs this app chooses the model, for everybody.")
        return
    with st.form(f"model-{st.session_state.get(_FORM, 0)}", border=False):
        choices = _fields(settings, stored)
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary", icon=":material/save:")
            test = st.form_submit_button("Test connection", icon=":material/network_check:")
            names = st.form_submit_button("List models", icon=":material/list:")
    if save:
        _save(assistant, settings, choices)
    elif test:
        _try(choices)
    elif names:
        _list(choices)
    kind, sentence = st.session_state.pop(_SAID, ("", ""))
    if sentence:
        (st.success if kind == "done" else st.error)(plain_text(sentence))
    if set(stored) - PERSONAL and st.button("Forget these settings", icon=":material/delete:"):
        _forget(assistant, settings)


def _status(settings: Settings) -> None:
    if settings.llm_enabled:
        model = configured_model(settings)
        st.markdown(f"Answers are written by **{plain_text(model.name)}** at {plain_text(model.host)}.")
    else:
        st.markdown("Answers are composed from the notes. No model is set up, and none is needed.")
    st.caption(
        "Any server that speaks OpenAI's chat completions works: OpenAI, Ollama, vLLM, llama.cpp. Your questions and "
        "the passages found for them are sent to that server, and to no other."
    )


def _fields(settings: Settings, stored: dict[str, Choice]) -> dict[str, Choice]:
    """The form's fields, and the choices they make."""
    decided = environment_variables()

    def note(name: str, otherwise: str = "") -> str:
        return f"Set by {decided[name]} in the environment." if name in decided else otherwise

    address = st.text_input(
        "Address of the server",
        value=settings.llm_base_url or "",
        placeholder="http://127.0.0.1:11434/v1",
        help=note("llm_base_url", "Usually ends in /v1. Empty with a key: OpenAI itself."),
        disabled="llm_base_url" in decided,
    )
    listed = st.session_state.get(_MODELS, ())
    # The default is the name of one company's model; a list that a server has given knows better.
    named = () if listed and "llm_model" not in {*stored, *decided} else (settings.llm_model,)
    model = st.selectbox(
        "Model",
        options=list(dict.fromkeys([*named, *listed])),
        accept_new_options=True,
        help=note("llm_model", "As the server names it. “List models” asks the server; typing another name works too."),
        disabled="llm_model" in decided,
    )
    key = _key_field(settings, stored, note("llm_api_key"))
    fallback = st.toggle(
        "Compose from the notes when the model fails",
        value=settings.llm_fallback,
        help=note("llm_fallback", "Otherwise the failure is shown, with a button that does the same."),
        disabled="llm_fallback" in decided,
    )
    fields: dict[str, Choice | None] = {
        "llm_base_url": address.strip() or None,
        "llm_model": (model or "").strip() or None,
        "llm_fallback": fallback,
    }
    with st.expander("Limits", icon=":material/timer:"):
        fields |= {name: _limit(name, label, settings, note(name)) for name, label in _LIMITS.items()}
    own = {name: _unless_default(name, value) for name, value in fields.items() if name not in decided}
    return edited(stored, own, key.strip())


def _unless_default(name: str, value: Choice | None) -> Choice | None:
    """A default is not stored, so that a better one can take its place."""
    return None if value == Settings.model_fields[name].default else value


_LIMITS = {
    "llm_first_token_timeout_s": "Longest wait for the first word, in seconds",
    "llm_timeout_s": "Longest wait for the whole answer, in seconds",
    "llm_max_output_tokens": "Longest answer, in tokens",
    "llm_context_tokens": "What the model reads and writes in one go, in tokens",
}


def _limit(name: str, label: str, settings: Settings, note: str) -> Choice:
    value: float = getattr(settings, name)
    bounds = {"llm_max_output_tokens": 64, "llm_context_tokens": 1024}
    least = bounds.get(name, 1.0)
    shown = "%g" if isinstance(value, float) else None
    return st.number_input(
        label, min_value=least, value=max(value, least), format=shown, help=note or None, disabled=bool(note)
    )


def _key_field(settings: Settings, stored: dict[str, Choice], note: str) -> str:
    if note:
        state = note
    elif "llm_api_key" in stored:
        state = "A key is stored; empty keeps it"
    else:
        state = "Local servers need none"
    key = st.text_input("API key", type="password", placeholder=state, autocomplete="off", disabled=bool(note))
    if not note:
        st.caption(
            f"The key is kept unencrypted in {plain_text(str(settings.home / FILE_NAME))}, which only your user "
            "account can read, and dropped when the address changes. To keep it elsewhere, leave this empty and set "
            "STUDY\\_LLM\\_API\\_KEY."
        )
    return key


def _save(assistant: Assistant, settings: Settings, choices: dict[str, Choice]) -> None:
    applied = load_settings(choices)
    write_choices(settings.home, choices)
    assistant.use_model(applied)
    _say("done", "Saved. The next answer uses these settings.")
    _start_afresh()
    st.rerun()


def _try(choices: dict[str, Choice]) -> None:
    model = configured_model(load_settings(choices))
    with st.spinner(f"Asking {plain_text(model.name)} …"):
        try:
            _say("done", probe(model, time.monotonic).sentence)
        except StudyError as error:
            _say("failed", problem(error).text)


def _list(choices: dict[str, Choice]) -> None:
    model = configured_model(load_settings(choices))
    with st.spinner(f"Asking {plain_text(model.host)} …"):
        st.session_state[_MODELS] = model.models()
    count = len(st.session_state[_MODELS])
    offered = "1 model" if count == 1 else f"{count} models"
    _say("done", f"{model.host} offers {offered}. Choose one under “Model”, then save.")
    st.rerun()


def _forget(assistant: Assistant, settings: Settings) -> None:
    kept = {name: value for name, value in read_choices(settings.home).items() if name in PERSONAL}
    write_choices(settings.home, kept)
    assistant.use_model(load_settings(kept))
    _say("done", "Forgotten, the key included.")
    _start_afresh()
    st.rerun()


def _say(kind: str, sentence: str) -> None:
    st.session_state[_SAID] = (kind, sentence)


def _start_afresh() -> None:
    st.session_state.pop(_MODELS, None)
    st.session_state[_FORM] = st.session_state.get(_FORM, 0) + 1
