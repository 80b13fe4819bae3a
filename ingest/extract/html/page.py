"""A fetched or saved HTML page to sections.

Owns: the order of the steps. Refuses: each step's rules, which are in the file of its name.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.extract.html.blocks import render
from ingest.extract.html.facts import page_name, read_head, read_page
from ingest.extract.html.hidden import remove_hidden
from ingest.extract.html.main_content import keep_main_content
from ingest.extract.html.tree import parse
from ingest.extract.html.walls import judge
from ingest.extract.outline import Outline
from ingest.extract.result import Extracted, skipped


def extract_page(source: str, stem: str) -> Extracted:
    """Sections of the page's main text; ``stem`` is the title of a page without one.

    Raises:
        NotExtracted: skipped, it is no article; failed, it is nested too deeply.
    """
    root = parse(source)
    head = read_head(root)
    remove_hidden(root)
    page = read_page(source, head, root)
    outline = Outline()
    render(keep_main_content(root), outline)
    if reason := judge(replace(page, text=outline.text())):
        raise skipped(reason)
    return outline.extracted(page_name(page.title, outline.title) or outline.title or page.heading or stem)
