"""Assessment → the plain JSON documents of the outside contract; schemas are in ``docs/schemas``."""

from collections.abc import Sequence

from milepost.assessment.fit import ItemFit
from milepost.publish.schema import Document


def calibration_document(fits: Sequence[ItemFit], *, people: int, withheld: int) -> Document:
    """Every item with its parameters and what speaks against it."""
    return {
        "people": people,
        "withheld": withheld,
        "items": [
            {
                "item": fit.item,
                "answers": fit.answers,
                "right": fit.right,
                "a": _figure(fit.a),
                "b": _figure(fit.b),
                "se_b": _figure(fit.se_b),
                "rmsd": _figure(fit.rmsd),
                "drift": _figure(fit.drift),
                "missing": fit.missing,
                "flags": list(fit.flags),
            }
            for fit in fits
        ],
    }


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0
