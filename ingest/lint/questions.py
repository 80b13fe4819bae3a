"""Rules for "Check yourself": enough questions of both kinds, sound options, key points, a moving right option."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.notes import CHECK_YOURSELF, Question, QuestionKind, TopicNotes
from ingest.lint.finding import Code, Finding
from ingest.lint.source import Source, quantity_problem

_LEAST_OF_A_KIND = 2
_OPTIONS = 4
_KEY_POINTS = (2, 5)


def check_questions(source: Source) -> Iterator[Finding]:
    """Yield the findings about each topic's questions, and about the place of the right options in the module."""
    for topic in source.notes.topics:
        yield from _amount(source, topic)
        for number, question in enumerate(topic.questions, start=1):
            if question.number != number:
                yield source.finding(
                    question.line, Code.QUESTION_NUMBER, f"question {number} has number {question.number}"
                )
            if question.kind is QuestionKind.CHOICE:
                yield from _options(source, question)
            elif problem := quantity_problem(len(question.key_points), *_KEY_POINTS, "key points"):
                yield source.finding(question.line, Code.KEY_POINTS, f"the question {problem}")
    yield from _position(source)


def _amount(source: Source, topic: TopicNotes) -> Iterator[Finding]:
    heading = next((heading for heading in source.sections_below(topic.line) if heading.text == CHECK_YOURSELF), None)
    if heading is None:
        return
    for kind in QuestionKind:
        count = sum(1 for question in topic.questions if question.kind is kind)
        if problem := quantity_problem(count, _LEAST_OF_A_KIND, None, f"{kind} questions"):
            yield source.finding(heading.line, Code.QUESTION_COUNT, f'"{topic.title}" {problem}')


def _options(source: Source, question: Question) -> Iterator[Finding]:
    if problem := quantity_problem(len(question.choices), _OPTIONS, _OPTIONS, "options"):
        yield source.finding(question.line, Code.CHOICE_OPTIONS, f"the question {problem}")
    right = sum(1 for choice in question.choices if choice.right)
    if right != 1:
        yield source.finding(question.line, Code.CHOICE_RIGHT, f"the question has {right} right options, not 1")
    for line, choice in source.located(question.choices, after=question.line):
        if not choice.right and not choice.why_not:
            yield source.finding(line, Code.CHOICE_WHY_NOT, 'a wrong option ends with "*Why not: reason.*"')


def _position(source: Source) -> Iterator[Finding]:
    asked = [
        question
        for topic in source.notes.topics
        for question in topic.questions
        if sum(1 for choice in question.choices if choice.right) == 1
    ]
    places = {next(i for i, choice in enumerate(question.choices, 1) if choice.right) for question in asked}
    if len(asked) > 1 and len(places) == 1:
        message = f"every right option of the module is option {places.pop()}"
        yield source.finding(asked[0].line, Code.CHOICE_POSITION, message)
