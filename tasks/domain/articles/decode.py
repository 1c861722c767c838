"""Bytes become text here, before any parser sees them.

Declarations lie, so they are only candidates: valid UTF-8 wins over every declaration, and bytes that read as Arabic
in one candidate win over a declaration under which they do not. Letters decide, because windows-1256, ISO-8859-6 and
windows-1252 decode each other's bytes without a single error.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import cchardet

How = Literal[
    "empty", "bom", "utf-8", "zero_bytes", "http", "prolog", "meta", "arabic", "detector", "repaired", "guess"
]


@dataclass(frozen=True, slots=True)
class Decoded:
    """`how` names what decided the encoding; `replaced` counts the U+FFFD that stand for bytes without a meaning."""

    text: str
    encoding: str
    how: How
    replaced: int = 0


# Longest first: the UTF-32 little-endian mark begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read under these names (WHATWG Encoding Standard): each is a superset of the one declared.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
# Encodings that write other scripts in 7 bits: valid UTF-8 by accident, so here the declaration wins.
_SEVEN_BIT = frozenset(("iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz"))
# Codecs Python knows that are no encodings of documents.
_NO_DOCUMENT = frozenset(
    ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem", "utf-7")
)
_WIDE = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"))
_ARABIC_ENCODINGS = ("cp1256", "iso8859-6", "mac_arabic", "cp720")
# The five bytes windows-1252 leaves open pass through as control characters, in browsers and in databases.
_CP1252_BYTES = {ord(bytes((byte,)).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(256)}

_HEAD = 512 * 1024
_PROLOG = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?\s*([A-Za-z0-9][\w.:-]{1,40})")
_META = re.compile(rb"<meta\b[^<>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9][\w.:-]{1,40})", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9][\w.:-]{1,40})", re.I)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_ARABIC = re.compile("[\u060c\u061b\u061f\u0621-\u065f\u0660-\u0669\u0670-\u06d3\u06f0-\u06f9]")
# Three of four letters of any Arabic, Persian or Urdu text are among these.
_COMMON = re.compile("[اليمنورتبةعهدکی]")
_MIXED = re.compile("[A-Za-z](?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[A-Za-z]")
_HIGH_BYTES = re.compile(rb"[A-Za-z]?[\x80-\xff][^<>]{0,120}")
# What one wrong reading, saved as UTF-8, leaves of Arabic: UTF-8 read as windows-1252 (lead, follower, lead,
# follower ...), UTF-8 read as windows-1256, and windows-1256 read as windows-1252 (whole words of accented letters).
_UTF8_AS_1252 = re.compile("(?:[Ø-Ü][^\x00-\x7fÀ-ÿ\u0600-\u06ff]){4}")
_UTF8_AS_1256 = re.compile("(?:[طظ][^\x00-\x7f]){5}")
_1256_AS_1252 = re.compile("[À-ÿ]{4}")


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Never raises: bytes that no candidate explains come out as U+FFFD and are counted."""
    if not body:
        return Decoded("", "utf-8", "empty")
    found = _by_mark(body) or _by_zero_bytes(body) or _as_seven_bit(body, content_type) or _as_utf8(body)
    return found or _by_letters(body, content_type)


def _read(body: bytes, encoding: str, how: How) -> Decoded:
    text = body.decode(encoding, "replace")
    return Decoded(text, encoding, how, text.count("\ufffd"))


