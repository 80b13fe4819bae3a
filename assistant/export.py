"""A conversation as a Markdown file, to keep or to print.

Owns: the layout, and that no title, question or answer can break it. Pure: the same conversation gives the same file.
Refuses: reading the journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from assistant.blocks import closing_fence
from assistant.conversations import Conversation, Turn, title_of
from assistant.domain import Answer, AnswerStatus, Citation
from assistant.markdown import safe_markdown
from assistant.planning.wording import count_text, date_text
from assistant.refusing import caption
from assistant.titles import composed_from, one_line, title_path, web_address

_NOT_IN_A_NAME = re.compile(r"[^\w]+")
_NAME_CHARS = 60


def conversation_to_markdown(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Every question with its answer and numbered sources, in order; times are in UTC."""
    asked = date_text(conversation.created_at.astimezone(UTC).date())
    parts = [
        safe_markdown(f"# {one_line(conversation.title)}"),
        f"{count_text(len(turns), 'question')}, begun on {asked}.",
    ]
    for number, turn in enumerate(turns, start=1):
        parts += _turn(number, turn)
    return "\n\n".join(parts) + "\n"


def answer_to_markdown(answer: Answer) -> str:
    """An answer with its numbered sources and what was taken from each, to be pasted elsewhere."""
    return "\n\n".join(_answer(answer)) + "\n"


def file_name(conversation: Conversation) -> str:
    """A name for the file that every system takes: ``what-is-a-circuit-breaker.md``."""
    name = _NOT_IN_A_NAME.sub("-", conversation.title.casefold())[:_NAME_CHARS].strip("-_")
    return f"{name or 'conversation'}.md"


def _turn(number: int, turn: Turn) -> Iterator[str]:
    title = title_of(turn.question)
    yield safe_markdown(f"## {number}. {title}")
    yield f"Asked on {_time(turn.asked_at)}."
    if title != turn.question.strip():
        yield safe_markdown(_quotation(turn.question))
    if turn.answer is None:
        yield "This answer was interrupted."
        return
    yield from _answer(turn.answer)


def _answer(answer: Answer) -> Iterator[str]:
    if answer.text.strip():
        text = answer.text.strip("\n")
        fence = closing_fence(text)
        yield safe_markdown(f"{text}\n{fence}" if fence else text)
    if answer.notice:
        yield safe_markdown(f"Note: {one_line(answer.notice)}")
    if answer.citations:
        yield "Sources:"
        yield "\n".join(_source(citation) for citation in answer.citations)
    yield _footer(answer)


def _source(citation: Citation) -> str:
    lines = [f"{citation.n}. {one_line(title_path(citation.title))}"]
    if citation.topic:
        lines[0] += f" (topic `{citation.topic}`)"
    indent = " " * len(f"{citation.n}. ")
    lines += [f"{indent}{line}" for line in ["", *_quotation(citation.quote).split("\n")]]
    url = _link_target(citation.url)
    if url:
        lines += ["", f"{indent}[Open the source]({url})"]
    return safe_markdown("\n".join(line.rstrip() for line in lines), [url] if url else [])


def _footer(answer: Answer) -> str:
    writer = (
        f"composed from {composed_from(answer)}" if answer.model == "notes" else f"written by {one_line(answer.model)}"
    )
    parts = [caption(answer) if answer.status is AnswerStatus.REFUSED else writer.capitalize()]
    if answer.statements:
        parts.append(f"{answer.supported} of {count_text(answer.statements, 'statement')} supported")
    parts.append(f"confidence {answer.confidence:.0%}")
    if answer.id is not None:
        parts.append(f"answer {answer.id}")
    return safe_markdown(f"*{', '.join(parts)}.*")


def _quotation(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip("\n").splitlines())


def _link_target(url: str | None) -> str | None:
    address = web_address(url)
    return address and address.replace("(", "%28").replace(")", "%29")


def _time(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{date_text(moment.date())} at {moment:%H:%M} UTC"
