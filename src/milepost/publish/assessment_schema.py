"""Assessment → the plain JSON documents of the outside contract; schemas are in ``docs/schemas``."""

from collections.abc import Sequence

from milepost.assessment.fit import ItemFit
from milepost.model.tasks import Grade
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


def grade_document(grade: Grade, *, errors: Sequence[str], entered: bool) -> Document:
    """A graded task, group by group."""
    return {
        "task": grade.task,
        "share": _figure(grade.share),
        "level": grade.level,
        "fault": grade.fault,
        "errors": list(dict.fromkeys(errors)),
        "groups": [
            {"name": each.name, "passed": each.passed, "cases": each.cases, "hint": each.hint}
            for each in grade.groups
        ],
        "entered": entered,
    }


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0
