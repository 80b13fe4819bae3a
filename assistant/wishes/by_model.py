"""Free text to a form with a language model: the same form, the same checks, and the grammar where it fails.

Owns: the call, the strict shape of the reply, and what makes a reply unusable. Refuses: the wording of the prompt
(``assistant/prompts/wishes.md``), and trusting any value: quotes must stand in the text, names must be subjects, dates
and hours must pass ``assistant.wishes.checks``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import LanguageModelError
from assistant.llm import StreamingModel
from assistant.llm.whole_reply import reply_of, unfenced
from assistant.prompting import load_prompt
from assistant.ready_goals import ReadyGoal, named_goal
from assistant.wishes.amounts import spoken
from assistant.wishes.checks import checked
from assistant.wishes.form import Part, Reading, Span, Wishes
from assistant.wishes.grammar import MOST_CHARS, read_wishes
from assistant.wishes.hours import WEEKDAY_NAMES
from assistant.wishes.rest import leftovers
from assistant.wishes.subjects import Subjects
from assistant.wishes.unread import Unread

_EXAMPLE_DAYS = 14


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Minutes(_Strict):
    part: Literal["minutes_per_week", "session_minutes"]
    quote: str
    value: int


class _Week(_Strict):
    part: Literal["weekday_minutes"]
    quote: str
    value: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=7, max_length=7)]


class _Weekdays(_Strict):
    part: Literal["free_weekdays"]
    quote: str
    value: list[Annotated[int, Field(ge=0, le=6)]]


class _Day(_Strict):
    part: Literal["start", "deadline"]
    quote: str
    value: date


class _Days(_Strict):
    part: Literal["days_off"]
    quote: str
    value: Annotated[list[date], Field(max_length=366)]


class _Names(_Strict):
    part: Literal["known", "excluded", "pinned"]
    quote: str
    value: list[str]


class _Goal(_Strict):
    part: Literal["goal"]
    quote: str
    value: str


_Entry = Annotated[_Minutes | _Week | _Weekdays | _Day | _Days | _Names | _Goal, Field(discriminator="part")]


class _Reply(_Strict):
    readings: list[_Entry]
    not_understood: list[str]


class _Unusable(Exception):
    """The reply cannot be used; the text says why, as the end of a sentence."""


def read_wishes_with_model(
    model: StreamingModel, text: str, today: date, subjects: Subjects, goals: Sequence[ReadyGoal] = ()
) -> Wishes:
    """The form as the model fills it, or as ``read_wishes`` does where the model fails; then a note says why."""
    try:
        wishes = _form(_reply(_asked(model, text[:MOST_CHARS], today)), text[:MOST_CHARS], subjects, goals)
        return checked(replace(wishes, reader=model.name), today, subjects)
    except LanguageModelError as error:
        reason = error.user_message
    except _Unusable as error:
        reason = f"The model's reply {error}."
    wishes = read_wishes(text, today, subjects, goals)
    return replace(wishes, notes=(f"This was read without the language model. {reason}", *wishes.notes))


def _asked(model: StreamingModel, text: str, today: date) -> str:
    filled = load_prompt("wishes").fill(
        today=today.isoformat(),
        weekday=f"{today:%A}",
        example_deadline=(today + timedelta(days=_EXAMPLE_DAYS)).isoformat(),
    )
    return reply_of(model, filled, text)


def _reply(text: str) -> _Reply:
    try:
        return _Reply.model_validate_json(unfenced(text))
    except ValidationError as error:
        raise _Unusable("does not have the form that was asked for") from error


def _form(reply: _Reply, text: str, subjects: Subjects, goals: Sequence[ReadyGoal]) -> Wishes:
    """The reply as a form. What the model neither read nor gave back is found and given back here."""
    unread = Unread(text)
    values: dict[str, object] = {}
    readings: list[Reading] = []
    lost = [_quoted(unread, quote) for quote in reply.not_understood if quote.strip()]
    notes: list[str] = []
    for entry in reply.readings:
        span = _quoted(unread, entry.quote)
        name = entry.part
        if isinstance(entry, _Names):
            found, unknown = _resolved(entry.value, subjects)
            notes += [f"No topic of the roadmap is called “{name}”." for name in unknown]
            values[name] = (*_as_tuple(values.get(name)), *found)
            if not found:
                lost.append(span)
                continue
        elif name in values:
            raise _Unusable(f"names two values for {name}")
        else:
            values[name] = tuple(entry.value) if isinstance(entry.value, list) else entry.value
        readings.append(Reading(_part(name), span, _meaning(entry, subjects)))
    goal = str(values.get("goal", ""))
    named = named_goal(goals, goal) or named_goal(goals, text)
    return Wishes(
        text=text,
        **values,  # type: ignore[arg-type]
        ready_goal=named.id if named else "",
        readings=tuple(sorted(readings, key=lambda reading: (reading.span.start, reading.part))),
        not_understood=tuple(sorted({*lost, *leftovers(unread)}, key=lambda span: span.start)),
        notes=tuple(notes),
    )


def _quoted(unread: Unread, quote: str) -> Span:
    """Where the quote stands; a second part may rest on the same words."""
    start = unread.original.find(quote.strip()) if quote.strip() else -1
    if start < 0:
        raise _Unusable("quotes words that the text does not hold")
    return unread.take(start, start + len(quote.strip()))


def _resolved(names: Sequence[str], subjects: Subjects) -> tuple[list[str], list[str]]:
    found: list[str] = []
    unknown: list[str] = []
    for name in names:
        topics = subjects.resolve(name)
        found += subjects.ordered(topics)
        if not topics:
            unknown.append(name)
    return found, unknown


def _as_tuple(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _part(name: str) -> Part:
    return {"weekday_minutes": Part.HOURS, "free_weekdays": Part.DAYS_OFF}.get(name) or Part(name)


def _meaning(entry: _Entry, subjects: Subjects) -> str:
    match entry:
        case _Minutes(part="minutes_per_week"):
            said = f"{spoken(entry.value)} a week"
        case _Minutes():
            said = f"sessions of {spoken(entry.value)}"
        case _Week():
            named = zip(WEEKDAY_NAMES, entry.value, strict=True)
            said = ", ".join(f"{spoken(minutes)} on {name}" for name, minutes in named if minutes)
        case _Weekdays():
            said = "never on " + ", ".join(WEEKDAY_NAMES[day] for day in sorted(entry.value))
        case _Day():
            said = f"{'from' if entry.part == 'start' else 'until'} {entry.value.isoformat()}"
        case _Days():
            said = "off " + ", ".join(day.isoformat() for day in sorted(entry.value))
        case _Names():
            said = subjects.said(_resolved(entry.value, subjects)[0])
        case _Goal():
            said = entry.value
    return said
