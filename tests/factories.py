"""A world small enough to check by hand: nine skills, one role a route, twenty activities, and their strategies."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from milepost.gaps import rank
from milepost.model.activities import Activity, ActivityKind, Catalogue, Gain, Hours, Milestone, Practice
from milepost.model.levels import Levels, SkillLevel
from milepost.model.people import (
    Away,
    Capacity,
    Choices,
    Evidence,
    EvidenceKind,
    ImpactAdjustment,
    Person,
    Rating,
    Target,
    Watched,
)
from milepost.model.roles import (
    Demand,
    DemandPack,
    Role,
    RoleTarget,
    Route,
    RouteNeed,
    RoutePlaybook,
    Seniority,
)
from milepost.model.settings import Settings
from milepost.model.skills import Area, AreaKind, Durability, HoursClass, Skill, SkillTree
from milepost.model.year import Verification
from milepost.planning.brief import Brief
from milepost.planning.problem import Bucket, Candidate, Goal, Need, Problem
from milepost.planning.problem import Practice as Taught
from milepost.planning.solver import Effort

TODAY = dt.date(2026, 11, 23)
QUICK = Effort(select=0.2, arrange=0.1, place=0.1)
EASY = Settings(stability_draws=50, finish_runs=50)
"""The default method with fewer draws, where the draws are not what is tested."""


# --- skills -------------------------------------------------------------------------------


def make_skill(id_: str, area: str, **more) -> Skill:
    """A broad concept of an area, unless said otherwise."""
    fields = {"durability": Durability.CONCEPT, "hours_class": HoursClass.BROAD, **more}
    return Skill(id_, id_.capitalize(), area, f"what {id_} is for", **fields)


def make_tree() -> SkillTree:
    """Two foundation areas, two specialisations and the working skills."""
    narrow = HoursClass.NARROW
    kinds = {
        "code": AreaKind.FOUNDATION,
        "maths": AreaKind.FOUNDATION,
        "serving": AreaKind.SPECIALISATION,
        "vision": AreaKind.SPECIALISATION,
        "people": AreaKind.WORKING,
    }
    skills = (
        make_skill("python", "code", durability=Durability.LANGUAGE, core=True),
        make_skill(
            "testing",
            "code",
            durability=Durability.FRAMEWORK,
            hours_class=narrow,
            prerequisites=("python",),
        ),
        make_skill("statistics", "maths", core=True),
        make_skill("algebra", "maths", hours_class=narrow),
        make_skill(
            "inference", "serving", durability=Durability.PLATFORM, core=True, prerequisites=("python",)
        ),
        make_skill(
            "batching",
            "serving",
            durability=Durability.FRAMEWORK,
            hours_class=narrow,
            prerequisites=("inference",),
        ),
        make_skill("detection", "vision", core=True, prerequisites=("statistics",)),
        make_skill("writing", "people", hours_class=narrow),
        make_skill("leading", "people", core=True),
    )
    areas = {id_: Area(id_, id_.capitalize(), kind, f"the area {id_}") for id_, kind in kinds.items()}
    return SkillTree(areas, {skill.id: skill for skill in skills})


TREE = make_tree()
SKILLS = tuple(sorted(TREE.skills))


# --- roles --------------------------------------------------------------------------------

DEMAND = {
    "python": 80,
    "testing": 20,
    "statistics": 45,
    "algebra": 8,
    "inference": 60,
    "batching": 15,
    "detection": 30,
    "writing": 30,
}
"""Companies of a hundred that name each skill."""


def make_pack(counts: Mapping[str, float] | None = None, *, companies: int = 100, strength: float = 1.0):
    """A demand pack with one advertisement a company."""
    rows = {
        skill: Demand(int(count), int(count), float(count), strength)
        for skill, count in (DEMAND if counts is None else counts).items()
    }
    return DemandPack("engineer", companies, companies, "2026-01-01", "2026-06-30", "made up", rows)


def make_role(**more) -> Role:
    """A mid-level engineer who serves models."""
    levels = {
        "python": 4.0,
        "testing": 3.0,
        "statistics": 3.0,
        "algebra": 2.5,
        "inference": 4.0,
        "batching": 3.5,
        "detection": 4.0,
        "writing": 3.0,
    }
    fields = {
        "targets": tuple(RoleTarget(skill, level, f"for {skill}") for skill, level in levels.items()),
        "specialisations": ("serving",),
        "pack": make_pack(),
        **more,
    }
    return Role("engineer", "Engineer", Seniority.MID, "serves models", **fields)


ROLE = make_role()

PLAYBOOKS = {
    Route.OUTSIDE: RoutePlaybook(
        Route.OUTSIDE,
        "another employer",
        (
            RouteNeed("search", "Search for work", 1, 0.5, 1.0, "offers follow applications"),
            RouteNeed("interviews", "Practise interviews", 1, 0.3, 1.0, "interviews are a skill"),
        ),
        ("writing",),
    ),
    Route.INSIDE: RoutePlaybook(
        Route.INSIDE,
        "the present employer",
        (
            RouteNeed("sponsor", "Find a sponsor", 1, 0.0, 0.6, "somebody has to want it"),
            RouteNeed("leads", "Lead something", 1, 0.0, 1.0, "leads lead", lead_only=True),
        ),
        ("writing",),
    ),
}


# --- activities ---------------------------------------------------------------------------


def make_activity(id_: str, hours: float, gains: Mapping[str, float], *, up_to: float = 4.0, **more):
    """An activity whose gains are given as skill: share; a public one can close a quarter."""
    public = more.get("public", False)
    fields = {
        "kind": ActivityKind.PROJECT if public else ActivityKind.COURSE,
        "milestone": Milestone(f"{id_} is out", "if stuck, then ask") if public else None,
        **more,
    }
    return Activity(
        id=id_,
        title=id_.replace("-", " ").capitalize(),
        hours=Hours(hours, hours * 1.6),
        gains=tuple(Gain(skill, share, up_to) for skill, share in gains.items()),
        practice=Practice(f"finish {id_}", "a reviewer"),
        evidence=(f"a link to {id_}",),
        reviewed="2026-10-01",
        **fields,
    )


def make_activities() -> dict[str, Activity]:
    """Twenty activities: courses, public projects, chains of prerequisites, and both routes' own."""
    rows = (
        make_activity("python-course", 12, {"python": 1.0}, up_to=3.0),
        make_activity("python-book", 20, {"python": 1.0}, up_to=3.5, min_weeks=4),
        make_activity("python-tool", 14, {"python": 0.8, "testing": 0.3}, public=True),
        make_activity("library-fix", 10, {"python": 0.7, "testing": 0.5}, public=True, min_weeks=3),
        make_activity("test-course", 6, {"testing": 1.0}, up_to=3.0),
        make_activity("statistics-course", 16, {"statistics": 1.0}, up_to=3.0),
        make_activity(
            "statistics-post",
            8,
            {"statistics": 0.6, "writing": 0.6},
            public=True,
            requires=("statistics-course",),
        ),
        make_activity("algebra-course", 9, {"algebra": 1.0}, up_to=3.0),
        make_activity("serving-course", 10, {"inference": 1.0}, up_to=3.0),
        make_activity(
            "serve-a-model",
            18,
            {"inference": 0.9, "batching": 0.4},
            public=True,
            requires=("serving-course",),
        ),
        make_activity(
            "serve-fast",
            15,
            {"inference": 0.8, "batching": 0.8},
            up_to=4.5,
            public=True,
            requires_levels={"inference": 2.4},
        ),
        make_activity("batching-paper", 5, {"batching": 1.0}, up_to=3.0),
        make_activity("detect-things", 13, {"detection": 1.0}, up_to=4.5, public=True),
        make_activity("vision-course", 11, {"detection": 1.0}, up_to=3.0),
        make_activity("blog-post", 5, {"writing": 1.0}, public=True, times=2),
        make_activity("talk", 7, {"writing": 0.7, "inference": 0.2}, public=True, min_weeks=2),
        make_activity(
            "applications", 8, {"writing": 0.2}, kind=ActivityKind.SEARCH, meets=("search",), min_weeks=3
        ),
        make_activity(
            "mock-interviews",
            6,
            {"writing": 0.2},
            kind=ActivityKind.INTERVIEW_PRACTICE,
            meets=("interviews",),
        ),
        make_activity("sponsor-talks", 4, {"writing": 0.2}, meets=("sponsor",), needs_employer=True),
        make_activity("lead-a-guild", 9, {"leading": 0.8}, meets=("leads",), needs_employer=True),
    )
    return {row.id: row for row in rows}


