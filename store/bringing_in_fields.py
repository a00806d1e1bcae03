"""One JSON object of a foreign file, its values checked as they are taken.

Every value is either of the kind it should be and storable, or costs the record
it stands in, with a reason that a person can act on.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

LONGEST_NOTE = 1_000_000
LONGEST_WORD = 4_000

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")


class Unusable(Exception):
    """A record cannot be taken; ``str()`` says why, in a clause."""


@dataclass(frozen=True, slots=True)
class CoderRecord:
    """Who made something."""

    guid: str
    name: str
    created: str | None = None


def storable(text: str) -> str:
    """The text with whatever a library cannot hold as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


class Fields:
    """A JSON object whose values are checked as they are taken."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def get(self, name: str) -> Any:
        """A value as it is."""
        return self._values.get(name)

    def optional_text(self, name: str, longest: int = LONGEST_WORD) -> str | None:
        """A string or nothing; what cannot be stored becomes U+FFFD."""
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise Unusable(f"{name} is not a text")
        if len(value) > longest:
            raise Unusable(f"{name} is longer than {longest:,} signs")
        return storable(value)

    def text(self, name: str, longest: int = LONGEST_WORD) -> str:
        """A string; empty when it is not there."""
        return self.optional_text(name, longest) or ""

    def optional_whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number in a range, or nothing."""
        value = self.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unusable(f"{name} is not a whole number")
        if not low <= value <= high:
            raise Unusable(f"{name} is out of range")
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number in a range."""
        value = self.optional_whole(name, low, high)
        if value is None:
            raise Unusable(f"{name} is missing")
        return value

    def guid(self, name: str = "guid") -> str:
        """A guid in its usual form."""
        try:
            return str(uuid.UUID(self.text(name)))
        except ValueError:
            raise Unusable(f"{name} is missing or not a guid") from None

    def optional_guid(self, name: str) -> str | None:
        """A guid or nothing."""
        return None if self.get(name) is None else self.guid(name)

    def optional_time(self, name: str) -> str | None:
        """A moment as it is stored, in UTC, or nothing."""
        said = self.optional_text(name, 40)
        if said is None:
            return None
        try:
            moment = datetime.fromisoformat(said)
            if moment.tzinfo is None:
                raise ValueError(said)
            if _STAMP.fullmatch(said):
                return said
            return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        except (ValueError, OverflowError):
            raise Unusable(f"{name} is not a time") from None

    def time(self, name: str) -> str:
        """A moment as it is stored, in UTC."""
        moment = self.optional_time(name)
        if moment is None:
            raise Unusable(f"{name} is missing")
        return moment

    def objects(self, name: str) -> list[Fields]:
        """A list of objects; empty when it is not there."""
        value = self.get(name) or []
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise Unusable(f"{name} is not a list of objects")
        return [Fields(each) for each in value]

    def coder(self) -> CoderRecord:
        """The object read as a coder."""
        name = " ".join(self.text("name", 200).split())
        if not name:
            raise Unusable("a coder has no name")
        return CoderRecord(self.guid(), name, self.optional_time("created"))

    def made_by(self) -> CoderRecord:
        """Who is named under ``coder``."""
        value = self.get("coder")
        if not isinstance(value, dict):
            raise Unusable("coder is missing")
        return Fields(value).coder()
