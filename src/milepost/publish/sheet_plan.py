"""The part of a sheet that is about the plan: quarters, activities, finish dates, or why none fits."""

from milepost.model.language import day, decimal, gettext, span
from milepost.model.plans import Infeasible, LevelStep, Plan, PlannedActivity, Quarter
from milepost.publish.view import RoadmapView
from milepost.publish.words import KINDS, hours, level, percent, safe_address

Sheet = dict[str, object]


def quarter_sheets(plan: Plan, view: RoadmapView) -> list[Sheet]:
    """Every quarter with its milestone and activities."""
    return [_quarter(quarter, view) for quarter in plan.quarters]


def _quarter(quarter: Quarter, view: RoadmapView) -> Sheet:
    milestone = quarter.milestone
    share = quarter.hours / quarter.capacity_hours if quarter.capacity_hours else 0.0
    ordered = sorted(quarter.activities, key=lambda a: (a.start, a.end, a.id))
    return {
        "number": quarter.number,
        "theme": quarter.theme,
        "dates": span(quarter.start, quarter.end),
        "hours": gettext(
            "%(hours)s of %(capacity)s (%(share)s)",
            hours=hours(quarter.hours),
            capacity=hours(quarter.capacity_hours),
            share=percent(share),
        ),
        "milestone": None
        if milestone is None
        else {
            "title": milestone.title,
            "due": day(milestone.due),
            "evidence": list(milestone.evidence),
            "if_then": milestone.if_then,
            "activity": view.activity(milestone.activity),
        },
        "activities": [
            _activity(activity, f"{quarter.number}.{index}", view)
            for index, activity in enumerate(ordered, start=1)
        ],
    }


def _activity(activity: PlannedActivity, code: str, view: RoadmapView) -> Sheet:
    first, last = activity.start_week, activity.end_week
    return {
        "code": code,
        "title": activity.title,
        "kind": gettext(KINDS[activity.kind]) if activity.kind in KINDS else activity.kind,
        "public": activity.public,
        "dates": span(activity.start, activity.end),
        "weeks": gettext("week %(week)s", week=first)
        if first == last
        else gettext("weeks %(first)s–%(last)s", first=first, last=last),
        "hours": hours(activity.hours),
        "hours_per_week": gettext("%(hours)s a week", hours=hours(activity.hours_per_week)),
        "why": activity.why,
        "requires": [view.activity(required) for required in activity.requires],
        "gains": [
            _gain(step, view) for step in activity.gains if round(step.after, 1) > round(step.before, 1)
        ],
        "goal": activity.practice_goal,
        "feedback": activity.feedback,
        "evidence": list(activity.evidence),
        "inside": activity.inside,
        "resource": activity.resource_name,
        "url": safe_address(activity.resource_url),
        "cost": gettext("%(amount)s US dollars", amount=decimal(activity.cost_usd))
        if activity.cost_usd
        else "",
    }


def _gain(step: LevelStep, view: RoadmapView) -> Sheet:
    return {"skill": view.skill(step.skill), "from": level(step.before), "to": level(step.after)}


def finish_sheet(plan: Plan) -> Sheet:
    """The three finish dates with the model behind them."""
    finish = plan.finish
    return {
        "rows": [
            {"share": gettext("half"), "date": day(finish.p50)},
            {"share": percent(0.8), "date": day(finish.p80)},
            {"share": percent(0.95), "date": day(finish.p95)},
        ],
        "runs": finish.runs,
        "seed": finish.seed,
        "assumptions": list(finish.assumptions),
    }


def infeasible_sheet(plan: Infeasible) -> Sheet:
    """Why no plan fits, and the smallest changes that would make one fit."""
    return {
        "start": day(plan.start),
        "weeks": plan.weeks,
        "capacity": hours(plan.capacity_hours),
        "because": list(plan.because),
        "relax": [{"field": r.field, "value": r.value, "message": r.message} for r in plan.relax],
    }
