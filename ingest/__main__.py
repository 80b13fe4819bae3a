"""``python -m ingest``: build the index, say what is in it, prove it whole, check the notes.

Owns: arguments and words. Refuses: any work of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer

from assistant.console import err, make_app, out, print_json, run
from assistant.curriculum import load_curriculum
from assistant.embedding import load_embedder
from assistant.errors import InvalidInput, StudyError
from assistant.generation import read_manifest, require_current_generation
from assistant.library import Library, Origin, SourceStatus
from assistant.settings import load_settings
from ingest.lint import Severity
from ingest.lint.files import lint_corpus
from ingest.listing import chosen, outcomes, totals
from ingest.lock import AT_ONCE, Patience, build_lock
from ingest.pipeline import BuildReport, Ingest
from ingest.publish import verify_in_subprocess
from ingest.reading import reading_minutes, write_reading_minutes
from ingest.status import read_status
from ingest.telling import telling
from ingest.web import Fetcher, Policy

app = make_app("Turn the roadmap and the study notes into a searchable index.")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
JsonLines = Annotated[bool, typer.Option("--json", help="Print one JSON object a line on stdout.")]
Events = Annotated[bool, typer.Option("--events", help="Print what happens on stdout as it happens, as JSON lines.")]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Wait up to 10 minutes for a build that is running.")]
_WAIT_S = 600.0


@app.command()
def build(
    links: Annotated[bool, typer.Option("--links", help="Fetch the linked resources and your pages, too.")] = False,
    wait: Wait = True,
    as_json: Json = False,
    as_events: Events = False,
) -> None:
    """Bring the index up to date with the corpus and your files; unchanged input costs nothing."""
    _run(lambda ingest: ingest.build(links=links), wait=wait, as_json=as_json, as_events=as_events)


@app.command()
def add(
    locations: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders or web pages.")],
    wait: Wait = True,
    as_json: Json = False,
    as_events: Events = False,
) -> None:
    """Add your own material: Markdown, PDF, DOCX, HTML, EPUB, notebooks, text, or a page by its address."""
    _run(lambda ingest: ingest.add(locations), wait=wait, as_json=as_json, as_events=as_events)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="What was added, or one file of it.")],
    wait: Wait = True,
    as_json: Json = False,
    as_events: Events = False,
) -> None:
    """Forget sources of your own; the files themselves are not touched."""
    _run(lambda ingest: ingest.remove(names), wait=wait, as_json=as_json, as_events=as_events)


@app.command("list")
def list_sources(
    text: Annotated[str, typer.Argument(help="Only sources with these words in name, title or reason.")] = "",
    only: Annotated[SourceStatus | None, typer.Option("--status", help="Only sources with this status.")] = None,
    as_json: JsonLines = False,
) -> None:
    """List your own sources and the linked resources, each with its status and the reason."""
    known = [source for source in read_status(load_settings()).sources if source.origin is not Origin.CORPUS]
    found, lines = chosen(known, text, only), outcomes(known)
    for source in found:
        if as_json:
            fields = {"source": source.id, "title": source.title, "origin": source.origin, "status": source.status}
            print_json({**fields, "reason": source.reason, "outcome": lines[source.id], "chunks": source.chunks})
        else:
            out.print(f"{source.id}: {lines[source.id]}", markup=False, soft_wrap=True)
    if not known:
        err.print("Nothing of your own yet. Add some with: python -m ingest add PATH|URL", markup=False)
    elif not as_json:
        err.print(totals(found))


@app.command()
def prune(wait: Wait = True, as_json: Json = False) -> None:
    """Drop cached embeddings that nothing uses any more."""
    settings = load_settings()
    with build_lock(settings.home, _patience(wait)), Library(settings.library_path) as library:
        dropped = library.forget_unused_embeddings()
    if as_json:
        print_json({"dropped": dropped})
    else:
        out.print(f"Dropped {dropped} cached embeddings.")


@app.command()
def status(as_json: Json = False) -> None:
    """Show every source with its status and the reason, then chunks, model, generation and size."""
    found = read_status(load_settings())
    if as_json:
        print_json(asdict(found))
        return
    lines = outcomes(found.sources)
    for source in found.sources:
        out.print(f"{source.id}: {lines[source.id]}", markup=False, soft_wrap=True)
    out.print(
        f"\n{totals(found.sources)}; {found.chunks} chunks, generation {found.generation or 'none'}"
        f" ({'up to date' if found.up_to_date else 'behind the library: run python -m ingest build'})",
        markup=False,
        soft_wrap=True,
    )
    out.print(
        f"model {found.model or 'none'}, {found.dimension} dimensions; {found.size_mb:.1f} MB in {found.home}",
        markup=False,
        soft_wrap=True,
    )


@app.command()
def verify(as_json: Json = False) -> None:
    """Prove that the published index is whole; exit 1 if it is not."""
    generation = require_current_generation(load_settings().index_dir)
    verify_in_subprocess(generation)
    passages = read_manifest(generation).passages
    if as_json:
        print_json({"generation": generation.name, "passages": passages, "ok": True})
    else:
        out.print(f"{generation.name} is whole: {passages} passages in both stores.")


@app.command()
def lint(as_json: JsonLines = False) -> None:
    """Check the study notes against corpus/STYLE.md; exit 1 if a rule is broken."""
    settings = load_settings()
    findings = lint_corpus(settings.corpus_dir, load_curriculum(settings.corpus_dir))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    for finding in findings:
        if as_json:
            print_json({**asdict(finding), "severity": finding.severity.value})
        else:
            out.print(str(finding), markup=False, soft_wrap=True)
    err.print(f"{errors} errors, {len(findings) - errors} warnings")
    if errors:
        raise typer.Exit(1)


@app.command("reading-times")
def reading_times(as_json: Json = False) -> None:
    """Measure the notes and write each topic's reading time into curriculum.yaml."""
    settings = load_settings()
    minutes = reading_minutes(settings.corpus_dir, load_curriculum(settings.corpus_dir))
    write_reading_minutes(settings.corpus_dir, minutes)
    if as_json:
        print_json({"minutes": minutes})
    else:
        out.print(f"{len(minutes)} topics, {sum(minutes.values())} minutes of reading.")


def _run(work: Callable[[Ingest], BuildReport], *, wait: bool, as_json: bool, as_events: bool) -> None:
    with telling(as_json=as_json, as_events=as_events) as teller:
        try:
            settings, patience = load_settings(), _patience(wait)
            embedder = load_embedder(settings.embedding_model_dir, settings.home)
            teller.stage("Preparing the model")
            with build_lock(settings.home, patience):
                embedder.prepare()
            fetcher = Fetcher(Policy(ports=settings.web_ports))
            report = work(Ingest(settings, embedder, fetcher, teller.progress, teller.source, patience, teller.stage))
            teller.report(report)
        except StudyError as error:
            teller.error(error)
            raise
        except KeyboardInterrupt:
            err.print("Stopped. What was read is kept, the index is as before; the same command goes on from here.")
            raise
    if report.missing:
        raise InvalidInput(f"There is no file or folder at {', '.join(report.missing)}.")


def _patience(wait: bool) -> Patience:
    return Patience(_WAIT_S, lambda message: err.print(message, markup=False, soft_wrap=True)) if wait else AT_ONCE


if __name__ == "__main__":
    run(app)
