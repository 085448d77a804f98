"""Values → the plain JSON documents of the outside contract; schemas are in ``docs/schemas``."""

from collections.abc import Mapping, Sequence

from milepost.errors import Problem
from milepost.model.comparison import Comparison
from milepost.model.gaps import Gap, GapReport, Impact, TShape
from milepost.model.levels import EvidenceWeight, Levels, SkillLevel
from milepost.model.plans import Infeasible, LeftOut, Plan, PlannedActivity, Quarter, Violation

Document = dict[str, object]


def _number(value: float | None) -> float | None:
    """A float with four decimals, never minus zero."""
    return None if value is None else round(value, 4) + 0.0


def levels_document(levels: Levels) -> Document:
    """Every skill with its three levels that are never merged."""
    return {
        "person": levels.person,
        "as_of": levels.as_of,
        "skills": [_skill(level) for level in levels.skills.values()],
    }


def _skill(level: SkillLevel) -> Document:
    return {
        "id": level.skill,
        "claimed": _number(level.claimed),
        "evidenced": _number(level.evidenced),
        "mean": _number(level.mean),
        "sd": _number(level.sd),
        "low": _number(level.low),
        "high": _number(level.high),
        "evidence": [_evidence(piece) for piece in level.evidence],
        "conflict": level.conflict,
        "flag": level.flag,
    }


def _evidence(piece: EvidenceWeight) -> Document:
    return {
        "kind": piece.kind.value,
        "observed": _number(piece.observed),
        "weight": _number(piece.weight),
        "z": _number(piece.z),
        "date": piece.date,
        "title": piece.title,
        "rater": piece.rater,
    }


def gaps_document(report: GapReport, *, unlocks: Mapping[str, float] | None = None) -> Document:
    """The T, every gap with its numbers, and the focus; ``unlocks`` where there are own advertisements."""
    return {
        "person": report.person,
        "role": report.role,
        "as_of": report.as_of,
        "t_shape": _t_shape(report.t_shape),
        "skills": [_gap(gap, unlocks) for gap in report.gaps],
        "focus": list(report.focus),
        "focus_note": report.focus_note,
        "seed": report.seed,
    }


def _t_shape(shape: TShape) -> Document:
    return {
        "breadth": _number(shape.breadth),
        "depth": _number(shape.depth),
        "index": _number(shape.index),
        "weakest": shape.weakest,
        "shape": shape.shape,
        "areas": [
            {
                "id": area.area,
                "name": area.name,
                "level": {"mean": _number(area.level), "low": _number(area.low), "high": _number(area.high)},
                "target": _number(area.target),
                "specialisation": area.specialisation,
            }
            for area in shape.areas
        ],
    }


def _gap(gap: Gap, unlocks: Mapping[str, float] | None) -> Document:
    return {
        "id": gap.skill,
        "name": gap.name,
        "area": gap.area,
        "target": _number(gap.target),
        "target_reason": gap.target_reason,
        "level": {"mean": _number(gap.mean), "low": _number(gap.low), "high": _number(gap.high)},
        "gap": _number(gap.gap),
        "severity": gap.severity,
        "expected_gap": _number(gap.expected_gap),
        "impact": _impact(gap.impact),
        "priority": gap.priority,
        "rank": gap.rank,
        "tie_break": gap.tie_break,
        "in_focus": gap.in_focus,
        "stability": _number(gap.stability),
        "dependants": gap.dependants,
        "unlock": None if unlocks is None else _number(unlocks.get(gap.skill, 0.0)),
        "hours": {
            "low": _number(gap.hours_low),
            "likely": _number(gap.hours),
            "high": _number(gap.hours_high),
        },
    }


def _impact(impact: Impact) -> Document:
    return {
        "score": impact.score,
        "low": impact.low,
        "high": impact.high,
        "share": _number(impact.share),
        "share_low": _number(impact.share_low),
        "share_high": _number(impact.share_high),
        "strength": _number(impact.strength),
        "ads": impact.ads,
        "companies": _number(impact.companies),
        "measured": impact.measured,
        "basis": impact.basis,
        "note": impact.note,
    }


def plan_document(plan: Plan | Infeasible, violations: Sequence[Violation] = ()) -> Document:
    """A plan, or why there is none: then ``status`` is infeasible and the numbers are null."""
    return _no_plan(plan, violations) if isinstance(plan, Infeasible) else _plan(plan, violations)


