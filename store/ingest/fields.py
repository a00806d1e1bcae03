"""What the keys of other people's records mean: one mapping for tables and heads.

Scrapers, archives and spreadsheets name the same dozen things in their own ways.
A key that is not known is kept as an attribute when its value is plain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from store.ingest.clean import one_line, tidy
from store.ingest.dates import iso_date

_NAMES = {
    "title": "title headline headlines titolo titre titel título titulo",
    "text": "text maintext body content fulltext full_text article_text body_text "
    "content_text testo texte texto contenuto contenu contenido inhalt",
    "published": "published date date_publish publish_date published_at date_published "
    "publication_date pubdate pub_date publishedat versioncreated data datum fecha "
    "pubblicato",
    "url": "url link canonical_url permalink uri",
    "source": "source source_domain media_name outlet publication publisher newspaper "
    "site_name sitename fonte testata quelle fuente journal",
    "author": "author authors byline creator autore autori auteur auteurs autor "
    "autores",
    "language": "language lang lingua langue sprache idioma",
    "id": "id guid stories_id story_id article_id doc_id document_id _id",
}
_MEANING = {name: field for field, names in _NAMES.items() for name in names.split()}
OVERRIDES = frozenset({"title", "source", "author", "published", "language", "url"})
"""Fields that a person may set for everything that is read."""

_MAX_VALUE = 10_000
_MAX_NODES = 500
_MAX_DEPTH = 6
_DROPPED = object()


def key_of(name: object) -> str:
    """A key as it is compared: lower case, words joined by ``_``."""
    return str(name).strip().lower().replace(" ", "_").replace("-", "_")


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> str | None:
    """The field that a key of a record stands for, ``None`` for other keys."""
    return _MEANING.get(key_of(name))


def sort_out(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The known fields of a record (first that is not empty), and its attributes."""
    known: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in record.items():
        if value is None or value == "":
            continue
        field = meaning_of(name)
        if field is not None and field not in known:
            known[field] = value
        else:
            rest[name] = value
    return known, rest


def line_of(value: Any, limit: int = 500) -> str | None:
    """A name, or a list of names, as one line; ``None`` for anything else or nothing.

    An object stands for its ``name``, as many programs give authors.
    """
    if isinstance(value, list):
        names = (_name_of(item, limit) for item in value[:50])
        return one_line(", ".join(filter(None, names)), limit) or None
    return _name_of(value, limit)


def _name_of(value: Any, limit: int) -> str | None:
    if isinstance(value, str):
        return one_line(value, limit) or None
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return one_line(value, limit) or None
    return None


def address_of(value: Any) -> str | None:
    """A web address, as one line without blanks; ``None`` when it is none."""
    text = line_of(value, 2000)
    if text is None or " " in text or "://" not in text[:12]:
        return None
    return text


@lru_cache(maxsize=256)
def _code_of(written: str) -> str | None:
    code = written.strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else None


def language_code(value: Any) -> str | None:
    """``it`` from ``it``, ``it-IT`` or ``IT_it``; ``None`` for anything longer."""
    return _code_of(value[:40]) if isinstance(value, str) else None


def date_and_doubt(value: Any) -> tuple[str | None, dict[str, Any]]:
    """A date in ISO form; what was written is kept when it cannot be understood."""
    if value is None:
        return None, {}
    found = iso_date(value)
    if found is not None:
        return found, {}
    written = line_of(value, 100)
    return None, {} if written is None else {"published_as_written": written}


def plain(values: Mapping[Any, Any]) -> dict[str, Any]:
    """Attributes as JSON can hold them, within bounds.

    Text is tidied and cut at 10,000 code points; what is nested deeper than six
    levels, or comes after the first 500 values, is left out: aliases in YAML can
    make a short head into a value of any size.
    """
    left = _MAX_NODES

    def walk(value: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > _MAX_DEPTH:
            return _DROPPED
        if isinstance(value, Mapping):
            return _kept_pairs(value, lambda item: walk(item, depth + 1))
        if isinstance(value, list | tuple | set):
            kept = (walk(item, depth + 1) for item in list(value)[:_MAX_NODES])
            return [item for item in kept if item is not _DROPPED]
        return _plain_value(value)

    found = walk(values, 0)
    return found if isinstance(found, dict) else {}


def _kept_pairs(
    values: Mapping[Any, Any], walk: Callable[[Any], Any]
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in list(values.items())[:_MAX_NODES]:
        found = walk(value)
        if found is not _DROPPED:
            kept[one_line(name, 100)] = found
    return kept


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else _DROPPED
    if isinstance(value, float):
        return value if math.isfinite(value) else _DROPPED
    if isinstance(value, bytes):
        return _DROPPED
    return tidy(str(value)[:_MAX_VALUE])[0]
