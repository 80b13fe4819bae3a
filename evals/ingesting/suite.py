"""The ingest suite: is a document read whole, without its clutter, named, placed, and only once?

Owns: comparing what is in the library with what should be. Refuses: ingesting (``TakeIn`` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evals.ingesting.cases import Expected, IngestCase
from evals.ingesting.intake import Files, Intake, Stored
from evals.stats import Estimate, count, proportion
from evals.suite import Row, SuiteResult, Tick

TakeIn = Callable[[Sequence[IngestCase]], Intake]
_Finding = tuple[str, bool, str]
"""What was asked (the name of a metric), whether it is so, and what is so instead."""


def run_ingest(cases: Sequence[IngestCase], take_in: TakeIn, tick: Tick) -> SuiteResult:
    """Take all cases in and judge each.

    ``expected`` is the share of cases of which all that is expected holds. Of all single expectations, ``outcome``,
    ``title``, ``topic`` and ``duplicate`` are the shares that hold; ``text_kept`` is the share of texts that must stand
    in the chunks and do, ``text_dropped`` of those that must not and do not. ``again.embedded`` counts the chunks that
    were embedded when nothing had changed, and ``again.published`` is 1 if an index was published all the same.
    """
    taken = take_in(cases)
    findings = {case.id: list(_findings(case, taken)) for case in cases}
    rows = []
    for case in cases:
        rows.append(_row(case, findings[case.id]))
        tick()
    metrics: dict[str, Estimate] = {
        "expected": proportion(sum(bool(row["ok"]) for row in rows), len(rows)),
    }
    for name in ("outcome", "title", "text_kept", "text_dropped", "topic", "duplicate"):
        oks = [ok for found in findings.values() for asked, ok, _ in found if asked == name]
        if oks:
            metrics[name] = proportion(sum(oks), len(oks))
    metrics["again.embedded"] = count(taken.embedded_again, len(cases))
    metrics["again.published"] = count(taken.published_again, len(cases))
    return SuiteResult(
        "ingest",
        metrics,
        tuple(rows),
        scores={"expected": {str(row["id"]): float(bool(row["ok"])) for row in rows}},
    )


def _findings(case: IngestCase, taken: Intake) -> Iterator[_Finding]:
    for expectations, files in ((case.expected, taken.first), (case.then, taken.later)):
        for expected in expectations:
            yield from _of_file(expected, case.id, files)


def _of_file(expected: Expected, case_id: str, files: Files) -> Iterator[_Finding]:
    stored = files.get((case_id, expected.file), Stored())
    yield "outcome", stored.outcome == expected.outcome, f"{expected.file}: {stored.outcome}"
    if expected.title is not None:
        yield "title", stored.title == expected.title, f"{expected.file}: title “{stored.title}”"
    for text in expected.has:
        yield "text_kept", text in stored.text, f"{expected.file}: lost “{text}”"
    for text in expected.lacks:
        yield "text_dropped", text not in stored.text, f"{expected.file}: kept “{text}”"
    if expected.topic is not None:
        yield "topic", stored.topic == expected.topic, f"{expected.file}: topic {stored.topic or 'none'}"
    if expected.same_as:
        other = files.get((case_id, expected.same_as), Stored())
        is_same = bool(stored.document) and stored.document == other.document
        yield "duplicate", is_same, f"{expected.file}: not the document of {expected.same_as}"


def _row(case: IngestCase, findings: Sequence[_Finding]) -> Row:
    return {
        "suite": "ingest",
        "id": case.id,
        "split": case.split.value,
        "kind": case.kind.value,
        "files": [file.name for file in case.files],
        "unmet": [instead for _, ok, instead in findings if not ok],
        "ok": all(ok for _, ok, _ in findings),
    }
