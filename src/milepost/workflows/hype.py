"""The hype guard: the board of verdicts, one temptation weighed against the plan, and the person's own record."""

import datetime as dt
from dataclasses import dataclass, replace

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.person_edits import set_in_person_text
from milepost.gaps.impact import wilson_interval
from milepost.market.lexicon import fold
from milepost.market.trends import ADOPT, TRIAL, WATCH
from milepost.model.activities import Catalogue
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person, Watched
from milepost.model.plans import Plan, PlannedActivity
from milepost.model.roles import Role
from milepost.model.settings import Settings
from milepost.model.trends import Verdict
from milepost.workflows.boards import shipped_board
from milepost.workflows.market import Market
from milepost.workflows.roadmap import make_gaps
from milepost.workflows.year import END, Occasion, as_row

MUSTS = (ADOPT, TRIAL)


@dataclass(frozen=True)
class Considered:
    """One temptation: the verdict, whether it may enter the plan, and what it would push out.

    ``skill`` is empty for a thing that no skill stands for. ``hours_per_week`` is the most that the
    watch list may take.
    """

    thing: str
    skill: str
    decision: str
    whole_market: Verdict | None
    role_share: float | None
    own_share: float | None
    may_enter: bool
    why: str
    hours_per_week: float
    displaces: str
    recheck: dt.date | None
    before: tuple[Watched, ...]


def consider(
    name: str, thing: str, *, at: Occasion, market: Market | None = None, source: str = "", keep: bool = True
) -> Considered:
    """Weigh one new thing, and write the decision into the person's watch list unless ``keep`` is false.

    It may enter the plan where it is adopted or tried in the role, or where at least
    ``gate_share`` of the person's own advertisements name it; else it is watched until
    ``recheck_days`` later. At most a tenth of the hours go to watched things.
    """
    if not thing.strip():
        raise UsageError("name the new thing", hint='Such as: milepost consider me.yaml "Mojo"')
    settings = Settings()
    kept = at.load(name)
    person = kept.loaded.person
    catalogue = extend_catalogue(load_catalogue(), person)
    skill = find_skill(thing, catalogue)
    found = _weigh(thing, skill, person, catalogue, market, settings=settings)
    found = replace(
        found,
        displaces=_displaced(person, kept.plan, at.today) if found.may_enter else "",
        recheck=None if found.may_enter else at.today + dt.timedelta(days=settings.recheck_days),
        before=tuple(each for each in person.watch if fold(each.thing) == fold(thing)),
    )
    if keep:
        entry = Watched(
            thing=thing.strip(), decision=found.decision, reason=found.why, date=at.today, recheck=found.recheck,
            source=source, displaces=found.displaces,
        )  # fmt: skip
        text = set_in_person_text(kept.loaded.text, path=("watch", END), value=as_row(entry))
        at.keep(kept, "consider", text=text)
    return found


def find_skill(thing: str, catalogue: Catalogue) -> str:
    """The skill that a thing is, by id, name or alias; empty where it is none that is known."""
    said = fold(thing.strip())
    for skill in catalogue.tree.skills.values():
        if said in {fold(skill.id), fold(skill.name), *(fold(alias.text) for alias in skill.aliases)}:
            return skill.id
    return ""


def _weigh(
    thing: str, skill: str, person: Person, catalogue: Catalogue, market: Market | None, *, settings: Settings
) -> Considered:
    role = catalogue.roles.get(person.target.role) if person.target else None
    verdict = next(iter(shipped_board(role, skill=skill, as_of=None).verdicts)) if skill else None
    if verdict is not None and not verdict.trend.months:
        verdict = None
    role_share = _pack_share(skill, role) if skill else None
    own = _own_share(thing, skill, market)
    in_role = role_share is not None and role is not None and _role_bound(skill, role) >= settings.role_trial
    enough = own is not None and own >= settings.gate_share
    falling = verdict is not None and verdict.verdict == "hold"
    may_enter = (in_role or enough) and not falling
    decision = _decision(verdict, may_enter=may_enter, role_share=role_share, settings=settings)
    hours = (person.capacity.hours_per_week if person.capacity else 0.0) * settings.watch_list_share
    why = _why(verdict, role, role_share, own, may_enter=may_enter)
    return Considered(thing, skill, decision, verdict, role_share, own, may_enter, why, hours, "", None, ())


