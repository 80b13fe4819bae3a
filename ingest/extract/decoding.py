"""Bytes to text.

Owns: the order of evidence: byte order mark, what the server or the page declares, UTF-8, a guess. Refuses: repairing
what was decoded wrongly before it came here (``ingest.text``).
"""

from __future__ import annotations

import codecs
import re

from ingest.extract.result import failed, skipped

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_BYTES = 4096
_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)

# Declared encodings are looked up here and nowhere else: Python's registry also holds "zip", "punycode" and
# "unicode_escape". UTF-16 is not among them: without its byte order mark the zeros in it already made it binary. As in
# browsers, Latin-1 means Windows-1252.
_ENCODINGS = {
    "utf-8", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "cp1258", "cp866", "cp874", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7",
    "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u",
    "mac-roman", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "iso2022_jp",
    "euc_kr", "cp949",
}  # fmt: skip
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}

_GUESS_BYTES = 100_000
_USUAL = "cp1252"
"""What text in a Latin script most often is that is not UTF-8."""
_MAX_DAMAGE = 0.1
"""Bad bytes per character beyond ASCII up to which a text still counts as UTF-8."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
_PROBE_BYTES = 8192
_STRAY_CONTROLS = 4
_MAX_CONTROL_SHARE = 0.01


def looks_binary(data: bytes) -> bool:
    """Tell whether the beginning holds what no text holds; UTF-16 and UTF-32 need their byte order mark."""
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return False
    probe = data[:_PROBE_BYTES]
    controls = len(probe) - len(probe.translate(None, _CONTROLS))
    return controls > _STRAY_CONTROLS + _MAX_CONTROL_SHARE * len(probe)


def decode(data: bytes, media_type: str | None, *, markup: bool = False) -> str:
    """The text of ``data``, line ends made "\\n", without NUL.

    With ``markup`` a declaration inside the document counts too, after the one in ``media_type``.

    Raises:
        NotExtracted: skipped, it is binary; failed, no encoding fits.
    """
    if looks_binary(data):
        raise skipped("binary file")
    text = _decoded(data, media_type, markup)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _decoded(data: bytes, media_type: str | None, markup: bool) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for encoding in (*_declared(data, media_type, markup), "utf-8"):
        try:
            # Lone surrogates, which some programs write, pass here and are replaced by ``ingest.text``.
            return data.decode(encoding, errors="surrogatepass" if encoding == "utf-8" else "strict")
        except UnicodeDecodeError:
            continue  # a wrong declaration is common; the next evidence decides
    return _guessed(data)


def _declared(data: bytes, media_type: str | None, markup: bool) -> list[str]:
    names = [match[1] for match in [_PARAMETER.search(media_type or "")] if match]
    if markup:
        names += [match[1].decode("ascii") for match in [_META.search(data[:_META_BYTES])] if match]
    return [encoding for name in names if (encoding := _known(name))]


def _known(name: str) -> str | None:
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        return None
    canonical = _AS_BROWSERS_DO.get(canonical, canonical)
    return canonical if canonical in _ENCODINGS else None


def _guessed(data: bytes) -> str:
    # A cut or damaged UTF-8 file has a few bad bytes among many good sequences; a guess would spoil all of them.
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if bad < _MAX_DAMAGE * sum(character > "\x7f" and character != "\ufffd" for character in text):
        return text
    from charset_normalizer import from_bytes  # noqa: PLC0415 - needed for few files

    matches = from_bytes(data[:_GUESS_BYTES], cp_isolation=sorted(_ENCODINGS))
    best = matches.best()
    if best is None:
        raise failed("unknown text encoding")
    # Of encodings that fit equally well the first in the alphabet is the best, which makes "naďve" of "naïve".
    alike = {match.encoding for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)}
    return data.decode(_USUAL if _USUAL in alike else best.encoding, errors="replace")
