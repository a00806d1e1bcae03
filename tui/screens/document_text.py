"""Documents as rows, facets and previews: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from store.document_rows import DocumentFilter
from store.facets import Facet
from store.model import Document
from store.served import without
from tui.widgets.columns import Cell, Column, Row
from tui.widgets.facets import FacetEntry, FacetGroup
from tui.widgets.plain import joined

UNREAD = "●"

WIDE_COLUMNS = (
    Column(width=1),
    Column("date", width=10, drop_below=48),
    Column("title", width=12, flex=1),
    Column("source", width=16, drop_below=64),
    Column("ann.", width=4, align="right", drop_below=56),
)

_TITLES = {
    "source": "Source",
    "date": "Date",
    "language": "Language",
    "entity": "Entity",
    "tag": "Tag",
    "collection": "Collection",
    "state": "State",
}


def document_row(document: Document) -> Row:
    """One line of the list; an unread document is bold and has a dot."""
    style = "" if document.read else "strong"
    copy = "≡ " if document.duplicate_of else ""
    return Row(
        (
            "" if document.read else UNREAD,
            Cell((document.published or "")[:10], "muted"),
            Cell(copy + document.title, style),
            Cell(document.source or "", "muted"),
            str(document.annotations) if document.annotations else "",
        )
    )


def facet_groups(facets: Mapping[str, Sequence[Facet]], total: int) -> list[FacetGroup]:
    """Groups for the panel; a group with one value narrows nothing."""
    groups = []
    for key, found in facets.items():
        entries = tuple(
            FacetEntry(one.value, one.shown, one.count, one.kind)
            for one in found
            if one.count
        )
        if entries:
            groups.append(FacetGroup(key, _TITLES[key], entries))
    return groups


def narrowed_by(filters: DocumentFilter, names: Mapping[str, str]) -> str:
    """The filter in words; empty when nothing narrows the list."""
    parts = [
        filters.source,
        filters.since,
        filters.language,
        names.get("entity"),
        f"#{names['tag']}" if "tag" in names else None,
        f"in {filters.collection}" if filters.collection else None,
        "unread" if filters.unread else None,
        "annotated" if filters.annotated else None,
        f'"{filters.title}"' if filters.title else None,
    ]
    shown = [part for part in parts if part]
    return f"only {' · '.join(shown)} · esc shows all" if shown else ""


def about(document: Document) -> str:
    """Source, date and length in one line."""
    parts = [document.source, (document.published or "")[:10] or None]
    parts.append(f"{document.words:,} words")
    return " · ".join(part for part in parts if part)


def preview(
    document: Document,
    opening: str,
    entities: Sequence[str],
    filled: Sequence[str],
    served: str,
) -> Content:
    """Title, where it is from, how it begins, who is in it, its attributes and tags.

    ``filled``: names of the attributes that are defined in this library; ``served``:
    what found the names, in words.
    """
    begin = " ".join(opening.split())
    parts: list[tuple[object, str]] = [
        (document.title, "bold"),
        (f"\n{about(document)}", "$text-muted"),
        (f"\n\n{begin}", ""),
    ]
    if len(opening) >= 600:
        parts.append(("…", ""))
    if entities:
        parts += [("\n\nEntities  ", "bold"), (" · ".join(entities), "")]
        parts.append((f"  (by: {served})", "$text-muted"))
    else:
        parts += [("\n\nEntities  ", "bold"), (without(served), "$text-muted")]
    values = document.attributes
    given = [f"{name} {values[name]}" for name in filled if name in values]
    if given:
        parts += [("\nAttributes  ", "bold"), (" · ".join(given), "")]
    if document.tags:
        parts += [("\nTags  ", "bold"), (" · ".join(document.tags), "")]
    return joined(*parts)