def _pack_share(skill: str, role: Role | None) -> float | None:
    if role is None or role.pack is None or not role.pack.companies:
        return None
    found = role.pack.skills.get(skill)
    return found.weighted_ads / role.pack.companies if found else 0.0


def _role_bound(skill: str, role: Role) -> float:
    """Lower bound of the share in the role's pack."""
    if role.pack is None or not role.pack.companies:
        return 0.0
    found = role.pack.skills.get(skill)
    return wilson_interval(found.weighted_ads if found else 0.0, role.pack.companies)[0]


def _own_share(thing: str, skill: str, market: Market | None) -> float | None:
    """The share of the person's own advertisements that name a thing, by skill, or by its unknown name."""
    if market is None or not market.ads:
        return None
    if skill:
        return sum(skill in weights for weights in market.weighted) / len(market.ads)
    named = sum(each.ads for each in market.unknown if fold(each.term) == fold(thing.strip()))
    return named / len(market.ads)


def _decision(
    verdict: Verdict | None, *, may_enter: bool, role_share: float | None, settings: Settings
) -> str:
    if may_enter:
        return ADOPT if (role_share or 0.0) >= settings.role_adopt else TRIAL
    if verdict is None or verdict.verdict in MUSTS:
        return WATCH
    return verdict.verdict


def _why(
    verdict: Verdict | None,
    role: Role | None,
    role_share: float | None,
    own: float | None,
    *,
    may_enter: bool,
) -> str:
    parts = []
    if role is not None and role_share is not None:
        parts.append(f"{role_share:.0%} of the companies that look for a {role.name} name it")
    if own is not None:
        parts.append(f"{own:.0%} of your own ads name it")
    parts.append(f"whole market: {verdict.why}" if verdict else "no counts of it over time")
    parts.append("it may enter the plan" if may_enter else "it stays on the watch list")
    return "; ".join(parts)


def _displaced(person: Person, plan: Plan | None, today: dt.date) -> str:
    """The planned activity still to come that gives least for its hours: what a new thing would push out first."""
    if plan is None or person.target is None:
        return ""
    report = make_gaps(person, today=today, settings=Settings(stability_draws=0))
    impacts = {gap.skill: gap.impact.score for gap in report.gaps}

    def worth(activity: PlannedActivity) -> float:
        gained = sum(impacts.get(step.skill, 0) * (step.after - step.before) for step in activity.gains)
        return gained / activity.hours

    ahead = [a for a in plan.activities if a.start > today and not a.meets]
    return min(ahead, key=lambda a: (worth(a), a.id)).title if ahead else ""


@dataclass(frozen=True)
class HypeRecord:
    """What became of everything that was considered: due for a second look, and how the decisions did."""

    due: tuple[Watched, ...]
    looked_at: int
    let_pass: int
    died: int
    right: int
    distraction_ratio: float | None


def read_record(name: str, *, at: Occasion) -> HypeRecord:
    """The person's own record: a let-pass was right where the thing died or stayed small, a must where it did not die."""
    kept = at.load(name)
    person = kept.loaded.person
    due = tuple(w for w in person.watch if w.recheck is not None and w.recheck <= at.today and not w.outcome)
    judged = [w for w in person.watch if w.outcome]
    let_pass = [w for w in judged if w.decision not in MUSTS]
    right = sum(w.outcome != "grew" for w in let_pass)
    right += sum(w.outcome != "died" for w in judged if w.decision in MUSTS)
    planned = {a.id for a in kept.plan.activities} if kept.plan else set()
    minutes = sum(s.minutes for s in person.year.sessions)
    off = sum(s.minutes for s in person.year.sessions if s.activity not in planned)
    return HypeRecord(
        due,
        len(judged),
        len(let_pass),
        sum(w.outcome == "died" for w in judged),
        right,
        off / minutes if minutes else None,
    )


def record_outcome(name: str, thing: str, outcome: str, *, at: Occasion) -> None:
    """Write what became of a thing that was considered: died, stayed or grew."""
    kept = at.load(name)
    places = [
        i for i, w in enumerate(kept.loaded.person.watch) if fold(w.thing) == fold(thing) and not w.outcome
    ]
    if not places:
        raise UsageError(
            f"{thing!r} is not on the watch list, or its outcome is known already",
            hint=f"`milepost consider {name} --recheck` lists what is due.",
        )
    text = kept.loaded.text
    for place in places:
        text = set_in_person_text(text, path=("watch", str(place), "outcome"), value=outcome)
    at.keep(kept, "recheck", text=text)
