"""Rules for the headings: the title, the topics and the eight sections of each, once and in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.notes import CHECK_YOURSELF, CONNECTIONS, Heading
from ingest.lint.finding import Code, Finding
from ingest.lint.source import Source

ONE_SENTENCE = "In one sentence"
TRADE_OFFS = "Trade-offs"
PITFALLS = "Pitfalls"
IN_PRACTICE = "In practice"
SECTIONS = (
    ONE_SENTENCE,
    "How it works",
    "When to use it, and when not",
    TRADE_OFFS,
    PITFALLS,
    IN_PRACTICE,
    CONNECTIONS,
    CHECK_YOURSELF,
)

_TITLE_LINE = 1
_TOPIC_LEVEL = 2


def check_outline(source: Source) -> Iterator[Finding]:
    """Yield the findings about headings."""
    spec = source.spec
    if (source.notes.number, source.notes.title) != (spec.number, spec.title):
        yield source.finding(_TITLE_LINE, Code.TITLE, f'the title must be "# {spec.number}. {spec.title}"')
    topics = [heading for heading in source.headings if heading.level == _TOPIC_LEVEL]
    yield from _compare(source, "topic", [title for _, title in spec.topics], topics, _TITLE_LINE)
    for topic in topics:
        yield from _compare(source, "section", SECTIONS, source.sections_below(topic.line), topic.line)
    for notes in source.notes.topics:
        for section in notes.sections:
            if not section.text:
                yield source.finding(section.line, Code.SECTION_EMPTY, f'"{section.heading}" is empty')


def _compare(
    source: Source, kind: str, expected: Sequence[str], found: Sequence[Heading], parent_line: int
) -> Iterator[Finding]:
    """Compare the headings found below ``parent_line`` with the expected ones, exactly."""
    first: dict[str, Heading] = {}
    for heading in found:
        if heading.text not in expected:
            yield source.finding(heading.line, Code(f"{kind}-unknown"), f'no {kind} is called "{heading.text}"')
        elif heading.text in first:
            yield source.finding(heading.line, Code(f"{kind}-repeated"), f'"{heading.text}" stands here again')
        else:
            first[heading.text] = heading
    for name in expected:
        if name not in first:
            yield source.finding(parent_line, Code(f"{kind}-missing"), f'"{name}" is missing')
    wanted = [name for name in expected if name in first]
    for name, heading in zip(wanted, first.values(), strict=True):
        if heading.text != name:
            yield source.finding(heading.line, Code(f"{kind}-order"), f'"{heading.text}" stands where "{name}" belongs')
            break
