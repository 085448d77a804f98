"""Person files → ``Person``: every problem at once, with line, column, field and next step."""

import datetime as dt
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.faults import Faults
from milepost.files.nodes import Node
from milepost.files.own_roles import read_own_roles
from milepost.files.own_skills import read_own_skills
from milepost.files.person_ads import read_counted_ads
from milepost.files.person_choices import read_choices
from milepost.files.person_publish import read_publication
from milepost.files.person_tests import read_sittings
from milepost.files.person_year import read_outcomes, read_year
from milepost.files.references import catalogue_names
from milepost.files.tables import Table, level
from milepost.files.yaml_text import read_bounded, read_yaml
from milepost.model.activities import Catalogue
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import (
    Away,
    Capacity,
    Evidence,
    EvidenceKind,
    ImpactAdjustment,
    Person,
    Rating,
    Target,
    Watched,
)
from milepost.model.roles import Route
from milepost.model.year import Verification

VERSION = 1
MOST_SPECIALISATIONS = 2
PERSON_KEYS = (
    "milepost",
    "name",
    "illustrative",
    "target",
    "capacity",
    "specialisations",
    "allow_third_specialisation",
    "ratings",
    "evidence",
    "ads",
    "counted_ads",
    "impact",
    "watch",
    "activities",
    "skills",
    "roles",
    "tests",
    "share_answers",
    "publish",
    "year",
    "outcomes",
)
RATING_KEYS = ("level", "example", "date", "last_used", "years")
EVIDENCE_KEYS = (
    "skill",
    "kind",
    "level",
    "mean",
    "variance",
    "date",
    "title",
    "url",
    "verified",
    "rater",
    "area",
)
DECISIONS = ("adopt", "trial", "watch", "hold", "ignore")
OUTCOMES = ("died", "stayed", "grew")
WATCH_KEYS = ("thing", "date", "decision", "reason", "recheck", "source", "displaces", "outcome")
_ROUTES = "Add `route: inside` (stay with the employer) or `route: outside`."
_TWO_AT_ONCE = (
    f"no more than {MOST_SPECIALISATIONS} specialisations are deepened at once: "
    "the same hours over three stay shallow in all of them"
)


def read_person(path: Path, *, catalogue: Catalogue) -> Person | tuple[Problem, ...]:
    """Read one person file; all its problems where it has any."""
    try:
        data = read_bounded(path)
    except InvalidInput as fault:
        return fault.problems
    return read_person_text(data, path=str(path), catalogue=catalogue)


def read_person_text(text: str | bytes, *, path: str, catalogue: Catalogue) -> Person | tuple[Problem, ...]:
    """Read the text of a person file; ``path`` is only what the problems call it."""
    sheet = read_yaml(text, path=path)
    if sheet.root is None:
        return sheet.problems
    faults = Faults(sheet)
    person = _person(Table(faults, sheet.root, "", PERSON_KEYS), catalogue)
    faults.settle(catalogue_names(extend_catalogue(catalogue, person)))
    return faults.problems() or person


def _person(table: Table, catalogue: Catalogue) -> Person:
    _check_version(table)
    table.need("name", hint="Add `name: …`, the name that the roadmap shows.")
    person = Person(
        name=table.text("name"),
        target=_target(table),
        capacity=_capacity(table),
        specialisations=_specialisations(table),
        ratings=_ratings(table),
        evidence=tuple(_evidence(row) for row in table.tables("evidence", EVIDENCE_KEYS)),
        ads=table.texts("ads"),
        counted_ads=read_counted_ads(table),
        impact=_impact(table),
        watch=tuple(_watched(row) for row in table.tables("watch", WATCH_KEYS)),
        activities=read_choices(table, catalogue),
        illustrative=table.text("illustrative"),
        year=read_year(table),
        outcomes=read_outcomes(table),
        tests=read_sittings(table),
        share_answers=table.flag("share_answers"),
        own_skills=read_own_skills(table, catalogue),
        own_roles=read_own_roles(table, catalogue),
        publish=read_publication(table),
    )
    _check_order_of_days(table, person)
    _check_use(table, person)
    return person


