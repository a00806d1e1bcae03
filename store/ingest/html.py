"""A saved web page into the news item in it, without what stands around it.

trafilatura finds the text. It is given the page as UTF-8 that we decoded, because
its own detector fails on Western pages, and without embedded pictures, which are
most of a page saved as one file. Nothing is ever fetched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from store.ingest.clean import BAD, Unreadable, decode, one_line, tidy
from store.ingest.dates import iso_date
from store.ingest.fields import address_of, language_code
from store.ingest.job import Job, Said, replaced_warning, single
from store.model import Failure, Incoming

MAX_PAGE = 20_000_000
"""Code points of a page without its embedded pictures."""

FEWEST_WORDS = 25

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})")
_EMBEDDED = re.compile(r"data:[\w.+/-]{3,60};base64,[A-Za-z0-9+/=]{64,}")
_NUMBER = re.compile(r"&#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));?")
_LONG_TAG = re.compile(r"<([A-Za-z][\w-]{0,40})\s[^<>]{4000,}>")
_ATTRIBUTE = re.compile(r"\s[\w:.-]{1,60}=")
_LANGUAGE = re.compile(r"<html[^>]{0,1000}\blang\s*=\s*[\"']?([\w-]{2,20})", re.I)
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+")
_ALSO = re.compile(
    r"(?:lea|lea también|lea más|ver también|te puede interesar|leggi|leggi anche|"
    r"read more|read also|see also|related|lire aussi|à lire aussi|lesen sie auch|"
    r"mehr zum thema|leia também|leia mais|lees ook) ?: ?\S.{0,200}",
    re.I,
)
"""A line that leads to another page: it stands in the text but is not of it."""
_EAST_ASIAN_SITE = re.compile(r"[-_|｜—]{1,2}[\u3400-\u9fff]{1,6}[网網报報社闻聞线線]$")
_JOINTS = (" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " // ")
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def read_page(raw: bytes, job: Job) -> Iterator[Incoming | Failure]:
    """A page saved as HTML: one document, or ``Unreadable`` when it holds no news."""
    decoded = decode(raw, _declared(raw[:4096]), forced=job.encoding)
    if not decoded.text.strip():
        raise Unreadable("is empty: nothing to read")
    markup, replaced = tidy(decoded.text)
    markup = _LONG_TAG.sub(_bounded_tag, _EMBEDDED.sub("data:,", markup))
    markup = _NUMBER.sub(_storable, markup)
    if len(markup) > MAX_PAGE:
        raise Unreadable(
            f"is a page of more than {MAX_PAGE // 1_000_000} million signs: save it "
            "as text and add that"
        )
    found = _extracted(markup)
    text = _without_leads(tidy(found.text or "")[0]) if found is not None else ""
    words = _words(text)
    if words < FEWEST_WORDS:
        raise Unreadable(
            f"has no news text that could be found ({words} words outside menus and "
            "scripts); if the page needs scripts, copy its text into a .txt file"
        )
    said = _said(found, markup)
    said.warnings = replaced_warning(replaced)
    yield single(job, raw, decoded, text, said, look=False)


def _storable(match: re.Match[str]) -> str:
    """A sign written as its number: one that cannot be stored becomes U+FFFD.

    The numbers 128 to 159 mean Windows-1252, as browsers take them. A control that
    came into the tree would make the whole page unreadable.
    """
    code = int(match[1]) if match[1] else int(match[2], 16)
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "replace")
    if code in (9, 10, 13) or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800:
        return match[0]
    return match[0] if 0xE000 <= code <= 0x10FFFF else BAD


def _bounded_tag(match: re.Match[str]) -> str:
    """A tag without its attributes when it has hundreds: parsing is quadratic in them.

    A long tag with few attributes (data of a program in one of them) stays.
    """
    tag = match[0]
    named = len(_ATTRIBUTE.findall(tag))
    bare = len(tag.split()) if '"' not in tag and "'" not in tag else 0
    return f"<{match[1]}>" if max(named, bare) > 300 else tag


def _declared(head: bytes) -> str | None:
    """The encoding that a page says it is in."""
    match = _CHARSET.search(head) or _XML_ENCODING.search(head)
    return None if match is None else match[1].decode("ascii", "replace")


def _extracted(markup: str) -> Any:
    """trafilatura's document of a page, ``None`` when it finds nothing."""
    from trafilatura import bare_extraction

    for name in _LOGGERS:  # what it has to say goes nowhere, above all not on screen
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return bare_extraction(
        markup.encode("utf-8"),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
    )


def _without_leads(text: str) -> str:
    """The text without lines such as ``Read also: …``."""
    lines = text.strip().split("\n")
    return "\n".join(line for line in lines if not _ALSO.fullmatch(line)).strip()


def _words(text: str) -> int:
    """Words, with two signs of Chinese or Japanese as one."""
    signs = len(_EAST_ASIAN.findall(text))
    return len(_WORD.findall(_EAST_ASIAN.sub(" ", text))) + signs // 2


def _said(found: Any, markup: str) -> Said:
    url = address_of(found.url)
    whole_name = one_line(found.sitename or "", 200)
    site = _site_name(whole_name) or _host(url)
    language = _LANGUAGE.search(markup[:20_000])
    attributes = {}
    if found.description:
        attributes["description"] = one_line(found.description, 1000)
    return Said(
        title=without_site(one_line(found.title or ""), (whole_name, site), url)
        or None,
        source=site,
        author=one_line(found.author or "", 200).replace("; ", ", ") or None,
        published=iso_date(found.date),
        language_hint=language_code(language[1]) if language else None,
        url=url,
        attributes=attributes,
    )


def _site_name(name: str) -> str:
    """A site's name without its motto: what stands before the first joint."""
    for joint in _JOINTS:
        front = name.split(joint, 1)[0].strip()
        if len(front) >= 3:
            name = front
    return name


def _host(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def without_site(title: str, sites: tuple[str | None, ...], url: str | None) -> str:
    """A title without one of the names of its site at its end or beginning."""
    title = _EAST_ASIAN_SITE.sub("", title)
    names = {_bare(name) for name in (*sites, _host(url)) if name}
    host = (_host(url) or "").split(".")
    if len(host) >= 2:
        names.add(_bare(host[-2]))
    names.discard("")
    for joint in _JOINTS:
        front, found, end = title.rpartition(joint)
        if found and _is_site(end, names) and len(front) >= 8:
            return without_site(front.strip(), sites, url)
        front, found, end = title.partition(joint)
        if found and _bare(front) in names and len(end) >= 8:
            return end.strip()
    return title


def _is_site(part: str, names: set[str]) -> bool:
    """Whether a part of a title is the site: its name, or a name that holds it."""
    bare = _bare(part)
    return bare in names or any(
        len(name) >= 4 and (name in bare or (len(bare) >= 4 and bare in name))
        for name in names
        if len(bare) <= 40
    )


def _bare(name: str) -> str:
    """A name without case, blanks, points and an ending of the net."""
    folded = "".join(filter(str.isalnum, name.casefold()))
    return folded.removeprefix("www")
