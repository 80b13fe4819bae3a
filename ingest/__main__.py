"""``python -m ingest``: build the index, say what is in it, prove it whole, check the notes.

Owns: arguments and words. Refuses: any work of its own.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Column, Table

from assistant.console import err, make_app, out, print_json, progress_bar, run
from assistant.curriculum import load_curriculum
from assistant.embedding import load_embedder
from assistant.generation import read_manifest, require_current_generation
from assistant.settings import load_settings
from ingest.lint import Severity
from ingest.lint.files import lint_corpus
from ingest.pipeline import build as build_index
from ingest.publish import verify_in_subprocess
from ingest.reading import reading_minutes, write_reading_minutes
from ingest.status import read_status

app = make_app("Turn the roadmap and the study notes into a searchable index.")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]


@app.command()
def build(as_json: Json = False) -> None:
    """Bring the index up to date; unchanged input costs nothing."""
    settings = load_settings()
    embedder = load_embedder(settings.embedding_model_dir)
    with progress_bar("Embedding") as bar:
        task = bar.add_task("embed", total=None, visible=False)
        report = build_index(
            settings, embedder, lambda done, total: bar.update(task, completed=done, total=total, visible=total > 0)
        )
    if as_json:
        print_json(asdict(report))
    elif report.published:
        out.print(
            f"Published {report.generation}: {report.chunks} chunks from {report.sources} sources"
            f" ({report.embedded} embedded, {report.reused} reused)."
        )
    else:
        out.print(f"Unchanged: {report.chunks} chunks from {report.sources} sources, nothing embedded.")


@app.command()
def status(as_json: Json = False) -> None:
    """Show sources, chunks, model, generation and size."""
    found = read_status(load_settings())
    if as_json:
        print_json(asdict(found))
        return
    table = Table(Column("source", no_wrap=True), "title", "chunks", box=None, pad_edge=False)
    for source in found.sources:
        table.add_row(source.id, source.title, str(source.chunks))
    out.print(table)
    out.print(
        f"\n{len(found.sources)} sources, {found.chunks} chunks, generation {found.generation or 'none'}"
        f" ({'up to date' if found.up_to_date else 'behind the library: run python -m ingest build'})"
    )
    out.print(f"model {found.model or 'none'}, {found.dimension} dimensions; {found.size_mb:.1f} MB in {found.home}")


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
def lint(as_json: Json = False) -> None:
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


if __name__ == "__main__":
    run(app)
