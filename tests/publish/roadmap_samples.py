"""Hand-made values with everything that could break a page: long titles, markup, umlauts, full quarters."""

import datetime as dt
from dataclasses import replace

import numpy as np

from milepost.model.activities import Catalogue
from milepost.model.comparison import Comparison, ComparisonRow
from milepost.model.gaps import AreaLevel, Gap, GapReport, Impact, TShape
from milepost.model.levels import EvidenceWeight, Levels, SkillLevel
from milepost.model.people import Away, Capacity, Evidence, EvidenceKind, Person, Target
from milepost.model.plans import (
    Finish,
    Infeasible,
    LeftOut,
    LevelStep,
    Plan,
    PlannedActivity,
    Quarter,
    QuarterMilestone,
    Relaxation,
)  # fmt: skip
from milepost.model.roles import Role, RoleTarget, Route, Seniority
from milepost.model.skills import Area, AreaKind, Durability, HoursClass, Skill, SkillTree
from milepost.model.year import Verification
from milepost.publish.view import RoadmapView

START = dt.date(2026, 11, 30)
NAME = 'Zoë "Ö" Müller-Ångström <b>& Co</b><script>alert(1)</script>'
AREAS = (
    ("programming", "Programming", False),
    ("mathematics", "Mathematics", False),
    ("ml-fundamentals", "ML fundamentals", False),
    ("deep-learning", "Deep learning", False),
    ("mlops-deployment", "MLOps and deployment", False),
    ("domain-knowledge", "Domain knowledge of a rather long name", False),
    ("distributed-training", "Distributed training", True),
    ("inference-serving", "Inference and serving", True),
)
KINDS = (
    "course", "reading", "project", "reproduction", "contribution", "on-the-job", "writing", "talk",
    "mentoring", "leadership", "interview-practice", "search",
)  # fmt: skip
SKILLS = 24


def skill_id(index: int) -> str:
    return f"skill-{index:02d}"


def skill_name(index: int) -> str:
    extra = (
        " with a name so long that it has to be wrapped more than once in any list" if index % 7 == 0 else ""
    )
    return f"Skill {index} <i>&</i> Übung{extra}"


def make_tree() -> SkillTree:
    areas = {
        id_: Area(id_, name, AreaKind.SPECIALISATION if deep else AreaKind.FOUNDATION, "An area.")
        for id_, name, deep in AREAS
    }
    skills = {
        skill_id(i): Skill(
            skill_id(i),
            skill_name(i),
            AREAS[i % len(AREAS)][0],
            "A skill.",
            Durability.CONCEPT,
            HoursClass.NARROW,
        )
        for i in range(SKILLS)
    }
    return SkillTree(areas, skills)


def make_shape(*, raised: float = 0.0, stems: int = 2) -> TShape:
    kept = [area for area in AREAS if not area[2]] + [area for area in AREAS if area[2]][:stems]
    areas = tuple(
        AreaLevel(
            id_, name,
            min(5.0, 0.2 + 0.65 * i + raised), max(0.0, 0.65 * i - 0.8), min(5.0, 0.65 * i + 1.2),
            4.0 if deep else 3.0, deep,
        )
        for i, (id_, name, deep) in enumerate(kept)
    )  # fmt: skip
    return TShape(0.62, 0.31 + raised / 10, 0.41, "programming", "dot", areas)


def make_gap(index: int, *, severity: int, score: int, rank: int, in_focus: bool) -> Gap:
    target = 4.5
    mean = max(0.0, target - severity + 0.3) if severity else 4.6
    impact = Impact(
        score, max(1, score - 1), min(5, score + 1), 0.3, 0.2, 0.4, 0.8, 12, 40.0, score,
        "data: a pack of ads <2026>, 2026-01-01 to 2026-06-30", "moved by you: <em>because</em>" if index == 1 else "",
    )  # fmt: skip
    return Gap(
        skill_id(index), skill_name(index), AREAS[index % len(AREAS)][0], target, "The role asks for it <daily>",
        mean, 0.0 if index % 3 == 0 else max(0.0, mean - 0.8), 5.0 if index % 4 == 0 else min(5.0, mean + 0.6),
        max(0.0, target - mean), severity, max(0.1, target - mean), impact, severity * score, rank,
        "before another, equal priority: name" if rank else "", in_focus, 0.55 if in_focus else 0.1, 3,
        20.0, 40.0, 80.0,
    )  # fmt: skip


def make_report() -> GapReport:
    """21 open gaps, 14 of them in one cell, and three closed ones."""
    gaps = []
    for i in range(SKILLS - 3):
        crowded = i >= 7
        gaps.append(
            make_gap(
                i, severity=2 if crowded else 5 - i % 5, score=4 if crowded else 5, rank=i + 1, in_focus=i < 4
            )
        )
    gaps += [make_gap(i, severity=0, score=3, rank=0, in_focus=False) for i in range(SKILLS - 3, SKILLS)]
    focus = tuple(skill_id(i) for i in range(4))
    return GapReport(
        NAME, "ml-infrastructure-engineer", "2026-11-28", make_shape(), tuple(gaps), focus, 1, "a <note>"
    )


def make_levels() -> Levels:
    skills = {}
    for i in range(SKILLS):
        weights = (
            EvidenceWeight(EvidenceKind.MANAGER, 4.0, 0.21, 2.4, "2026-10-15", "Built <it>", "manager:lead"),
        )
        skills[skill_id(i)] = SkillLevel(
            skill_id(i), 4.0 if i % 2 else None, 3.0 if i % 3 else None, 2.123456, 0.8, 0.8, 3.4,
            weights if i % 2 else (), "conflict: one <disagrees>" if i == 1 else "", "claimed 4, shown 3" if i == 1 else "",
        )  # fmt: skip
    order = tuple(skills)
    return Levels(NAME, "2026-11-28", order, np.full(SKILLS, 2.0), np.eye(SKILLS), skills)


