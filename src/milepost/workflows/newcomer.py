"""A first person file: the fewest good questions, and the commented file that they make."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import InvalidInput, UsageError
from milepost.files.person import read_person_text
from milepost.gaps import impact_from_pack
from milepost.model.activities import Catalogue
from milepost.model.people import Person
from milepost.model.roles import Role, Route
from milepost.model.skills import HIGHEST_LEVEL

QUESTIONS = 10
"""Skills that a newcomer is asked about; the rest can be added to the file later."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One answer: a level on the anchors, with an example where there is one."""

    skill: str
    level: float
    example: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a newcomer says about themselves."""

    name: str
    role: str
    route: Route
    hours_per_week: float
    start: dt.date
    ratings: tuple[Rated, ...] = ()


def skills_to_ask(role: Role, catalogue: Catalogue, *, count: int = QUESTIONS) -> tuple[str, ...]:
    """The skills whose answer changes the plan most: large impact and a high target, one by one.

    Core skills of the areas come along by themselves, since related skills move together.
    """
    worth = {
        target.skill: impact_from_pack(target.skill, role.pack).score * min(target.level, HIGHEST_LEVEL)
        for target in role.targets
    }
    names = catalogue.tree.skills
    return tuple(sorted(worth, key=lambda skill: (-worth[skill], names[skill].name))[:count])


def write_first_file(answers: Answers, catalogue: Catalogue) -> str:
    """The YAML text of a new person, with a comment for everything that can be added.

    Raises ``InvalidInput`` where an answer does not make a valid file.
    """
    role = catalogue.roles.get(answers.role)
    lines = [
        "# Your Milepost file. You own it: edit it, keep it in Git, comments survive.",
        "# `milepost check FILE` lists every problem with its line; `milepost plan FILE` makes the year.",
        "milepost: 1",
        f"name: {_text(answers.name)}",
        f"target: {{role: {answers.role}, route: {answers.route.value}}}   # route: inside (same employer) or outside",
        "capacity:",
        f"  hours_per_week: {answers.hours_per_week:g}   # what you really have; the plan fills 70 % of it",
        f"  start: {answers.start.isoformat()}",
        "  # away: [{from: 2027-07-05, to: 2027-07-18}]",
        f"specialisations: [{', '.join(role.specialisations) if role else ''}]   # one or two",
        "",
        "# What you say about yourself: 0 none, 1 aware, 2 assisted, 3 independent, 4 fluent, 5 authority,",
        "# halves allowed. An example makes a rating count more. `milepost list skills` names them all.",
        *_rating_lines(answers.ratings, catalogue),
        "",
        "# What shows it: artefacts, tests, and what others say. This moves levels most.",
        "# evidence:",
        "#   - {skill: python, kind: artefact, level: 3, date: 2026-05-01, title: …, url: …, verified: used-by-others}",
        "",
        "# Activities that you have done, never want, or certainly want.",
        "# activities: {done: [], exclude: [], pin: []}",
    ]
    text = "\n".join(lines) + "\n"
    read = read_person_text(text, path="the new file", catalogue=catalogue)
    if not isinstance(read, Person):
        raise InvalidInput(read)
    return text


def _rating_lines(ratings: Sequence[Rated], catalogue: Catalogue) -> list[str]:
    if not ratings:
        return ["ratings: {}"]
    lines = ["ratings:"]
    for rated in ratings:
        anchors = catalogue.tree.anchors_for(rated.skill).levels
        lines.append(f"  # {int(rated.level)}: {anchors[int(rated.level)]}")
        if rated.example:
            lines.append(f"  {rated.skill}: {{level: {rated.level:g}, example: {_text(rated.example)}}}")
        else:
            lines.append(f"  {rated.skill}: {rated.level:g}")
    return lines


def _text(value: str) -> str:
    """A YAML scalar for any text; JSON strings are YAML strings."""
    return json.dumps(value, ensure_ascii=False)


def save_new_file(path: Path, text: str) -> None:
    """Write a new file; one that exists is never touched."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as fault:
        raise UsageError(
            f"{path} exists already; nothing was changed", hint="Choose another name."
        ) from fault
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be written: {fault.strerror}", hint="Choose another folder."
        ) from fault
