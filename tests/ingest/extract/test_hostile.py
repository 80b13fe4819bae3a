"""Files made to hurt: each is refused or read in bounded time, in this process and without the worker's limits."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest

from ingest.extract.archive import MAX_MEMBERS
from ingest.extract.html.tree import MAX_ELEMENTS
from ingest.extract.markdown.document import extract_markdown
from ingest.extract.pdf import MAX_OBJECTS
from ingest.extract.result import NotExtracted
from tests.ingest.extract.makers import CONTAINER, PROSE, archive, epub, page, refusal, sections

BOUND_S = 5.0
DOCUMENT = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{}</w:body></w:document>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < BOUND_S


def raw_pdf(*objects: bytes, size: int | None = None) -> bytes:
    """A PDF of these objects, the first being the catalog."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = size or len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, count, len(out),
    )  # fmt: skip


def stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
LEAF = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
ONE_PAGE = (CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", LEAF)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (lambda: raw_pdf(CATALOG, size=1_000_000), "failed: PDF with too many objects"),
        (lambda: b"%PDF-1.7\n" + b"1 0 obj null endobj\n" * (MAX_OBJECTS + 1), "failed: PDF with too many objects"),
        (lambda: raw_pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"), "failed: damaged PDF"),
        (
            lambda: raw_pdf(
                CATALOG,
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                *(
                    b"<< /Type /Pages /Kids [%d 0 R] /Parent %d 0 R /Count 1 >>" % (i + 1, i - 1)
                    for i in range(3, 3000)
                ),
            ),
            "failed: damaged PDF",
        ),
        (lambda: raw_pdf(CATALOG, b"<< /Type /Pages /Kids [" + b"3 0 R " * 90_000 + b"] /Count 90000 >>", LEAF), None),
        (lambda: raw_pdf(*ONE_PAGE, stream(b"BT /F1 9 Tf " + b"0" * 200_000_000), FONT), "failed: damaged PDF"),
        (
            lambda: raw_pdf(*ONE_PAGE, stream(b"BT /F1 9 Tf 9 700 Td " + b"(a) Tj 0 -9 Td " * 51_000), FONT),
            "failed: damaged PDF",
        ),
        (lambda: raw_pdf(*ONE_PAGE, stream(b"BT /F1 9 Tf " + b"[" * 1_000_000), FONT), "failed: nested too deeply"),
    ],
    ids=["declared objects", "objects", "endless tree", "deep tree", "wide tree", "bomb", "operators", "nested arrays"],
)
def test_pdf(data: Callable[[], bytes], reason: str | None) -> None:
    found = refusal(data(), "a.pdf")
    assert found == reason if reason else found.startswith("failed: ")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (
            lambda: docx(DOCUMENT.format("<w:p/>"), {"word/media/zeros": b"\0" * 60_000_000}),
            "a.docx",
            "unpacks to too much data",
        ),
        (lambda: docx(DOCUMENT.format(" " * 41_000_000), {}), "a.docx", "unpacks to too much data"),
        (
            lambda: docx(BOMB + DOCUMENT.format("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"), {}),
            "a.docx",
            "XML that declares entities",
        ),
        (
            lambda: docx(EXTERNAL + DOCUMENT.format("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"), {}),
            "a.docx",
            "XML that declares entities",
        ),
        (lambda: docx(DOCUMENT.format("<w:sdt><w:sdtContent>" * 10_000), {}), "a.docx", "nested too deeply"),
        (lambda: docx(DOCUMENT.format("<w:tbl><w:tr><w:tc>" * 100), {}), "a.docx", "nested too deeply"),
        (
            lambda: docx("x", {f"m{i}": b"" for i in range(MAX_MEMBERS)}),
            "a.docx",
            "archive with more than 10,000 members",
        ),
        (lambda: locked(docx(DOCUMENT.format(""), {})), "a.docx", "encrypted document"),
        (lambda: epub({"a.xhtml": "<p>" + " " * 30_000_000}), "a.epub", "unpacks to too much data"),
        (lambda: epub({"a.xhtml": "<div>" * 10_000}), "a.epub", "nested too deeply"),
        (lambda: archive({"META-INF/container.xml": BOMB + CONTAINER[21:]}), "a.epub", "XML that declares entities"),
        (
            lambda: archive({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": EXTERNAL + "<package/>"}),
            "a.epub",
            "XML that declares entities",
        ),
    ],
)
def test_containers(data: Callable[[], bytes], name: str, reason: str) -> None:
    assert refusal(data(), name) == f"failed: {reason}"


