"""Texts that are hard to lay out, for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    "The harbour ",
    "it's well-known. ",
    "“Closed,” she said. ",
    "a",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "漢字とカタカナ。",
    "「駅」",
    "한국어 ",
    "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "e\u0301",
    "n\u0303o\u0308",
    "\u0301",
    "👩\u200d👩\u200d👧",
    "👍🏽",
    "🇮🇹🇵🇹",
    "🇩x",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "नमस्ते ",
    "ภาษาไทย",
    "مرحبا ",
    "\u202eabc\u202c",
    "\u2066עברית\u2069 ",
    "\r\n",
    "\r",
    "\u2028",
    "\u1100\u1161\u0301",
    "\U0001d4b7",
    "क्षि",
    "\u200b",
    "\u00ad",
    "\u00a0",
    "\u3000",
    "https://example.org/a/very/long/address/without/blanks",
    "\x1b[31m",
    "\ufffd",
    "ﬁ…",
]

texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
"""News-like and hostile pieces in any order."""
