"""The display door: every string that was not written by us passes here.

Textual hands escape sequences on to the terminal unchanged, in every widget, so
a title with ``ESC ] 52`` in it would write the reader's clipboard. Whatever comes
from a document, file name, tag, note, entity, error or database is therefore
turned into signs that only show: controls become pictures, bidi controls and
other invisible signs become visible ones, and each grapheme cluster becomes one
form whose width every terminal agrees on (its base sign and non-spacing marks).

The stored text is never changed by this; it is copied and exported as it is.

Widths: the base sign as measured by ``rich.cells``, which is what Textual uses.
Emitting only base and non-spacing marks agreed with tmux in 20 of 20 measured
strings, where raw widths disagreed in 7 (variation selectors, skin tones,
joiners, Devanagari spacing marks).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

HIDDEN = "·"
"""Shown for a sign that would otherwise be invisible (soft hyphen, joiner)."""

BIDI = "⇄"
"""Shown for a control that would reorder the line."""

BAD = "�"

_BIDI_SIGNS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_MAX_MARKS = 4
"""Stacked marks beyond this many are kept in the data but not drawn: thousands
on one letter have crashed terminal programs."""

# Certainly one cell wide, one code point a cluster, nothing that acts. Ranges
# leave out the soft hyphen, every combining block, bidi and C1 controls.
_ORDINARY = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff"
)
_ODD = re.compile(f"[^{_ORDINARY}]")
_ODD_LINE = re.compile(f"[^{_ORDINARY}\n]")
# A control sign can hide inside a cluster or stand alone; both are caught by
# walking clusters, so only the walk needs the regex module's \X.


class Cluster(NamedTuple):
    """One grapheme cluster of a text and how it is drawn."""

    start: int
    end: int
    shown: str
    cells: int


def is_ordinary(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether every sign of ``text[start:end]`` is one code point in one cell."""
    stop = len(text) if end is None else end
    return _ODD.search(text, start, stop) is None


def clusters(text: str, start: int = 0, end: int | None = None) -> Iterator[Cluster]:
    """Walk the grapheme clusters of ``text[start:end]``, in code points.

    A tab or line break comes as a cluster of its own, shown as one blank; whoever
    lays out the line decides how far a tab reaches.
    """
    import regex

    stop = len(text) if end is None else end
    for match in regex.finditer(r"\X", text, pos=start, endpos=stop):
        shown, cells = _drawn(match.group())
        yield Cluster(match.start(), match.end(), shown, cells)


@lru_cache(maxsize=8192)
def _drawn(cluster: str) -> tuple[str, int]:
    """The one form in which a cluster is drawn, and its width in cells."""
    from rich.cells import get_character_cell_size

    base = cluster[0]
    if cluster in ("\r\n", "\n", "\t") or base in "\u00a0\u2028\u2029":
        return " ", 1
    if "\U0001f1e6" <= base <= "\U0001f1ff":  # a flag: its two letters
        letters = "".join(
            chr(ord(sign) - 0x1F1E6 + ord("A"))
            for sign in cluster[:2]
            if "\U0001f1e6" <= sign <= "\U0001f1ff"
        )
        return letters, len(letters)
    if "\u1100" <= base <= "\u11ff":  # Hangul written letter by letter
        whole = unicodedata.normalize("NFC", cluster)
        base = whole[0]
    sign = _sign_for(base)
    if sign is not None and len(cluster) > 1 and not _joins(cluster[1]):
        # A sign put before a letter, such as the Arabic number sign.
        shown, cells = _drawn(cluster[1:])
        return sign + shown, 1 + cells
    if sign is not None:
        return sign, 1
    width = get_character_cell_size(base)
    if width == 0:
        return HIDDEN, 1
    marks = [c for c in cluster[1:] if _is_drawn_mark(c)][:_MAX_MARKS]
    return base + "".join(marks), width


def _sign_for(char: str) -> str | None:
    """The visible stand-in of a sign that must not reach the terminal."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code <= 0x9F or 0xD800 <= code <= 0xDFFF:
        return BAD
    if char in _BIDI_SIGNS:
        return BIDI
    if unicodedata.category(char) in ("Cf", "Cc", "Cs", "Cn", "Zl", "Zp"):
        return HIDDEN if unicodedata.category(char) != "Cn" else BAD
    return None


def _joins(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")


def _is_drawn_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn" and not (
        "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    )


def line(value: object, limit: int | None = None) -> str:
    """One safe line: breaks and tabs as blanks, cut to ``limit`` cells with ``…``."""
    text = str(value)
    if not is_ordinary(text):
        text = "".join(cluster.shown for cluster in clusters(text))
    else:
        text = text.replace("\u00a0", " ")
    return text if limit is None else clip(text, limit)


def block(value: object) -> str:
    """Safe text of several lines: line breaks stay, tabs become four blanks."""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if _ODD_LINE.search(text) is None:
        return text
    return "\n".join(line(part.replace("\t", "    ")) for part in text.split("\n"))


def width(text: str) -> int:
    """Cells that an already safe text takes."""
    if is_ordinary(text):
        return len(text)
    return sum(cluster.cells for cluster in clusters(text))


def clip(text: str, limit: int) -> str:
    """An already safe text cut to at most ``limit`` cells, whole clusters, ``…``."""
    if limit <= 0:
        return ""
    if is_ordinary(text):
        return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
    if width(text) <= limit:
        return text
    used, end = 0, 0
    for cluster in clusters(text):
        if used + cluster.cells > limit - 1:
            break
        used, end = used + cluster.cells, cluster.end
    return text[:end].rstrip() + "…"


def fit(value: object, cells: int, *, right: bool = False) -> str:
    """A safe line of exactly ``cells`` cells, padded with blanks."""
    text = line(value, cells)
    pad = " " * max(0, cells - width(text))
    return pad + text if right else text + pad


def for_terminal_json(text: str) -> str:
    """JSON text made safe for a terminal without changing what it says.

    Controls, bidi controls and other invisible signs become ``\\uXXXX`` escapes,
    which any JSON reader turns back.
    """
    return _ACTIVE.sub(_escape, text)


_ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891"
    "\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bcaf"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# The categories Cc, Cf, Cs, Zl and Zp of Unicode 16.


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
