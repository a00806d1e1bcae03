"""Dates, sums and percentages in Chinese, Japanese and Korean text.

Those scripts put no blanks between words, so tokens do not help; the forms with
digits are regular enough to be read directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from store.extract.numbers import plain
from store.model import Found

_DATE = re.compile(
    r"(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日号일])?)?"
)
_MONEY = re.compile(
    r"(新台幣|新台币|新臺幣|人民币|人民幣|港币|港幣)?"
    r"(\d[\d,]{0,20}(?:\.\d{1,6})?)\s?(万亿|萬億|億|亿|万|萬|千|兆|조|억|만)?\s?"
    r"(人民币|人民幣|美元|歐元|欧元|日元|港元|韩元|英镑|元|円|ドル|ユーロ|원|달러|유로)"
)
_PERCENT = re.compile(r"(\d[\d,]{0,12}(?:\.\d{1,6})?)\s?(?:%|％|パーセント|퍼센트)")
_SCALES = {
    "千": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8,
    "兆": 1e12, "조": 1e12, "万亿": 1e12, "萬億": 1e12,
}  # fmt: skip
_CURRENCIES = {
    "元": "CNY", "人民币": "CNY", "人民幣": "CNY", "美元": "USD", "ドル": "USD",
    "달러": "USD", "欧元": "EUR", "歐元": "EUR", "ユーロ": "EUR", "유로": "EUR",
    "日元": "JPY", "円": "JPY", "港元": "HKD", "韩元": "KRW", "원": "KRW",
    "英镑": "GBP", "新台幣": "TWD", "新台币": "TWD", "新臺幣": "TWD", "港币": "HKD",
    "港幣": "HKD",
}  # fmt: skip
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def find(text: str) -> list[Found]:
    """Return the literals written in the Eastern forms, in order, not overlapping."""
    if not _EASTERN.search(text):
        return []
    found: list[Found] = []
    end = 0
    proposals = sorted(_proposals(text), key=lambda one: (one[0], -one[1]))
    for start, stop, kind, value in proposals:
        if start >= end:
            found.append(Found(start, stop, text[start:stop], kind, value))
            end = stop
    return found


def _proposals(text: str) -> Iterator[tuple[int, int, str, Any]]:
    for match in _DATE.finditer(text):
        year, month, day = match.groups()
        parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
        if not _inside_number(text, match.start()):
            yield *_bounds(match), "DATE", "-".join(parts)
    for match in _MONEY.finditer(text):
        prefix, number, scale, currency = match.groups()
        if not _inside_number(text, match.start()):
            amount = plain(float(number.replace(",", "")) * _SCALES.get(scale, 1))
            value = {"amount": amount, "currency": _CURRENCIES[prefix or currency]}
            yield *_bounds(match), "MONEY", value
    for match in _PERCENT.finditer(text):
        beside = text[max(match.start() - 1, 0)] + text[match.end() - 1]
        if _EASTERN.match(beside) and not _inside_number(text, match.start()):
            yield *_bounds(match), "PERCENT", plain(float(match[1].replace(",", "")))


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    end = match.end()
    while match.string[end - 1].isspace():
        end -= 1
    return match.start(), end


def _inside_number(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isascii() and text[start - 1].isalnum())
