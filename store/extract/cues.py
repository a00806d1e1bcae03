"""Cues that open text is too small to teach, as evidence beside the learnt one.

Well-known names by list, institutions by their head word, companies by their legal
form, models by their number. A cue adds to the score of one type; it never decides
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from store.extract.gazetteers import LEGAL, gazetteers
from store.extract.labels import TYPES
from store.extract.tokens import Token
from store.extract.words import word_set

_LISTED = 3.0
_CLEAR = 3.0
HEADS = word_set(
    "ministero ministry ministère ministerio ministerium ministério università "
    "university université universidad universität tribunale court cour corte banca "
    "bank banque banco commissione commission comisión kommission agenzia "
    "agency agence "
    "agencia agentur istituto institute institut instituto fondazione foundation "
    "fondation fundación stiftung federazione federation fédération federación verband "
    "associazione association asociación ospedale hospital hôpital klinik klinikum "
    "landgericht amtsgericht oberlandesgericht bundesamt bundesministerium landesamt "
    "procura prefettura comune ayuntamiento mairie consiglio conseil consejo "
    "confederazione sindacato syndicat sindicato gewerkschaft"
)
MINISTRIES = word_set("ministero ministry ministère ministerio ministerium")
OF = word_set(
    "del dello della dell' dell’ dei delle degli de du des d' d’ of für la les el "
    "los las"
)
_AT = word_set("di a de d' d’ of in à von en")
AND = word_set("e ed and und et y &")
_MEETINGS = word_set(
    "forum summit congress congresso congreso congrès kongress conference expo week "
    "festival open awards"
)
TAILS = word_set(
    "bank university institute foundation agency council commission committee "
    "association society union federation ministry authority court hospital college "
    "technologies technology industries systems pharma pharmaceuticals therapeutics "
    "capital partners ventures holdings energy airlines motors electronics "
    "semiconductor semiconductors robotics biotech laboratories labs logistics media "
    "news times post tribune herald zeitung"
)
_MODELS = word_set(
    "chip chips modello modelli model models modelo modelos modèle modèles modell "
    "modells gpu processore processori processor processors procesador processeur "
    "prozessor acceleratore accelerator beschleuniger satellite satellit satélite "
    "smartphone drone drohne razzo rocket fusée cohete rakete jet aereo aircraft avion "
    "avión flugzeug vaccino vaccine vaccin vacuna impfstoff farmaco drug médicament "
    "fármaco medikament robot app software typ type tipo serie series"
)
_ARTICLES = word_set(
    "il lo la i gli le l' the a an der die das den dem el los las les un une una ein "
    "eine"
)
PROJECTS = word_set(
    "project progetto projet proyecto projekt operation operazione opération operación"
)
_ACRONYMS = word_set(
    "AI IA KI GPU CPU GPUS CPUS PC TV DVD CD USB IT ICT GDP PIL PIB BIP CEO CFO "
    "CTO COO "
    "AD DG HR PR R&D VAT IVA TVA IPO ETF ESG OK SMS GPS DNA RNA HIV AIDS COVID LED LNG "
    "GNL DPI PMI KMU SUV B2B NGO ONG QR PDF URL API LLM LLMS UFO SOS FAQ CV PHD MBA "
    "EBITDA EBIT RAM SSD"
)


def cues(
    toks: Sequence[Token], first: int, after: int
) -> tuple[tuple[str, float], ...]:
    """Return (type, evidence) pairs for the candidate ``toks[first:after]``."""
    inside = toks[first:after]
    found = [
        *_list_cues(inside),
        *_institution_cues(inside),
        *_paired_cues(toks, first, inside),
        *_country_cues(toks, after),
    ]
    before = toks[first - 1].low if first else "^"
    if inside[0].low in PROJECTS and len(inside) == 2 and inside[0].text[0].isupper():
        found += [("PRODUCT", 2 * _CLEAR), ("WORK", -_CLEAR)]
    if _is_mixed(inside[-1].text):
        if len(inside) == 1 and before in _MODELS:
            found.append(("PRODUCT", 2 * _CLEAR))
        elif len(inside) in (2, 3):
            found.append(("PRODUCT", _CLEAR))
    if _is_placed(inside) or _is_two(inside):
        found += [(kind, -2 * _CLEAR) for kind in TYPES]
    if len(inside) > 1 and inside[0].low in _ARTICLES and _is_mixed(inside[-1].text):
        found.append(("PRODUCT", -2 * _CLEAR))
    return tuple(found)


def is_no_name(inside: Sequence[Token]) -> bool:
    """Tell whether all capitals are acronyms of a kind of thing: ``GPU``, ``AI``."""
    return all(
        one.text in _ACRONYMS for one in inside if any(map(str.isupper, one.text))
    )


def _list_cues(inside: Sequence[Token]) -> list[tuple[str, float]]:
    classes = gazetteers().classes(" ".join(one.text for one in inside))
    if classes in ("O", "OC"):
        return [("ORG", _LISTED)]
    return [("PRODUCT", _LISTED)] if classes == "P" else []


def _institution_cues(inside: Sequence[Token]) -> list[tuple[str, float]]:
    if len(inside) < 2:
        return []
    if inside[-1].low in LEGAL or inside[-1].low in TAILS:
        return [("ORG", _LISTED)]
    if inside[0].low in HEADS and inside[0].text[0].isupper():
        joined = inside[0].low in MINISTRIES and _is_joined(inside)
        return [("ORG", 2 * _CLEAR if joined else _CLEAR)]
    return []


def _is_joined(inside: Sequence[Token]) -> bool:
    """``Ministero dell'Industria e del Lavoro``: one ministry, two fields."""
    lows = [one.low for one in inside]
    return any(
        one in ("e", "et", "y", "and", "und") and other in OF
        for one, other in pairwise(lows[2:])
    )


