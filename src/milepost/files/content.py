"""The content folder → ``Catalogue``: what Milepost knows about the world, with every fault at once.

``python -m milepost.files.content [ROOT]`` prints all problems (exit 2), or what there is.
"""

import sys
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.activities_content import read_activities
from milepost.files.catalogue_cache import load_cached, save_cached
from milepost.files.cycles import find_cycles
from milepost.files.faults import Names
from milepost.files.references import catalogue_names, named
from milepost.files.roles_content import read_roles, read_routes
from milepost.files.shelf import Shelf
from milepost.files.skills_content import read_tree
from milepost.model.activities import Catalogue
from milepost.model.skills import AreaKind

PACKAGED = Path(__file__).resolve().parent.parent / "content"
"""The content that comes with Milepost."""


def load_catalogue(root: Path | None = None) -> Catalogue:
    """The catalogue of a content folder, by default the packaged one, which is read once.

    Raises ``InvalidInput`` with every problem where the folder has any.
    """
    return _packaged() if root is None else _load(root)


@cache
def _packaged() -> Catalogue:
    catalogue = load_cached(PACKAGED)
    if catalogue is None:
        catalogue = _load(PACKAGED)
        save_cached(PACKAGED, catalogue)
    return catalogue


def _load(root: Path) -> Catalogue:
    catalogue, problems = read_catalogue(root)
    if catalogue is None:
        raise InvalidInput(problems)
    return catalogue


def read_catalogue(root: Path) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """The catalogue of a folder and its problems; None where there is any problem."""
    shelf = Shelf(root)
    tree = read_tree(shelf)
    catalogue = Catalogue(tree, read_roles(shelf), read_routes(shelf), read_activities(shelf))
    _check_mentions(shelf, catalogue)
    _check_cycles(shelf, "skill", {skill.id: skill.prerequisites for skill in tree.skills.values()})
    _check_cycles(shelf, "skill", _roll_ups(catalogue))
    waits = {thing.id: thing.requires for thing in catalogue.activities.values()}
    _check_cycles(shelf, "activity", waits)
    problems = shelf.all_problems()
    return (None if problems else catalogue), problems


def _check_mentions(shelf: Shelf, catalogue: Catalogue) -> None:
    areas = catalogue.tree.areas.values()
    needs = {need.id: need.title for playbook in catalogue.routes.values() for need in playbook.needs}
    names: Mapping[str, Names] = {
        **catalogue_names(catalogue),
        "foundation": named("foundation", {a.id: a.name for a in areas if a.kind is AreaKind.FOUNDATION}),
        "route need": named("route need", needs),
    }
    for faults in shelf.files:
        faults.settle(names)


def _roll_ups(catalogue: Catalogue) -> Mapping[str, Collection[str]]:
    return {
        skill.id: () if skill.rolls_up_to is None else (skill.rolls_up_to,)
        for skill in catalogue.tree.skills.values()
    }


def _check_cycles(shelf: Shelf, kind: str, waits: Mapping[str, Collection[str]]) -> None:
    for circle in find_cycles(waits):
        place = shelf.defined.get((kind, circle[0]))
        if place is not None:
            path = " → ".join((*circle, circle[0]))
            place.fault(f"these wait for each other in a circle: {path}", "Remove one of these steps.")


def main(arguments: list[str]) -> int:
    """Print all problems of a content folder, or what it holds; the exit code is 2 or 0."""
    root = Path(arguments[0]) if arguments else PACKAGED
    catalogue, problems = read_catalogue(root)
    for problem in problems:
        print(problem)
    if catalogue is None:
        print(f"{len(problems)} problems in {root}", file=sys.stderr)
        return 2
    packs = sum(role.pack is not None for role in catalogue.roles.values())
    print(
        f"{len(catalogue.tree.areas)} areas, {len(catalogue.tree.skills)} skills, "
        f"{len(catalogue.activities)} activities, {len(catalogue.roles)} roles, {packs} packs, "
        f"{len(catalogue.routes)} routes; no problems"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
