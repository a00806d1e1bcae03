"""The codebook as other programs for qualitative work read it: REFI-QDA ``.qdc``.

Written so that it is valid by the schema of the standard: the order of children, no
empty lists, a description only where there is one, colours as ``#RRGGBB``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from xml.etree import ElementTree

from store import tag_colours
from store.export import escape
from store.model import Tag

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "postilla"

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NOT_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})


def document(tags: Sequence[Tag]) -> str:
    """The file; ``tags`` are at least one, parents before children."""
    root = ElementTree.Element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN})
    top = ElementTree.SubElement(root, "Codes")
    codes: dict[int | None, ElementTree.Element] = {None: top}
    for tag in tags:
        codes[tag.id] = _code(codes.get(tag.parent, top), tag)
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def _code(above: ElementTree.Element, tag: Tag) -> ElementTree.Element:
    code = ElementTree.SubElement(
        above,
        "Code",
        {
            "guid": _guid(tag.guid),
            "name": _text(tag.name),
            "isCodable": "true",
            "color": tag_colours.RGB[tag.colour % len(tag_colours.RGB)],
        },
    )
    if tag.definition.strip():
        ElementTree.SubElement(code, "Description").text = _text(tag.definition)
    return code


def _guid(guid: str) -> str:
    """As the schema wants it; one that is of another form gets one made of it."""
    if _GUID.fullmatch(guid):
        return guid
    return str(uuid.uuid5(uuid.NAMESPACE_URL, guid))


def _text(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return escape.clean(text).translate(_NOT_XML)
