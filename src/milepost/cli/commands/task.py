"""``milepost task [PERSON] [TASK]``"""

from pathlib import Path

import click

from milepost.cli.terminal import console, json_option, plain_table, print_json, progress
from milepost.cli.year_text import occasion, say
from milepost.errors import UsageError
from milepost.files.replacing import replace_text
from milepost.model.tasks import CodeTask
from milepost.publish.assessment_schema import grade_document
from milepost.workflows.tasks import Graded, enter_grade, find_task, find_tasks, grade_code, starter_text


@click.command(epilog="Example: milepost task auc-with-ties --grade auc.py --enter me.yaml")
@click.argument("task", required=False)
@click.option("--list", "listed", is_flag=True, help="List the tasks.")
@click.option("--skill", metavar="SKILL", help="Only those of a skill or an area, with --list.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the starter file."
)
@click.option(
    "--grade",
    "code",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Grade this file.",
)
@click.option("--enter", "person", metavar="PERSON", help="Enter the grade as evidence of this person.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    task: str | None,
    listed: bool,
    skill: str | None,
    out: Path | None,
    code: Path | None,
    person: str | None,
    as_json: bool,
) -> int:
    """Take a practical task: a small function to write or mend, graded by hidden tests.

    Your code runs in a closed room without network, files or other processes (bubblewrap); where
    no such room can be built, nothing is run.
    """
    if listed or task is None:
        _list(skill, as_json=as_json)
        return 0
    chosen = find_task(task)
    if code is None:
        _show(chosen, out, as_json=as_json)
        return 0
    text = code.read_text(encoding="utf-8", errors="replace")
    with progress(f"Running {code.name} in a closed room"):
        graded = grade_code(chosen, text)
    entered = enter_grade(person, chosen, graded.grade, at=occasion(workspace)) if person else None
    if as_json:
        print_json(grade_document(graded.grade, errors=graded.errors, entered=entered is not None))
        return 0
    _print(chosen, graded)
    if entered is not None:
        click.echo(f"Entered: {entered.skill} {entered.level:g}.")
    elif graded.grade.share == 1:
        say(f"--enter PERSON makes it evidence of {chosen.skill}, level {graded.grade.level:g}.")
    return 0


def _list(skill: str | None, *, as_json: bool) -> None:
    tasks = find_tasks(skill=skill)
    if as_json:
        print_json(
            [
                {"id": t.id, "skill": t.skill, "title": t.title, "level": t.level, "minutes": t.minutes}
                for t in tasks.values()
            ]
        )
        return
    if not tasks:
        raise UsageError(f"there is no task for {skill!r}", hint="`milepost task --list` shows all.")
    table = plain_table("Task", "Skill", ">Level", ">Minutes")
    for task in tasks.values():
        table.add_row(task.id, task.skill, f"{task.level:g}", f"{task.minutes:g}")
    console().print(table)


def _show(task: CodeTask, out: Path | None, *, as_json: bool) -> None:
    if out is not None:
        if not replace_text(out, starter_text(task), was=None):
            raise UsageError(f"{out} exists already; nothing was changed", hint="Choose another name.")
        click.echo(f"Wrote {out}", err=True)
    if as_json:
        print_json({"id": task.id, "skill": task.skill, "statement": task.statement, "starter": task.starter})
    elif out is None:
        say(f"{task.title} ({task.skill}, about {task.minutes:g} minutes)")
        click.echo()
        say(task.statement)
        click.echo(f"\n{task.starter}")
        say(
            f"`milepost task {task.id} --out {task.function}.py` writes this to a file; --grade FILE grades it."
        )


def _print(task: CodeTask, graded: Graded) -> None:
    grade = graded.grade
    for group in grade.groups:
        mark = "✓" if group.passed == group.cases else "✗"
        click.echo(f"{mark} {group.name}: {group.passed} of {group.cases}")
        if group.hint:
            say(group.hint, first="  ")
    for error in dict.fromkeys(graded.errors):
        say(f"Raised: {error}", first="  ")
    if grade.fault:
        say(f"It did not get through: {grade.fault}.")
    say(
        f"{grade.share:.0%} of the ideas hold; that shows level {grade.level:g} of {task.skill} ({graded.seconds:.1f} s)."
    )
