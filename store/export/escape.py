"""Text from documents as Markdown that shows it and does nothing.

Quotes, titles and names are foreign: whatever Markdown, HTML, Obsidian or a link
finder would act on gets a backslash. Notes are the researcher's own Markdown and
stay Markdown, but cannot bring HTML in, nor swallow what follows them.
"""

from __future__ import annotations

import re
import unicodedata

# Emphasis, code spans, links, HTML, tables, math, tags, footnotes and block ids act
# anywhere; Obsidian's markers and hidden text (== and %%) where doubled; then
# entities, and bare addresses, which many programs turn into links by themselves.
_ACTIVE = re.compile(
    r"[\\`*_\[\]<|~$^#]|==+|%%+|&(?=[#0-9A-Za-z])|:(?=//)|(?<=\w)@|(?<=www)\.",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_NOTE_HTML = re.compile(r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>)")
_NOTE_HIDDEN = re.compile(r"(?<!\\)((?:\\\\)*)%(?=%)")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_REORDERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """Line ends as ``\\n``, controls as U+FFFD; tabs stay."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def inline(text: object) -> str:
    """One line of foreign text, for use after other text in a line."""
    shown = " ".join(clean(str(text)).translate(_REORDERING).split())
    return _ACTIVE.sub(_escaped, shown)


def line(text: object) -> str:
    """One line of foreign text that may stand at the start of a line."""
    shown = inline(text)
    if shown[:1] in ("-", "+", ">", "="):
        return "\\" + shown
    return _NUMBERED.sub(r"\1\\\2", shown, count=1) if shown[:1].isdigit() else shown


def lines(text: str) -> list[str]:
    """Foreign text of several lines, each safe at the start of a line."""
    return [line(part) for part in clean(text).split("\n")]


def note(text: str) -> str:
    """A note as Markdown that ends where it ends."""
    kept = clean(text).translate(_REORDERING).strip("\n").rstrip()
    kept = _NOTE_HTML.sub(r"\1\\<", kept)
    kept = _NOTE_HIDDEN.sub(r"\1\\%", kept)
    if _closes(kept):
        return kept
    # Whatever is left open inside a quotation ends with it.
    return "\n".join(
        ["> [!note]", *(f"> {part}".rstrip() for part in kept.split("\n"))]
    )


def address(url: str) -> str:
    """A web address as a link if it is plainly one, else as text."""
    if len(url) <= 2_000 and _ADDRESS.fullmatch(url):
        return f"<{url}>"
    return inline(url)


def tag_slug(path: str) -> str:
    """A tag's path as Obsidian reads tags: ``#actors/big-companies``, without ``#``.

    Blanks become ``-``, other signs are dropped, and it is never digits only.
    """
    parts = []
    for name in unicodedata.normalize("NFC", path).split("/"):
        dashed = "-".join(name.split())
        kept = "".join(c for c in dashed if c in "-_" or _is_word(c)).strip("-")
        parts.append(kept or "tag")
    slug = "/".join(parts)
    return f"_{slug}" if all(c.isnumeric() or c in "/-" for c in slug) else slug


def tag_slugs(paths: list[str]) -> dict[str, str]:
    """A slug for each path, different ones for different tags."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(set(paths)):
        slug = base = tag_slug(path)
        number = 2
        while slug.casefold() in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug.casefold())
        slugs[path] = slug
    return slugs


def _is_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"


def _escaped(match: re.Match[str]) -> str:
    return "".join("\\" + sign for sign in match.group())


def _closes(text: str) -> bool:
    """Whether every fence plainly stands at the start of a line and is closed."""
    opened = ""
    for part in text.split("\n"):
        found = _FENCE.match(part)
        if found is None:
            if "```" in part or "~~~" in part:
                return False
        elif not opened:
            if found.group(1)[0] == "`" and "`" in found.group(2):
                return False
            opened = found.group(1)
        elif found.group(1).startswith(opened) and not found.group(2).strip():
            opened = ""
    return not opened