def _check_version(table: Table) -> None:
    version = table.entries.get("milepost")
    if version is None or (version.value == VERSION and not isinstance(version.value, bool)):
        return
    newer = isinstance(version.value, int) and version.value > VERSION
    hint = "Update Milepost to read it." if newer else "Write `milepost: 1`."
    table.fault("milepost", f"this Milepost reads version {VERSION} of the format", hint)


def _target(table: Table) -> Target | None:
    row = table.table("target", ("role", "route", "by"))
    if row is None:
        return None
    row.need("role", hint="Add `role: …`; `milepost list roles` shows them.")
    row.need("route", hint=_ROUTES)
    return Target(row.name("role", "role"), row.choice("route", Route) or Route.OUTSIDE, row.day("by"))


def _capacity(table: Table) -> Capacity | None:
    row = table.table("capacity", ("hours_per_week", "start", "away"))
    if row is None:
        return None
    row.need("hours_per_week", hint="Add `hours_per_week: …`, the hours you really have.")
    return Capacity(_hours(row), row.day("start"), _away(row))


def _hours(row: Table) -> float:
    node = row.entries.get("hours_per_week")
    if node is not None and not isinstance(node.value, bool) and node.value == 0:
        hint = "Write the hours of an ordinary week, such as 3; enter weeks without any time under `away`."
        row.fault("hours_per_week", "with 0 hours a week there is nothing to plan", hint)
        return 0.0
    hours = row.number("hours_per_week", 0, 80, unit=" hours")
    return hours or 0.0


def _away(row: Table) -> tuple[Away, ...]:
    found: list[Away] = []
    for span in row.tables("away", ("from", "to")):
        span.need("from", "to")
        first, last = span.day("from"), span.day("to")
        if first and last and last < first:
            span.fault(
                "to", f"{last} lies before {first}, where the time away starts", "Exchange the two days."
            )
        if first and last:
            found.append(Away(first, last))
    return tuple(found)


def _specialisations(table: Table) -> tuple[str, ...]:
    names = table.names("specialisations", "specialisation")
    allowed = table.flag("allow_third_specialisation")
    if len(names) > MOST_SPECIALISATIONS and not allowed:
        hint = "Keep one or two; if you mean it, add `allow_third_specialisation: true`."
        table.fault("specialisations", f"{len(names)} are chosen, but {_TWO_AT_ONCE}", hint)
    return names


def _ratings(table: Table) -> tuple[Rating, ...]:
    return tuple(_rating(table, skill, field, node) for skill, field, node in table.pairs("ratings"))


def _rating(table: Table, skill: str, field: str, node: Node) -> Rating:
    faults = table.faults
    faults.mention("skill", skill, node.key, field)
    if not isinstance(node.value, dict):
        return Rating(skill, level(faults, node, field) or 0.0)
    row = Table(faults, node, field, RATING_KEYS)
    row.need("level")
    date, last_used = row.day("date"), row.day("last_used")
    if date and last_used and last_used > date:
        hint = "Bring `date` up to date, or correct `last_used`."
        row.fault("last_used", f"{last_used} lies after {date}, the day of this rating", hint)
    years = row.number("years", 0, 80, unit=" years") or 0.0
    return Rating(skill, _level(row) or 0.0, row.text("example"), date, last_used, years)


def _level(row: Table) -> float | None:
    node = row.entries.get("level")
    return None if node is None else level(row.faults, node, row.at("level"))


def _evidence(row: Table) -> Evidence:
    row.need("kind")
    kind = row.choice("kind", EvidenceKind)
    _check_subject(row, kind)
    mean, variance = row.number("mean", -6, 6), row.number("variance", 0, 1)
    if variance in (0.0, 1.0):
        hint = "A test result has a variance between 0 (certain) and 1 (nothing learned), such as 0.16."
        row.fault("variance", f"{variance:g} is not inside 0 to 1", hint)
    _check_measure(row, kind)
    return Evidence(
        skill=row.name("skill", "skill"),
        kind=kind or EvidenceKind.SELF,
        level=_level(row),
        mean=mean,
        variance=variance,
        date=row.day("date"),
        title=row.text("title"),
        url=row.address("url"),
        verified=row.choice("verified", Verification),
        rater=row.text("rater"),
        area=row.name("area", "area"),
    )