ACTIVITIES = make_activities()
CATALOGUE = Catalogue(TREE, {ROLE.id: ROLE}, PLAYBOOKS, ACTIVITIES)


# --- people and levels --------------------------------------------------------------------


def make_person(**more) -> Person:
    """A person with a target and six hours a week, who has said nothing about skills yet."""
    fields = {
        "target": Target(ROLE.id, Route.OUTSIDE),
        "capacity": Capacity(6.0, TODAY),
        "specialisations": ("serving",),
        **more,
    }
    return Person("Robin", **fields)


def make_levels(means: Mapping[str, float] | None = None, *, sd: float = 0.5) -> Levels:
    """Known levels with one independent spread; what is not named lies at 2."""
    found = dict.fromkeys(SKILLS, 2.0) | dict(means or {})
    skills = {
        skill: SkillLevel(
            skill, None, None, found[skill], sd, max(0.0, found[skill] - sd), min(5.0, found[skill] + sd)
        )
        for skill in SKILLS
    }
    mean = np.array([found[skill] for skill in SKILLS])
    return Levels("Robin", TODAY.isoformat(), SKILLS, mean, np.eye(len(SKILLS)) * sd**2, skills)


# --- briefs -------------------------------------------------------------------------------


def make_brief(
    means: Mapping[str, float] | None = None,
    *,
    route: Route = Route.OUTSIDE,
    hours: float = 6.0,
    weeks: int = 26,
    away: tuple[Away, ...] = (),
    choices: Choices | None = None,
    watch: tuple[str, ...] = (),
    role: Role = ROLE,
    catalogue: Catalogue = CATALOGUE,
    settings: Settings = EASY,
    seed: int = 1,
) -> Brief:
    """Everything a small plan is made from; levels that are not named lie at 2."""
    person = make_person(
        capacity=Capacity(hours, TODAY, away),
        activities=choices or Choices(),
        watch=tuple(Watched(thing, "watch") for thing in watch),
    )
    levels = make_levels(means)
    report = rank(levels, role, catalogue.tree, person=person, settings=settings)
    known = {skill: level.mean for skill, level in levels.skills.items()}
    return Brief(
        person, role, route, catalogue, report, known, TODAY, weeks, hours, settings=settings, seed=seed
    )


