"""The declaration of every key: what it does, where, and what it is called.

Bindings, the footer, the key help, the command palette, the check of ``[keys]`` in
the configuration and the table in README are all made from what stands here, so
that none of them can say something the others do not. Nothing but data; the
questions that can be asked of it are in ``tui.keys``.

Keys are written as a person would: ``j,down`` are two ways, ``g g`` is one after
the other, ``<n>`` stands for a number. Never bound, because a terminal cannot tell
them from other keys or a multiplexer takes them: ctrl with m, i, h, j, enter, a or
b, and function keys other than F1.
"""

from __future__ import annotations

from tui.keys_action import Action
from tui.keys_asking import ASKING
from tui.keys_text import READER, TEXT

__all__ = ["ACTIONS", "Action"]

_EVERYWHERE = (
    Action("help", "?", "app.help", "Keys of this screen", "Help"),
    Action("help_typing", "f1", "app.help", "Keys, also while typing", priority=True),
    Action("palette", "ctrl+p,:", "app.command_palette", "Commands"),
    Action("back", "q", "app.back", "Back one level; on Documents quit"),
    Action("quit", "Q", "app.quit", "Quit at once; drafts are kept", "Help", "Quit"),
    Action("quit_typing", "ctrl+q", "app.quit", "Quit from anywhere", priority=True),
    Action("escape", "escape", "screen.step_out", "Leave the innermost thing"),
    Action("suspend", "ctrl+z", "app.suspend_process", "Suspend to the shell"),
    Action("go_documents", "1", "app.go_to('documents')", "Documents", "Go"),
    Action("go_reader", "2", "app.go_to('reader')", "Reader", "Go"),
    Action("go_entities", "3", "app.go_to('entities')", "Entities", "Go"),
    Action("go_annotations", "4", "app.go_to('annotations')", "Annotations", "Go"),
    Action("go_codebook", "5", "app.go_to('codebook')", "Codebook", "Go"),
    Action("next_pane", "tab", "app.focus_next", "Next pane"),
    Action("previous_pane", "shift+tab", "app.focus_previous", "Previous pane"),
    Action("side_panel", "\\", "screen.toggle_panel", "Side panel on/off", "View"),
    Action("search_everything", "s", "app.search", "Search everything", "Go"),
    Action("find", "/", "screen.find", "Find here, narrow this list", "Go"),
    Action("next_match", "n", "screen.next_match", "Next match"),
    Action("previous_match", "N", "screen.previous_match", "Previous match"),
    Action("undo", "u", "app.undo", "Undo", "Library"),
    Action("redo", "U", "app.redo", "Redo", "Library"),
    Action("copy", "y,ctrl+c", "screen.copy", "Copy to the clipboard"),
    Action("export", "E", "screen.export", "Export what is shown", "Export"),
    Action("place_back", "backspace,alt+left", "app.place_back", "Place before", "Go"),
    Action("place_forward", "alt+right", "app.place_forward", "Forward again", "Go"),
    Action(
        "show_concordance", "g k", "app.show_concordance", "Words in context", "Ask"
    ),
    Action(
        "show_cooccurrence",
        "g o",
        "app.show_cooccurrence",
        "What occurs with what",
        "Ask",
    ),
    Action("show_timeline", "g t", "app.show_timeline", "How often, when", "Ask"),
    Action("show_matrix", "g x", "app.show_matrix", "Tags by document", "Ask"),
    Action("show_figures", "g f", "app.show_figures", "Figures: who says what", "Ask"),
    Action("show_quotations", "g q", "app.show_quotations", "Quotations", "Ask"),
    Action("show_agreement", "g a", "app.show_agreement", "Agreement of coders", "Ask"),
    Action("show_collections", "g c", "app.show_collections", "Collections", "Ask"),
    Action(
        "show_attributes",
        "g v",
        "app.show_attributes",
        "Document attributes",
        "Codebook",
    ),
    Action("memo", "g m", "app.edit_memo", "Memo of the library", "Codebook"),
    Action("show_history", "g h", "app.show_history", "What was done", "Library"),
    Action("code", "", "app.code", "Tag every place found…", "Annotate"),
    Action("messages", "g l", "app.show_messages", "Read messages again", "Go"),
    Action("redraw", "ctrl+l", "app.redraw", "Draw the screen anew"),
    Action("stop_import", "", "app.stop_import", "Stop what is running", "Library"),
    Action("extract", "", "app.extract", "Extract entities again", "Library"),
    Action("check", "", "app.check_library", "Check the library", "Library"),
    Action("backup", "", "app.back_up", "Copy the library (backup)", "Library"),
    Action("theme", "", "app.change_theme", "Theme…", "View"),
    Action("places", "", "app.show_places", "Where are my files?", "Help"),
)

