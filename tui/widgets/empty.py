"""What stands where there is nothing yet: the texts of every empty list.

Each says what is missing and which key or command brings it. Keys come in as
arguments, because they can be changed. The texts are shown through the display
door by whoever draws them; a query in them is of any origin.
"""

from __future__ import annotations

from textwrap import wrap

from store import safe


def no_documents(*, add: str = "i", sample: str = "D", keys: str = "?") -> str:
    """For a library without documents."""
    return f"""There are no documents in this library yet.

  {add:<3} add files or a folder
  {sample:<3} load the demonstration corpus
  {keys:<3} see every key

From the shell:
  postilla add news/*.txt
  cat news.jsonl | postilla add --reader jsonl -"""


def no_documents_to_ask(*, documents: str = "1", add: str = "i") -> str:
    """For a question about a library without documents."""
    return f"""There are no documents in this library yet.

  {documents:<3} go to Documents
  {add:<3} there: add files or a folder"""


def no_entities() -> str:
    """For a library in which nobody is named yet."""
    return """No entities yet.

People, organisations, places and dates are found
when documents are added.

For documents that are here already:
  press ctrl+p and choose "Extract entities again"."""


def no_annotations(*, annotate: str = "a", tag: str = "t") -> str:
    """For a library without annotations."""
    return f"""No annotations yet.

Open a document, select a passage, then
  {annotate:<3} annotate it with a note and tags
  {tag:<3} put a tag on it, without a note"""


def no_tags(*, add: str = "a", starter: str = "S", bring: str = "i") -> str:
    """For a library without tags."""
    return f"""The codebook is empty.

  {add:<3} add a tag
  {starter:<3} bring in the starter codebook
  {bring:<3} import one: .qdc of another program, or .csv

A tag that is new in an annotation comes here by itself."""


def no_collections(*, add: str = "a", sample: str = "r", put: str = "c") -> str:
    """For a library without collections."""
    return f"""No collections yet: named sets of documents.

  {add:<3} make one of what Documents shows
  {sample:<3} draw a random sample
  {put:<3} on Documents or in the reader: put documents in one

Lists, questions and exports can be narrowed to one."""


def no_attributes(*, add: str = "a", fill: str = "=") -> str:
    """For a library in which no attribute is defined."""
    return f"""No attributes yet: what whole documents are coded by,
such as tone, genre, or whether it is about the matter.

  {add:<3} define one
  {fill:<3} on Documents or in the reader: fill them in"""


def nothing_done() -> str:
    """For a history without acts."""
    return """Nothing was done yet that could be taken back.

Annotations, tags, the codebook, what is said of names and
documents: each act comes here, and can be undone from here,
also after a restart. Adding documents does not count."""


def nothing_tagged(*, tag: str = "t") -> str:
    """For a tag that nothing has."""
    return f"""Nothing has this tag yet.

In the reader select a passage,
on Annotations mark some: {tag} tags them."""


def no_results(query: str, *, exact: str = "ctrl+r", is_exact: bool = False) -> str:
    """For a search that found nothing; ``exact`` is the key that forgives slips
    again, where only exact words were looked for."""
    forgive = f"\n\n  {exact:<7} also look for similar words" if is_exact else ""
    return f"""Nothing matches "{safe.line(query, 40)}".{forgive}

Fewer words find more."""


def nothing_typed(kinds: str) -> str:
    """For a search that has not begun; ``kinds`` is what would be searched."""
    return f"Type to search {kinds}; slips in spelling do not matter."


def nothing_left(*, clear: str = "esc") -> str:
    """For a list that was narrowed until no row was left."""
    return f"""Nothing here fits what the list is narrowed by.

  {clear:<4} show everything again"""


_KEY = 4
"""Cells of a key and the blank behind it, below which its words go on."""


def _parts(text: str) -> list[list[str]]:
    """Lines that are read on: paragraphs; an indented or empty line is its own."""
    parts: list[list[str]] = []
    for line in text.split("\n"):
        alone = not line or line.startswith(" ")
        if alone or not parts or not parts[-1][0] or parts[-1][0].startswith(" "):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def laid_out(text: str, width: int, height: int) -> list[str]:
    """The lines of an empty state in a pane, ``height`` at most, as safe text.

    The text stands in the middle as one block, a little above the centre; lines
    too long for the pane are wrapped at blanks.
    """
    room = max(1, width - 2)
    lines: list[str] = []
    for part in _parts(safe.block(text)):
        if all(safe.width(line) <= room for line in part):
            lines += part
        else:
            lead = len(part[0]) - len(part[0].lstrip())
            hung = " " * (lead and min(lead + _KEY, room // 3))
            lines += wrap(
                " ".join(part),
                room,
                subsequent_indent=hung,
                break_on_hyphens=False,
            )
    widest = max((safe.width(line) for line in lines), default=0)
    indent = " " * max(0, (width - widest) // 2)
    above = max(0, (height - len(lines)) // 3)
    return ([""] * above + [indent + line for line in lines])[: max(0, height)]
