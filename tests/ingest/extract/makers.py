"""Small real documents: PDFs by reportlab, Word files by python-docx, e-books by zipfile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.extract import Extracted, NotExtracted, extract_bytes

PROSE = (
    "The scheduler assigns every pod to a node that has room for it. It first filters the nodes that cannot run the"
    " pod at all, and then it scores those that remain. The kubelet of the chosen node starts the containers and"
    " reports their state back to the control plane, which compares it with the state that was asked for."
)
"""52 words, enough for a page to be taken seriously."""

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def sections(data: bytes | str, name: str, media_type: str | None = None) -> list[tuple[str, str]]:
    """Heading and text of every section."""
    return [(section.heading, section.text) for section in extract(data, name, media_type).sections]


def extract(data: bytes | str, name: str, media_type: str | None = None) -> Extracted:
    return extract_bytes(data.encode() if isinstance(data, str) else data, name=name, media_type=media_type)


def refusal(data: bytes | str, name: str, media_type: str | None = None) -> str:
    """The refusal as learners see it, or "" if something was extracted."""
    try:
        extract(data, name, media_type)
    except NotExtracted as error:
        return f"{error.status}: {error.reason}"
    return ""


def page(body: str, title: str = "Pods", head: str = "") -> str:
    """An HTML page."""
    return f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def pdf(
    *draw: Callable[[Canvas], None], title: str = "", password: str | None = None, owner: str | None = None
) -> bytes:
    """A PDF with a page for each function."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    buffer = io.BytesIO()
    lock = StandardEncryption(password or "", owner, strength=128) if password or owner else None
    canvas = Canvas(buffer, pagesize=A4, encrypt=lock, invariant=True)
    canvas.setTitle(title)
    for each in draw:
        each(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, top: float = 760, font: str = "Helvetica", size: float = 11) -> Callable[[Canvas], None]:
    """Draws lines of text below each other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, text in enumerate(texts):
            canvas.drawString(72, top - 14 * number, text)

    return draw


def epub(
    chapters: Mapping[str, str], *, title: str = "A Book", members: Mapping[str, str | bytes] | None = None
) -> bytes:
    """An EPUB 3; the chapters are bodies of XHTML by file name, in the order of the spine."""
    items = "".join(
        f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata><manifest>{items}</manifest>'
        f"<spine>{spine}</spine></package>"
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package,
        **{f"OEBPS/{name}": xhtml(body) for name, body in chapters.items()},
        **(members or {}),
    }
    return archive(files)


def xhtml(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        f"</head><body>{body}</body></html>"
    )


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return buffer.getvalue()


def docx_like(text: str) -> bytes:
    """The least that is a Word file."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return archive(
        {"word/document.xml": f"<w:document xmlns:w='{namespace}'><w:body>{paragraph}</w:body></w:document>"}
    )
