"""A role that Milepost does not ship becomes one of the person's own."""

from dataclasses import replace
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.own_roles import set_own_role
from milepost.files.person_edits import set_in_person_text
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.roles import Role, Route
from milepost.workflows.keeping import Kept
from milepost.workflows.roadmap import find_role
from milepost.workflows.year import Occasion


def add_own_role(name: str, path: Path, *, at: Occasion) -> Role:
    """Write the accepted targets of a role file into the person's file, in place of an earlier role of that id.

    Raises ``InvalidInput`` with every problem of the role file, and ``UsageError`` where the person has this
    very role; nothing is changed then.
    """
    kept = at.load(name)
    person = kept.loaded.person
    role = find_role(person, path, extend_catalogue(load_catalogue(), person))
    text = with_own_role(kept, role)
    if text is None:
        raise UsageError(
            f"{person.name} has this very role already", hint=f"Aim at it: `target: {{role: {role.id}, …}}`."
        )
    at.keep(kept, "add-role", text=text)
    return role


def aim_at(kept: Kept, role: Role, route: Route) -> str | None:
    """The person's file with this role as its target, and among its roles where it is not shipped; None where that changes nothing.

    Why: a plan in force for another role than the target would be measured, replanned and guarded against the wrong one.
    """
    text = with_own_role(kept, role)
    target = kept.loaded.person.target
    if target is not None and target.role == role.id:
        return text
    text = set_in_person_text(text or kept.loaded.text, path=("target", "role"), value=role.id)
    return text if target else set_in_person_text(text, path=("target", "route"), value=route.value)


def with_own_role(kept: Kept, role: Role) -> str | None:
    """The person's file with this role in it; None where that changes nothing."""
    role = replace(role, own=None)
    if role.id in load_catalogue().roles or role in kept.loaded.person.own_roles:
        return None
    return set_own_role(kept.loaded.text, role)
