"""The learner's own files and pages: added, changed, renamed, removed, and never in each other's way."""

from __future__ import annotations

import dataclasses
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import PassageKind
from assistant.errors import InvalidInput
from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.library import Library, Origin
from assistant.retrieval import Retriever
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary
from ingest.pipeline import BuildReport, Ingest
from ingest.results import SourceResult
from ingest.web import Fetched, Fetcher, Limits, Policy
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

NOTE = (
    "# Solder\n\nA solder joint conducts current between copper tracks.\n\n## Flux\n\nFlux removes oxide from copper.\n"
)
PAGE = b"<html><head><title>Relays</title></head><body><main><h1>Relays</h1>" + (
    b"<p>A relay switches a heavy current with a small one, and its coil moves the contact. "
    b"The contact of a relay wears out after a hundred thousand operations under load.</p>" * 3
) + b"</main></body></html>"  # fmt: skip


class Desk:
    """A learner's machine: a corpus, a folder of notes, and what was said about each source."""

    def __init__(self, folder: Path, embedder: BagOfStems, fetcher: Fetcher) -> None:
        self.notes = folder / "vault"
        self.notes.mkdir()
        self.settings = Settings(home=folder / "home", corpus_dir=write_corpus(folder / "corpus"))
        self.embedder = embedder
        self.said: list[SourceResult] = []
        self.ingest = Ingest(self.settings, embedder, fetcher, lambda _done, _total: None, self.said.append)

    def outcomes(self) -> dict[str, str]:
        found = {Path(result.source).name: result.outcome for result in self.said}
        self.said.clear()
        return found

    def write(self, name: str, text: str) -> Path:
        path = self.notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def sources(self) -> list[str]:
        with Library(self.settings.library_path) as library:
            return [Path(source.id).name for source in library.sources(Origin.OWN)]

    def first(self, query: str) -> tuple[PassageKind, str]:
        index = Index(require_current_generation(self.settings.index_dir), self.embedder.fingerprint)
        passage = (
            Retriever(index, self.embedder, Vocabulary(()), dense_weight=0.5, candidates=50)
            .retrieve(query, 1)
            .passages[0]
            .passage
        )
        index.close()
        return passage.kind, passage.text


@pytest.fixture
def desk(tmp_path: Path, embedder: BagOfStems) -> Desk:
    made = Desk(tmp_path, embedder, Fetcher())
    made.ingest.build()
    made.embedder.embedded.clear()
    return made


def add(desk: Desk, location: Path | str) -> BuildReport:
    return desk.ingest.add([str(location)])


def test_folder_is_added_and_searchable(desk: Desk) -> None:
    desk.write("solder.md", NOTE)
    desk.write("deep/plain.txt", "Tin melts at 232 degrees Celsius, which is low enough for a small iron to reach.")
    desk.write(".obsidian/app.json", "{}")
    desk.write("picture.png", "not read")
    report = add(desk, desk.notes)
    assert desk.outcomes() == {"solder.md": "indexed 2 chunks", "plain.txt": "indexed 1 chunk"}
    assert (report.embedded, report.published) == (3, True)
    assert desk.first("flux oxide copper") == (PassageKind.OWN, "Flux removes oxide from copper.")


def test_second_time_costs_nothing(desk: Desk) -> None:
    desk.write("solder.md", NOTE)
    add(desk, desk.notes)
    desk.outcomes()
    desk.embedder.embedded.clear()
    report = desk.ingest.build()
    assert desk.outcomes() == {"solder.md": "unchanged"}
    assert (report.embedded, report.published, desk.embedder.embedded) == (0, False, [])


def test_changed_file_embeds_only_what_changed(desk: Desk) -> None:
    desk.write("solder.md", NOTE)
    add(desk, desk.notes)
    desk.embedder.embedded.clear()
    desk.write("solder.md", NOTE.replace("oxide", "rust"))
    report = desk.ingest.build()
    assert report.embedded == 1
    assert "rust" in desk.embedder.embedded[0]
    assert desk.first("flux rust copper")[1] == "Flux removes rust from copper."


def test_deleted_file_disappears(desk: Desk) -> None:
    path = desk.write("solder.md", NOTE)
    desk.write("other.md", "# Other\n\nSomething else entirely stands in this other file of the vault.\n")
    add(desk, desk.notes)
    path.unlink()
    desk.outcomes()
    desk.ingest.build()
    assert desk.outcomes() == {"other.md": "unchanged", "solder.md": "removed"}
    assert desk.sources() == ["other.md"]
    assert desk.first("flux oxide")[0] is not PassageKind.OWN


