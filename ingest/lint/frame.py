"""Rules for what stands around the topics: the overview and the project."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.sentences import split_sentences
from ingest.lint.finding import Code, Finding
from ingest.lint.source import Source, count_words, quantity_problem

_OVERVIEW_WORDS = (60, 150)
_GOAL_SENTENCES = (1, 2)
_STEPS = (4, 8)
_CHECKS = (3, 6)


def check_frame(source: Source) -> Iterator[Finding]:
    """Yield the findings about the overview and the project; their headings are the parser's business."""
    overview, project = source.notes.overview, source.notes.project
    limits = (
        (overview.line, Code.OVERVIEW_WORDS, count_words(overview.text), _OVERVIEW_WORDS, "words"),
        (project.line, Code.PROJECT_GOAL, len(split_sentences(project.goal)), _GOAL_SENTENCES, "sentences as its goal"),
        (project.line, Code.PROJECT_STEPS, len(project.steps), _STEPS, "steps"),
        (project.line, Code.PROJECT_CHECKS, len(project.definition_of_done), _CHECKS, "checks"),
    )
    for line, code, count, (least, most), noun in limits:
        if problem := quantity_problem(count, least, most, noun):
            subject = "the overview" if code is Code.OVERVIEW_WORDS else "the project"
            yield source.finding(line, code, f"{subject} {problem}")
    if project.hours <= 0:
        yield source.finding(project.line, Code.PROJECT_HOURS, "the project takes more than 0 hours")