def with_activities(brief: Brief, activities: Mapping[str, Activity]) -> Brief:
    """The same brief with another list of activities."""
    return replace(brief, catalogue=replace(brief.catalogue, activities=dict(activities)))


def with_person(brief: Brief, **changes) -> Brief:
    """The same brief for a person who differs in some fields."""
    return replace(brief, person=replace(brief.person, **changes))


# --- problems -----------------------------------------------------------------------------


def make_candidate(id_: str, hours: float, gains: Mapping[str, float] | None = None, **more) -> Candidate:
    """A candidate that teaches with all its hours; ``gains`` maps skill to the level taught to."""
    taught = tuple(Taught(skill, round(hours * 10), up_to) for skill, up_to in (gains or {}).items())
    return Candidate(id=id_, activity=id_, tenths=round(hours * 10), gains=taught, **more)


def make_bucket(number: int, weeks: tuple[float, ...], *, first: int = 1, load: float = 1.0) -> Bucket:
    """A quarter with the given hours in its working weeks."""
    tenths = tuple(round(hours * 10) for hours in weeks)
    return Bucket(number, int(sum(tenths) * load), tenths, tuple(range(first, first + len(weeks))))


def make_problem_of(candidates: tuple[Candidate, ...], buckets: tuple[Bucket, ...], **more) -> Problem:
    """A problem without rules about quarters, unless said otherwise; every skill lies at 1."""
    skills = {gain.skill for c in candidates for gain in c.gains}
    skills |= {skill for c in candidates for skill, _ in c.requires_levels}
    fields = {
        "goals": tuple(Goal(skill, 1.0, 4.0, 3, 100.0) for skill in sorted(skills)),
        "levels": dict.fromkeys(skills, 1.0),
        "taus": dict.fromkeys(skills, 100.0),
        "public_per_quarter": 0,
        "milestones_per_quarter": 0,
        **more,
    }
    return Problem(candidates=candidates, buckets=buckets, **fields)


