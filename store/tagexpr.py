"""Tag expressions: ``A and (B or C) and not D``, asked of one annotation's tags.

A small grammar read by recursive descent, so that nothing a person types is ever
run and every error can say at which sign it is. A tag means itself and everything
below it in the codebook.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from store.errors import NotFound, UsageError
from store.tagpaths import TagPaths

Test = Callable[[frozenset[int]], bool]
"""Whether the tags of one annotation fit."""

LONGEST = 4_000
"""Signs in an expression."""

DEEPEST = 60
"""Brackets and ``not`` inside each other."""

_OPERATORS = ("and", "or", "not")
_BETWEEN_TWO = ("overlaps", "in-document")


def compile_expression(expr: str, paths: TagPaths, find: Callable[[str], int]) -> Test:
    """The test that an expression stands for.

    Keywords may be written large or small; names with blanks, brackets or reserved
    words go in double quotes (a quote sign inside is doubled). ``find`` gives the
    tag of a name or path and may raise ``NotFound``. Raises ``UsageError``, with
    the place counted from 1, for whatever cannot be read or found.
    """
    if len(expr) > LONGEST:
        raise UsageError(f"A tag expression has at most {LONGEST:,} signs.")
    return _Reader(expr, paths, find).read()


class _Token(NamedTuple):
    text: str
    at: int
    quoted: bool

    @property
    def word(self) -> str:
        """What kind of token: a bracket or reserved word, or empty for a name."""
        if self.quoted:
            return ""
        low = self.text.lower()
        if low in ("(", ")", *_OPERATORS, *_BETWEEN_TWO) or low.startswith("near:"):
            return low
        return ""


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, expr: str, paths: TagPaths, find: Callable[[str], int]) -> None:
        self._tokens = _tokens(expr)
        self._next = 0
        self._end = len(expr)
        self._paths = paths
        self._find = find

    def read(self) -> Test:
        if not self._tokens:
            raise UsageError("The tag expression is empty; name a tag.")
        test = self._either(0)
        left = self._peek()
        if left is not None:
            raise _error(left.at, _unexpected(left))
        return test

    def _peek(self) -> _Token | None:
        if self._next == len(self._tokens):
            return None
        token = self._tokens[self._next]
        if token.word.startswith("near:") or token.word in _BETWEEN_TWO:
            raise _error(token.at, f"{token.text} is not available yet in this version")
        return token

    def _take(self, word: str) -> bool:
        token = self._peek()
        if token is None or token.word != word:
            return False
        self._next += 1
        return True

    def _either(self, depth: int) -> Test:
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        if len(parts) == 1:
            return parts[0]
        return lambda tags: any(part(tags) for part in parts)

    def _both(self, depth: int) -> Test:
        parts = [self._single(depth)]
        while self._take("and"):
            parts.append(self._single(depth))
        if len(parts) == 1:
            return parts[0]
        return lambda tags: all(part(tags) for part in parts)

    def _single(self, depth: int) -> Test:
        token = self._peek()
        if token is None:
            raise _error(self._end + 1, "a tag is missing")
        if depth > DEEPEST:
            raise _error(token.at, "this is nested too deeply")
        if self._take("not"):
            inner = self._single(depth + 1)
            return lambda tags: not inner(tags)
        if self._take("("):
            inner = self._either(depth + 1)
            if not self._take(")"):
                raise _error(token.at, "this bracket is not closed")
            return inner
        if token.word:
            raise _error(token.at, f"a tag is missing before {token.text}")
        self._next += 1
        return self._tag(token)

    def _tag(self, token: _Token) -> Test:
        try:
            meant = self._find(token.text)
        except NotFound as error:
            reason = str(error)
            if reason.startswith(("There is", "More than")):
                reason = reason[0].lower() + reason[1:]
            after = self._peek()
            if after is not None and not after.word:
                reason += " A name with blanks goes in double quotes."
            raise _error(token.at, reason) from error
        fitting = frozenset(self._paths.subtree(meant))
        return lambda tags: not fitting.isdisjoint(tags)


def _tokens(expr: str) -> list[_Token]:
    out: list[_Token] = []
    at = 0
    while at < len(expr):
        if expr[at].isspace():
            at += 1
        elif expr[at] in "()":
            out.append(_Token(expr[at], at + 1, False))
            at += 1
        else:
            name, end, quoted = _name(expr, at)
            out.append(_Token(name, at + 1, quoted))
            at = end
    return out


def _name(expr: str, start: int) -> tuple[str, int, bool]:
    """A name, where it ends, and whether any of it stood in quotes."""
    parts: list[str] = []
    at, quoted = start, False
    while at < len(expr) and not (expr[at].isspace() or expr[at] in "()"):
        if expr[at] != '"':
            parts.append(expr[at])
            at += 1
            continue
        quoted = True
        opened, at = at, at + 1
        while True:
            close = expr.find('"', at)
            if close < 0:
                raise _error(opened + 1, "this double quote is not closed")
            parts.append(expr[at:close])
            at = close + 1
            if not expr.startswith('"', at):
                break
            parts.append('"')
            at += 1
    name = "".join(parts)
    if not name.strip():
        raise _error(start + 1, "a name is empty")
    return name, at, quoted


def _unexpected(token: _Token) -> str:
    if token.word == ")":
        return "this bracket was never opened"
    return (
        f"expected and, or, or the end instead of {token.text};"
        " a name with blanks goes in double quotes"
    )


def _error(at: int, reason: str) -> UsageError:
    stop = "" if reason.endswith((".", "?")) else "."
    return UsageError(f"The tag expression cannot be read at sign {at}: {reason}{stop}")
