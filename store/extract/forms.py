"""How a word is written: the pattern of its signs, and whether it looks like a name."""

from __future__ import annotations


def shape(word: str) -> str:
    """Return the pattern of capitals, small letters and digits, runs cut to one."""
    signs: list[str] = []
    for letter in word[:24]:
        if letter.isupper():
            sign = "X"
        elif letter.isdigit():
            sign = "9"
        elif letter.isalpha():
            sign = "x"
        else:
            sign = letter
        if not signs or signs[-1] != sign:
            signs.append(sign)
        elif sign == "X" and len(signs) == 1:
            signs.append("X")
    return "".join(signs)


def is_capital(word: str) -> bool:
    """Tell whether a token looks like part of a name: a capital somewhere."""
    first = word[0]
    if first.isupper() or first.istitle():
        return not word.startswith(("Http", "HTTP")) and "@" not in word
    if not first.isalnum() or "@" in word or word.startswith(("http", "www.")):
        return False
    return any(letter.isupper() for letter in word)
