"""The fields of every listing, in the order scripts rely on; tests keep them so.

More may be added at the end of one, never in front or between.
"""

from __future__ import annotations

DOCUMENT = (
    *("id", "guid", "title", "source", "author", "published", "language", "url"),
    *("path", "words", "entities", "annotations", "tags", "read", "duplicate_of"),
    "attributes",
)
DOCUMENT_TABLE = ("id", "published", "source", "title", "words", "annotations", "tags")

DOCUMENT_TEXT = (*DOCUMENT, "text", "encoding", "encoding_guessed")
"""What ``show`` gives."""

HIT = ("kind", "id", "document", "title", "score", "snippet", "start", "end")
HIT_TABLE = ("kind", "id", "title", "score", "snippet")

ENTITY = ("id", "guid", "name", "type", "mentions", "documents", "aliases")
ENTITY_TABLE = ("id", "name", "type", "mentions", "documents", "aliases")

MENTION = (
    *("id", "document", "start", "end", "surface", "type", "entity", "name"),
    *("value", "state", "extractor", "speaker"),
)
MENTION_TABLE = ("id", "document", "start", "type", "surface", "name", "value", "state")

PROPOSAL = ("id", "name", "other", "other_name", "score", "reason")

ANNOTATION = (
    *("id", "guid", "document", "title", "source", "published", "start", "end"),
    *("quote", "before", "after", "tags", "note", "coder", "created", "modified"),
    "anchor_state",
)
ANNOTATION_TABLE = ("id", "document", "title", "quote", "tags", "note", "created")

TAG = (
    *("id", "guid", "path", "definition", "colour", "marker"),
    *("annotations", "documents"),
)
TAG_TABLE = ("id", "path", "annotations", "documents", "marker", "definition")

CHANGE = ("id", "act", "coder", "created", "undone")

FINDING = ("level", "what", "mended")
