"""Comparing recorded years: 500 people × 52 weeks, and what a full estimate of every skill would cost."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from time import perf_counter

from bench.tables import print_table
from milepost.compare import compare_years
from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.levels import estimate_levels
from milepost.model.activities import Activity, Catalogue
from milepost.model.people import Capacity, Evidence, EvidenceKind, Person, Rating, Target, Watched
from milepost.model.roles import Route
from milepost.model.year import (
    Artefact,
    CheckIn,
    MilestoneRecord,
    Outcome,
    Proof,
    ProofKind,
    Session,
    Step,
    StepKind,
    Verification,
    Year,
)
from milepost.publish.compare_schema import years_document
from milepost.workflows.compare import EXAMPLES, Found, compare_found, record_year, year_path

PEOPLE = 500
WEEKS = 52
SEED = 7
START = dt.date(2026, 11, 30)
MOST_SECONDS = 2.0
RUNS = 3
RATINGS, EVIDENCE, ACTIVITIES = 25, 20, 24


def make_people(count: int, *, seed: int, catalogue: Catalogue) -> tuple[Found, ...]:
    """People with 52 check-ins, 40 sessions, two dozen activities and an outcome each, by seed."""
    rng = random.Random(seed)
    return tuple(Found(_person(f"P{number:03}", rng, catalogue), "made up") for number in range(count))


def _person(name: str, rng: random.Random, catalogue: Catalogue) -> Person:
    role = catalogue.roles[rng.choice(sorted(catalogue.roles))]
    route = rng.choice(list(Route))
    wanted = [target.skill for target in role.targets]
    others = rng.sample(sorted(catalogue.tree.skills), RATINGS)
    skills = sorted({*rng.sample(wanted, min(12, len(wanted))), *others})[:RATINGS]
    chosen = rng.sample(sorted(catalogue.activities), ACTIVITIES)
    pieces = tuple(_evidence(rng.choice(wanted), rng) for _ in range(EVIDENCE))
    formal = START + dt.timedelta(days=rng.randrange(150, 400))
    moved = Outcome(
        "role-change", route, role.id, functional_start=formal - dt.timedelta(days=rng.randrange(0, 90)),
        formal_date=formal, planned_quarter=4, credit={chosen[0]: 60.0, chosen[1]: 40.0},
    )  # fmt: skip
    return Person(
        name=name,
        target=Target(role.id, route),
        capacity=Capacity(8.0, START),
        specialisations=role.specialisations[:2],
        ratings=tuple(Rating(s, rng.randrange(0, 9) / 2, "", START - dt.timedelta(days=14)) for s in skills),
        evidence=pieces,
        watch=(Watched("a new thing", "watch", "", START, START + dt.timedelta(days=90)),),
        year=_year(chosen, wanted, catalogue.activities, rng),
        outcomes=(moved,) if rng.random() < 0.8 else (),
    )


def _evidence(skill: str, rng: random.Random) -> Evidence:
    day = START + dt.timedelta(days=rng.randrange(-200, 360))
    kind = rng.choice((EvidenceKind.ARTEFACT, EvidenceKind.TASK, EvidenceKind.PEER, EvidenceKind.TEST))
    if kind is EvidenceKind.TEST:
        return Evidence(skill, kind, mean=rng.uniform(-1, 1.5), variance=0.2, date=day)
    return Evidence(skill, kind, rng.randrange(2, 9) / 2, date=day, rater=rng.choice("abc"))


def _year(
    chosen: Sequence[str], skills: Sequence[str], activities: Mapping[str, Activity], rng: random.Random
) -> Year:
    days = [START + dt.timedelta(days=7 * week + 6) for week in range(WEEKS)]
    steps: list[Step] = []
    for place, name in enumerate(chosen):
        first = START + dt.timedelta(days=place * 14)
        steps.append(Step(first, name, StepKind.STARTED))
        hours = activities[name].hours.p50 * rng.uniform(0.6, 1.8)
        proof = Proof(ProofKind.ARTEFACT, "made")
        steps.append(Step(first + dt.timedelta(days=13), name, StepKind.FINISHED, hours, "", proof))
    made = tuple(
        Artefact(step.date, f"piece {step.activity}", "repository", "", public=True, activity=step.activity,
                 verified=rng.choice(list(Verification)), skills=(rng.choice(skills),))
        for step in steps[1::4]
    )  # fmt: skip
    return Year(
        checkins=tuple(CheckIn(day, rng.uniform(2, 12)) for day in days),
        sessions=tuple(Session(day, rng.choice(skills), chosen[0], minutes=60) for day in days[:40]),
        artefacts=made,
        steps=tuple(steps),
        milestones=tuple(
            MilestoneRecord(q, START + dt.timedelta(days=91 * q + rng.randrange(-10, 20)))
            for q in range(1, 5)
        ),
    )


def _seconds(people: Sequence[Found], catalogue: Catalogue) -> float:
    began = perf_counter()
    compare_found(people, catalogue=catalogue)
    return perf_counter() - began


def report() -> None:
    """Seconds of each part, and of the same levels without leaving out untouched skills."""
    catalogue = load_catalogue()
    people = make_people(PEOPLE, seed=SEED, catalogue=catalogue)
    rows = []
    began = perf_counter()
    recorded = [record_year(each, catalogue=catalogue) for each in people]
    measured = perf_counter()
    comparison = compare_years(recorded)
    compared = perf_counter()
    years_document(comparison)
    written = perf_counter()
    whole = min(_seconds(people, catalogue) for _ in range(RUNS))
    texts = [year_path(name).read_bytes() for name in EXAMPLES]
    reading = perf_counter()
    for text in texts:
        read_person_text(text, path="", catalogue=catalogue)
    reading = (perf_counter() - reading) * PEOPLE / len(texts)
    full = perf_counter()
    for each in people[:50]:
        estimate_levels(each.person, catalogue.tree, as_of=START)
        estimate_levels(each.person, catalogue.tree, as_of=START + dt.timedelta(days=364))
    full = (perf_counter() - full) * PEOPLE / 50
    rows = [
        ("levels, gaps and T, twice a person", measured - began),
        ("figures and findings", compared - measured),
        ("JSON document", written - compared),
        (f"compare, all of it, best of {RUNS} (at most {MOST_SECONDS:g} s)", whole),
        ("levels of every skill twice instead (50 people × 10)", full),
        ("reading as many files first (the three shipped ones)", reading),
    ]
    title = f"compare: {PEOPLE} people, {WEEKS} weeks each, seed {SEED}"
    print_table(title, ("part", "seconds"), [(name, f"{seconds:.2f}") for name, seconds in rows])
    assert comparison.n == PEOPLE