_LISTS = (
    Action("lists.down", "j,down", "cursor_down", "Down"),
    Action("lists.up", "k,up", "cursor_up", "Up"),
    Action("lists.top", "g g,home", "first", "To the top"),
    Action("lists.bottom", "G,end", "last", "To the bottom"),
    Action("lists.half_down", "ctrl+d", "half_page_down", "Half a page down"),
    Action("lists.half_up", "ctrl+u", "half_page_up", "Half a page up"),
    Action("lists.page_down", "pagedown", "page_down", "Page down"),
    Action("lists.page_up", "pageup", "page_up", "Page up"),
    Action("lists.open", "enter,l,right", "open", "Open"),
    Action("lists.leave", "h,left", "leave", "Back to the list on the left"),
    Action("lists.mark", "space", "mark", "Mark the row, move down"),
    Action("lists.mark_all", "*", "mark_all", "Mark all shown; again: invert"),
)

_TREE = (
    Action("tree.fold", "z", "toggle_fold", "Open or close a branch"),
    Action("tree.fold_all", "Z", "fold_all", "Close all; again: open all"),
)

_DOCUMENTS = (
    Action("documents.narrow", "f", "narrow", "Narrow by source, date, tag, …", "Go"),
    Action("documents.order", "o", "order", "Order by", "View", "Order by…"),
    Action("documents.reverse", "O", "reverse", "Reverse the order", "View"),
    Action("documents.collect", "c", "collect", "Put in a collection", "Library"),
    Action("documents.fill", "=", "fill", "Fill in attributes", "Annotate"),
    Action("documents.tag", "t", "tag", "Tag the marked documents", "Annotate"),
    Action("documents.edit", "e", "edit", "Edit title, date, source, …", "Library"),
    Action("documents.delete", "d", "delete", "Remove from the library", "Library"),
    Action("documents.read", "r", "toggle_read", "Read or unread", "Library"),
    Action("documents.import", "i", "import_files", "Import files", "Library"),
    Action(
        "documents.demonstration",
        "D",
        "load_demonstration",
        "Load the demonstration documents",
        "Library",
    ),
)

_ENTITIES = (
    Action("entities.narrow", "f", "narrow", "Narrow by type", "Go"),
    Action("entities.state", "F", "narrow_state", "Narrow to open, decided, …", "Go"),
    Action("entities.order", "o", "order", "Order by", "View", "Order by…"),
    Action("entities.reverse", "O", "reverse", "Reverse the order", "View"),
    Action("entities.part", "v", "part(1)", "Next part of the page", "View"),
    Action("entities.part_back", "V", "part(-1)", "Part before", "View"),
    Action("entities.merge", "m", "merge", "Merge the marked entities", "Library"),
    Action("entities.rename", "e", "edit", "Rename", "Library", "Rename the entity"),
    Action("entities.reject", "x", "reject", "Not an entity", "Library"),
    Action("entities.accept", "a", "accept", "It is a name: accept", "Library"),
    Action("entities.split", "S", "split", "A spelling is somebody else", "Library"),
    Action("entities.retype", "t", "retype", "Person, place, …: say which", "Library"),
    Action("entities.review", "p", "review", "Review the names", "Library"),
)

_REVIEW = (
    Action("review.yes", "y,m", "yes", "Yes: they are one; it is a name"),
    Action("review.no", "n,x", "no", "No: they are two; it is no name"),
    Action("review.swap", "t", "swap", "Let the other name stay"),
    Action("review.per", "p", "settle('PER')", "Yes, and a person"),
    Action("review.org", "o", "settle('ORG')", "Yes, and an organisation"),
    Action("review.loc", "l", "settle('LOC')", "Yes, and a place"),
    Action("review.product", "d", "settle('PRODUCT')", "Yes, and a product"),
    Action("review.event", "v", "settle('EVENT')", "Yes, and an event"),
    Action("review.work", "w", "settle('WORK')", "Yes, and a work"),
    Action("review.all", "A", "merge_all", "All that may be this one are one"),
    Action("review.form", "W", "reject_form", "Nothing written so is a name"),
    Action("review.here", "r", "reject_here", "Not in the marked passage only"),
    Action("review.split", "S", "split", "What is written so is somebody else"),
    Action("review.rename", "e", "edit", "Rename"),
    Action("review.later", "space,right", "later", "Decide later"),
    Action("review.before", "h,left", "before", "The question before"),
    Action("review.undo", "u", "undo", "Undo the last decision, ask it again"),
    Action("review.narrow", "f", "narrow", "Only one kind of question"),
    Action("review.down", "j,down", "mark_passage(1)", "The next passage"),
    Action("review.up", "k,up", "mark_passage(-1)", "The passage before"),
    Action("review.open", "enter", "open", "Read the passage in its document"),
    Action("review.page_down", "pagedown,ctrl+d", "page(1)", "Page down"),
    Action("review.page_up", "pageup,ctrl+u", "page(-1)", "Page up"),
)

