"""Everything a roadmap says, as plain words: the page and the PDF render the same sheet.

A sheet holds only strings, numbers, lists and dictionaries, so that it can go into a
template or into a JSON file; no text of it is ever read as markup.
"""

from milepost.model.gaps import AreaLevel, Gap
from milepost.model.language import content, day, decimal, gettext, ngettext, span
from milepost.model.levels import SkillLevel
from milepost.model.plans import Infeasible, LeftOut, Plan
from milepost.model.settings import table
from milepost.publish.reasons import as_rows, explain_gap
from milepost.publish.sheet_plan import finish_sheet, infeasible_sheet, quarter_sheets
from milepost.publish.view import RoadmapView
from milepost.publish.words import (
    ROUTES,
    about_hours,
    basis_name,
    basis_word,
    count,
    day_of,
    hours,
    interval,
    level,
    level_word,
    percent,
)

Sheet = dict[str, object]
LISTED_LEFT_OUT = 12
"""How many left-out candidates are shown before the rest is folded away."""


def make_sheet(view: RoadmapView) -> Sheet:
    """One sheet for one person."""
    person, plan = view.person, view.plan
    left_out = [_left_out(row, view) for row in plan.left_out]
    return {
        "title": gettext("%(name)s: roadmap to %(role)s", name=person.name, role=content(view.role.name)),
        "name": person.name,
        "role": view.role.name,
        "role_meaning": view.role.meaning,
        "aim": _aim(view),
        "illustrative": person.illustrative,
        "generated": day(view.as_of),
        "measured": view.report.as_of,
        "figures": _figures(view),
        "shape": _shape(view),
        "focus": [_focus(gap, view) for gap in view.report.gaps if gap.in_focus],
        "focus_count": _focus_count(len(view.report.focus)),
        "focus_note": view.report.focus_note,
        "gaps": [_gap(gap, view) for gap in view.report.gaps],
        "closed": sum(1 for gap in view.report.gaps if not gap.severity),
        "quarters": quarter_sheets(plan, view) if isinstance(plan, Plan) else [],
        "notes": list(plan.notes) if isinstance(plan, Plan) else [],
        "quality": _quality(plan) if isinstance(plan, Plan) else "",
        "finish": finish_sheet(plan) if isinstance(plan, Plan) else None,
        "infeasible": infeasible_sheet(plan) if isinstance(plan, Infeasible) else None,
        "left_out": left_out[:LISTED_LEFT_OUT],
        "left_out_more": left_out[LISTED_LEFT_OUT:],
        "levels": _levels(view),
        "levels_silent": _silent(view),
        "sources": _sources(view),
        "settings": [
            {
                "name": row.name.replace("_", " "),
                "value": decimal(row.value),
                "basis": basis_name(row.basis),
                "meaning": row.meaning,
            }
            for row in table()
        ],
    }


def _aim(view: RoadmapView) -> list[str]:
    """Route, day, hours and specialisations in short phrases."""
    person, parts = view.person, []
    if person.target:
        parts.append(gettext(ROUTES[person.target.route.value]))
        if person.target.by:
            parts.append(gettext("by %(date)s", date=day(person.target.by)))
    if person.capacity:
        parts.append(gettext("%(hours)s a week", hours=hours(person.capacity.hours_per_week)))
    chosen = person.specialisations or view.role.specialisations
    if chosen:
        names = gettext(" and ").join(content(view.area(area)) for area in chosen)
        parts.append(gettext("deep in %(areas)s", areas=names))
    return [part[0].upper() + part[1:] if index == 0 else part for index, part in enumerate(parts)]


