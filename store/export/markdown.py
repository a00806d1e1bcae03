"""Annotations as one Markdown file that opens well in Obsidian and anywhere else.

Front matter, a heading a group, and for each annotation a quotation, a block id to
link to, the note, and the tags. The same annotations always give the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from store.annotation_rows import AnnotationFilter
from store.errors import UsageError
from store.export import escape
from store.export.records import Origin, Record, origins, select
from store.tagpaths import TagPaths

GroupBy = Literal["tag", "document", "date"]

_STATES = {"proposed": "place not confirmed", "orphan": "passage not found again"}


def render(
    connection: sqlite3.Connection,
    filters: AnnotationFilter,
    *,
    group_by: str = "tag",
    context: bool = False,
) -> Iterator[str]:
    """Parts of the file. Raises ``UsageError`` for an unknown grouping."""
    if group_by not in get_args(GroupBy):
        known = ", ".join(get_args(GroupBy))
        raise UsageError(f"Annotations cannot be grouped by {group_by}; use {known}.")
    records = list(select(connection, filters, context=context))
    slugs = escape.tag_slugs([tag for one in records for tag in one.annotation.tags])
    sources = origins(records)
    yield _front_matter(records, sources, sorted(slugs.values()), filters)
    yield "# " + escape.inline(_title(sources)) + "\n"
    block_ids = _BlockIds()
    for heading, group in _groups(connection, records, group_by):
        yield f"\n## {heading}\n"
        if group_by == "document":
            facts = _facts(group[0].origin)
            yield f"\n{facts}\n" if facts else ""
        for record in group:
            yield _annotation(record, slugs, block_ids)
    if group_by != "document" and sources:
        yield "\n## Documents\n\n"
        for origin in sources:
            facts = _facts(origin)
            said = escape.line(origin.title) + (f" ({facts})" if facts else "")
            yield f"- {said}\n"


def _title(sources: Sequence[Origin]) -> str:
    return sources[0].title if len(sources) == 1 else "Annotations"


def _front_matter(
    records: Sequence[Record],
    sources: Sequence[Origin],
    slugs: list[str],
    filters: AnnotationFilter,
) -> str:
    import yaml

    fields: dict[str, Any] = {"title": _title(sources)}
    if len(sources) == 1:
        one = sources[0]
        fields |= {
            "source": one.source,
            "author": one.author,
            "date": one.published,
            "url": one.url,
            "language": one.language,
            "guid": one.guid,
        }
    else:
        fields["documents"] = len(sources)
    fields["annotations"] = len(records)
    fields["filter"] = filters.tag
    fields["tags"] = slugs or None
    said = {key: value for key, value in fields.items() if value is not None}
    dumped = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{dumped}---\n\n"


def _groups(
    connection: sqlite3.Connection, records: Sequence[Record], group_by: str
) -> Iterator[tuple[str, list[Record]]]:
    """Headings with their records; under tags, a record stands once for each."""
    if group_by == "tag":
        paths = TagPaths.read(connection)
        order = [paths.path(tag) for tag, _ in paths.in_order()]
        yield from _named(
            order, ((tag, one) for one in records for tag in one.annotation.tags)
        )
        rest = [one for one in records if not one.annotation.tags]
        if rest:
            yield "Without a tag", rest
    elif group_by == "date":
        days = [(one.origin.published or "")[:10] for one in records]
        order = sorted({day for day in days if day})
        yield from _named(order, zip(days, records, strict=True))
        rest = [one for day, one in zip(days, records, strict=True) if not day]
        if rest:
            yield "Without a date", rest
    else:
        own: dict[int, list[Record]] = {}
        for one in records:
            own.setdefault(one.origin.id, []).append(one)
        for group in own.values():
            yield escape.inline(group[0].origin.title), group


def _named(
    order: Iterable[str], pairs: Iterable[tuple[str, Record]]
) -> Iterator[tuple[str, list[Record]]]:
    groups: dict[str, list[Record]] = {}
    for name, record in pairs:
        groups.setdefault(name, []).append(record)
    for name in order:
        if name in groups:
            yield escape.inline(name), groups[name]


def _facts(origin: Origin) -> str:
    """Who, where and when, in one line; empty when nothing is known."""
    known = [
        escape.line(part)
        for part in (origin.author, origin.source, _day(origin))
        if part
    ]
    if origin.url:
        known.append(escape.address(origin.url))
    return ", ".join(known)


def _day(origin: Origin) -> str:
    return (origin.published or "")[:10]


class _BlockIds:
    """Ids to link to; an annotation that stands under two tags gets two."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def new(self, guid: str) -> str:
        base = f"p-{guid[:8]}"
        count = self._used[base] = self._used.get(base, 0) + 1
        return base if count == 1 else f"{base}-{count}"


def _annotation(record: Record, slugs: dict[str, str], block_ids: _BlockIds) -> str:
    annotation = record.annotation
    title = ", ".join(filter(None, [record.origin.title, _day(record.origin)]))
    kind = "quote" if annotation.kind == "span" else "info"
    head = f"> [!{kind}] {escape.inline(title)}"
    if annotation.anchor_state in _STATES:
        head += f" ({_STATES[annotation.anchor_state]})"
    quoted = [head]
    if annotation.kind == "span":
        quoted += _quoted(annotation.quote)
    if record.context is not None and record.context.strip() != annotation.quote:
        first, *more = _quoted(record.context)
        quoted += [">", f"> *Context:* {first[2:]}", *more]
    parts = ["\n".join(quoted), f"^{block_ids.new(annotation.guid)}"]
    if annotation.note.strip():
        parts.append(escape.note(annotation.note))
    if annotation.tags:
        parts.append(" ".join(f"#{slugs[tag]}" for tag in annotation.tags))
    return "\n" + "\n\n".join(parts) + "\n"


def _quoted(text: str) -> list[str]:
    """A passage as lines of a quotation, every one prefixed."""
    return [f"> {part}".rstrip() for part in escape.lines(text)]