def test_same_content_under_two_names_is_stored_once_and_listed_twice(desk: Desk) -> None:
    desk.write("a.md", NOTE)
    desk.write("b.md", NOTE)
    report = add(desk, desk.notes)
    assert desk.outcomes() == {"a.md": "indexed 2 chunks", "b.md": "indexed 2 chunks"}
    assert report.embedded == 2
    assert desk.sources() == ["a.md", "b.md"]
    (desk.notes / "a.md").unlink()
    assert desk.ingest.build().chunks == report.chunks


def test_one_bad_file_does_not_stop_the_others(desk: Desk) -> None:
    desk.write("bad.pdf", "this is no PDF")
    desk.write("empty.md", "")
    desk.write("good.md", NOTE)
    add(desk, desk.notes)
    outcomes = desk.outcomes()
    assert outcomes["good.md"] == "indexed 2 chunks"
    assert outcomes["empty.md"].startswith("skipped: ")
    assert outcomes["bad.pdf"].startswith(("failed: ", "skipped: "))
    desk.ingest.build()
    assert desk.outcomes()["bad.pdf"] == outcomes["bad.pdf"]


def test_removed_folder_is_forgotten(desk: Desk) -> None:
    desk.write("solder.md", NOTE)
    add(desk, desk.notes)
    desk.ingest.remove([str(desk.notes)])
    assert desk.sources() == []
    assert (desk.notes / "solder.md").is_file()
    with pytest.raises(InvalidInput, match="is not among your sources"):
        desk.ingest.remove([str(desk.notes)])


def test_missing_path_is_bad_input(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="There is no file or folder at"):
        add(desk, desk.notes / "nowhere.md")


def test_missing_path_does_not_stop_the_others(desk: Desk) -> None:
    good = desk.write("solder.md", NOTE)
    report = desk.ingest.add([str(desk.notes / "nowhere.md"), str(good)])
    assert desk.outcomes() == {"nowhere.md": "failed: no file or folder there", "solder.md": "indexed 2 chunks"}
    assert report.missing == (str(desk.notes / "nowhere.md"),)


def test_file_removed_from_a_folder_stays_out_until_it_is_added_again(desk: Desk) -> None:
    left_out = "skipped: removed by you; to have it back, add it by its path"
    path = desk.write("solder.md", NOTE)
    desk.write("other.md", "# Other\n\nSomething else entirely stands in this other file of the vault.\n")
    add(desk, desk.notes)
    desk.ingest.remove([str(path)])
    desk.outcomes()
    desk.ingest.build()
    assert desk.outcomes() == {"other.md": "unchanged", "solder.md": left_out}
    assert desk.first("flux oxide")[0] is not PassageKind.OWN
    with pytest.raises(InvalidInput, match="is not among your sources"):
        desk.ingest.remove([str(path)])
    add(desk, path)
    assert desk.outcomes() == {"solder.md": "indexed 2 chunks"}
    desk.ingest.remove([str(path)])
    desk.outcomes()
    desk.ingest.build()
    assert desk.outcomes()["solder.md"] == left_out
    desk.ingest.remove([str(desk.notes)])
    assert desk.sources() == []


def test_folder_inside_an_added_folder_can_be_removed(desk: Desk) -> None:
    desk.write("Templates/daily.md", NOTE)
    desk.write("other.md", "# Other\n\nSomething else entirely stands in this other file of the vault.\n")
    add(desk, desk.notes)
    desk.outcomes()
    desk.ingest.remove([str(desk.notes / "Templates")])
    assert desk.outcomes() == {"Templates": "removed 1 source"}
    desk.ingest.build()
    assert desk.outcomes()["daily.md"].startswith("skipped: removed by you")


def test_name_that_is_not_utf8_is_written_with_escapes(desk: Desk) -> None:
    path = Path(os.fsdecode(os.fsencode(desk.notes) + b"/caf\xe9.md"))
    path.write_text(NOTE, encoding="utf-8")
    add(desk, path)
    assert desk.outcomes() == {"caf\\xe9.md": "indexed 2 chunks"}
    desk.ingest.build()
    assert desk.outcomes() == {"caf\\xe9.md": "unchanged"}


