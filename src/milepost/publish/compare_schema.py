"""Recorded years compared → the JSON document of ``milepost compare --json``."""

from milepost.model.comparison import (
    AgainstPlan,
    Agility,
    Credited,
    Finding,
    HypeRecord,
    LargestGap,
    LivedYear,
    Move,
    TimeSpent,
    YearComparison,
)
from milepost.model.gaps import TShape

Document = dict[str, object]


def _number(value: float | None) -> float | None:
    """A float with four decimals, never minus zero."""
    return None if value is None else round(value, 4) + 0.0


def years_document(comparison: YearComparison) -> Document:
    """The comparative analysis; ``n`` comes first because everything else depends on it."""
    return {
        "n": comparison.n,
        "people": list(comparison.people),
        "doubts": list(comparison.doubts),
        "rows": [
            {"dimension": row.dimension, "cells": list(row.cells), "basis": row.basis}
            for row in comparison.rows
        ],
        "years": [_year(year) for year in comparison.years],
        "findings": [_finding(finding) for finding in comparison.findings],
        "spreads": [
            {
                "figure": spread.figure,
                "n": spread.n,
                "low": _number(spread.low),
                "median": _number(spread.median),
                "high": _number(spread.high),
            }
            for spread in comparison.spreads
        ],
        "notes": list(comparison.notes),
        "left_out": [{"person": name, "reason": reason} for name, reason in comparison.left_out],
    }


def _year(year: LivedYear) -> Document:
    return {
        "person": year.person,
        "role": year.role,
        "role_name": year.role_name,
        "route": year.route,
        "source": year.source,
        "illustrative": year.illustrative,
        "start": year.start.isoformat(),
        "end": year.end.isoformat(),
        "transfer_share": {"value": _number(year.transfer_share), "basis": year.transfer_basis},
        "starting_advantage": [
            {"area": s.area, "name": s.name, "leverage": _number(s.leverage), "skills": list(s.skills)}
            for s in year.strengths
        ],
        "biggest_gap": _gap(year.gap),
        "most_valuable_activity": {
            "credit": [_credited(row) for row in year.most_valuable],
            "points_given": _number(year.credit_given),
            "witness": _credited(year.witness) if year.witness else None,
        },
        "move": _move(year.move),
        "months_functional": _number(year.move.months_functional) if year.move else None,
        "months_formal": _number(year.move.months_formal) if year.move else None,
        "t_before": _shape(year.before),
        "t_after": _shape(year.after),
        "hours": _time(year.time),
        "artefacts": {"by_verification": dict(year.artefacts), "public": year.public_artefacts},
        "against_plan": _plan(year.plan),
        "on_plan_ratio": _number(year.plan.on_plan_ratio),
        "key_learning": _learning(year),
        "agility": _agility(year.agility),
        "hype": _hype(year.hype),
    }


def _gap(gap: LargestGap | None) -> Document | None:
    if gap is None:
        return None
    return {
        "skill": gap.skill,
        "name": gap.name,
        "severity": gap.severity,
        "impact": gap.impact,
        "priority": gap.priority,
        "area": {"id": gap.area, "name": gap.area_name, "priority": gap.area_priority},
    }


def _credited(row: Credited) -> Document:
    return {
        "name": row.name,
        "title": row.title,
        "kind": row.kind,
        "points": _number(row.points),
        "hours": _number(row.hours),
        "public": row.public,
        "verified": row.verified,
        "by": list(row.by),
        "signal": _number(row.signal),
    }


def _move(move: Move | None) -> Document | None:
    if move is None:
        return None
    return {
        "kind": move.kind,
        "route": move.route,
        "role": move.role,
        "functional_start": move.functional_start.isoformat() if move.functional_start else None,
        "formal_date": move.formal_date.isoformat() if move.formal_date else None,
        "planned_quarter": move.planned_quarter,
        "formal_quarter": move.formal_quarter,
    }


def _shape(shape: TShape) -> Document:
    return {
        "breadth": _number(shape.breadth),
        "depth": _number(shape.depth),
        "index": _number(shape.index),
        "weakest": shape.weakest,
        "shape": shape.shape,
    }


def _time(time: TimeSpent) -> Document:
    return {
        "logged": _number(time.logged),
        "checkins": time.checkins,
        "on_activities": _number(time.on_work),
        "by_area": [{"area": a.area, "name": a.name, "hours": _number(a.hours)} for a in time.by_area],
        "durable_share": _number(time.durable_share),
    }


def _plan(plan: AgainstPlan) -> Document:
    return {
        "basis": plan.basis,
        "planned_hours": _number(plan.planned_hours),
        "earned_hours": _number(plan.earned_hours),
        "milestones": plan.milestones,
        "accepted": plan.accepted,
        "in_time": plan.in_time,
        "waived": plan.waived,
        "days_late": list(plan.days_late),
    }


def _learning(year: LivedYear) -> Document:
    key = year.key_lens
    return {
        "lens": key.id if key else None,
        "title": key.title if key else "",
        "lenses": [
            {
                "id": lens.id,
                "title": lens.title,
                "credit_share": _number(lens.credit_share),
                "hours_share": _number(lens.hours_share),
                "lift": _number(lens.lift),
            }
            for lens in year.lenses
        ],
        "own_words": year.learned,
    }


def _agility(agility: Agility) -> Document:
    return {
        "days_early": list(agility.early),
        "days_late": list(agility.late),
        "hours_per_level": _number(agility.hours_per_level),
    }


def _hype(hype: HypeRecord) -> Document:
    return {
        "things": hype.things,
        "decisions": dict(hype.decisions),
        "looked_again": hype.looked_again,
        "due": hype.due,
        "dropped": hype.dropped,
        "off_plan_share": _number(hype.off_plan_share),
    }


def _finding(finding: Finding) -> Document:
    return {
        "lesson": finding.lesson,
        "title": finding.title,
        "sentence": finding.sentence,
        "rule": finding.rule,
        "holds": finding.holds,
        "of": finding.of,
        "n": finding.n,
        "evidence": list(finding.evidence),
    }
