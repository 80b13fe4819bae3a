"""Rules for what the sections of a topic hold: words, the one sentence, the table, pitfalls, code, connections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.notes import CONNECTIONS, TopicNotes
from assistant.sentences import Block, BlockKind, fence_opened, split_sentences
from ingest.lint.finding import Code, Finding
from ingest.lint.outline import IN_PRACTICE, ONE_SENTENCE, PITFALLS, TRADE_OFFS
from ingest.lint.source import Source, count_words, quantity_problem, section_of

_WORDS = (450, 800)
_PITFALLS = (3, 6)
_CODE_LINES = (5, 25)
_CONNECTIONS = (2, 4)
_VERSUS = re.compile(r"\bvs\b", re.IGNORECASE)


def check_body(source: Source) -> Iterator[Finding]:
    """Yield the findings about the content of each topic's sections."""
    for topic in source.notes.topics:
        words = sum(count_words(section.text) for section in topic.sections)
        if problem := quantity_problem(words, *_WORDS, "words"):
            yield source.finding(topic.line, Code.TOPIC_WORDS, f'"{topic.title}" {problem}')
        yield from _one_sentence(source, topic)
        yield from _versus_table(source, topic)
        yield from _pitfalls(source, topic)
        yield from _code(source, topic)
        yield from _connections(source, topic)


def _one_sentence(source: Source, topic: TopicNotes) -> Iterator[Finding]:
    section = section_of(topic, ONE_SENTENCE)
    if section is None:
        return
    blocks = [block for _, block in source.blocks(section)]
    sentences = [sentence for block in blocks for sentence in split_sentences(block.text)]
    if len(sentences) != 1 or blocks[0].kind is not BlockKind.PARAGRAPH:
        yield source.finding(section.line, Code.ONE_SENTENCE, f"holds {len(sentences)} sentences, not one in prose")


def _versus_table(source: Source, topic: TopicNotes) -> Iterator[Finding]:
    section = section_of(topic, TRADE_OFFS)
    if section is None or not _VERSUS.search(topic.title):
        return
    if all(block.kind is not BlockKind.TABLE for _, block in source.blocks(section)):
        yield source.finding(section.line, Code.VS_TABLE, 'the trade-offs of an "X vs Y" topic hold a table')


def _pitfalls(source: Source, topic: TopicNotes) -> Iterator[Finding]:
    section = section_of(topic, PITFALLS)
    if section is None:
        return
    items = sum(1 for _, block in source.blocks(section) if block.kind is BlockKind.LIST_ITEM)
    if problem := quantity_problem(items, *_PITFALLS, "items"):
        yield source.finding(section.line, Code.PITFALLS, f"the list {problem}")


def _code(source: Source, topic: TopicNotes) -> Iterator[Finding]:
    section = section_of(topic, IN_PRACTICE)
    if section is None:
        return
    blocks = [(line, block) for line, block in source.blocks(section) if block.kind is BlockKind.CODE]
    if len(blocks) != 1:
        yield source.finding(section.line, Code.CODE_BLOCK, f"holds {len(blocks)} fenced code blocks, not one")
    for line, block in blocks:
        yield from _code_block(source, line, block)


def _code_block(source: Source, line: int, block: Block) -> Iterator[Finding]:
    first, *inside = block.text.split("\n")
    if not first.strip().removeprefix(fence_opened(first) or "").strip():
        yield source.finding(line, Code.CODE_LANGUAGE, "the code fence names no language")
    if problem := quantity_problem(len(inside) - 1, *_CODE_LINES, "lines"):
        yield source.finding(line, Code.CODE_LINES, f"the code {problem}")


def _connections(source: Source, topic: TopicNotes) -> Iterator[Finding]:
    section = section_of(topic, CONNECTIONS)
    if section is None:
        return
    if problem := quantity_problem(len(topic.connections), *_CONNECTIONS, "connections"):
        yield source.finding(section.line, Code.CONNECTION_COUNT, f'"{topic.title}" {problem}')
    own_ids = {topic_id for topic_id, title in source.spec.topics if title == topic.title}
    seen: set[str] = set()
    for line, (topic_id, _) in source.located(topic.connections, after=section.line):
        if topic_id not in source.topic_ids:
            yield source.finding(line, Code.CONNECTION_UNKNOWN, f'no topic has the id "{topic_id}"')
        elif topic_id in own_ids:
            yield source.finding(line, Code.CONNECTION_SELF, "a topic does not connect to itself")
        elif topic_id in seen:
            yield source.finding(line, Code.CONNECTION_REPEATED, f'"{topic_id}" is connected twice')
        seen.add(topic_id)