# --- strategies ---------------------------------------------------------------------------

half_levels = st.integers(0, 10).map(lambda halves: halves / 2)
fine_levels = st.integers(0, 500).map(lambda hundredths: hundredths / 100)
level_maps = st.fixed_dictionaries(dict.fromkeys(SKILLS, fine_levels))
half_level_maps = st.fixed_dictionaries(dict.fromkeys(SKILLS, half_levels))


@st.composite
def ratings(draw):
    """At most one rating a skill, some with an example, some idle, all of one day."""
    chosen = draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=6))
    return tuple(
        Rating(
            skill,
            draw(half_levels),
            draw(st.sampled_from(("", "I built one"))),
            TODAY,
            draw(st.sampled_from((None, None, TODAY - dt.timedelta(days=400)))),
            draw(st.integers(0, 6)),
        )
        for skill in chosen
    )


@st.composite
def pieces(draw):
    """One piece of evidence of any kind, of today."""
    kind = draw(
        st.sampled_from([k for k in EvidenceKind if k not in {EvidenceKind.SELF, EvidenceKind.SELF_ANCHORED}])
    )
    skill = draw(st.sampled_from(SKILLS))
    if kind is EvidenceKind.TEST:
        return Evidence(
            skill,
            kind,
            mean=draw(st.sampled_from((-0.8, 0.0, 0.6))),
            variance=draw(st.sampled_from((0.16, 0.3))),
            date=TODAY,
        )
    return Evidence(
        skill,
        kind,
        draw(half_levels),
        date=TODAY,
        verified=draw(st.sampled_from((None, Verification.SELF_PUBLISHED, Verification.REVIEWED))),
        rater=draw(st.sampled_from(("Ana", "Bo"))),
    )


@st.composite
def people(draw):
    """A person with ratings and evidence."""
    return make_person(ratings=draw(ratings()), evidence=tuple(draw(st.lists(pieces(), max_size=8))))


@st.composite
def packs(draw):
    """Advertisements of a role: none at all, a few companies, or many."""
    companies = draw(st.sampled_from((0, 3, 20, 400)))
    if not companies:
        return None
    counts = {
        skill: draw(st.integers(0, companies)) for skill in draw(st.sets(st.sampled_from(SKILLS), min_size=1))
    }
    return make_pack(counts, companies=companies, strength=draw(st.sampled_from((0.4, 0.75, 1.0))))


@st.composite
def roles(draw):
    """A role with at least one target."""
    skills = draw(st.lists(st.sampled_from(SKILLS), unique=True, min_size=1))
    targets = tuple(RoleTarget(skill, draw(half_levels.filter(bool)), f"for {skill}") for skill in skills)
    return make_role(targets=targets, pack=draw(packs()))


adjustments = st.dictionaries(
    st.sampled_from(SKILLS), st.builds(ImpactAdjustment, st.sampled_from((-1, 1)), st.just("because"))
)


@dataclass(frozen=True)
class Wishes:
    """What a random brief asks for, in a form that prints on one line when a test fails."""

    route: Route
    hours: float
    weeks: int
    levels: tuple[float, ...]
    off: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    away: tuple[tuple[int, int], ...] = ()

    def brief(self) -> Brief:
        """The brief that these wishes describe."""
        away = tuple(
            Away(TODAY + dt.timedelta(days=first), TODAY + dt.timedelta(days=first + days - 1))
            for first, days in self.away
        )
        kept = {id_: row for id_, row in ACTIVITIES.items() if id_ not in self.off}
        return make_brief(
            dict(zip(SKILLS, self.levels, strict=True)),
            route=self.route,
            hours=self.hours,
            weeks=self.weeks,
            away=away,
            choices=Choices(self.done, self.exclude, self.pin),
            watch=self.watch,
            catalogue=replace(CATALOGUE, activities=kept),
        )


