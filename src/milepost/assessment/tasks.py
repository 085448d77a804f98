"""Grading a practical task: results against expected values, and the level that follows."""

import json
import math
from collections.abc import Sequence

from milepost.model.tasks import CodeTask, Grade, GroupResult

NEAR_RELATIVE, NEAR_ABSOLUTE = 1e-6, 1e-9
LOST_LEVELS = 2.0
"""Levels below the task's own where nothing passes (assumption): a failed task of level 3 shows 1."""


def grade(task: CodeTask, results: Sequence[str | None], *, fault: str = "") -> Grade:
    """The grade of a submission from its results in the order of the cases; None where there is none.

    A group counts only in full. level = task level − 2·(1 − share), at least 0.
    """
    groups, place = [], 0
    for group in task.groups:
        passed = 0
        for case in group.cases:
            result = results[place] if place < len(results) else None
            passed += result is not None and is_right(case.expected, result)
            place += 1
        whole = passed == len(group.cases)
        groups.append(GroupResult(group.name, passed, len(group.cases), "" if whole else group.hint))
    share = sum(each.passed == each.cases for each in groups) / len(groups)
    level = max(0.0, round(2 * (task.level - LOST_LEVELS * (1 - share))) / 2)
    return Grade(task.id, share, level, tuple(groups), fault)


def is_right(expected: str, result: str) -> bool:
    """Whether a result is the expected one; numbers may differ by 1e-6 of their size.

    >>> is_right("[0.3, null]", "[0.30000000000000004, null]"), is_right("1", "true")
    (True, False)
    """
    try:
        return _same(json.loads(expected), json.loads(result))
    except ValueError:
        return False


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return math.isclose(wanted, found, rel_tol=NEAR_RELATIVE, abs_tol=NEAR_ABSOLUTE)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_same, wanted, found))
    if isinstance(wanted, dict) and isinstance(found, dict):
        return wanted.keys() == found.keys() and all(_same(wanted[key], found[key]) for key in wanted)
    return type(wanted) is type(found) and wanted == found
