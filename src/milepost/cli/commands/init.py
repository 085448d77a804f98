"""``milepost init [FILE]``"""

import datetime as dt
from pathlib import Path

import click

from milepost.cli.terminal import Amount, as_date, today
from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.model.activities import Catalogue
from milepost.model.roles import Route
from milepost.workflows.newcomer import Answers, Rated, save_new_file, skills_to_ask, write_first_file
from milepost.workflows.roadmap import find_role_id

SKIPPED = ""


@click.command(epilog="Example: milepost init me.yaml --role ml-engineer --hours-per-week 8")
@click.argument("file", metavar="[FILE]", default="me.yaml", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", help="What the roadmap calls you.")
@click.option("--role", metavar="ROLE", help="The role you aim at; `milepost list roles` shows them.")
@click.option("--route", type=click.Choice([route.value for route in Route]), help="Stay or apply elsewhere.")
@click.option("--hours-per-week", type=Amount(0.5, 80), metavar="H")
@click.option("--start", metavar="DATE", callback=as_date, help="First day (default: next Monday).")
@click.option(
    "--rate", "rates", metavar="SKILL=LEVEL", multiple=True, help="A rating, instead of being asked."
)
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help="Start from this person file instead."
)
def command(
    file: Path,
    name: str | None,
    role: str | None,
    route: str | None,
    hours_per_week: float | None,
    start: dt.date | None,
    rates: tuple[str, ...],
    source: Path | None,
) -> None:
    """Write a commented person file from a few good questions.

    Asks for role, route, hours and the ten skills that matter most for the role, each with
    what the levels look like. Nothing that exists is overwritten.
    """
    catalogue = load_catalogue()
    if file.exists():
        raise UsageError(
            f"{file} exists already; nothing was changed",
            hint="Choose another name: milepost init other.yaml",
        )
    if source is not None:
        text = _copy(source, catalogue)
    else:
        chosen = find_role_id(role or _ask_role(catalogue), catalogue)
        answers = Answers(
            name=name or click.prompt("Your name"),
            role=chosen,
            route=Route(
                route or click.prompt("Route", type=click.Choice([r.value for r in Route]), default="outside")
            ),
            hours_per_week=hours_per_week
            or click.prompt("Hours a week that you really have", type=Amount(0.5, 80)),
            start=start or _next_monday(),
            ratings=_given(rates) or _ask_ratings(chosen, catalogue),
        )
        text = write_first_file(answers, catalogue)
    save_new_file(file, text)
    click.echo(f"Wrote {file}. Next: milepost gaps {file}, then milepost plan {file}")


def _copy(source: Path, catalogue: Catalogue) -> str:
    from milepost.workflows.people import read_text

    return read_text(source, catalogue=catalogue).text


def _ask_role(catalogue: Catalogue) -> str:
    for role in catalogue.roles.values():
        click.echo(f"  {role.id:28} {role.meaning}")
    answer: str = click.prompt("Role")
    return answer


def _next_monday() -> dt.date:
    day = today()
    return day + dt.timedelta(days=(7 - day.weekday()) % 7 or 7)


def _given(rates: tuple[str, ...]) -> tuple[Rated, ...]:
    rated = []
    for rate in rates:
        skill, separator, level = rate.partition("=")
        try:
            rated.append(Rated(skill.strip(), float(level)))
        except ValueError as fault:
            raise click.UsageError(f"--rate {rate!r} is not SKILL=LEVEL, such as python=3.") from fault
        if not separator:
            raise click.UsageError(f"--rate {rate!r} is not SKILL=LEVEL, such as python=3.")
    return tuple(rated)


def _ask_ratings(role: str, catalogue: Catalogue) -> tuple[Rated, ...]:
    skills = skills_to_ask(catalogue.roles[role], catalogue)
    click.echo(
        f"\n{len(skills)} skills decide most for this role. Give a level from 0 to 5 (halves allowed), or Enter to skip."
    )
    answers = (
        _ask_rating(skill, number, len(skills), catalogue) for number, skill in enumerate(skills, start=1)
    )
    return tuple(rated for rated in answers if rated is not None)


def _ask_rating(skill: str, number: int, total: int, catalogue: Catalogue) -> Rated | None:
    known = catalogue.tree.skills[skill]
    click.echo(f"\n{number}/{total} {known.name}: {known.meaning}")
    for step, anchor in enumerate(catalogue.tree.anchors_for(skill).levels):
        click.echo(f"  {step}  {anchor}")
    while True:
        answer = str(click.prompt("Level", default=SKIPPED, show_default=False)).strip()
        if answer == SKIPPED:
            return None
        level = _level(answer)
        if level is not None:
            break
        click.echo("A level is a number from 0 to 5 in halves, such as 2.5; Enter skips.")
    example = ""
    if level >= 2:
        example = str(click.prompt("An example (Enter for none)", default="", show_default=False)).strip()
    return Rated(skill, level, example)


def _level(answer: str) -> float | None:
    try:
        level = float(answer.replace(",", "."))
    except ValueError:
        return None
    return level if 0 <= level <= 5 and (level * 2).is_integer() else None