def _plan(plan: Plan, violations: Sequence[Violation]) -> Document:
    finish = plan.finish
    return {
        "person": plan.person,
        "role": plan.role,
        "route": plan.route,
        "start": plan.start.isoformat(),
        "weeks": plan.weeks,
        "stated_hours": _number(plan.stated_hours),
        "capacity_hours": _number(plan.capacity_hours),
        "planned_hours": _number(plan.planned_hours),
        "status": plan.status,
        "objective": _number(plan.objective),
        "bound": _number(plan.bound),
        "greedy": _number(plan.greedy),
        "quarters": [_quarter(quarter) for quarter in plan.quarters],
        "left_out": [_left_out(row) for row in plan.left_out],
        "finish": {
            "p50": finish.p50.isoformat(),
            "p80": finish.p80.isoformat(),
            "p95": finish.p95.isoformat(),
            "runs": finish.runs,
            "seed": finish.seed,
            "assumptions": list(finish.assumptions),
        },
        "levels_before": {skill: _number(level) for skill, level in sorted(plan.levels_before.items())},
        "levels_after": {skill: _number(level) for skill, level in sorted(plan.levels_after.items())},
        "seed": plan.seed,
        "notes": list(plan.notes),
        "violations": [_violation(violation) for violation in violations],
    }


def _no_plan(plan: Infeasible, violations: Sequence[Violation]) -> Document:
    return {
        "person": plan.person,
        "role": plan.role,
        "start": plan.start.isoformat(),
        "weeks": plan.weeks,
        "capacity_hours": _number(plan.capacity_hours),
        "planned_hours": 0.0,
        "status": "infeasible",
        "objective": None,
        "bound": None,
        "quarters": [],
        "left_out": [_left_out(row) for row in plan.left_out],
        "finish": None,
        "because": list(plan.because),
        "relax": [{"field": r.field, "value": r.value, "message": r.message} for r in plan.relax],
        "violations": [_violation(violation) for violation in violations],
    }


def _quarter(quarter: Quarter) -> Document:
    milestone = quarter.milestone
    return {
        "number": quarter.number,
        "start": quarter.start.isoformat(),
        "end": quarter.end.isoformat(),
        "theme": quarter.theme,
        "theme_area": quarter.theme_area,
        "hours": _number(quarter.hours),
        "capacity_hours": _number(quarter.capacity_hours),
        "milestone": None
        if milestone is None
        else {
            "activity": milestone.activity,
            "title": milestone.title,
            "evidence": list(milestone.evidence),
            "if_then": milestone.if_then,
            "due": milestone.due.isoformat(),
        },
        "activities": [_activity(activity) for activity in quarter.activities],
    }


def _activity(activity: PlannedActivity) -> Document:
    return {
        "id": activity.id,
        "activity": activity.activity,
        "title": activity.title,
        "kind": activity.kind,
        "hours": _number(activity.hours),
        "start_week": activity.start_week,
        "end_week": activity.end_week,
        "start": activity.start.isoformat(),
        "end": activity.end.isoformat(),
        "hours_per_week": _number(activity.hours_per_week),
        "requires": list(activity.requires),
        "gains": [
            {"skill": step.skill, "from": _number(step.before), "to": _number(step.after)}
            for step in activity.gains
        ],
        "public": activity.public,
        "evidence": list(activity.evidence),
        "practice": {"goal": activity.practice_goal, "feedback": activity.feedback},
        "inside": activity.inside,
        "resource": {"name": activity.resource_name, "url": activity.resource_url},
        "cost_usd": _number(activity.cost_usd),
        "meets": list(activity.meets),
        "why": activity.why,
    }


def _left_out(row: LeftOut) -> Document:
    return {"id": row.id, "title": row.title, "reason": row.reason, "displaced_by": row.displaced_by}


def _violation(violation: Violation) -> Document:
    return {"rule": violation.rule, "subject": violation.subject, "message": violation.message}


def check_document(problems: Sequence[Problem]) -> Document:
    """Every problem of the files that were checked; an empty list when there is none."""
    return {
        "problems": [
            {
                "path": p.path,
                "line": p.line,
                "column": p.column,
                "field": p.field,
                "message": p.message,
                "hint": p.hint,
            }
            for p in problems
        ]
    }


def comparison_document(comparison: Comparison) -> Document:
    """The comparative analysis; ``n`` comes first because everything else depends on it."""
    return {
        "n": comparison.n,
        "people": list(comparison.people),
        "rows": [
            {"dimension": row.dimension, "cells": list(row.cells), "basis": row.basis}
            for row in comparison.rows
        ],
        "notes": list(comparison.notes),
    }
