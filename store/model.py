"""The values that cross the border of the store: frozen, plain, without a connection.

Every offset is a 0-based Unicode code point into ``Document.text``, end
exclusive. Times are ISO-8601 in UTC, as text. ``id`` is the row in this one
library; ``guid`` is made once and travels with whatever is exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

NAME_TYPES = ("PER", "ORG", "LOC", "PRODUCT", "EVENT", "WORK")
"""Types of entities: whoever or whatever bears a name."""

LITERAL_TYPES = ("DATE", "MONEY", "PERCENT", "QUANTITY")
"""Types of mentions that carry a normalised value instead of an entity."""

ENTITY_TYPES = (*NAME_TYPES, *LITERAL_TYPES, "QUOTE")
"""Every type a mention may have."""

AnchorState = Literal["exact", "moved", "proposed", "orphan"]
MentionState = Literal["new", "accepted", "rejected", "retyped"]
HitKind = Literal["document", "entity", "annotation", "tag"]
MatchKind = Literal[
    "exact", "beginning", "near", "joined", "split", "part", "alias", "pattern"
]


@dataclass(frozen=True, slots=True)
class Document:
    """One news item without its text; what a list row needs."""

    id: int
    guid: str
    title: str
    source: str | None
    author: str | None
    published: str | None
    """ISO date (``2026-01-30``) or date and time; ``None`` when unknown."""
    language: str | None
    """ISO 639-1 code, or ``None`` when it could not be told."""
    url: str | None
    path: str | None
    words: int
    entities: int
    """How many different entities are named in it."""
    annotations: int
    tags: tuple[str, ...]
    """Paths of the tags on the document and its annotations."""
    read: bool
    duplicate_of: int | None
    attributes: dict[str, Any] = field(default_factory=dict)
    starred: bool = False
    added: str = ""
    encoding: str | None = None
    encoding_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named, or a date, sum or quantity stands."""

    id: int
    document: int
    start: int
    end: int
    surface: str
    type: str
    entity: int | None
    """The entity it counts for, after merges; ``None`` for literals."""
    name: str | None
    """That entity's canonical name."""
    value: Any
    """Normalised value of a literal: ``2026-01-30``, ``17.6``, or a mapping."""
    state: MentionState
    extractor: str
    speaker: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what is named, with every way it is written."""

    id: int
    guid: str
    name: str
    type: str
    mentions: int
    documents: int
    aliases: tuple[str, ...] = ()
    state: str = "new"
    """What a person said of it: ``new`` nothing yet, ``accepted``, ``retyped``,
    ``rejected``."""


@dataclass(frozen=True, slots=True)
class AliasProposal:
    """Two entities that may be one; a person decides."""

    id: int
    name: str
    other: int
    other_name: str
    score: float
    """0 to 1, higher is surer."""
    reason: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of the codebook, with its place in the tree."""

    id: int
    guid: str
    name: str
    path: str
    """Names from the root, joined by ``/``."""
    parent: int | None
    colour: int
    """0 to 7, an index into the palette of tag colours."""
    marker: str | None
    """One letter that puts the tag on a selection."""
    definition: str
    memo: str
    annotations: int
    documents: int
    branch: int = 0
    """Annotations that bear the tag or one below it."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A passage, or a whole document, with one note and any number of tags."""

    id: int
    guid: str
    kind: Literal["span", "document"]
    document: int
    title: str
    source: str | None
    published: str | None
    start: int | None
    end: int | None
    quote: str
    before: str
    """Up to 32 code points in front of the quote."""
    after: str
    tags: tuple[str, ...]
    """Paths of its tags, in the order of the codebook."""
    note: str
    coder: str
    created: str
    modified: str
    anchor_state: AnchorState


@dataclass(frozen=True, slots=True)
class Draft:
    """An annotation that was being written and is not saved yet."""

    id: int
    document: int
    annotation: int | None
    """The saved annotation that was being edited, if any."""
    start: int | None
    end: int | None
    note: str
    tags: tuple[str, ...]
    modified: str


@dataclass(frozen=True, slots=True)
class Reason:
    """How one word or phrase of a query was matched."""

    how: MatchKind
    """``exact``: as typed, accents and case aside. ``beginning``: of a longer word.
    ``near``: a correction. ``joined``: two typed words are one. ``split``: one typed
    word is two. ``part``: inside a longer word. ``alias``: by another of its names.
    ``pattern``: a regular expression."""
    typed: str
    found: str = ""
    """What stands for it, where that is one thing and not what was typed."""

    def __str__(self) -> str:
        """``exact``, or ``near: goverment→government``."""
        return f"{self.how}: {self.typed}→{self.found}" if self.found else self.how


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of a search."""

    kind: HitKind
    id: int
    document: int | None
    title: str
    score: float
    """0 to 100, higher is better."""
    snippet: str
    """The hit in its context, one line."""
    start: int | None = None
    end: int | None = None
    """Where the first match stands in the document's text."""
    detail: str = ""
    """What the list shows beside the title: source and date, type, count."""
    marks: tuple[tuple[int, int], ...] = ()
    """Matches inside ``snippet``, in code points of the snippet."""
    terms: tuple[tuple[str, ...], ...] = ()
    """Of a document: for each word of the query the folded words that stand for it."""
    inside: tuple[str, ...] = ()
    """Of a document: text that is a match wherever it stands, also inside words."""
    reasons: tuple[Reason, ...] = ()
    """How each word or phrase of the query was matched, in the order typed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One act of a person, as the history shows it."""

    id: int
    act: str
    """What was done, in words: ``annotated "…"``."""
    coder: str
    created: str
    undone: bool
    things: int = 0
    """How many things it touched; an annotation with its tags is one."""
    undoable: bool = False
    """Whether the coder who asks may take it back."""
    redoable: bool = False
    """Whether it was undone and can be done again."""
    here: bool = False
    """Whether it was done in the window that asks."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mention as an extractor reports it, before the library knows it."""

    start: int
    end: int
    surface: str
    """Always ``text[start:end]``."""
    type: str
    value: Any = None
    confidence: float = 1.0
    speaker: tuple[int, int] | None = None
    """Of a quotation: where the mention of who speaks stands, in the same text."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as a reader gives it: cleaned text, and what the file says of it."""

    title: str
    text: str
    identity: str
    """What makes it the same document next time: record id with its file, URL,
    or path with the place in the file."""
    source: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    path: str | None = None
    reader: str = ""
    encoding: str | None = None
    encoding_guessed: bool = False
    source_sha256: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave nothing: which, and one sentence why."""

    path: str
    reason: str
