"""Bytes into text that can be stored: encoding, line ends, controls, hashes.

Detectors get the normal broken case wrong (Western news saved as Windows-1252),
so the encoding is found by a short rule of our own, and a detector is asked only
when that rule has nothing to say. The text itself is changed as little as can be:
line ends become ``\\n`` and a control becomes U+FFFD one for one, so that offsets
still mean the same place in the source. Nothing is normalised.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import NamedTuple

from store.errors import PostillaError

BAD = "\ufffd"
"""Stands in the text for each sign that cannot be stored or shown."""

SAMPLE = 65_536
"""Bytes looked at to tell what a file is."""


class Unreadable(PostillaError):
    """A file, or a record in it, gives no document; ``str()`` says why, in a clause."""


class Decoded(NamedTuple):
    """A decoded file: its text, and how sure we are of the encoding."""

    text: str
    encoding: str
    guessed: bool


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NOT_CHARSETS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode"})
"""Codecs of Python that turn bytes into text but are no encoding of a file."""

_ASCII = bytes(range(128))
_NOT_LETTERS = bytes(c for c in range(128) if not chr(c).isalpha())
_WESTERN = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿðþÐÞŠšŽžŒœŸ"
    "ªº«»‹›‘’‚“”„–—…·•¡¿€£§°´\u00a0"
).encode("cp1252")
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b")))
"""Controls that text does not hold; escape is left out: terminal logs are text."""

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def decode(
    raw: bytes, declared: str | None = None, forced: str | None = None
) -> Decoded:
    """The text of a file, by the first step that fits.

    Byte order mark, UTF-16 by its pattern of NULs, strict UTF-8, the ``declared``
    encoding (of a page or a mail), Windows-1252 for Western text, a detector.
    ``forced`` is what a person named and comes before everything.
    A ``forced`` name that is no charset means UTF-8: whoever asks checks it first.
    Raises ``Unreadable`` for binary data and when nothing fits.
    """
    if forced is not None:
        return _forced(raw, forced)
    for mark, name in _BOMS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(name, "replace")
            return Decoded(text, name, guessed=False)
    head = raw[:SAMPLE]
    nuls = head.count(0)
    if nuls and (wide := _utf16(raw, head)) is not None:
        return wide
    controls = len(head) - len(head.translate(None, _CONTROLS))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        if controls > max(3, len(head) // 50):
            raise Unreadable(NOT_TEXT) from None
        return _not_utf8(raw, declared)
    if controls > max(8, len(head) * 3 // 10):
        raise Unreadable(NOT_TEXT)
    return Decoded(text, "utf-8", guessed=False)


NOT_TEXT = (
    "is not text (binary data); save it as text or HTML with the program "
    "that made it, then add that"
)


_FOREIGN = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive, or a document of a word processor"),
    (b"\xd0\xcf\x11\xe0", "a document of an old word processor"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def foreign_kind(raw: bytes) -> str | None:
    """Why a file whose first bytes give it away is not read; ``None`` if they don't."""
    if raw.startswith(b"SQLite format 3\0"):
        return "is a database; to open it as a library give it to postilla open"
    for start, kind in _FOREIGN:
        if raw.startswith(start):
            return f"is {kind}, not text; save it as text or HTML and add that"
    return None


def _forced(raw: bytes, name: str) -> Decoded:
    codec = charset(name) or "utf-8"
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"is not {codec} text (byte {error.start + 1}); leave --encoding out "
            "or name another"
        ) from None
    return Decoded(text.removeprefix("\ufeff"), codec, guessed=False)


def charset(name: str) -> str | None:
    """Python's name of a charset; ``None`` for a name that is no charset."""
    try:
        codec = codecs.lookup(name.strip()).name
        b"a".decode(
            codec, "replace"
        )  # refuses compressors and ciphers, which are codecs too
    except (LookupError, ValueError, UnicodeError):
        return None
    if codec.replace("-", "_") in _NOT_CHARSETS:
        return None
    # Pages that say Latin-1 mean Windows-1252: so do all browsers.
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec


