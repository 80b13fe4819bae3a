"""The sentences of the sources page, without a page."""

from __future__ import annotations

import pytest

from assistant.ingest_job import Job
from assistant.ingesting import Embedding, Failed, Report, SourceRead
from assistant.ui.sources.wording import (
    counted,
    is_good,
    outcome_of_job,
    progress_of,
    short_name,
    web_addresses,
)

DONE = Report(10, 2, published=True)


def read(*outcomes: str) -> tuple[SourceRead, ...]:
    return tuple(SourceRead(f"/{number}.md", outcome) for number, outcome in enumerate(outcomes))


def test_counts_agree_with_their_nouns() -> None:
    assert [counted(number, "file") for number in (0, 1, 1204)] == ["0 files", "1 file", "1,204 files"]


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("", (), ()),
        (" https://a.org/x \n\nhttps://a.org/x\nHTTP://b.org", ("https://a.org/x", "HTTP://b.org"), ()),
        ("a.org/x?y=1#z\nlocalhost", ("https://a.org/x?y=1#z",), ("localhost",)),
        ("ftp://a.org\nfile:///etc/passwd", (), ("ftp://a.org", "file:///etc/passwd")),
        ("two words.org\nhttps:///x\njavascript:alert(1)", (), ("two words.org", "https:///x", "javascript:alert(1)")),
        ("--links", (), ("--links",)),
    ],
)
def test_addresses_are_read_from_lines(text: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert web_addresses(text) == (good, bad)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/home/me/notes.md", "notes.md"),
        ("https://a.org/deep/page/", "a.org/deep/page"),
        ("https://a.org/?q=1", "a.org?q=1"),
        (f"https://a.org/{'x' * 80}", f"a.org/{'x' * 53}…"),
    ],
)
def test_names_fit_a_line(source: str, name: str) -> None:
    assert short_name(source) == name


def test_only_skips_and_failures_need_attention() -> None:
    outcomes = (
        "indexed 1 chunk",
        "unchanged",
        "unchanged, kept from before: 503",
        "removed",
        "skipped: empty",
        "failed: 404",
    )
    assert [is_good(outcome) for outcome in outcomes] == [True, True, True, True, False, False]


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (Job("x"), (0.0, "Starting …")),
        (Job("x", 0, read("unchanged")), (0.225, "Reading: 1 so far")),
        (Job("x", 4, read("unchanged", "unchanged")), (0.225, "Reading: 2 of 4")),
        (Job("x", 1, read("unchanged", "unchanged")), (0.225, "Reading: 2 so far")),
        (Job("x", 0, (), Embedding(50, 100)), (0.7, "Indexing: 50 of 100 new passages")),
        (Job("x", 0, (), Embedding(0, 1)), (0.45, "Indexing: 0 of 1 new passage")),
        (Job("x", 0, (), Embedding(0, 0)), (0.95, "Publishing the new index …")),
    ],
)
def test_progress_never_claims_to_be_done(job: Job, expected: tuple[float, str]) -> None:
    share, doing = progress_of(job)
    assert (pytest.approx(share), doing) == expected


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        (Job("x", end=DONE), "Done."),
        (Job("x", end=Report(10, 0, published=False)), "Done. Nothing had changed."),
        (
            Job("x", 0, read("failed: 404", "indexed 2 chunks", "skipped: empty", "indexed 1 chunk"), end=DONE),
            "Done: 2 indexed, 1 failed, 1 skipped.",
        ),
        (Job("x", 0, read("unchanged, kept from before: 503"), end=DONE), "Done: 1 unchanged."),
        (Job("x", 0, read("indexed 2 chunks"), end=Failed("The disk is full.")), "The disk is full."),
    ],
)
def test_outcome_is_one_sentence(job: Job, sentence: str) -> None:
    assert outcome_of_job(job) == sentence
