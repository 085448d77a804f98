"""Practical tasks: found, taken home as a starter file, graded, and entered as evidence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from milepost.assessment.tasks import grade
from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.person_edits import set_in_person_text
from milepost.files.sandbox import run_function
from milepost.files.tasks_content import load_tasks
from milepost.model.people import Evidence, EvidenceKind
from milepost.model.settings import Settings
from milepost.model.tasks import CodeTask, Grade
from milepost.workflows.year import END, Occasion, as_row

MOST_CODE = 200_000


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade with what the cases said and how long it ran."""

    grade: Grade
    errors: tuple[str, ...]
    seconds: float


def find_tasks(*, skill: str | None = None) -> Mapping[str, CodeTask]:
    """All tasks, or those of one skill or area."""
    tasks = load_tasks(load_catalogue())
    if skill is None:
        return tasks
    return {id_: task for id_, task in tasks.items() if skill in (task.skill, task.area)}


def find_task(id_: str) -> CodeTask:
    """One task; ``UnknownName`` with the nearest."""
    tasks = load_tasks(load_catalogue())
    if id_ not in tasks:
        raise UnknownName("task", id_, nearest=get_close_matches(id_, tasks, n=3, cutoff=0.5))
    return tasks[id_]


def starter_text(task: CodeTask) -> str:
    """The file that a learner begins with: the statement as a comment, and the starter."""
    words, lines, line = task.statement.split(), [], "#"
    for word in words:
        if len(line) + len(word) > 98:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return "\n".join([f"# {task.title}", "#", *lines, line, "", "", task.starter])


def grade_code(task: CodeTask, code: str) -> Graded:
    """Run a submission in the sandbox against the hidden cases, and grade it outside of it."""
    if len(code.encode()) > MOST_CODE:
        raise UsageError(f"the file is larger than {MOST_CODE:,} bytes", hint="Submit the function alone.")
    arguments = [json.loads(case.arguments) for group in task.groups for case in group.cases]
    ran = run_function(code, task.function, arguments)
    return Graded(grade(task, ran.results, fault=ran.fault), ran.errors, ran.seconds)


def enter_grade(name: str, task: CodeTask, found: Grade, *, at: Occasion) -> Evidence:
    """Enter a graded task as one piece of evidence; the same task not twice within 90 days."""
    kept = at.load(name)
    title = f"task {task.id}"
    days = Settings().repeat_days
    for piece in kept.loaded.person.evidence:
        if piece.title == title and piece.date is not None and (at.today - piece.date).days < days:
            raise UsageError(
                f"{task.id} was entered on {piece.date}",
                hint=f"The same task counts again after {days} days; try another one.",
            )
    piece = Evidence(task.skill, EvidenceKind.TASK, found.level, date=at.today, title=title)
    at.keep(
        kept, "task", text=set_in_person_text(kept.loaded.text, path=("evidence", END), value=as_row(piece))
    )
    return piece