def _utf16(raw: bytes, head: bytes) -> Decoded | None:
    """UTF-16 without a mark: NULs (of blanks and ASCII) on one side only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = min(even, odd), max(even, odd)
    if many * 20 < len(head) // 2 or few * 20 > many:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = raw[: len(raw) // 2 * 2].decode(name)
    except UnicodeDecodeError:
        return None
    part = text[:2000]
    fitting = sum(c.isprintable() or c in "\t\r\n\ufeff" for c in part)
    wordy = sum(c.isalnum() or c.isspace() for c in part)
    if fitting * 20 < len(part) * 19 or wordy * 2 < len(part):
        return None
    return Decoded(text, name, guessed=True)


def _not_utf8(raw: bytes, declared: str | None) -> Decoded:
    damaged = _damaged_utf8(raw)
    if damaged is not None:
        return damaged
    codec = charset(declared) if declared else None
    if codec is not None:
        try:
            return Decoded(raw.decode(codec), codec, guessed=False)
        except UnicodeDecodeError:
            pass  # what it says of itself is wrong: go on as if it said nothing
    if _is_western(raw):
        try:
            return Decoded(raw.decode("cp1252"), "cp1252", guessed=True)
        except UnicodeDecodeError:
            pass
    return _detected(raw)


def _damaged_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes (a file cut in mid-sign, two files joined).

    Signs of several bytes do not come about by chance, so twenty good ones for
    each bad one leave no other reading.
    """
    text = raw.decode("utf-8", "replace")
    bad = text.count(BAD) - raw.count(BAD.encode())
    good = len(text) - len(raw) + len(raw.translate(None, _ASCII)) - bad
    return Decoded(text, "utf-8", guessed=True) if good >= 20 * bad else None


def _is_western(raw: bytes) -> bool:
    """Whether the high bytes look like the accents and quotes of Western text.

    At least 97 % of them letters or typographic signs, and no more than a third
    of all letters: in Cyrillic, Greek or Hebrew code pages nearly every letter is
    a high byte, and most of them would be letters here too.
    """
    high = raw.translate(None, _ASCII)
    fitting = len(high) - len(high.translate(None, _WESTERN))
    letters = len(raw.translate(None, _NOT_LETTERS)) - len(high)
    return fitting * 100 >= len(high) * 97 and len(high) * 2 <= letters


def _detected(raw: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    found = from_bytes(raw[: 4 * SAMPLE]).best()
    if found is None:
        raise Unreadable(
            "is in an encoding that could not be told; name it with --encoding, "
            "or save the file as UTF-8"
        )
    return Decoded(raw.decode(found.encoding, "replace"), found.encoding, guessed=True)


def tidy(text: str) -> tuple[str, int]:
    """The text as it is stored, and how many signs were replaced by U+FFFD.

    A byte order mark in front is dropped, ``\\r\\n`` and ``\\r`` become ``\\n``;
    then every control other than tab and line break, and every lone surrogate,
    is replaced one for one.
    """
    if _ODD.search(text) is None and not text.startswith("\ufeff"):
        return text, 0  # nearly every text, and the fast way
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _ODD.subn(BAD, text)


def one_line(value: object, limit: int = 500) -> str:
    """A title, name or address: tidy, blanks folded, at most ``limit`` code points."""
    text = value if isinstance(value, str) else str(value)
    if len(text) <= limit and text.isprintable() and "  " not in text:
        return text.strip()  # printable: no controls, no blanks but the ordinary one
    text = " ".join(tidy(text[: limit * 4])[0].split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def sha256(raw: bytes) -> str:
    """Hash of what was read, as hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def text_sha256(text: str) -> str:
    """Hash of a stored text: of its UTF-8 bytes, as hexadecimal digits."""
    return sha256(text.encode("utf-8"))
