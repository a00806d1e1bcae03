"""Where keys are answered, which place takes a key from which, and the footers.

A place is a screen, a kind of widget, or everywhere. Data only; the actions
themselves are in ``tui.keys_table``, the questions in ``tui.keys``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where keys are answered: a screen, a kind of widget, or everywhere."""

    title: str
    parents: tuple[str, ...] = ("everywhere",)
    """Places whose keys work here too, nearest first."""
    typing: bool = False
    """True: letters go into a field, so only other keys can be commands."""
    modal: bool = False
    """True: it lies over a screen, and of what works everywhere only priority
    actions reach it."""


PLACES: dict[str, Place] = {
    "everywhere": Place("Everywhere", ()),
    "lists": Place("Lists"),
    "tree": Place("Trees of tags"),
    "text": Place("Moving and selecting in the text"),
    "documents": Place("Documents", ("lists", "everywhere")),
    "reader": Place("Reader", ("text", "everywhere")),
    "entities": Place("Entities", ("lists", "everywhere")),
    "annotations": Place("Annotations", ("lists", "everywhere")),
    "codebook": Place("Codebook", ("tree", "lists", "everywhere")),
    "history": Place("History", ("lists", "everywhere")),
    "concordance": Place("Words in context", ("lists", "everywhere")),
    "cooccurrence": Place("What occurs with what", ("lists", "everywhere")),
    "timeline": Place("How often, when", ("lists", "everywhere")),
    "matrix": Place("Tags by document", ("lists", "everywhere")),
    "figures": Place("Figures", ("lists", "everywhere")),
    "quotations": Place("Quotations", ("lists", "everywhere")),
    "collections": Place("Collections", ("lists", "everywhere")),
    "attributes": Place("Document attributes", ("lists", "everywhere")),
    "agreement": Place("Agreement of coders", ("lists", "everywhere")),
    "filling": Place("Filling in attributes", modal=True),
    "search": Place("Search", typing=True, modal=True),
    "form": Place("Writing an annotation", typing=True),
    "picker": Place("Pickers", typing=True, modal=True),
    "asking": Place("Asking by tags", typing=True, modal=True),
    "prompt": Place("One-line questions", typing=True, modal=True),
    "dialog": Place("Dialogs", typing=True, modal=True),
    "review": Place("Reviewing names"),
}
"""Every place; ``lists``, ``tree`` and ``text`` are widgets, the rest are screens."""

SHADOWS: frozenset[tuple[str, str]] = frozenset(
    {
        ("search.kind", "next_pane"),
        ("form.next", "next_pane"),
        ("form.back", "previous_pane"),
        ("search.close", "escape"),
        ("form.close", "escape"),
        ("matrix.right", "lists.open"),
        ("matrix.left", "lists.leave"),
        ("review.yes", "copy"),
        ("review.no", "next_match"),
        ("review.undo", "undo"),
    }
)
"""Pairs where the first takes the key of the second on purpose, being nearer."""

