"""What the table of annotations can be narrowed by, as options of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store import tagexpr
from store.annotation_rows import AnnotationFilter
from tui.screens.annotation_text import EVERYTHING, is_narrowed

if TYPE_CHECKING:
    from store.library import Library
    from store.queries import Query

DROP = "drop"
"""The option that leads to dropping a saved query."""

CHOSEN = "▸ "
"""Stands in front of what is chosen already; choosing it again takes it back."""

Options = list[tuple[str, str]]


def options(library: Library, filters: AnnotationFilter) -> Options:
    """Values and words with counts: what each would show beside the rest."""
    counts = library.annotations.counts(filters)
    found: Options = [
        ("untagged", f"without a tag · {counts.untagged:,}"),
        ("orphans", f"lost or unsure passages · {counts.unsure:,}"),
    ]
    kept = [("all", f"everything · {counts.total:,}")] if is_narrowed(filters) else []
    kept += [one for one in found if not one[1].endswith(" 0") or _is_on(one, filters)]
    queries = library.queries.list()
    kept += [(f"query {one.name}", _worded(one)) for one in queries]
    if len(counts.coders) > 1 or filters.coder is not None:
        kept += [(f"coder {name}", f"by {name} · {n:,}") for name, n in counts.coders]
    sets = library.collections.names()
    kept += [(f"collection {name}", f"in {name}") for name in sets]
    kept += [(f"tag {path}", f"#{path} · {count:,}") for path, count in counts.tags]
    kept += [(DROP, "drop a saved query…")] if queries else []
    return [
        (value, (CHOSEN if _is_on((value, words), filters) else "") + words)
        for value, words in kept
    ]


def narrowed(filters: AnnotationFilter, value: str) -> AnnotationFilter:
    """The filters with an option of ``options`` taken, or taken back.

    Tag, saved query and "without a tag" take each other's place; the rest stays.
    """
    kind, _, name = value.partition(" ")
    if kind == "all":
        return replace(EVERYTHING, order=filters.order, reverse=filters.reverse)
    on = not _is_on((value, ""), filters)
    if kind == "coder":
        return replace(filters, coder=name if on else None)
    if kind == "collection":
        return replace(filters, collection=name if on else None)
    if kind == "orphans":
        return replace(filters, orphans=on)
    return replace(
        filters,
        tag=tagexpr.quoted(name) if on and kind == "tag" else None,
        query=name if on and kind == "query" else None,
        untagged=on and kind == "untagged",
    )


def droppable(library: Library) -> Options:
    """The saved queries, to choose which is dropped."""
    return [(one.name, _worded(one)) for one in library.queries.list()]


def _worded(query: Query) -> str:
    return f'query "{query.name}" · {query.expression}'


def _is_on(option: tuple[str, str], filters: AnnotationFilter) -> bool:
    kind, _, name = option[0].partition(" ")
    return {
        "untagged": filters.untagged,
        "orphans": filters.orphans,
        "query": filters.query == name,
        "coder": filters.coder == name,
        "collection": filters.collection == name,
        "tag": filters.tag == tagexpr.quoted(name) if name else False,
    }.get(kind, False)


def question(filters: AnnotationFilter, saved: Sequence[tuple[str, str]]) -> str:
    """The tag expression that narrows the table; empty when none does.

    ``saved`` are names and expressions of the saved queries.
    """
    if filters.query is not None:
        return dict(saved).get(filters.query, "")
    return filters.tag or ""
