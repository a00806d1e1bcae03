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

DOCUMENT_TEXT = (
    *DOCUMENT,
    *("text", "encoding", "encoding_guessed", "extractor", "served"),
)
"""What ``show`` gives; ``served`` says in words what found the entities."""

HIT = (
    *("kind", "id", "document", "title", "score", "snippet", "start", "end"),
    "reasons",
)
HIT_TABLE = ("kind", "id", "title", "score", "reasons", "snippet")

FACET = ("facet", "value", "count", "filter")
FACET_TABLE = FACET
"""What ``search --facets`` counts, with the filter that narrows to it."""

ENTITY = (
    *("id", "guid", "name", "type", "mentions", "documents", "aliases"),
    "state",
)
ENTITY_TABLE = ("id", "name", "type", "mentions", "documents", "aliases")

MENTION = (
    *("id", "document", "start", "end", "surface", "type", "entity", "name"),
    *("value", "state", "extractor", "speaker"),
)
MENTION_TABLE = ("id", "document", "start", "type", "surface", "name", "value", "state")

PROPOSAL = ("id", "name", "other", "other_name", "score", "reason")

QUESTION = ("id", "kind", "entities", "names", "sure", "reason")
QUESTION_TABLE = ("kind", "names", "sure", "reason")

ANNOTATION = (
    *("id", "guid", "document", "title", "source", "published", "start", "end"),
    *("quote", "before", "after", "tags", "note", "coder", "created", "modified"),
    "anchor_state",
)
ANNOTATION_TABLE = ("id", "document", "title", "quote", "tags", "note", "created")

TAG = (
    *("id", "guid", "path", "definition", "colour", "marker"),
    *("annotations", "documents", "branch", "memo"),
)
TAG_TABLE = ("id", "path", "annotations", "documents", "marker", "definition")

CHANGE = (
    *("id", "act", "coder", "created", "undone"),
    *("things", "undoable", "redoable"),
)
CHANGE_TABLE = ("id", "created", "act", "things", "coder", "undone")

FINDING = ("level", "what", "mended")

CODER = ("id", "guid", "name", "annotations", "documents", "done", "you")

CODER_TABLE = ("id", "name", "annotations", "documents", "done", "you")

AGREEMENT = (
    *("what", "unit", "untagged", "coders", "documents", "units", "all_marked"),
    *("some_marked", "none_marked", "percent", "kappa", "alpha", "level"),
)
AGREEMENT_TABLE = (
    *("what", "unit", "untagged", "units", "all_marked", "some_marked"),
    *("none_marked", "percent", "kappa", "alpha"),
)

COLLECTION = (
    *("id", "guid", "name", "kind", "documents", "annotations", "unread", "done"),
    *("query", "seed", "size", "by", "created", "problem"),
)
COLLECTION_TABLE = (
    *("name", "kind", "documents", "annotations", "unread", "done", "seed", "query"),
)

ATTRIBUTE = ("id", "guid", "name", "kind", "values", "definition", "documents")
ATTRIBUTE_TABLE = ("name", "kind", "values", "documents", "definition")

ATTRIBUTE_OF = ("id", "guid", "title", "source", "published")
"""What a row of the table of attributes begins with."""
ATTRIBUTE_OF_TABLE = ("id", "title")

QUERY = ("id", "guid", "name", "expression", "created")
QUERY_TABLE = ("name", "expression", "created")

PLACE = (
    *("document", "title", "published", "start", "end", "left", "match", "right"),
    "source",
)
PLACE_TABLE = ("document", "published", "left", "match", "right")

CODED = ("places", "documents", "annotations", "changed", "unchanged")
"""What ``code`` gives: ``annotations`` are the new ones."""

COOCCURRENCE = (
    *("a_id", "a", "a_type", "b_id", "b", "b_type", "together", "a_total", "b_total"),
    *("units", "jaccard", "g2"),
)
COOCCURRENCE_TABLE = ("a", "b", "together", "a_total", "b_total", "jaccard", "g2")

TIMELINE = ("period", "since", "until", "series", "count")
TIMELINE_TABLE = ("period", "count", "bar")

MATRIX = ("id", "guid", "title", "source", "published")
"""What a row of ``matrix`` begins with; a column for each tag follows."""
MATRIX_TABLE = ("id", "title")
