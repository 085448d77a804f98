"""Kept plans ↔ JSON text, without loss."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from milepost.errors import WorkspaceError
from milepost.model.plans import Plan


@cache
def _adapter() -> TypeAdapter[Plan]:
    """Why cached: building it takes longer than reading a plan."""
    return TypeAdapter(Plan)


def write_plan_text(plan: Plan) -> str:
    """The plan as JSON; ``read_plan_text`` gives an equal plan back.

    Why no empty ``moves``: the plan of a person who moved nothing keeps the text that it always had.
    """
    return _adapter().dump_json(plan, exclude=None if plan.moves else {"moves"}).decode()


def read_plan_text(text: str) -> Plan:
    """A plan from its JSON text; ``WorkspaceError`` where it is none."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the plan"
        raise WorkspaceError(
            f"a kept plan cannot be read: {where}: {first['msg']}",
            hint="`milepost undo` goes back to the plan before it; `milepost plan --accept` makes a new one.",
        ) from fault
