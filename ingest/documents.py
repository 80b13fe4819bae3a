"""The corpus as documents: the roadmap and the study notes, cut along their headings.

Owns: which parts of the corpus become citable text, and under which module, topic and heading.
Refuses: cutting by length (``ingest.split``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.curriculum import Curriculum
from assistant.domain import HEADING_SEPARATOR, Module, PassageKind, Term, Topic
from assistant.errors import CorpusError
from assistant.glossary import GLOSSARY_FILE, load_glossary
from assistant.notes import ModuleNotes, Question, QuestionKind, TopicNotes, note_path, parse_module_notes
from assistant.roadmap import RoadmapModule, parse_roadmap
from ingest.text import read_text

ROADMAP_FILE = "roadmap.md"
GLOSSARY_TITLE = "Glossary"


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A run of text under one heading path; ``module`` and ``topic`` say what it teaches."""

    kind: PassageKind
    module: int | None
    topic: str | None
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source: ``id`` is its path relative to the corpus."""

    id: str
    title: str
    sections: tuple[DocumentSection, ...]

    @property
    def content_hash(self) -> str:
        """Changes exactly when something that would be indexed changes."""
        return hashlib.sha256(repr((self.title, self.sections)).encode()).hexdigest()


def read_corpus(corpus_dir: Path, curriculum: Curriculum) -> Iterator[Document]:
    """Every document of the corpus; a module whose notes are not written yet has only its roadmap lines.

    Raises:
        CorpusError: a file breaks its format or disagrees with the curriculum.
    """
    yield _roadmap_document(read_text(corpus_dir / ROADMAP_FILE), curriculum)
    if terms := load_glossary(corpus_dir, curriculum):
        yield _glossary_document(terms, curriculum)
    for module in curriculum.modules:
        path = corpus_dir / note_path(module)
        if path.is_file():
            notes = parse_module_notes(read_text(path), path.name)
            yield _notes_document(notes, module, note_path(module))


def _roadmap_document(text: str, curriculum: Curriculum) -> Document:
    roadmap = parse_roadmap(text)
    sections = [DocumentSection(PassageKind.ROADMAP, None, None, roadmap.title, roadmap.introduction)]
    for entry in roadmap.modules:
        sections += _module_lines(entry, curriculum.module(entry.number))
    sections += [
        DocumentSection(PassageKind.ROADMAP, None, None, HEADING_SEPARATOR.join((roadmap.title, heading)), body)
        for heading, body in roadmap.closing
    ]
    return Document(ROADMAP_FILE, roadmap.title, tuple(sections))


def _module_lines(entry: RoadmapModule, module: Module) -> Iterator[DocumentSection]:
    if entry.lines != tuple(topic.title for topic in module.topics):
        raise CorpusError(f"{ROADMAP_FILE}: the lines of module {module.number} differ from the curriculum's topics.")
    path = HEADING_SEPARATOR.join((entry.part, f"{entry.number}. {entry.title}"))
    outline = f"Module {entry.number}, {entry.title}, covers: {'; '.join(entry.lines)}. {module.summary}"
    yield DocumentSection(PassageKind.ROADMAP, module.number, None, path, outline)
    for topic in module.topics:
        # The other names under which people ask for a topic; the roadmap's own line rarely has them.
        line = f"{topic.title}. Terms: {', '.join(topic.aliases)}." if topic.aliases else topic.title
        yield DocumentSection(PassageKind.ROADMAP, module.number, topic.id, path, line)


def _glossary_document(terms: Sequence[Term], curriculum: Curriculum) -> Document:
    sections = tuple(
        DocumentSection(
            PassageKind.GLOSSARY,
            curriculum.topics[term.topic].module,
            term.topic,
            HEADING_SEPARATOR.join((GLOSSARY_TITLE, _term_heading(term))),
            term.definition,
        )
        for term in terms
    )
    return Document(GLOSSARY_FILE, GLOSSARY_TITLE, sections)


def _term_heading(term: Term) -> str:
    others = ", ".join((*term.abbreviations, *term.aliases))
    return f"{term.term} ({others})" if others else term.term


def _notes_document(notes: ModuleNotes, module: Module, source: str) -> Document:
    if (notes.number, notes.title) != (module.number, module.title):
        raise CorpusError(f"{source}: the title differs from module {module.number} of the curriculum.")
    topics = {topic.title: topic for topic in module.topics}
    root = f"{module.number}. {module.title}"
    sections = [DocumentSection(PassageKind.NOTES, module.number, None, root, notes.overview.text)]
    for topic_notes in notes.topics:
        if topic_notes.title not in topics:
            raise CorpusError(f"{source}:{topic_notes.line}: {topic_notes.title!r} is not a topic of this module.")
        sections += _topic_sections(topic_notes, topics[topic_notes.title], root)
    project = notes.project
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(project.steps, start=1))
    heading = HEADING_SEPARATOR.join((root, f"Project: {project.title}"))
    sections.append(DocumentSection(PassageKind.NOTES, module.number, None, heading, f"{project.goal}\n\n{steps}"))
    return Document(source, root, tuple(sections))


def _topic_sections(notes: TopicNotes, topic: Topic, root: str) -> Iterator[DocumentSection]:
    path = HEADING_SEPARATOR.join((root, topic.title))
    for section in notes.sections:
        text = section.text
        if section.heading == "How it connects":
            text = "\n".join(f"- {sentence}" for _, sentence in notes.connections)
        yield DocumentSection(
            PassageKind.NOTES, topic.module, topic.id, HEADING_SEPARATOR.join((path, section.heading)), text
        )
    for question in notes.questions:
        yield DocumentSection(PassageKind.QUESTION, topic.module, topic.id, path, _question_text(question))


def _question_text(question: Question) -> str:
    # Wrong options are left out: a misconception must never be retrieved as if it were a fact.
    answers = (
        [choice.text for choice in question.choices if choice.right]
        if question.kind is QuestionKind.CHOICE
        else list(question.key_points)
    )
    return "\n".join([question.text, "", *(f"- {answer}" for answer in answers)])
