"""How strongly two things belong together, from four counts.

``both``: units with the two; ``a`` and ``b``: units with each; ``units``: all units.

Jaccard: of the units with either, the share with both; 0 to 1 (P. Jaccard, "The
distribution of the flora in the alpine zone", New Phytologist 11, 1912).

G2: the log-likelihood ratio against chance; 3.84 is exceeded by chance once in twenty
times, 10.83 once in a thousand. With a minus sign where the two stand together less
often than chance would have it (T. Dunning, "Accurate methods for the statistics of
surprise and coincidence", Computational Linguistics 19, 1993).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.incidence import Numbers

    Measures = NDArray[numpy.float64]


def jaccard(both: Numbers, a: Numbers, b: Numbers) -> Measures:
    """The share of the units with either that have both; 0 where there is none."""
    either = a + b - both
    return numpy.where(either > 0, both / numpy.maximum(either, 1), 0.0)


def g2(both: Numbers, a: Numbers, b: Numbers, units: int) -> Measures:
    """The log-likelihood ratio, negative below what chance would give."""
    total = float(max(units, 1))
    cells = (
        (both, a * (b / total)),
        (a - both, a * ((units - b) / total)),
        (b - both, (units - a) * (b / total)),
        (units - a - b + both, (units - a) * ((units - b) / total)),
    )
    found = numpy.zeros(len(both), dtype=numpy.float64)
    for seen, expected in cells:
        some = (seen > 0) & (expected > 0)
        ratio = numpy.ones(len(both), dtype=numpy.float64)
        ratio[some] = seen[some] / expected[some]
        found += seen * numpy.log(ratio)
    # Rounding may leave a little less than nothing.
    found = numpy.maximum(2.0 * found, 0.0)
    return numpy.where(both < cells[0][1], -found, found)
