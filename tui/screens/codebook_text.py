"""The codebook as a tree and as a page: values in, what is shown out."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from store.annotation_rows import AnnotationFilter
from store.codebook import MergeCost
from store.model import Tag
from store.tag_colours import NAMES
from tui.screens.annotation_text import several
from tui.widgets.plain import joined
from tui.widgets.tag_match import fold
from tui.widgets.tag_tree import COLOURS, SWATCH, TagNode

NO_TAG = 0
"""The id of the row for annotations without a tag; no tag has it."""


def nodes(tags: Sequence[Tag], untagged: int, words: str = "") -> list[TagNode]:
    """The rows of the tree, with the row for what has no tag at the end.

    With ``words`` only the tags whose path or definition holds all of them, and
    what is above those.
    """
    shown = _matching(tags, words)
    found = [
        TagNode(
            id=tag.id,
            depth=tag.path.count("/"),
            name=tag.name,
            marker=tag.marker or "",
            colour=tag.colour,
            annotations=tag.annotations,
            documents=tag.documents,
            branch=tag.branch,
        )
        for tag in tags
        if shown is None or tag.id in shown
    ]
    if untagged and tags and shown is None:
        found.append(TagNode(NO_TAG, 0, "(no tag)", colour=None, annotations=untagged))
    return found


def first_match(tags: Sequence[Tag], words: str) -> int | None:
    """The first tag that fits the words by itself, not for what is below it."""
    return next((tag.id for tag in tags if words and _fits(tag, words)), None)


def _matching(tags: Sequence[Tag], words: str) -> set[int] | None:
    if not words.strip():
        return None
    parents = {tag.id: tag.parent for tag in tags}
    shown: set[int] = set()
    for tag in tags:
        if _fits(tag, words):
            one: int | None = tag.id
            while one is not None and one not in shown:
                shown.add(one)
                one = parents.get(one)
    return shown


def _fits(tag: Tag, words: str) -> bool:
    text = fold(f"{tag.path}\n{tag.definition}")
    return all(word in text for word in fold(words).split())


def definition(tag: Tag, below: int) -> Content:
    """What a tag means, how it is put on, how often it is used.

    ``below`` is how many annotations have it or a tag below it.
    """
    parts: list[tuple[object, str]] = [(tag.path, "bold")]
    meaning = tag.definition.strip()
    nothing = "No definition yet."
    parts.append((f"\n{meaning or nothing}", "" if meaning else "$text-muted"))
    marker = f"marker {tag.marker}" if tag.marker else "no marker"
    number = tag.colour % COLOURS
    parts += [
        (f"\n{SWATCH} ", f"$tag-{number}"),
        (f"{NAMES[number]}, {number + 1} of {COLOURS}", "$text-muted"),
        (f" · {marker}", "$text-muted"),
        (f" · {_used(tag, below)}", "$text-muted"),
    ]
    if tag.memo.strip():
        parts += [("\nMemo  ", "bold"), (tag.memo.strip(), "")]
    return joined(*parts)


def _used(tag: Tag, below: int) -> str:
    """How often by itself; the list below says how often with what is below it."""
    if not below:
        return "not used yet"
    if not tag.annotations:
        return "used only below"
    documents = "1 document" if tag.documents == 1 else f"{tag.documents:,} documents"
    itself = "itself on " if below > tag.annotations else ""
    return f"{itself}{several(tag.annotations)} in {documents}"


def untagged_page() -> Content:
    """What stands in the place of a definition for the row without a tag."""
    return joined(
        ("(no tag)", "bold"),
        ("\nAnnotations that have no tag yet. Open one to give it some.", ""),
    )


def filter_of(tag: Tag | None) -> AnnotationFilter:
    """The annotations with a tag or one below it; ``None``: those without any."""
    if tag is None:
        return AnnotationFilter(untagged=True)
    # Quoted, since a name may hold blanks, brackets or a reserved word.
    doubled = tag.path.replace('"', '""')
    return AnnotationFilter(tag=f'"{doubled}"')


def sibling_above(tags: Sequence[Tag], tag: Tag) -> Tag | None:
    """The tag before this one on the same level, in the order of the tree."""
    level = [one for one in tags if one.parent == tag.parent]
    place = next((n for n, one in enumerate(level) if one.id == tag.id), 0)
    return level[place - 1] if place > 0 else None


def places_for(tags: Sequence[Tag], moved: Sequence[Tag]) -> list[Tag]:
    """The tags below which others can be put: not below themselves, nor where all
    of them are already."""
    ids = {tag.id for tag in moved}
    starts = tuple(f"{tag.path}/" for tag in moved)
    parents = {tag.parent for tag in moved}
    return [
        tag
        for tag in tags
        if tag.id not in ids and not tag.path.startswith(starts) and parents != {tag.id}
    ]


def merge_question(keep: Tag, others: Sequence[Tag], cost: MergeCost) -> str:
    """What merging would do, in words, to be asked before it is done."""
    names = " and ".join(tag.path for tag in others)
    if len(others) > 3:
        names = (
            f"{', '.join(tag.path for tag in others[:2])} and {len(others) - 2} more"
        )
    goes = "goes" if len(others) == 1 else "go"
    count = several(sum(tag.annotations for tag in others))
    parts = [f"{names} {goes}; {count} and the tags below come to {keep.path}."]
    if cost.both:
        bear = "1 annotation bears" if cost.both == 1 else f"{cost.both:,} bear"
        keeps = "keeps" if cost.both == 1 else "keep"
        parts.append(f"{bear} more than one of them and {keeps} one, the earlier.")
    if any(tag.definition.strip() or tag.memo.strip() for tag in others):
        whose = "Its" if len(others) == 1 else "Their"
        parts.append(f"{whose} definition and memo are added to the memo there.")
    return " ".join(parts)


def topmost(tags: Sequence[Tag], wanted: Sequence[int]) -> list[Tag]:
    """Of the wanted tags those that are not below another wanted one."""
    kept = frozenset(wanted)
    chosen = [tag for tag in tags if tag.id in kept]
    starts = tuple(f"{tag.path}/" for tag in chosen)
    return [tag for tag in chosen if not tag.path.startswith(starts)]
