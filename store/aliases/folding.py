"""Spelling that does not matter: case, accents, points, apostrophes, romanisation.

``same_form`` is kept in libraries and must not change: surfaces with the same form
are certainly one entity. Everything else here only leads to questions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from store.extract.words import word_set

_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)
_ELIDED = re.compile(
    r"^(?:l|d|dell|all|dall|nell|sull|un|quell|qu|m|n|s|c)'(?=\w)", re.IGNORECASE
)
# What no decomposition takes apart.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_PLAIN = re.compile(r"[^\w]+")
_UMLAUT = re.compile(r"(?<=[bcdfhjklmnprstvwxyz])([aou])e(?=[bcdfghjklmnprstvwxz])")
_NO_UMLAUT = word_set(
    "michael michaela michaels raphael rafael samuel manuel manuela emanuel emanuele "
    "emanuela joel noel israel ismael suez daniele gabriele michaele poet"
)
_SKI = re.compile(r"(?<=[sczt])k(?:yy|yi|yj|ij|iy|ii|oi|oy|oj|y|i)$")
_SLAVIC = re.compile(r"(?:[oe](?:v|w|ff|va|wa)|enko)$")
_SOUNDS = (
    *(("schtsch", "sc"), ("shch", "sc"), ("chtch", "sc"), ("tsch", "c"), ("tch", "c")),
    *(("sch", "s"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("kh", "k"), ("ck", "k")),
    *(("ou", "u"), ("w", "v"), ("ff", "v"), ("j", "i"), ("y", "i"), ("ie", "e")),
    *(("io", "o"), ("ia", "a"), ("iu", "u")),
)


def same_form(surface: str) -> str:
    """Return the normal form under which two surfaces are certainly one entity.

    NFC, one kind of apostrophe and blank, no elided article, no possessive; from
    four letters on, case does not matter (``US`` and ``us`` do not meet).
    """
    text = unicodedata.normalize("NFC", surface).translate(_APOSTROPHES)
    text = " ".join(text.replace("\u00ad", "").split()).strip("\"'«»“”„ ")
    bare = _POSSESSIVE.sub("", _ELIDED.sub("", text))
    if sum(letter.isalnum() for letter in bare) >= 2:
        text = bare
    if sum(letter.isalpha() for letter in text) >= 4:
        text = text.casefold()
    return text


def fold(text: str) -> str:
    """Lower case without accents; one kind of apostrophe."""
    if text.isascii():
        return text.lower().replace("`", "'")
    low = text.translate(_APOSTROPHES).casefold().translate(_LETTERS)
    parts = unicodedata.normalize("NFKD", low)
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in parts if not unicodedata.combining(sign))
    )


def compact(text: str) -> str:
    """Folded letters and digits only, in one piece, ``ue`` as ``u`` (ü)."""
    return "".join(
        umlauts(word) for word in _PLAIN.sub(" ", fold(text).replace(".", "")).split()
    )


def bare_word(word: str) -> str:
    """A folded word without elided article, possessive and points."""
    bare = word
    if "'" in word:
        bare = _POSSESSIVE.sub("", _ELIDED.sub("", word)).replace("'", "")
    return bare.replace(".", "") or word


@lru_cache(maxsize=1 << 16)
def umlauts(word: str) -> str:
    """``mueller`` as ``muller``, which is also how ``Müller`` folds."""
    return word if word in _NO_UMLAUT else _UMLAUT.sub(r"\1", word)


@lru_cache(maxsize=1 << 16)
def personal(word: str) -> str:
    """One spelling for a folded word of a person's name, after its romanisation."""
    from store.aliases.tables import romanised

    known = romanised(word)
    if known is not None:
        return known
    if len(word) < 6:
        return umlauts(word)
    if _SKI.search(word):
        return _SKI.sub("ki", umlauts(word))
    if _SLAVIC.search(word):
        for written, sound in _SOUNDS:
            word = word.replace(written, sound)
        return word
    return umlauts(word)
