"""The practise page: what is due, or the sitting that the address names.

Owns: the page's frame. Refuses: the parts, which have a file each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.markdown import plain_text
from assistant.practice.cards import Card
from assistant.practising import Asked, Practised, Practising
from assistant.ui.practise import answered, asking, downloads, due, insight, place, summary
from assistant.ui.practise.place import AHEAD, MORE, OVER, Sitting
from assistant.ui.problems import show_no_journal, telling_problems

if TYPE_CHECKING:
    from assistant.service import Assistant


@telling_problems
def page(assistant: Assistant) -> None:
    """Show what is due, one card, its answer, or the summary."""
    st.title("Practise")
    practising = assistant.practising()
    if practising is None:
        show_no_journal()
        return
    if notice := place.said():
        st.warning(plain_text(notice), icon=":material/info:")
    sitting = place.sitting(assistant.curriculum)
    if sitting is None:
        _home(assistant, practising)
    elif OVER in sitting.how:
        summary.show(practising, sitting, assistant.plans())
    else:
        _sit(assistant, practising, sitting)


def _home(assistant: Assistant, practising: Practising) -> None:
    practised = practising.look()
    due.show(assistant, practising, practised)
    if practised.answers:
        insight.show(practising, practised)
    downloads.show(assistant, practising)


def _sit(assistant: Assistant, practising: Practising, sitting: Sitting) -> None:
    practised = practising.look(sitting.topics)
    found = practising.round(practised, unlimited=MORE in sitting.how, ahead=AHEAD in sitting.how)
    done = sum(answer.id > sitting.after for answer in practised.answers)
    given = place.answered()
    left = len(found.cards)
    if given is None and not left:
        summary.show(practising, sitting, assistant.plans())
        return
    _progress(done, left, is_answered=given is not None)
    if given is not None:
        answered.show(practising, sitting, *given, is_last=not left)
    else:
        asking.show(practising, _card_to_ask(practising, practised, found.cards), assistant.grader())
        place.finish_button(sitting)


def _progress(done: int, left: int, *, is_answered: bool) -> None:
    total = done + left
    number = done if is_answered else done + 1
    st.progress(done / total, text=f"Question {number} of {total}")


def _card_to_ask(practising: Practising, practised: Practised, cards: tuple[Card, ...]) -> Asked:
    shown = place.asked()
    if shown is None or shown.card not in cards:
        shown = practising.ask(practised, cards[0])
        place.show_asked(shown)
    return shown