@st.composite
def wishes(draw, *, weeks=(13, 20, 26), hours=(3.0, 5.0, 8.0, 12.0)):
    """Briefs of one to two quarters with random levels, choices, times away and watch lists."""
    route = draw(st.sampled_from(list(Route)))
    free = [
        a.id for a in ACTIVITIES.values() if not a.meets and (route is Route.INSIDE or not a.needs_employer)
    ]
    order = draw(st.permutations(free))
    cuts = [
        draw(st.integers(0, 3)),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 2)),
        draw(st.integers(0, 1)),
    ]
    groups = []
    for cut in cuts:
        groups.append(tuple(sorted(order[:cut])))
        order = order[cut:]
    away = draw(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 20)), max_size=2))
    return Wishes(
        route,
        draw(st.sampled_from(hours)),
        draw(st.sampled_from(weeks)),
        tuple(draw(st.sampled_from((0.5, 1.5, 2.0, 2.6, 3.5))) for _ in SKILLS),
        off=groups[0],
        done=groups[1],
        exclude=groups[2],
        pin=groups[3],
        watch=draw(st.sampled_from(((), (), ("Batching",), ("inference", "testing")))),
        away=tuple(sorted(away)),
    )


@st.composite
def small_problems(draw, *, watched=False):
    """Three to six candidates, one or two quarters of a few weeks: few enough to try every selection."""
    count = draw(st.integers(3, 6))
    candidates: list[Candidate] = []
    for number in range(count):
        earlier = [c.id for c in candidates]
        requires = (draw(st.sampled_from(earlier)),) if earlier and draw(st.integers(0, 3)) == 0 else ()
        wanted = (("skill-0", draw(st.sampled_from((1.02, 1.1)))),) if draw(st.integers(0, 5)) == 0 else ()
        skills = draw(st.sets(st.sampled_from(("skill-0", "skill-1")), min_size=1))
        candidates.append(
            make_candidate(
                f"c{number}",
                draw(st.sampled_from((1.0, 2.0, 3.5, 6.0, 9.0))),
                {skill: draw(st.sampled_from((1.05, 1.2, 4.0))) for skill in sorted(skills)},
                requires=requires,
                requires_levels=wanted,
                min_weeks=draw(st.integers(1, 2)),
                public=draw(st.booleans()),
                milestone=draw(st.booleans()),
                meets=draw(st.sampled_from(((), (), ("need",)))),
                watched=watched and draw(st.integers(0, 3)) == 0,
                area=draw(st.sampled_from(("one", "two"))),
                early=draw(st.sampled_from((0.0, 1.0, 2.5))),
            )
        )
    shapes = ((4.0, 4.0, 4.0), (4.0, 2.0, 4.0), (3.0, 3.0), (1.0, 5.0, 5.0, 5.0))
    quarters = draw(st.integers(1, 2))
    buckets = tuple(
        make_bucket(
            n, draw(st.sampled_from(shapes)), first=1 + 5 * (n - 1), load=draw(st.sampled_from((0.7, 1.0)))
        )
        for n in range(1, quarters + 1)
    )
    needs = (Need("need", "Something", 1, (quarters,), "why not"),) if draw(st.integers(0, 3)) == 0 else ()
    return make_problem_of(
        tuple(candidates),
        buckets,
        levels={"skill-0": 1.0, "skill-1": 1.0},
        taus={"skill-0": 100.0, "skill-1": 60.0},
        goals=(Goal("skill-0", 1.0, 3.0, 4, 100.0), Goal("skill-1", 1.0, 2.0, 3, 60.0)),
        needs=needs,
        public_per_quarter=draw(st.sampled_from((0, 0, 1))),
        milestones_per_quarter=draw(st.sampled_from((0, 0, 1))),
        watched_share=0.3,
    )
