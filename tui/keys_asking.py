"""The keys of the screens that lie over the five: history, questions, sets, coders."""

from __future__ import annotations

from tui.keys_action import Action

_HISTORY = (
    Action("history.narrow", "f", "narrow", "This window, mine, or everyone's", "Go"),
    Action(
        "history.only",
        "x",
        "turn_one",
        "Take back, or redo, only this act",
        "Library",
    ),
)

_CONCORDANCE = (
    Action("concordance.narrow", "f", "narrow", "In which documents", "Go"),
    Action("concordance.order", "o", "order", "Order by left or right words", "View"),
    Action("concordance.reverse", "O", "reverse", "Reverse the order", "View"),
    Action("concordance.tag", "t", "tag", "Tag the marked places, or all", "Annotate"),
)

_COOCCURRENCE = (
    Action("cooccurrence.narrow", "f", "narrow", "What, and in what unit", "Go"),
    Action("cooccurrence.order", "o", "order", "Order by", "View", "Order by…"),
    Action("cooccurrence.reverse", "O", "reverse", "Reverse the order", "View"),
)

_TIMELINE = (
    Action("timeline.narrow", "f", "narrow", "What is counted", "Go"),
    Action("timeline.step", "o", "step", "By day, week, month or year", "View"),
)

_MATRIX = (
    Action("matrix.narrow", "f", "narrow", "Which tags, present or how often", "Go"),
    Action("matrix.right", "l,right", "screen.columns(1)", "Columns to the right"),
    Action("matrix.left", "h,left", "screen.columns(-1)", "Columns to the left"),
)

_FIGURES = (
    Action("figures.narrow", "f", "narrow", "Kind, unit, whose, in what", "Go"),
    Action("figures.order", "o", "order", "Order by", "View", "Order by…"),
    Action("figures.reverse", "O", "reverse", "Reverse the order", "View"),
    Action("figures.annotate", "a", "annotate", "Annotate the passage", "Annotate"),
    Action("figures.tag", "t", "tag", "Tag the marked passages", "Annotate"),
)

_QUOTATIONS = (
    Action("quotations.narrow", "f", "narrow", "Whose, and in which documents", "Go"),
    Action("quotations.order", "o", "order", "Order by", "View", "Order by…"),
    Action("quotations.reverse", "O", "reverse", "Reverse the order", "View"),
    Action("quotations.annotate", "a", "annotate", "Annotate the passage", "Annotate"),
    Action("quotations.tag", "t", "tag", "Tag the marked passages", "Annotate"),
)

_COLLECTIONS = (
    Action("collections.add", "a", "add", "New, from what Documents shows", "Library"),
    Action("collections.sample", "r", "sample", "Draw a random sample", "Library"),
    Action("collections.rename", "e", "edit", "Rename the collection", "Library"),
    Action("collections.delete", "d", "delete", "Drop the collection", "Library"),
)

_ATTRIBUTES = (
    Action("attributes.add", "a", "add", "Define an attribute", "Codebook"),
    Action("attributes.edit", "e", "edit", "Change the attribute", "Codebook"),
    Action("attributes.delete", "d", "delete", "Delete the attribute", "Codebook"),
)

_FILLING = (
    Action("filling.next", "down,tab", "next", "Next attribute"),
    Action("filling.previous", "up,shift+tab", "previous", "Attribute before"),
    Action("filling.open", "enter", "open", "Write the text, or choose from a list"),
    Action("filling.lower", "-", "step(-1)", "One step lower on a scale"),
    Action("filling.higher", "+", "step(1)", "One step higher on a scale"),
    Action("filling.page_down", "space,pagedown", "page(1)", "The text a page down"),
    Action("filling.page_up", "pageup", "page(-1)", "The text a page up"),
    Action("filling.clear", "backspace,delete", "clear", "Take the value away"),
    Action("filling.next_document", "J", "next_document", "Next document"),
    Action("filling.previous_document", "K", "previous_document", "Document before"),
    Action("filling.close", "escape,q", "close", "Close"),
)

_AGREEMENT = (
    Action("agreement.narrow", "f", "narrow", "Which coders, tags and unit", "Go"),
    Action("agreement.blind", "B", "toggle_blind", "Blind coding on/off", "Codebook"),
)

ASKING = (
    *_HISTORY,
    *_CONCORDANCE,
    *_COOCCURRENCE,
    *_TIMELINE,
    *_MATRIX,
    *_FIGURES,
    *_QUOTATIONS,
    *_COLLECTIONS,
    *_ATTRIBUTES,
    *_FILLING,
    *_AGREEMENT,
)
"""Their actions, in the order of the screens."""
