"""The linter of the study notes: does what is written keep to the format, and can every sentence be quoted alone?

Owns: which rules run over which files, and the order of the findings. Each rule lives in the file of its idea:
``outline`` (headings), ``body`` (sections), ``questions``, ``frame`` (overview and project), ``prose`` (markup and
length), ``corpus`` (across files). Refuses: reading files or the curriculum, printing, and mending anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.notes import NotesFormatError
from ingest.lint.body import check_body
from ingest.lint.corpus import check_corpus
from ingest.lint.finding import WHOLE_FILE, Code, Finding, Severity
from ingest.lint.frame import check_frame
from ingest.lint.outline import check_outline
from ingest.lint.prose import check_prose
from ingest.lint.questions import check_questions
from ingest.lint.source import ModuleSpec, Source, read_source

__all__ = ["Code", "Finding", "ModuleSpec", "Severity", "lint_notes"]

_FILE_RULES = (check_outline, check_frame, check_body, check_questions, check_prose)


def lint_notes(expected: Mapping[str, ModuleSpec], files: Mapping[str, str]) -> list[Finding]:
    """Return all findings, sorted by path, line and code.

    ``expected`` gives what the roadmap says about each file, ``files`` the text of each file that exists; both use
    the same keys, and a finding's path is such a key. A file that is absent or cannot be parsed is one finding.
    """
    findings: list[Finding] = []
    sources: list[Source] = []
    topic_ids = frozenset(topic_id for spec in expected.values() for topic_id, _ in spec.topics)
    for path, spec in expected.items():
        if path not in files:
            findings.append(Finding(path, WHOLE_FILE, Code.FILE_MISSING, f'the notes of "{spec.title}" are missing'))
            continue
        try:
            sources.append(read_source(path, files[path], spec, topic_ids))
        except NotesFormatError as error:
            findings.append(Finding(path, error.line, Code.FORMAT, error.problem))
    for path in files:
        if path not in expected:
            findings.append(Finding(path, WHOLE_FILE, Code.FILE_UNKNOWN, "no module of the roadmap has this file name"))
    for source in sources:
        for rule in _FILE_RULES:
            findings.extend(rule(source))
    findings.extend(check_corpus(sources))
    return sorted(findings)