def test_interrupted_fetching_leaves_the_rest_unfetched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Stopped(Fetcher):
        def fetch(self, url: str, **_conditions: object) -> Fetched:
            asked.append(url)
            raise KeyboardInterrupt

    monkeypatch.setattr(desk, "ingest", dataclasses.replace(desk.ingest, fetcher=Stopped()))
    with pytest.raises(KeyboardInterrupt):
        desk.ingest.add([f"https://example.org/{number}" for number in range(5_000)])
    assert len(asked) < 5_000


def test_own_material_is_matched_to_the_nearest_topic(desk: Desk) -> None:
    text = "A fuse breaker works by counting failures in a window of 100 calls."
    desk.write(
        "fuse.md", f"# Fuses and breakers\n\n{text} A fuse breaker opens after 50 percent of the calls failed.\n"
    )
    desk.write("tea.md", "# Tea\n\nGreen tea tastes best when the water has cooled for some minutes before pouring.\n")
    add(desk, desk.notes)
    with Library(desk.settings.library_path) as library:
        topics = {c.passage.heading: c.passage.topic for c in library.chunks() if c.passage.kind is PassageKind.OWN}
    assert topics == {"Fuses and breakers": "fuses", "Tea": None}


def test_search_for_one_kind_looks_past_the_others(desk: Desk) -> None:
    desk.write("solder.md", NOTE)
    add(desk, desk.notes)
    index = Index(require_current_generation(desk.settings.index_dir), desk.embedder.fingerprint)
    retriever = Retriever(index, desk.embedder, Vocabulary(()), dense_weight=0.5, candidates=5)
    kinds = {
        kind: {scored.passage.kind for scored in retriever.retrieve("a fuse breaker", 9, kind=kind).passages}
        for kind in (PassageKind.OWN, PassageKind.NOTES, PassageKind.RESOURCE)
    }
    index.close()
    assert kinds == {
        PassageKind.OWN: {PassageKind.OWN}, PassageKind.NOTES: {PassageKind.NOTES}, PassageKind.RESOURCE: set(),
    }  # fmt: skip


def test_topics_are_looked_for_again_only_when_the_notes_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[dict[str, str | None]] = []
    monkeypatch.setattr(Library, "set_topics", lambda _self, topics: compared.append(topics))
    add(desk, desk.write("tea.md", "# Tea\n\nGreen tea tastes best when the water has cooled for some minutes.\n"))
    add(desk, desk.write("rice.md", "# Rice\n\nRice is done when the water is gone and the grains are soft.\n"))
    desk.ingest.build()
    assert [len(topics) for topics in compared] == [1, 1]
    notes = desk.settings.corpus_dir / "notes" / "01-breaking-things.md"
    notes.write_text(notes.read_text(encoding="utf-8").replace("trades", "exchanges"), encoding="utf-8")
    desk.ingest.build()
    assert [len(topics) for topics in compared] == [1, 1, 2]


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/relays":
            if self.headers.get("If-None-Match") == '"1"':
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("ETag", '"1"')
            self.end_headers()
            self.wfile.write(PAGE)
        elif self.path == "/polish":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=iso-8859-2")
            self.end_headers()
            self.wfile.write("Zażółć gęślą jaźń.".encode("iso-8859-2"))
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_pages_are_fetched_once_and_failures_have_reasons(tmp_path: Path, embedder: BagOfStems, site: int) -> None:
    policy = Policy(ports=frozenset({80, 443, site}), allowed=frozenset({("127.0.0.1", site)}))
    desk = Desk(tmp_path, embedder, Fetcher(policy, Limits(pause_s=0)))
    base = f"http://127.0.0.1:{site}"
    desk.ingest.build()
    desk.ingest.add([f"{base}/relays", f"{base}/polish", f"{base}/gone", "http://169.254.169.254/latest/"])
    outcomes = desk.outcomes()
    assert outcomes["relays"].startswith("indexed ")
    assert outcomes["gone"] == "failed: 404"
    assert desk.first("Zażółć gęślą")[1] == "Zażółć gęślą jaźń."
    assert outcomes["latest"].startswith("failed: ")
    assert desk.first("relay coil contact")[0] is PassageKind.OWN
    desk.ingest.add([f"{base}/relays"])
    assert desk.outcomes() == {"relays": "unchanged"}
