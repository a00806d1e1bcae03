"""What a person is told after something was brought in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """What was done with a file that was brought in."""

    taken: int = 0
    """Annotations that are new here."""
    changed: int = 0
    """Annotations that the file had newer."""
    unchanged: int = 0
    kept: int = 0
    """Annotations that say something else here and are not older; see remarks."""
    dropped: tuple[str, ...] = ()
    """What was not taken: the line and the reason."""
    documents_added: int = 0
    tags_added: int = 0
    tags_changed: int = 0
    """Tags whose definition, marker, colour or memo was set."""
    moved: int = 0
    """Passages found for certain, elsewhere in a text that differs."""
    proposed: int = 0
    """Passages of which only something like it was found; a person confirms."""
    orphans: int = 0
    """Passages that are nowhere in the text here; kept and listed."""
    remarks: tuple[str, ...] = ()
    """What was taken otherwise than the file says, or left as it is here."""
