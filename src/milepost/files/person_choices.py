"""The part of a person file that decides about activities: ``activities``."""

from milepost.files.nodes import Node
from milepost.files.tables import Table, day
from milepost.model.activities import Catalogue, round_id, round_of
from milepost.model.people import Choices, Move


def read_choices(table: Table, catalogue: Catalogue) -> Choices:
    """What ``activities`` holds; its problems are noted in the table's faults."""
    row = table.table("activities", ("done", "exclude", "pin", "move"))
    if row is None:
        return Choices()
    done, exclude, pin = (row.names(key, "activity") for key in ("done", "exclude", "pin"))
    for name in sorted(set(pin) & set(exclude)):
        row.fault("pin", f"{name} is also under exclude", "Remove it from one of the two.")
    moves = [_move(row, each, catalogue) for each in row.pairs("move")]
    for (_, field, node), move in zip(row.pairs("move"), moves, strict=True):
        for key, names in (("done", done), ("exclude", exclude)):
            activity = round_of(move.activity)[0] if move else ""
            if activity in names:
                message = f"{activity} is also under {key}"
                table.faults.add(node.key, field, message, "Remove it from one of the two.")
    return Choices(done, exclude, pin, tuple(move for move in moves if move is not None))


def _move(row: Table, entry: tuple[str, str, Node], catalogue: Catalogue) -> Move | None:
    """One wished start; None where its name or its day is wrong."""
    name, field, node = entry
    activity, number = round_of(name)
    found = row.faults.mention("activity", activity, node.key, field)
    wished = day(row.faults, node, field)
    times = catalogue.activities[found].times if found in catalogue.activities else number
    if number < 1 or name != round_id(activity, number):
        hint = f"Write {activity} for the first time, {activity}~2 for the second."
        row.faults.add(node.key, field, f"{name[:80]!r} names no round of an activity", hint)
    elif number > times:
        often = "once" if times == 1 else f"{times} times"
        message = f"{activity} can be planned {often}, so there is no {name}"
        row.faults.add(node.key, field, message, "Remove it, or move an earlier round.")
    return Move(name, wished) if found and wished else None
