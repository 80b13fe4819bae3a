"""``study search``: the passages behind answers."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.padding import Padding

from assistant.cli.batch import read_batch
from assistant.cli.options import AsJson, Batch, RoadmapOnly, one_of_text_and_batch
from assistant.console import err, out, print_json
from assistant.records import search_record
from assistant.retrieval import Retrieval
from assistant.service import open_assistant
from assistant.settings import load_settings
from assistant.titles import corrections_notice, passage_title

Text = Annotated[str | None, typer.Argument(metavar="TEXT", help="What to look for, in quotes.")]
Count = Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")]


def search(
    text: Text = None,
    k: Count = 8,
    as_json: AsJson = False,
    batch: Batch = None,
    roadmap_only: RoadmapOnly = False,
) -> None:
    """Find the passages of the roadmap and the notes that fit a text best."""
    one_of_text_and_batch(text, batch)
    assistant = open_assistant(load_settings(), with_journal=False)
    if batch is not None:
        for entry in read_batch(batch):
            print_json(
                {"id": entry.id, **search_record(assistant.search(entry.question, k, roadmap_only=roadmap_only))}
            )
        return
    with err.status("Searching …"):
        found = assistant.search(text or "", k, roadmap_only=roadmap_only)
    if as_json:
        print_json(search_record(found))
    else:
        _print(found)


def _print(found: Retrieval) -> None:
    if notice := corrections_notice(found.corrections):
        out.print(notice, style="yellow", markup=False)
    for scored in found.passages:
        out.print(f"{scored.rank}. {passage_title(scored.passage)}", style="bold", markup=False)
        out.print(f"   {scored.score:.2f}  {scored.passage.source}", style="dim", markup=False)
        out.print(Padding(scored.passage.text, (0, 0, 1, 3)), markup=False)