def docx(document: str, members: dict[str, bytes]) -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **members})


def locked(data: bytes) -> bytes:
    """The same archive with the flag that says its members are encrypted."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def test_members_that_share_their_bytes_count_each() -> None:
    """As in a bomb of overlapping members: small in the file, large in the directory."""
    data = bytearray(archive({"word/document.xml": "x" * 100, "a": "y" * 100}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as container:
        start = container.start_dir
    for at in (i for i in range(start, len(data) - 4) if data[i : i + 4] == b"PK\x01\x02"):
        data[at + 24 : at + 28] = (200_000_000).to_bytes(4, "little")
    assert refusal(bytes(data), "a.docx") == "failed: unpacks to too much data"


def test_archives_inside_a_document_are_not_opened() -> None:
    inner = archive({"zeros": b"\0" * 900_000})
    data = epub({"a.xhtml": "<p>Words.</p>"}, members={"OEBPS/inner.zip": inner, "OEBPS/b.epub": inner})
    assert sections(data, "a.epub") == [("", "Words.")]


def test_an_html_entity_is_no_bomb() -> None:
    text = page(f"{BOMB}<p>{PROSE} &b; &a; &nbsp;&#x41;</p>")
    assert "aaaaaaaaaa&" not in sections(text, "a.html")[0][1]


PARAGRAPHS = f"<p>{PROSE}</p>" * 20


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 10_000 + PARAGRAPHS, "failed: nested too deeply"),
        ("<ul><li>" * 10_000 + PARAGRAPHS, "failed: nested too deeply"),
        ("<b>" * (2 * MAX_ELEMENTS + 1), "failed: more than 300,000 HTML elements"),
        (
            "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">",
            "failed: an HTML element with more than 1,000 attributes",
        ),
        ("<div>" * 200 + PARAGRAPHS, ""),
        (PARAGRAPHS + "<p>" + "<b>word</b> " * 20_000, ""),
        (PARAGRAPHS + "<ul>" + "<li><a href=x>link text</a></li>" * 8_000 + "</ul>", ""),
        (PARAGRAPHS + "<table>" + "<tr><td>a<td>b</tr>" * 5_000 + "</table>", ""),
        (PARAGRAPHS + "<style>" + ".a{" * 100_000 + "</style>", ""),
        (PARAGRAPHS + "<p>" + "word " * 200_000, ""),
    ],
    ids=["div", "ul", "elements", "attributes", "200 levels", "inline", "links", "rows", "sheet", "line"],
)
def test_html(body: str, reason: str) -> None:
    assert refusal(page(body), "a.html") == reason


@pytest.mark.parametrize(
    "pattern",
    [
        "[", "[ ", "![", "![[", "[[", "[a](", '[a](b "', "](", "[^a]: b\n", "[a]: b\n", "<", "<a ", "<a b='", "<b>", "<p hidden>",
        "<td>", "<table><tr><td>x", "<pre>", "<li>", "<script>", "<!--", " %%", "`", "` ", "*", "==a ", " ^a", "{{< ", "{: .a ",
        ":::\n", "::: note {", ">", "> a\n\n", "- ", "- a\n  ", "a | b\n-|-\n", "|", "# ", "# a\n", "a\n=\n", "\t", "\ta\n\n", " ",
        "&#", "```\n", "```a\n", "~~~ ", "!!! note\n    a\n", "<http://", "<A b={", "import a from '", "- [ ] ", "> [!note]- a\n",
    ],
)  # fmt: skip
def test_markdown_takes_linear_time(pattern: str) -> None:
    text = pattern * (60_000 // len(pattern)) + "\n\nThe end is here."
    try:
        extract_markdown(text, "a", mdx=True)
    except NotExtracted as error:
        assert error.reason == "empty"


def test_a_list_of_thousands_of_levels() -> None:
    text = "\n".join("  " * i + f"- item {i}" for i in range(1_000))
    assert sections(text, "a.md")[0][1].startswith("- item 0\n  - item 1\n")


def test_aliases_in_front_matter_are_no_bomb() -> None:
    levels = "".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}, *b{i - 1}]\n" for i in range(1, 100))
    assert sections(f"---\nb0: &b0 [x]\n{levels}title: T\ntags: *b99\n---\nWords.", "a.md") == [("", "Words.")]