FOOTERS: dict[str, tuple[tuple[str, str], ...]] = {
    "everywhere": (("search_everything", "search"), ("back", "back")),
    "documents": (
        ("lists.open", "open"),
        ("find", "narrow"),
        ("search_everything", "search"),
        ("lists.mark", "mark"),
        ("documents.tag", "tag"),
        ("back", "quit"),
        ("export", "export"),
        ("documents.narrow", "narrow by…"),
    ),
    "documents-empty": (
        ("documents.import", "import"),
        ("documents.demonstration", "demonstration"),
        ("back", "quit"),
    ),
    "reader": (
        ("text.grow", "select"),
        ("reader.annotate", "annotate"),
        ("find", "find"),
        ("back", "back"),
        ("text.annotation", "next annotation"),
        ("side_panel", "panel"),
        ("reader.tag", "tag"),
        ("reader.next", "next document"),
    ),
    "reader-selecting": (
        ("reader.annotate", "annotate"),
        ("reader.tag", "tag"),
        ("reader.name", "name"),
        ("text.grow", "larger"),
        ("text.shrink", "smaller"),
        ("search_everything", "search"),
        ("copy", "copy"),
        ("escape", "drop"),
    ),
    "entities": (
        ("lists.open", "open"),
        ("entities.part", "parts"),
        ("entities.merge", "merge"),
        ("entities.rename", "rename"),
        ("entities.reject", "no name"),
        ("back", "back"),
        ("entities.accept", "accept"),
        ("lists.mark", "mark"),
        ("entities.review", "review"),
        ("entities.narrow", "type"),
        ("entities.state", "decided"),
        ("entities.retype", "retype"),
    ),
    "review": (
        ("review.undo", "undo"),
        ("review.narrow", "which"),
        ("back", "back"),
    ),
    "review-one": (
        ("review.yes", "one"),
        ("review.no", "two"),
        ("review.later", "later"),
        ("side_panel", "keys"),
        ("review.swap", "other name"),
        ("review.undo", "undo"),
        ("back", "back"),
        ("review.open", "read"),
        ("review.all", "all as one"),
        ("review.form", "no name"),
    ),
    "review-types": (
        ("review.yes", "this type"),
        ("review.no", "each right"),
        ("side_panel", "keys"),
        ("review.later", "later"),
        ("review.undo", "undo"),
        ("back", "back"),
        ("review.per", "person"),
        ("review.org", "organisation"),
        ("review.loc", "place"),
    ),
    "review-doubt": (
        ("review.yes", "name"),
        ("review.no", "no name"),
        ("side_panel", "keys"),
        ("review.later", "later"),
        ("review.undo", "undo"),
        ("back", "back"),
        ("review.per", "person"),
        ("review.org", "organisation"),
        ("review.loc", "place"),
    ),
    "reader-adjusting": (
        ("reader.open", "keep"),
        ("text.swap", "other end"),
        ("escape", "as it was"),
    ),
    "history": (
        ("lists.open", "go to here"),
        ("undo", "undo"),
        ("redo", "redo"),
        ("history.only", "only this"),
        ("history.narrow", "whose"),
        ("find", "narrow"),
        ("back", "back"),
    ),
    "concordance": (
        ("find", "words"),
        ("lists.open", "open"),
        ("concordance.tag", "tag"),
        ("back", "back"),
        ("concordance.narrow", "in what"),
        ("concordance.order", "order"),
        ("lists.mark", "mark"),
        ("export", "export"),
    ),
    "cooccurrence": (
        ("lists.open", "open"),
        ("cooccurrence.narrow", "what"),
        ("cooccurrence.order", "order"),
        ("back", "back"),
        ("find", "narrow"),
        ("export", "export"),
    ),
    "timeline": (
        ("lists.open", "documents"),
        ("timeline.narrow", "what"),
        ("timeline.step", "span"),
        ("back", "back"),
        ("export", "export"),
    ),
    "matrix": (
        ("lists.open", "open"),
        ("matrix.right", "columns"),
        ("matrix.narrow", "what"),
        ("back", "back"),
        ("export", "export"),
    ),
    "figures": (
        ("lists.open", "open"),
        ("find", "narrow"),
        ("figures.narrow", "which"),
        ("figures.order", "order"),
        ("figures.tag", "tag"),
        ("back", "back"),
        ("side_panel", "passage"),
        ("figures.annotate", "annotate"),
        ("export", "export"),
    ),
    "quotations": (
        ("lists.open", "open"),
        ("find", "narrow"),
        ("quotations.narrow", "whose"),
        ("quotations.order", "order"),
        ("quotations.tag", "tag"),
        ("back", "back"),
        ("side_panel", "passage"),
        ("quotations.annotate", "annotate"),
        ("export", "export"),
    ),
    "collections": (
        ("lists.open", "show"),
        ("collections.add", "new"),
        ("collections.sample", "sample"),
        ("collections.rename", "rename"),
        ("collections.delete", "drop"),
        ("back", "back"),
    ),
    "collections-empty": (
        ("collections.add", "new"),
        ("collections.sample", "sample"),
        ("back", "back"),
    ),
    "attributes-empty": (
        ("attributes.add", "add"),
        ("back", "back"),
    ),
    "annotations-empty": (
        ("go_documents", "documents"),
        ("annotations.narrow", "narrow by…"),
        ("back", "back"),
    ),
    "history-empty": (
        ("history.narrow", "whose"),
        ("back", "back"),
    ),
    "attributes": (
        ("attributes.add", "add"),
        ("attributes.edit", "change"),
        ("attributes.delete", "delete"),
        ("back", "back"),
    ),
    "filling": (
        ("filling.next", "next"),
        ("filling.clear", "clear"),
        ("filling.next_document", "next document"),
        ("filling.close", "close"),
        ("filling.open", "text or list"),
    ),
    "agreement": (
        ("lists.open", "where they differ"),
        ("agreement.narrow", "what"),
        ("back", "back"),
        ("export", "export"),
        ("agreement.blind", "blind"),
    ),
    "annotations": (
        ("lists.open", "open"),
        ("find", "narrow"),
        ("annotations.ask", "ask"),
        ("annotations.tag", "tag"),
        ("export", "export"),
        ("back", "back"),
        ("annotations.edit", "edit"),
        ("annotations.delete", "delete"),
        ("annotations.narrow", "narrow by…"),
    ),
    "codebook": (
        ("codebook.add", "add"),
        ("codebook.rename", "rename"),
        ("codebook.define", "define"),
        ("codebook.move", "place"),
        ("codebook.merge", "merge"),
        ("codebook.delete", "delete"),
        ("back", "back"),
        ("codebook.memo", "memo"),
        ("export", "export"),
        ("undo", "undo"),
    ),
    "codebook-empty": (
        ("codebook.add", "add"),
        ("codebook.starter", "starter codebook"),
        ("codebook.import", "import"),
        ("back", "back"),
    ),
    "search": (
        ("search.open", "open"),
        ("search.down", "move"),
        ("search.kind", "kind"),
        ("search.exact", "exact"),
        ("search.close", "close"),
        ("search.narrow", "narrow by…"),
        ("search.save", "save"),
        ("search.code", "tag every place"),
    ),
    "search-past": (
        ("search.open", "ask again"),
        ("search.drop", "drop"),
        ("search.save", "rename"),
        ("search.close", "close"),
        ("search.down", "move"),
        ("search.kind", "kind"),
    ),
    "form": (
        ("form.save", "save"),
        ("form.next", "next field"),
        ("form.take", "take tag"),
        ("form.close", "close"),
        ("form.editor", "editor"),
    ),
    "form-memo": (
        ("form.save", "save"),
        ("form.editor", "editor"),
        ("form.close", "close"),
    ),
    "form-definition": (
        ("form.save", "save"),
        ("form.next", "next field"),
        ("form.close", "close"),
    ),
    "picker": (
        ("picker.take", "take"),
        ("picker.next", "move"),
        ("picker.close", "close"),
    ),
    "dialog-reading": (("dialog.close", "close"),),
    "dialog-comparing": (("dialog.close", "stop looking"),),
    "dialog-extract": (
        ("dialog.take", "change this"),
        ("dialog.close", "leave it as it is"),
    ),
    "dialog-export": (
        ("dialog.take", "export"),
        ("dialog.next", "next field"),
        ("dialog.close", "close"),
    ),
    "dialog-import": (
        ("dialog.take", "add"),
        ("dialog.next", "complete"),
        ("dialog.close", "close"),
    ),
    "dialog-code": (
        ("dialog.take", "tag them"),
        ("dialog.next", "next field"),
        ("dialog.close", "close"),
    ),
    "dialog-draft": (("dialog.take", "go on"), ("dialog.close", "later")),
    "asking": (
        ("asking.take", "ask"),
        ("asking.complete", "complete"),
        ("asking.next", "move"),
        ("asking.close", "close"),
    ),
    "prompt": (("prompt.take", "take"), ("prompt.close", "close")),
    "dialog": (
        ("dialog.take", "go ahead"),
        ("dialog.next", "next field"),
        ("dialog.close", "close"),
    ),
}
"""What the footer shows, most useful first: (action, word). A name with a hyphen
is a state of the place in front of it."""