def _figures(view: RoadmapView) -> list[Sheet]:
    """The handful of numbers at the top."""
    shape, after, report = view.report.t_shape, view.after, view.report
    still_open = sum(1 for gap in report.gaps if gap.severity)
    rows = [
        (gettext("Breadth"), percent(shape.breadth), _later(after.breadth if after else None)),
        (gettext("Depth"), percent(shape.depth), _later(after.depth if after else None)),
        (
            gettext("Open gaps"),
            str(still_open),
            gettext("of %(count)s skills the role asks for", count=len(report.gaps)),
        ),
    ]
    plan = view.plan
    if isinstance(plan, Plan):
        within = gettext(
            "of %(hours)s in %(weeks)s weeks", hours=hours(plan.capacity_hours), weeks=plan.weeks
        )
        rows.append((gettext("Planned"), hours(plan.planned_hours), within))
        ends = gettext(
            "in half of the simulated years; %(share)s by %(date)s",
            share=percent(0.95),
            date=day(plan.finish.p95),
        )
        rows.append((gettext("Finished"), day(plan.finish.p50), ends))
    else:
        within = gettext(
            "in %(hours)s and %(weeks)s weeks", hours=hours(plan.capacity_hours), weeks=plan.weeks
        )
        rows.append((gettext("Plan"), gettext("none fits"), within))
    return [{"label": label, "value": value, "note": note} for label, value, note in rows]


def _later(share: float | None) -> str:
    return "" if share is None else gettext("→ %(share)s with the plan", share=percent(share))


def _shape(view: RoadmapView) -> Sheet:
    shape = view.report.t_shape
    after = {area.area: area.level for area in view.after.areas} if view.after else {}
    return {
        "name": shape.shape,
        "breadth": percent(shape.breadth),
        "depth": percent(shape.depth),
        "index": decimal(shape.index, 2),
        "weakest": view.area(shape.weakest),
        "rows": [_area(area, after.get(area.area)) for area in shape.areas],
    }


def _area(area: AreaLevel, after: float | None) -> Sheet:
    return {
        "name": area.name,
        "part": gettext("specialisation") if area.specialisation else gettext("foundation"),
        "level": level(area.level),
        "interval": interval(area.low, area.high),
        "target": level(area.target),
        "covered": percent(min(1.0, area.level / area.target)) if area.target else "–",
        "after": level(after),
    }


def _focus(gap: Gap, view: RoadmapView) -> Sheet:
    """One skill of the focus in plain words."""
    estimated = gettext(
        "Estimated at %(level)s (%(word)s), probably between %(low)s and %(high)s.",
        level=level(gap.mean),
        word=level_word(gap.mean),
        low=level(gap.low),
        high=level(gap.high),
    )
    asked = gettext(
        "The role asks for %(level)s (%(word)s): %(reason)s",
        level=level(gap.target),
        word=level_word(gap.target),
        reason=content(_sentence(gap.target_reason)),
    )
    work = gettext(
        "About %(hours)s of practice would close it; %(low)s to %(high)s is the honest range.",
        hours=about_hours(gap.hours),
        low=about_hours(gap.hours_low),
        high=about_hours(gap.hours_high),
    )
    return {
        "id": gap.skill,
        "rank": gap.rank,
        "name": gap.name,
        "area": view.area(gap.area),
        "sum": _sum(gap),
        "words": [estimated, asked, work],
        "stability": percent(gap.stability),
        "close_call": gap.stability < view.settings.close_call,
    }


def _focus_count(number: int) -> str:
    return ngettext("This one comes first.", "These %(count)s come first.", number, count=count(number))


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", ")")) else f"{words}."


def _sum(gap: Gap) -> str:
    return f"{gap.severity} × {gap.impact.score} = {gap.priority}"


def _gap(gap: Gap, view: RoadmapView) -> Sheet:
    close = gap.in_focus and gap.stability < view.settings.close_call
    return {
        "id": gap.skill,
        "rank": str(gap.rank) if gap.rank else "–",
        "name": gap.name,
        "area": view.area(gap.area),
        "level": level(gap.mean),
        "interval": interval(gap.low, gap.high),
        "target": level(gap.target),
        "gap": level(gap.gap),
        "severity": gap.severity,
        "impact": gap.impact.score,
        "impact_interval": f"{gap.impact.low}–{gap.impact.high}",
        "priority": gap.priority,
        "sum": _sum(gap),
        "open": bool(gap.severity),
        "in_focus": gap.in_focus,
        "close_call": close,
        "tie_break": gap.tie_break or "–",
        "stability": percent(gap.stability) if gap.severity else "–",
        "why": as_rows(explain_gap(gap, view)),
    }