def _check_subject(row: Table, kind: EvidenceKind | None) -> None:
    """Evidence is about a skill; only a test may be about a whole area."""
    if "area" not in row.entries:
        row.need("skill")
    elif "skill" in row.entries:
        row.fault("area", "evidence is about a skill or about an area, not both", "Keep one of the two.")
    elif kind is not EvidenceKind.TEST:
        row.fault("area", "only a test can be about a whole area", "Name the skill that it shows.")


def _check_measure(row: Table, kind: EvidenceKind | None) -> None:
    """A level, or for a test mean and variance: one of the two, complete."""
    given = [key for key in ("mean", "variance") if key in row.entries]
    if not given:
        hint = "Add `mean` and `variance`, or `level`." if kind is EvidenceKind.TEST else ""
        row.need("level", hint=hint)
    elif kind is not EvidenceKind.TEST and kind is not None:
        row.fault(given[0], f"{given[0]} belongs to evidence of kind test only", "Write `level` instead.")
    elif "level" in row.entries:
        row.fault("level", "a test has a level, or mean and variance, not both", "Keep one of the two.")
    else:
        row.need("mean", "variance")


def _impact(table: Table) -> dict[str, ImpactAdjustment]:
    found: dict[str, ImpactAdjustment] = {}
    for skill, field, node in table.pairs("impact"):
        table.faults.mention("skill", skill, node.key, field)
        row = Table(table.faults, node, field, ("adjust", "reason"))
        row.need("adjust")
        row.need("reason", hint="Say in one line why; it is shown beside the number.")
        found[skill] = ImpactAdjustment(row.whole("adjust", -1, 1) or 0, row.text("reason"))
    return found


def _watched(row: Table) -> Watched:
    row.need("thing", "decision")
    date, recheck = row.day("date"), row.day("recheck")
    if date and recheck and recheck < date:
        row.fault(
            "recheck", f"{recheck} lies before {date}, the day of the decision", "Correct one of the two."
        )
    return Watched(
        thing=row.text("thing"),
        decision=row.one_of("decision", DECISIONS),
        reason=row.text("reason"),
        date=date,
        recheck=recheck,
        source=row.text("source"),
        displaces=row.text("displaces"),
        outcome=row.one_of("outcome", OUTCOMES),
    )


def _check_order_of_days(table: Table, person: Person) -> None:
    start = person.capacity.start if person.capacity else None
    by = person.target.by if person.target else None
    if start is not None and by is not None and by <= start:
        node = _at(table, "target", "by")
        message = f"the move is due on {by}, but the plan starts on {start}"
        table.faults.add(node.mark, "target.by", message, "Move `target.by` or `capacity.start`.")


def _at(table: Table, *keys: str) -> Node:
    node = table.node
    for key in keys:
        assert isinstance(node.value, dict)
        node = node.value[key]
    return node


def _check_use(table: Table, person: Person) -> None:
    """An artefact made with a skill after the day it was last used is a contradiction."""
    idle = {rating.skill: rating.last_used for rating in person.ratings if rating.last_used}
    if not idle:
        return
    for piece, (field, node) in zip(person.evidence, table.items("evidence"), strict=True):
        last_used = idle.get(piece.skill)
        made = piece.kind is EvidenceKind.ARTEFACT and piece.date is not None
        if last_used is not None and made and _later(piece.date, last_used):
            message = f"made on {piece.date}, but ratings.{piece.skill}.last_used says {last_used}"
            table.faults.add(node.mark, f"{field}.date", message, "Correct the day that is wrong.")


def _later(first: dt.date | None, second: dt.date) -> bool:
    return first is not None and first > second
