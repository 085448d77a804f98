"""The year → the plain JSON documents of the outside contract; schemas are in ``docs/schemas``."""

from milepost.model.agenda import Agenda, Task
from milepost.model.plans import Finish, Plan
from milepost.model.progress import Progress
from milepost.model.replans import Change, Replan
from milepost.publish.drafts import Draft
from milepost.publish.schema import Document, plan_document
from milepost.year.agility import Agility


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0


def agenda_document(agenda: Agenda) -> Document:
    """What to do on a day."""
    return {
        "person": agenda.person,
        "as_of": agenda.as_of.isoformat(),
        "kind": agenda.kind,
        "week": agenda.week,
        "weeks": agenda.weeks,
        "quarter": agenda.quarter,
        "tasks": [_task(task) for task in agenda.tasks],
        "cards_due": agenda.cards_due,
        "card_minutes": _figure(agenda.card_minutes),
        "checkin_due": agenda.checkin_due,
        "overhead_minutes": _figure(agenda.overhead_minutes),
        "milestone": agenda.milestone,
        "milestone_due": agenda.milestone_due.isoformat() if agenda.milestone_due else None,
        "if_then": agenda.if_then,
        "weeks_behind": _figure(agenda.weeks_behind),
        "notes": list(agenda.notes),
        "refresh": [
            {"skill": each.skill, "before": _figure(each.before), "now": _figure(each.now)}
            for each in agenda.refresh
        ],
    }


def _task(task: Task) -> Document:
    return {
        "activity": task.activity,
        "title": task.title,
        "kind": task.kind,
        "hours_left": _figure(task.hours_left),
        "hours_this_week": _figure(task.hours_this_week),
        "end": task.end.isoformat(),
        "goal": task.goal,
        "feedback": task.feedback,
        "started": task.started,
        "late": task.late,
        "advice": list(task.advice),
    }


def progress_document(person: str, progress: Progress, finish: Finish, agility: Agility | None) -> Document:
    """Planned, earned and actual, the forecast, the points of the burn-up, and learning agility."""
    pace = progress.pace
    return {
        "person": person,
        "as_of": progress.as_of.isoformat(),
        "planned_value": _figure(progress.planned_value),
        "earned_value": _figure(progress.earned_value),
        "waived": _figure(progress.waived),
        "budget": _figure(progress.budget),
        "actual_hours": _figure(progress.actual_hours),
        "effective_hours": _figure(progress.effective_hours),
        "actual_weeks": _figure(progress.actual_weeks),
        "earned_schedule_weeks": _figure(progress.earned_schedule_weeks),
        "spi_t": _figure(progress.spi_t),
        "cpi": _figure(progress.cpi),
        "status": progress.status,
        "forecast_finish": finish_document(finish),
        "on_plan_ratio": _figure(progress.on_plan_ratio),
        "distraction_ratio": _figure(progress.distraction_ratio),
        "public_artefacts": progress.public_artefacts,
        "checkin_weeks": progress.checkin_weeks,
        "milestones": {
            "accepted": list(progress.milestones_accepted),
            "waived": list(progress.milestones_waived),
            "missing": list(progress.milestones_missing),
        },
        "pace": {
            "factor": _figure(pace.factor),
            "sd": _figure(pace.sd),
            "missed_week": _figure(pace.missed_week),
            "finished": pace.finished,
            "weeks": pace.weeks,
        },
        "burn_up": [
            {
                "week": point.number,
                "end": point.end.isoformat(),
                "planned": _figure(point.planned),
                "earned": _figure(point.earned),
                "actual": _figure(point.actual),
            }
            for point in progress.points
        ],
        "agility": _agility(agility) if agility else None,
    }


def _agility(agility: Agility) -> Document:
    return {
        "hours_per_level": _figure(agility.hours_per_level),
        "by_quarter": {str(number): _figure(value) for number, value in agility.by_quarter.items()},
        "days_to_artefact": dict(agility.days_to_artefact),
        "tau": {area: _figure(tau) for area, tau in agility.tau.items()},
        "durable_share": _figure(agility.durable_share),
    }


def finish_document(finish: Finish) -> Document:
    """The days of a forecast, with the seed and the assumptions behind them."""
    return {
        "p50": finish.p50.isoformat(),
        "p80": finish.p80.isoformat(),
        "p95": finish.p95.isoformat(),
        "runs": finish.runs,
        "seed": finish.seed,
        "assumptions": list(finish.assumptions),
    }


def replan_document(found: Replan, *, accepted: bool) -> Document:
    """The new plan as ``plan`` gives it, and what became of the old one."""
    return {
        **plan_document(found.plan),
        "baseline": _outline(found.baseline),
        "moved": [_change(change) for change in found.moved],
        "kept": [_change(change) for change in found.kept],
        "dropped": [_change(change) for change in found.dropped],
        "added": [_change(change) for change in found.added],
        "unchanged_share": _figure(found.unchanged_share),
        "lost_share": _figure(found.lost_share),
        "accepted": accepted,
    }


def _outline(plan: Plan) -> Document:
    return {
        "start": plan.start.isoformat(),
        "weeks": plan.weeks,
        "planned_hours": _figure(plan.planned_hours),
        "activities": [
            {"id": a.id, "start_week": a.start_week, "end_week": a.end_week} for a in plan.activities
        ],
    }


def _change(change: Change) -> Document:
    return {
        "id": change.id,
        "title": change.title,
        "old_weeks": list(change.old_weeks) if change.old_weeks else None,
        "new_weeks": list(change.new_weeks) if change.new_weeks else None,
        "reason": change.reason,
        "because_of": change.because_of,
    }


def draft_document(draft: Draft) -> Document:
    """An outline: its sections with every line's words, day and place in the person file."""
    return {
        "form": draft.form.value,
        "title": draft.title,
        "parts": [
            {
                "heading": part.heading,
                "lines": [
                    {
                        "text": line.text,
                        "source": line.source,
                        "date": line.date.isoformat() if line.date else None,
                    }
                    for line in part.lines
                ],
                "missing": "" if part.lines else part.missing,
            }
            for part in draft.parts
        ],
        "left_out": [{"source": source, "reason": reason} for source, reason in draft.left_out],
    }
