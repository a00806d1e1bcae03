"""Tag expressions: what a person asks of the codebook, read into a tree.

``A and (B or C) and not D`` is about one annotation; ``A near:50 B``, ``A overlaps
B`` and ``A in-document B`` are about two and bind loosest, so that ``companies and
not banks near:30 money`` means ``(companies and not banks) near:30 (money)``. What
they give are the annotations of the left side, and in brackets they can be combined
further: ``(A near:50 B) and C``.

A small grammar read by recursive descent, so that nothing a person types is ever
run and every error can say at which sign it is. Pure: what a tree finds is worked
out in ``store.retrieval``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from store.errors import NotFound, UsageError

LONGEST = 4_000
"""Signs in an expression."""

DEEPEST = 60
"""Brackets, ``not`` and questions about two inside each other."""

FARTHEST = 1_000_000
"""Characters that ``near`` may reach."""

_ALONE = ("and", "or", "not", "(", ")")
_BETWEEN = ("overlaps", "in-document")
_NEAR = "near:"
_NEARLY = {
    "near": "near needs a number of characters, as in near:50",
    "overlap": "the word is overlaps",
    "in": "the word is in-document",
}
"""What is typed for an operator, and what to say of it."""


class ExpressionError(UsageError):
    """An expression that cannot be read; ``at`` is the sign, counted from 1."""

    def __init__(self, at: int, reason: str) -> None:
        self.at = at
        self.reason = reason if reason.endswith((".", "?")) else f"{reason}."
        super().__init__(
            f"The tag expression cannot be read at sign {at}: {self.reason}"
        )


@dataclass(frozen=True, slots=True)
class Bears:
    """The annotations that bear a tag or one below it."""

    tag: int


@dataclass(frozen=True, slots=True)
class Not:
    """All others."""

    inner: Tree


@dataclass(frozen=True, slots=True)
class Every:
    """Those that all of the parts find."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Those that any of the parts finds."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Those of the left that have a partner on the right."""

    kind: Literal["near", "overlaps", "in-document"]
    left: Tree
    right: Tree
    reach: int = 0
    """For ``near``: characters between the nearest ends, at most."""


Tree: TypeAlias = Bears | Not | Every | Some | Pair


def parse(expr: str, find: Callable[[str], int]) -> Tree:
    """The tree that an expression stands for.

    Keywords may be written large or small; names with blanks, brackets or reserved
    words go in double quotes (a quote sign inside is doubled). ``find`` gives the
    tag of a name or path and may raise ``NotFound``. Raises ``ExpressionError``,
    with the place counted from 1, for whatever cannot be read or found.
    """
    if len(expr) > LONGEST:
        raise UsageError(f"A tag expression has at most {LONGEST:,} signs.")
    return _Reader(expr, find).read()


def quoted(path: str) -> str:
    """A path as it is written in an expression: in quotes where it must be."""
    if _is_plain(path):
        return path
    doubled = path.replace('"', '""')
    return f'"{doubled}"'


def single(expr: str) -> str | None:
    """The name, where an expression is just that; ``None`` for anything else."""
    try:
        tokens = _tokens(expr)
    except ExpressionError:
        return None
    alone = len(tokens) == 1 and not tokens[0].word
    return tokens[0].text if alone else None


def names(expr: str) -> list[tuple[int, int, str]]:
    """Where names stand, with their quotes: start, end, the name without them.

    Offsets are code points of ``expr``. Raises ``ExpressionError``.
    """
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(expr):
        if expr[at].isspace() or expr[at] in "()":
            at += 1
            continue
        name, end, quoted = _name(expr, at)
        if not _Token(name, at, quoted).word:
            found.append((at, end, name))
        at = end
    return found


def name_at(expr: str, place: int) -> tuple[int, int, str] | None:
    """The name that is being typed before ``place``: start, end, what stands there.

    Offsets are code points of ``expr``. ``None`` where no name can stand.
    """
    start = place
    if expr.count('"', 0, place) % 2:
        start = expr.rindex('"', 0, place)
    else:
        while start and not (expr[start - 1].isspace() or expr[start - 1] in "()"):
            start -= 1
    typed = expr[start:place].strip('"')
    return (start, place, typed) if typed and not _Token(typed, 0, False).word else None


def _is_plain(path: str) -> bool:
    odd = any(sign.isspace() or sign in '()"' for sign in path)
    low = path.lower()
    reserved = _Token(path, 0, False).word or low in _NEARLY
    return bool(path) and not odd and not reserved


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
        if low in _ALONE or low in _BETWEEN:
            return low
        return _NEAR if low.startswith(_NEAR) else ""


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, expr: str, find: Callable[[str], int]) -> None:
        self._tokens = _tokens(expr)
        self._next = 0
        self._end = len(expr)
        self._find = find

    def read(self) -> Tree:
        if not self._tokens:
            raise ExpressionError(1, "it is empty; name a tag")
        tree = self._question(0)
        left = self._peek()
        if left is not None:
            raise ExpressionError(left.at, _unexpected(left))
        return tree

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, word: str) -> _Token | None:
        token = self._peek()
        if token is None or token.word != word:
            return None
        self._next += 1
        return token

    def _question(self, depth: int) -> Tree:
        """One side, or two and more with a question about two between them."""
        tree = self._either(depth)
        while True:
            token = self._take(_NEAR) or self._take(_BETWEEN[0])
            token = token or self._take(_BETWEEN[1])
            if token is None:
                return tree
            depth = self._deeper(depth, token)
            reach = _reach(token) if token.word == _NEAR else 0
            tree = Pair(_KINDS[token.word], tree, self._either(depth), reach)

    def _either(self, depth: int) -> Tree:
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _both(self, depth: int) -> Tree:
        parts = [self._one(depth)]
        while self._take("and"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self, depth: int) -> Tree:
        token = self._peek()
        if token is None:
            raise ExpressionError(self._end + 1, "a tag is missing")
        if self._take("not"):
            return Not(self._one(self._deeper(depth, token)))
        if self._take("("):
            inner = self._question(self._deeper(depth, token))
            if not self._take(")"):
                after = self._peek()
                if after is not None:
                    raise ExpressionError(after.at, _unexpected(after))
                raise ExpressionError(token.at, "this bracket is not closed")
            return inner
        if token.word:
            raise ExpressionError(token.at, f"a tag is missing before {token.text}")
        self._next += 1
        return self._tag(token)

    def _deeper(self, depth: int, token: _Token) -> int:
        if depth >= DEEPEST:
            raise ExpressionError(token.at, "this is nested too deeply")
        return depth + 1

    def _tag(self, token: _Token) -> Tree:
        try:
            return Bears(self._find(token.text))
        except NotFound as error:
            reason = str(error)
            if reason.startswith(("There is", "More than")):
                reason = reason[0].lower() + reason[1:]
            after = self._peek()
            if after is not None and not after.word:
                known = None if after.quoted else _NEARLY.get(after.text.lower())
                reason += f" {_sentence(known)}" if known else _BLANKS
            raise ExpressionError(token.at, reason) from error


_KINDS: dict[str, Literal["near", "overlaps", "in-document"]] = {
    _NEAR: "near",
    "overlaps": "overlaps",
    "in-document": "in-document",
}

_BLANKS = " A name with blanks goes in double quotes."


def _reach(token: _Token) -> int:
    number = token.text[len(_NEAR) :]
    if not (number.isascii() and number.isdecimal()):
        raise ExpressionError(token.at, _NEARLY["near"])
    if len(number) > len(str(FARTHEST)) or int(number) > FARTHEST:
        raise ExpressionError(token.at, f"near reaches at most {FARTHEST:,} characters")
    return int(number)


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
                raise ExpressionError(opened + 1, "this double quote is not closed")
            parts.append(expr[at:close])
            at = close + 1
            if not expr.startswith('"', at):
                break
            parts.append('"')
            at += 1
    name = "".join(parts)
    if not name.strip():
        raise ExpressionError(start + 1, "a name is empty")
    return name, at, quoted


def _unexpected(token: _Token) -> str:
    if token.word == ")":
        return "this bracket was never opened"
    known = None if token.quoted else _NEARLY.get(token.text.lower())
    if known:
        return known
    return (
        f"expected and, or, near, overlaps, in-document or the end instead of"
        f" {token.text}; a name with blanks goes in double quotes"
    )


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