def make_activity(quarter: int, index: int, *, first: int, last: int) -> PlannedActivity:
    id_ = f"activity-{quarter}-{index}"
    title = f"Do the thing {quarter}.{index} <b>boldly</b>, with a title that is long enough to need three whole lines"
    start = START + dt.timedelta(weeks=first - 1)
    return PlannedActivity(
        id=id_, activity=id_, title=title if index % 2 else f"Short {quarter}.{index}",
        kind=KINDS[(quarter * 5 + index) % len(KINDS)], hours=7.0, start_week=first, end_week=last, start=start,
        end=START + dt.timedelta(weeks=last) - dt.timedelta(days=1), hours_per_week=3.5,
        requires=(f"activity-{quarter}-1",) if index == 2 else (),
        gains=(LevelStep(skill_id(index), 1.0, 1.61234567), LevelStep(skill_id(index + 1), 2.0, 2.01)),
        public=index % 3 == 0, evidence=("A repository; with tests", "A <report>"), practice_goal="=1+1 as a goal",
        feedback="A reviewer", inside="Show it <inside>" if index == 1 else "", resource_name="A course",
        resource_url="javascript:alert(1)" if index == 1 else f"https://example.org/{id_}", cost_usd=12.5 if index == 3 else 0.0,
        meets=(), why="Closes 0.6 of the 2.0 levels missing in <something>",
    )  # fmt: skip


def make_quarter(number: int) -> Quarter:
    """Nine activities in twelve weeks, in two lanes; the last week is for review."""
    base = 13 * (number - 1)
    spans = [(1, 2), (1, 4), (3, 5), (5, 6), (6, 6), (7, 9), (7, 8), (9, 12), (10, 12)]
    activities = tuple(
        make_activity(number, i, first=base + a, last=base + b) for i, (a, b) in enumerate(spans, start=1)
    )
    start = START + dt.timedelta(weeks=base)
    end = start + dt.timedelta(weeks=13, days=-1)
    milestone = QuarterMilestone(
        activities[0].id,
        f"Milestone {number} <reached>",
        ("A report", "A review"),
        "If it rains, then I work inside.",
        end,
    )
    return Quarter(
        number,
        start,
        end,
        f"Deep learning & <theme> {number}",
        "deep-learning",
        63.0,
        67.2,
        milestone,
        activities,
    )


def make_plan(quarters: int = 4) -> Plan:
    parts = tuple(make_quarter(n) for n in range(1, quarters + 1))
    left_out = tuple(
        LeftOut(f"left-{i}", f"Left <out> {i}", "no hours left: 40 h would add 0.2", "activity-1-1")
        for i in range(20)
    )
    return Plan(
        NAME, "ml-infrastructure-engineer", "inside", START, 13 * quarters, 96.0 * quarters, 67.2 * quarters,
        63.0 * quarters, "feasible", 12.345678, 13.0, 11.0, parts, left_out,
        Finish(dt.date(2027, 11, 21), dt.date(2027, 12, 12), dt.date(2028, 3, 5), 2000, 1, ("one <pace> factor",)),
        {skill_id(1): 1.0}, {skill_id(1): 1.612345678}, 1, ("The plan closes 32 % of the gap.",),
    )  # fmt: skip


def make_infeasible() -> Infeasible:
    return Infeasible(
        NAME, "ml-infrastructure-engineer", START, 26, 12.0, ("A milestone in every quarter does <not> fit.",),
        (Relaxation("capacity.hours_per_week", "6.5", "6.5 h a week instead of 1 would fit."),),
        (LeftOut("left-1", "Left <out>", "needed, but the hours are taken", ""),),
    )  # fmt: skip


def make_person() -> Person:
    return Person(
        NAME,
        Target("ml-infrastructure-engineer", Route.INSIDE, dt.date(2027, 11, 28)),
        Capacity(8, START, (Away(dt.date(2026, 12, 21), dt.date(2027, 1, 3)),)),
        ("distributed-training", "inference-serving"),
        evidence=(
            Evidence(skill_id(1), EvidenceKind.ARTEFACT, 4.0, title="A cluster", date=dt.date(2026, 5, 1),
                     url="https://example.org/cluster", verified=Verification.USED_BY_OTHERS),
            Evidence(skill_id(3), EvidenceKind.CERTIFICATE, 3.0, title="A paper", date=dt.date(2026, 4, 1)),
            Evidence(skill_id(5), EvidenceKind.MANAGER, 2.0, rater="a private person"),
        ),
        illustrative="Made <up>.",
    )  # fmt: skip


def make_view(*, feasible: bool = True) -> RoadmapView:
    role = Role(
        "ml-infrastructure-engineer", "ML infrastructure engineer", Seniority.MID, "Runs <clusters>.",
        (RoleTarget(skill_id(1), 4.5, "It is asked for"),), specialisations=("distributed-training",),
    )  # fmt: skip
    return RoadmapView(
        make_person(), role, make_levels(), make_report(), make_plan() if feasible else make_infeasible(),
        make_shape(raised=0.4) if feasible else None, Catalogue(make_tree(), {role.id: role}, {}, {}), dt.date(2026, 11, 28),
    )  # fmt: skip


def rename(view: RoadmapView, name: str) -> RoadmapView:
    return replace(view, person=replace(view.person, name=name))


def make_comparison() -> Comparison:
    rows = (ComparisonRow("Biggest gap <now>", ("Déjà & vu", "–"), "computed from levels"),)
    return Comparison(2, rows, (NAME, "Sam"), ("With n = 2 nothing follows for others.",))