def _quality(plan: Plan) -> str:
    """How good the plan is, as far as it is known."""
    values = {
        "worth": decimal(plan.objective, 1),
        "bound": decimal(plan.bound, 1),
        "greedy": decimal(plan.greedy, 1),
    }
    if plan.status == "optimal":
        return gettext(
            "This plan is proven best of its kind: it is worth %(worth)s levels × impact; no plan under the same rules "
            "can be worth more than %(bound)s, and a plain greedy one reaches %(greedy)s.",
            **values,
        )
    return gettext(
        "This plan is the best found: it is worth %(worth)s levels × impact; no plan under the same rules "
        "can be worth more than %(bound)s, and a plain greedy one reaches %(greedy)s.",
        **values,
    )


def _left_out(row: LeftOut, view: RoadmapView) -> Sheet:
    return {
        "title": row.title,
        "reason": row.reason,
        "displaced_by": view.activity(row.displaced_by) if row.displaced_by else "–",
    }


def _levels(view: RoadmapView) -> list[Sheet]:
    """Skills about which something is known or which the role asks for, by area and name."""
    asked = {gap.skill for gap in view.report.gaps}
    rows = [
        known
        for known in view.levels.skills.values()
        if known.evidence or known.claimed is not None or known.skill in asked
    ]
    rows.sort(key=lambda known: (_area_name(known, view), view.skill(known.skill)))
    return [_level_row(known, view) for known in rows]


def _area_name(known: SkillLevel, view: RoadmapView) -> str:
    skill = view.catalogue.tree.skills.get(known.skill)
    return view.area(skill.area) if skill else ""


def _level_row(known: SkillLevel, view: RoadmapView) -> Sheet:
    return {
        "name": view.skill(known.skill),
        "area": _area_name(known, view),
        "claimed": level(known.claimed),
        "evidenced": level(known.evidenced),
        "mean": level(known.mean),
        "interval": interval(known.low, known.high),
        "pieces": len(known.evidence),
        "remarks": [remark for remark in (known.conflict, known.flag) if remark],
    }


def _silent(view: RoadmapView) -> str:
    quiet = len(view.levels.skills) - len(_levels(view))
    if quiet <= 0:
        return ""
    return gettext(
        "%(count)s further skills are not listed: nothing is known about them, and the role does not ask for them.",
        count=quiet,
    )


def _sources(view: RoadmapView) -> list[Sheet]:
    """Where demand, content and method come from."""
    rows = []
    pack = view.role.pack
    if pack:
        rows.append(
            (
                gettext("Demand"),
                gettext(
                    "%(ads)s advertisements of %(companies)s companies, %(first)s to %(last)s: %(source)s",
                    ads=pack.ads,
                    companies=pack.companies,
                    first=day_of(pack.first_date),
                    last=day_of(pack.last_date),
                    source=content(pack.source),
                ),
                "data",
            )
        )
    else:
        rows.append(
            (
                gettext("Demand"),
                gettext("No advertisements of this role are counted yet; every impact is 3 (1–5)."),
                "assumption",
            )
        )
    bases = sorted({gap.impact.basis for gap in view.report.gaps if pack is None or gap.impact.companies})
    rows += [(gettext("Impact"), content(basis), basis_word(basis)) for basis in bases]
    method = gettext("Severity × impact, and a focus of three to five: the case study.")
    rows.append((gettext("Priority"), method, "book"))
    plan = view.plan
    if isinstance(plan, Plan):
        rows.append(
            (
                gettext("Plan"),
                gettext(
                    "Solved with seed %(seed)s; %(dates)s; every rule checked again in plain code.",
                    seed=plan.seed,
                    dates=span(plan.start, plan.quarters[-1].end),
                ),
                "assumption",
            )
        )
    return [{"name": name, "words": words, "basis": basis_name(basis)} for name, words, basis in rows]
