"""What a coder may see of the others' work: the views that every reading uses.

While coding is blind (``meta`` holds ``blind``), the annotations and attribute
values of another coder on a document are hidden until both have marked that
document as done. Reading connections carry the rule as temporary views, so that
lists, counts, search, questions and exports cannot disagree about it. What has to
see everything (agreement, undo, checks) reads the tables themselves.
"""

from __future__ import annotations

import sqlite3

BLIND = "blind"
"""Key in ``meta``; its value is ``1`` while coding is blind."""

_MAY_SEE = """
NOT EXISTS (SELECT 1 FROM meta WHERE key = 'blind' AND value = '1')
OR o.coder = (SELECT id FROM coders WHERE name = {coder})
OR (EXISTS (SELECT 1 FROM coding_done t
        WHERE t.document = o.document AND t.coder = o.coder)
    AND EXISTS (SELECT 1 FROM coding_done m
        WHERE m.document = o.document
        AND m.coder = (SELECT id FROM coders WHERE name = {coder})))
"""

_VIEWS = """
CREATE TEMP VIEW seen_annotations AS
SELECT * FROM annotations o WHERE o.deleted IS NULL AND ({rule});
CREATE TEMP VIEW seen_values AS
SELECT * FROM attribute_values o WHERE {rule};
"""


def install(connection: sqlite3.Connection, coder: str) -> None:
    """Make ``seen_annotations`` and ``seen_values`` for this coder.

    Both have the columns of the tables behind them; deleted annotations are not in
    the first.
    """
    rule = _MAY_SEE.format(coder=_quoted(coder))
    connection.executescript(_VIEWS.format(rule=rule))


def _quoted(text: str) -> str:
    """A string as SQL writes it: a view cannot hold a parameter."""
    return "'" + text.replace("\0", "").replace("'", "''") + "'"
