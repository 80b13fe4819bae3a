"""``study sources``: what there is to answer from.

Owns: its lines and its JSON. Refuses: adding and removing (``python -m ingest``).
"""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.catalogue import load_catalogue
from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.curriculum import load_curriculum
from assistant.library import Source
from assistant.material import LinkedSource, Material, OwnSource, corpus_summary, outcome_of, read_material
from assistant.planning.wording import count_text
from assistant.settings import load_settings

_NOT_FETCHED = "not fetched"
_HOW = (
    "Add with: python -m ingest add PATH|URL; take out with: python -m ingest remove PATH|URL; "
    "fetch the links with: python -m ingest build --links"
)
Text = Annotated[str, typer.Argument(metavar="[TEXT]", help="Only what has this in its name, title or reason.")]
Links = Annotated[bool, typer.Option("--links", help="List the linked resources that were never fetched, too.")]


def sources(text: Text = "", links: Links = False, as_json: AsJson = False) -> None:
    """List your own material and the roadmap's linked resources, each with its status and the reason."""
    settings = load_settings()
    catalogue = load_catalogue(settings.corpus_dir, load_curriculum(settings.corpus_dir))
    material = _matching(read_material(settings.library_path, catalogue), text.casefold())
    if as_json:
        print_json(_record(material))
        return
    out.print(corpus_summary(material.chunks), markup=False, soft_wrap=True)
    for own in material.own:
        out.print(f"{own.source.id}: {_outcome(own.source)}", markup=False, soft_wrap=True)
    waiting = 0
    for linked in material.linked:
        waiting += linked.source is None
        if linked.source is not None or links:
            line = f"{linked.resource.url}: {_outcome(linked.source)}"
            out.print(line, markup=False, soft_wrap=True)
    what = f"{len(material.own)} of your own, {count_text(len(material.linked), 'linked resource')}"
    err.print(f"{what}, {waiting} of them not fetched. {_HOW}", markup=False, soft_wrap=True)


def _matching(material: Material, text: str) -> Material:
    def holds(*names: str) -> bool:
        return any(text in name.casefold() for name in names)

    return Material(
        material.chunks,
        tuple(own for own in material.own if holds(own.source.id, own.source.title, own.source.reason)),
        tuple(
            each
            for each in material.linked
            if holds(each.resource.url, each.resource.title, each.source.reason if each.source else "")
        ),
    )


def _outcome(source: Source | None) -> str:
    return outcome_of(source, source.chunks) if source else _NOT_FETCHED


def _record(material: Material) -> dict[str, object]:
    return {
        "chunks": {kind.value: number for kind, number in material.chunks.items()},
        "own": [_own_record(own) for own in material.own],
        "linked": [_linked_record(linked) for linked in material.linked],
    }


def _own_record(own: OwnSource) -> dict[str, object]:
    topics = [{"topic": topic, "chunks": chunks} for topic, chunks in own.topics]
    return {"source": own.source.id, "title": own.source.title, **_status(own.source), "topics": topics}


def _linked_record(linked: LinkedSource) -> dict[str, object]:
    resource = linked.resource
    return {
        "source": resource.url, "title": resource.title, **_status(linked.source), "topics": list(resource.topics)
    }  # fmt: skip


def _status(source: Source | None) -> dict[str, object]:
    if source is None:
        return {"status": _NOT_FETCHED, "reason": "", "chunks": 0}
    return {"status": source.status.value, "reason": source.reason, "chunks": source.chunks}
