"""From what a person recorded to the outline of a text about it."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.replacing import write_new_text
from milepost.model.activities import Catalogue
from milepost.model.own_catalogue import extend_catalogue
from milepost.publish.drafts import Draft, Form, make_draft
from milepost.workflows.keeping import Kept
from milepost.workflows.year import Occasion, find_activity
from milepost.year.record import (
    Record,
    record_of_activity,
    record_of_days,
    record_of_quarter,
    record_of_skill,
)

BRAG_DAYS, WEEK_DAYS = 91, 7
"""How far back a form looks where no first day is said: a quarter, a week."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a text is about: a quarter, an activity or a skill in the person's words, or some days."""

    about: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def draft_text(name: str, form: Form, scope: Scope, *, at: Occasion) -> Draft:
    """The outline of one form about one thing.

    Raises ``UsageError`` where the days or the quarter cannot mean anything, ``UnknownName``
    where no activity or skill is meant.
    """
    kept = at.load(name)
    catalogue = extend_catalogue(load_catalogue(), kept.loaded.person)
    titles = {id_: each.title for id_, each in catalogue.activities.items()}
    titles |= {each.id: each.title for each in kept.plan.activities} if kept.plan else {}
    record = replace(_record(kept, form, scope, catalogue, today=at.today), titles=titles)
    return make_draft(record, form, private=kept.loaded.person.publish.private)


def write_draft(text: str, out: Path) -> None:
    """Write an outline to a new file; what a person may have worked on is never overwritten."""
    write_new_text(out, text)


def _record(kept: Kept, form: Form, scope: Scope, catalogue: Catalogue, *, today: dt.date) -> Record:
    person = kept.loaded.person
    if scope.about and (scope.since or scope.until):
        raise UsageError("--about and days do not go together", hint="Give either of them.")
    if not scope.about:
        first, last = _days(form, scope, today=today)
        return record_of_days(person.year, first, last, title=f"{person.name}, {first} to {last}")
    words = scope.about.strip()
    number = words.casefold().removeprefix("quarter").removeprefix("q").strip()
    if number.isdecimal():
        return _quarter(kept, int(number))
    if words in catalogue.tree.skills:
        return record_of_skill(person.year, words, title=catalogue.tree.skills[words].name)
    known = find_activity(words, kept.plan, catalogue)
    return record_of_activity(person.year, known.planned, id_=known.id, title=known.title)


def _quarter(kept: Kept, number: int) -> Record:
    planned = {each.number for each in kept.plan.quarters} if kept.plan else set()
    recorded = {each.quarter for each in kept.loaded.person.year.milestones}
    if number not in planned | recorded:
        there = ", ".join(map(str, sorted(planned | recorded)))
        raise UsageError(
            f"there is no quarter {number} in the plan or among the milestones",
            hint=f"There are: {there}." if there else f"`milepost plan {kept.name} --accept` keeps a plan.",
        )
    return record_of_quarter(kept.loaded.person.year, kept.plan, number)


def _days(form: Form, scope: Scope, *, today: dt.date) -> tuple[dt.date, dt.date]:
    last = scope.until or today
    back = WEEK_DAYS if form is Form.WEEK else BRAG_DAYS
    first = scope.since or last - dt.timedelta(days=back - 1)
    if first > last:
        raise UsageError(f"--since {first} is after {last}", hint="Give the earlier day first.")
    return first, last
