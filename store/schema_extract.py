"""The fifth step of the tables: figures, quotations and decisions about names."""

from __future__ import annotations

# A date is a number that sorts like it: 20260130 for 2026-01-30, the first day where
# it is a month, quarter, half, season, week, decade or range. ``store.measures`` says
# the same in Python, for what is written from now on.
# Its words begin behind the first quotation mark of the value: json_extract a dozen
# times a row would take most of the time of this step.
_WHEN = "substr(value, CASE WHEN value LIKE '{%' THEN 11 ELSE 2 END)"
_YEAR = f"CAST(replace(substr({_WHEN}, 1, 4), 'X', '0') AS INTEGER) * 10000"
_REST = f"substr({_WHEN}, 6, 2)"
_FIRST_DAY = f"""
CASE
WHEN substr({_WHEN}, 5, 1) <> '-' THEN {_YEAR} + 101
WHEN {_REST} LIKE 'Q_' THEN {_YEAR} + substr({_WHEN}, 7, 1) * 300 - 200 + 1
WHEN {_REST} LIKE 'H_' THEN {_YEAR} + substr({_WHEN}, 7, 1) * 600 - 500 + 1
WHEN {_REST} LIKE 'W%' THEN CAST(strftime('%Y%m%d', substr({_WHEN}, 1, 4) || '-01-01',
    '+' || (7 * (substr({_WHEN}, 7, 2) - 1)) || ' days') AS INTEGER)
WHEN CAST({_REST} AS INTEGER) > 20 THEN {_YEAR} + ({_REST} - 20) * 300 + 1
WHEN substr({_WHEN}, 8, 1) = '-' THEN
    {_YEAR} + {_REST} * 100 + substr({_WHEN}, 9, 2)
ELSE {_YEAR} + {_REST} * 100 + 1
END
"""

FIGURES = f"""
ALTER TABLE mentions ADD COLUMN number REAL;
ALTER TABLE mentions ADD COLUMN unit TEXT;

UPDATE mentions SET number = CASE
    WHEN type = 'DATE' THEN {_FIRST_DAY}
    WHEN json_type(value) IN ('integer', 'real') THEN json_extract(value, '$')
    ELSE coalesce(json_extract(value, '$.amount'), json_extract(value, '$.from'))
END, unit = CASE
    WHEN type = 'MONEY' THEN json_extract(value, '$.currency')
    WHEN type = 'PERCENT' THEN '%'
    WHEN type = 'QUANTITY' THEN lower(json_extract(value, '$.unit'))
END
WHERE type IN ('DATE', 'MONEY', 'PERCENT', 'QUANTITY') AND json_valid(value)
AND value <> 'null';

CREATE INDEX mentions_figures ON mentions(type, number, unit) WHERE number IS NOT NULL;
CREATE INDEX mentions_quotations ON mentions(document, start) WHERE type = 'QUOTE';
"""
"""What sorts sums, shares, quantities and dates by their value."""

# Blanks and line breaks of a surface as aliases keep them.
_ON_ONE_LINE = "surface"
for _sign in (9, 10, 13, 160):
    _ON_ONE_LINE = f"replace({_ON_ONE_LINE}, char({_sign}), ' ')"
for _ in range(3):
    _ON_ONE_LINE = f"replace({_ON_ONE_LINE}, '  ', ' ')"

# When a person, or undo or redo, gives a name to another entity, what was found by
# that name and not decided about goes along, and so do spellings that an extraction
# has added since, which no entry of the undo log knows.
DECISIONS = f"""
CREATE TRIGGER aliases_follow AFTER UPDATE OF entity ON aliases
WHEN new.entity <> old.entity BEGIN
    UPDATE mentions SET entity = new.entity
    WHERE entity = old.entity AND state = 'new'
    AND {_ON_ONE_LINE} IN (SELECT name FROM aliases WHERE form = new.form
        AND (id = new.id OR entity = old.entity AND NOT EXISTS
        (SELECT 1 FROM change_rows WHERE place = 'aliases' AND row = aliases.id)));
    UPDATE aliases SET entity = new.entity
    WHERE form = new.form AND entity = old.entity AND NOT EXISTS
    (SELECT 1 FROM change_rows WHERE place = 'aliases' AND row = aliases.id);
END;
"""
"""What follows when a name goes from one entity to another."""