def _by_mark(body: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            found = _read(body[len(mark) :], encoding, "bom")
            # A mark before text of another encoding is a lie like any other.
            if found.replaced * 20 <= len(found.text):
                return found
    return None


def _by_zero_bytes(body: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 without a mark: the high byte of markup is 00 and that of Arabic is 06, always on one side."""
    sample = body[: 64 * 1024]
    if sample.count(0) * 20 < len(sample):
        return None
    columns = [sample[n::4] for n in range(4)]
    zeros = [column.count(0) / len(column) if column else 0.0 for column in columns]
    high = [(column.count(0) + column.count(6)) / len(column) if column else 0.0 for column in columns]
    if min(zeros[2:]) > 0.9:
        return _read(body, "utf-32-le", "zero_bytes")
    if min(zeros[:2]) > 0.9:
        return _read(body, "utf-32-be", "zero_bytes")
    little, big = high[1] + high[3], high[0] + high[2]
    if max(little, big) < 1.2:
        return None
    return _read(body, "utf-16-le" if little > big else "utf-16-be", "zero_bytes")


def _as_seven_bit(body: bytes, content_type: str | None) -> Decoded | None:
    for how, encoding in _declared(body, content_type):
        if encoding in _SEVEN_BIT and body.isascii():
            found = _read(body, encoding, how)
            return found if not found.replaced else None
    return None


def _as_utf8(body: bytes) -> Decoded | None:
    """Accept UTF-8 also with some bad bytes: text of another encoding has hardly a valid sequence in it."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        found = _read(body, "utf-8", "utf-8")
        valid = sum(map(len, _NOT_ASCII.findall(found.text))) - found.replaced
        return found if valid >= 3 * found.replaced else None
    return _repaired(text) or Decoded(text, "utf-8", "utf-8", 0)


def _repaired(text: str) -> Decoded | None:
    """Undo one wrong reading that was saved as UTF-8."""
    for read_as, written_in in _misreadings(text):
        repaired = _undo(text, read_as, written_in)
        if _reads_as_arabic(repaired) > _reads_as_arabic(text) + 0.1:
            return Decoded(repaired, f"{written_in} read as {read_as}", "repaired", repaired.count("\ufffd"))
    return None


def _misreadings(text: str) -> Iterable[tuple[str, str]]:
    # The counts come first because they cost a hundredth of the patterns; ظ is the rarest letter of real text.
    if "Ù" in text and _UTF8_AS_1252.search(text):
        yield "cp1252", "utf-8"
    if text.count("ظ") > text.count("ا") and _UTF8_AS_1256.search(text):
        yield "cp1256", "utf-8"
    if _1256_AS_1252.search(text):
        yield "cp1252", "cp1256"


def _undo(text: str, read_as: str, written_in: str) -> str:
    def rewrite(run: re.Match[str]) -> str:
        try:
            raw = run[0].translate(_CP1252_BYTES).encode("latin-1") if read_as == "cp1252" else run[0].encode(read_as)
            return raw.decode(written_in)
        except (UnicodeEncodeError, UnicodeDecodeError):
            return run[0]

    return _NOT_ASCII.sub(rewrite, text)


def _by_letters(body: bytes, content_type: str | None) -> Decoded:
    declared = tuple(_declared(body, content_type))
    return _most_arabic(body, declared) or _first_strict(body, declared) or _least_bad(body, declared)


def _most_arabic(body: bytes, declared: tuple[tuple[How, str], ...]) -> Decoded | None:
    names: dict[str, How] = dict.fromkeys(_ARABIC_ENCODINGS, "arabic")
    names.update({encoding: how for how, encoding in reversed(declared) if encoding not in _WIDE})
    sample = b"".join(run[0] for run in islice(_HIGH_BYTES.finditer(body), 500))
    scores = {encoding: _reads_as_arabic(sample.decode(encoding, "replace")) for encoding in names}
    best = max(scores, key=lambda encoding: scores[encoding])
    return _read(body, best, names[best]) if scores[best] else None


def _reads_as_arabic(text: str) -> float:
    """0 if not at all, else 1 to 2: shares of Arabic and of common letters among the characters beyond ASCII."""
    runs = _NOT_ASCII.findall(text)
    beyond = "".join(runs)
    arabic, common = len(_ARABIC.findall(beyond)), len(_COMMON.findall(beyond))
    # Accents stand alone inside Latin words; Arabic letters stand together.
    mixed = len(_MIXED.findall(text))
    if len(beyond) < 4 or arabic < 0.6 * len(beyond) or common < 0.45 * len(beyond) or mixed > 0.2 * len(beyond):
        return 0.0
    return (arabic + common) / len(beyond)


def _first_strict(body: bytes, declared: tuple[tuple[How, str], ...]) -> Decoded | None:
    for how, encoding in (*declared, *_detected(body)):
        try:
            return Decoded(body.decode(encoding), encoding, how)
        except (UnicodeDecodeError, UnicodeError):
            continue
    return None


def _least_bad(body: bytes, declared: tuple[tuple[How, str], ...]) -> Decoded:
    guesses: tuple[tuple[How, str], ...] = (*declared, *_detected(body), ("guess", "cp1252"), ("guess", "utf-8"))
    candidates = (_read(body, encoding, how) for how, encoding in guesses if encoding not in _WIDE)
    return min(candidates, key=lambda found: found.replaced)


def _declared(body: bytes, content_type: str | None) -> Iterable[tuple[How, str]]:
    head = body[:_HEAD]
    prolog, meta = _PROLOG.match(head), _META.search(head)
    named: tuple[tuple[How, str | None], ...] = (
        ("http", _charset(content_type or "")),
        ("prolog", prolog[1].decode("ascii") if prolog else _ebcdic(body)),
        ("meta", meta[1].decode("ascii") if meta else None),
    )
    for how, name in named:
        encoding = _known(name) if name else None
        if encoding:
            yield how, encoding


def _ebcdic(body: bytes) -> str | None:
    if not body.startswith("<?xm".encode("cp037")):
        return None
    prolog = _PROLOG.match(body[:256].decode("cp037").encode("utf-8"))
    return prolog[1].decode("ascii") if prolog else "cp037"


def _charset(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def _detected(body: bytes) -> Iterable[tuple[How, str]]:
    encoding = _known(cchardet.detect(body[: 2 * _HEAD]).get("encoding") or "")
    if encoding:
        yield "detector", encoding


def _known(name: str) -> str | None:
    """Python's name of the text encoding a label means, or None: labels are often misspelt or placeholders."""
    try:
        codec = codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return None if codec.name in _NO_DOCUMENT else _SUPERSETS.get(codec.name, codec.name)
