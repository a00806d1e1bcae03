"""Which names may mean the same: proposals for a person, never merges.

Ratios of letters would call two model numbers, two countries or two sisters one;
hence rules by type, tables for what no rule can know, edit distance last and with
care. ``same_form`` is stricter: surfaces with the same form are certainly one.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.aliases.folding import same_form
from store.aliases.model import THRESHOLD, Name, Proposal

__all__ = ["THRESHOLD", "Name", "Proposal", "propose", "same_form"]


def propose(
    names: Sequence[Name], limit: int | None = None, least: float = THRESHOLD
) -> list[Proposal]:
    """Return the pairs that may be one entity, surest first.

    Types must agree, unless one is unknown (``None`` or empty) or both name the same
    international body. Kept is the form that is mentioned more often, then the more
    complete one. A part of a name that several may bear is offered for each of them
    below ``THRESHOLD``, unless only one of them stands in its documents. ``least``
    leaves out what scores less (0: nothing), ``limit`` cuts the list.
    """
    from store.aliases import proposing

    return proposing.propose(names, limit, least)