_ANNOTATIONS = (
    Action("annotations.narrow", "f", "narrow", "Narrow by tag, coder, query", "Go"),
    Action("annotations.order", "o", "order", "Order by", "View", "Order by…"),
    Action("annotations.reverse", "O", "reverse", "Reverse the order", "View"),
    Action("annotations.tag", "t", "tag", "Tag the marked annotations", "Annotate"),
    Action("annotations.untag", "T", "untag", "Take tags off", "Annotate"),
    Action("annotations.ask", "b", "ask", "Ask by tags: A and not B", "Ask"),
    Action("annotations.save_query", "S", "save_query", "Save this query", "Ask"),
    Action("annotations.edit", "e", "edit", "Edit the annotation", "Annotate"),
    Action(
        "annotations.confirm", "p", "confirm", "The proposed place is right", "Annotate"
    ),
    Action("annotations.delete", "d", "delete", "Delete annotations", "Annotate"),
)

_CODEBOOK = (
    Action("codebook.add", "a", "add", "Add a tag", "Codebook"),
    Action("codebook.rename", "e", "edit", "Rename the tag", "Codebook"),
    Action("codebook.define", "D", "define", "Define the tag", "Codebook"),
    Action("codebook.memo", "M", "memo", "Memo of the tag", "Codebook"),
    Action("codebook.move", "p", "move", "Place under another tag", "Codebook"),
    Action("codebook.up", "K", "shift(-1)", "Up among its siblings", "Codebook"),
    Action("codebook.down", "J", "shift(1)", "Down among its siblings", "Codebook"),
    Action("codebook.import", "i", "import_codebook", "Import a codebook", "Codebook"),
    Action(
        "codebook.starter",
        "S",
        "load_starter",
        "Bring in the starter codebook",
        "Codebook",
    ),
    Action("codebook.delete", "d", "delete", "Delete the tag", "Codebook"),
    Action("codebook.nest", ">", "nest", "Nest under the tag above", "Codebook"),
    Action("codebook.unnest", "<", "unnest", "Un-nest", "Codebook", "Un-nest the tag"),
    Action("codebook.merge", "m", "merge", "Merge the marked tags", "Codebook"),
)

_TYPING = (
    Action("search.open", "enter", "open", "Open, or ask again", bind=False),
    Action("search.down", "down", "move(1)", "Down"),
    Action("search.up", "up", "move(-1)", "Up"),
    Action("search.page_down", "pagedown", "page_down", "Page down"),
    Action("search.page_up", "pageup", "page_up", "Page up"),
    Action("search.kind", "tab", "next_kind", "Take what is offered, or next kind"),
    Action("search.take", "right", "take", "Take what is offered", bind=False),
    Action("search.exact", "ctrl+r", "toggle_exact", "Exact or fuzzy"),
    Action("search.regex", "ctrl+g", "toggle_regex", "A regular expression, or words"),
    Action("search.narrow", "ctrl+n", "narrow", "To the counts, and back"),
    Action("search.widen", "ctrl+o", "widen", "Only what Documents shows, or all"),
    Action("search.older", "alt+up,ctrl+up", "older", "The search before"),
    Action("search.newer", "alt+down,ctrl+down", "newer", "The search after"),
    Action("search.save", "ctrl+s", "save", "Save the search, or rename it"),
    Action("search.drop", "shift+delete", "drop", "Drop the search under the bar"),
    Action("search.code", "ctrl+t", "code_all", "Tag every place found"),
    Action("search.close", "escape", "close", "Close"),
    Action("form.save", "ctrl+s", "save", "Save the annotation"),
    Action("form.editor", "ctrl+e", "edit_outside", "Write the note in $EDITOR"),
    Action("form.next", "tab", "next_field", "Next field"),
    Action("form.back", "shift+tab", "previous_field", "Previous field"),
    Action("form.take", "enter", "take", "Take the tag", bind=False),
    Action("form.close", "escape", "close", "Close; asks when changed"),
    Action("picker.take", "enter", "take", "Take", bind=False),
    Action("picker.next", "down,ctrl+n", "move(1)", "Down"),
    Action("picker.back", "up,ctrl+p", "move(-1)", "Up"),
    Action("picker.page_down", "pagedown", "page_down", "Page down"),
    Action("picker.page_up", "pageup", "page_up", "Page up"),
    Action("picker.close", "escape", "close", "Close"),
    Action("asking.take", "enter", "take", "Ask", bind=False),
    Action("asking.complete", "tab", "complete", "Complete the tag"),
    Action("asking.next", "down,ctrl+n", "move(1)", "Down"),
    Action("asking.back", "up,ctrl+p", "move(-1)", "Up"),
    Action("asking.close", "escape", "close", "Close"),
    Action("prompt.take", "enter", "take", "Take", bind=False),
    Action("prompt.close", "escape", "close", "Close"),
    Action("dialog.take", "enter", "take", "Go ahead", bind=False),
    Action("dialog.next", "tab", "app.focus_next", "Next field"),
    Action("dialog.close", "escape", "close", "Close"),
)

ACTIONS: tuple[Action, ...] = (
    *_DOCUMENTS,
    *READER,
    *TEXT,
    *_ENTITIES,
    *_REVIEW,
    *_ANNOTATIONS,
    *_CODEBOOK,
    *ASKING,
    *_TREE,
    *_LISTS,
    *_TYPING,
    *_EVERYWHERE,
)
"""Every action with its keys as delivered."""