def _is_placed(inside: Sequence[Token]) -> bool:
    """``Web Summit di Lisbona``: a whole name, and where it takes place.

    A head word alone is no whole name: ``Festival di Cannes`` stays one.
    """
    if len(inside) < 4 or inside[-2].low not in _AT or inside[-3].low not in _MEETINGS:
        return False
    return all(one.text[0].isupper() for one in inside[:-2])


def _is_two(inside: Sequence[Token]) -> bool:
    """A well-known name, "and", another name: not one name."""
    return (
        len(inside) > 2
        and inside[1].low in AND
        and inside[1].text != "&"
        and gazetteers().classes(inside[0].text) in ("O", "OC", "P")
    )


def _paired_cues(
    toks: Sequence[Token], first: int, inside: Sequence[Token]
) -> list[tuple[str, float]]:
    """What is joined to a well-known name by "and" is likely of its kind."""
    if first < 2 or len(inside) > 2 or toks[first - 1].low not in AND:
        return []
    classes = gazetteers().classes(toks[first - 2].text)
    if classes == "P":
        return [("PRODUCT", 2 * _CLEAR)]
    return [("ORG", _CLEAR / 2)] if classes in ("O", "OC") else []


def _country_cues(toks: Sequence[Token], after: int) -> list[tuple[str, float]]:
    """``Lyon, in Francia``: what a country follows behind a comma is a place."""
    behind = [one.text for one in toks[after : after + 3]]
    if not behind or behind[0] != ",":
        return []
    if len(behind) > 2 and behind[1].lower() in _AT:
        behind = behind[1:]
    is_place = len(behind) > 1 and "L" in gazetteers().classes(behind[1])
    return [("LOC", _CLEAR / 2)] if is_place else []


def _is_mixed(word: str) -> bool:
    """Tell whether letters and digits mix: ``810E``, ``H20``."""
    return any(one.isdigit() for one in word) and any(one.isupper() for one in word)
