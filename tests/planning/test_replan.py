"""What a replan keeps, moves, drops and adds, in the situations that people get into."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from factories import (  # type: ignore[import-not-found]
    ACTIVITIES,
    CATALOGUE,
    EASY,
    QUICK,
    SKILLS,
    TODAY,
    make_activity,
    make_brief,
    with_activities,
    with_person,
)
from milepost.model.people import Away, Choices, Evidence, EvidenceKind
from milepost.model.plans import Infeasible, Plan
from milepost.model.replans import Replan
from milepost.model.roles import Route
from milepost.model.year import (
    Artefact,
    MilestoneRecord,
    Pause,
    Proof,
    ProofKind,
    Session,
    Step,
    StepKind,
    Year,
)
from milepost.planning.remaining import make_remaining
from milepost.planning.replan import replan
from milepost.planning.rules import violations
from milepost.planning.solve import solve_plan
from milepost.planning.standing import adapt, read_standing
from planning.lived import finish, on_schedule  # type: ignore[import-not-found]

LOW = dict.fromkeys(SKILLS, 1.2)
BRIEF = make_brief(LOW, hours=6.0)


@cache
def the_plan() -> Plan:
    found = solve_plan(BRIEF, effort=QUICK)
    assert isinstance(found, Plan)
    return found


def plan_of(brief=BRIEF) -> Plan:
    if brief is BRIEF:
        return the_plan()
    found = solve_plan(brief, effort=QUICK)
    assert isinstance(found, Plan)
    return found


def on(weeks: int, days: int = 0) -> dt.date:
    day: dt.date = TODAY + dt.timedelta(weeks=weeks, days=days)
    return day


def again(year: Year, today: dt.date, *, brief=BRIEF, plan: Plan | None = None, **more) -> Replan:
    found = replan(brief, plan or plan_of(), year=year, today=today, effort=QUICK, **more)
    assert isinstance(found, Replan), found
    return found


def standing_of(year: Year, today: dt.date, *, brief=BRIEF):
    return read_standing(brief, plan_of(), year=year, today=today)


def problem_of(year: Year, today: dt.date, *, brief=BRIEF):
    standing = standing_of(year, today, brief=brief)
    return make_remaining(adapt(brief, standing), standing)


def row_of(plan: Plan, id_: str):
    return next(row for row in plan.activities if row.id == id_)


def first_ids(count: int) -> list[str]:
    return [row.id for row in plan_of().quarters[0].activities][:count]


# --- what is done -------------------------------------------------------------------------


def test_finished_work_lies_on_its_real_days_and_is_told_of():
    (one,) = first_ids(1)
    year = Year(
        steps=(Step(on(0, 2), one, StepKind.STARTED), Step(on(1, 3), one, StepKind.FINISHED, hours=9.5))
    )
    found = again(year, on(2))
    row = row_of(found.plan, one)
    assert (row.start, row.end, row.start_week, row.end_week) == (on(0, 2), on(1, 3), 1, 2)
    assert row.hours == ACTIVITIES[one].hours.p50
    (told,) = (change for change in found.kept if change.id == one)
    assert told.reason == f"finished on {on(1, 3)} in 9.5 h"


def test_work_finished_without_a_recorded_start_began_as_planned_or_on_the_day_itself():
    one, two = first_ids(2)
    plan = plan_of()
    early = finish(plan, one)
    assert again(early, on(5)).standing.finished[0].first == row_of(plan, one).start
    year = Year(steps=(Step(TODAY, two, StepKind.FINISHED),))
    assert again(year, on(5)).standing.finished[0].first == TODAY


def test_what_was_finished_off_the_plan_is_part_of_the_new_one():
    (unplanned,) = [id_ for id_ in ("vision-course",) if id_ not in {r.id for r in plan_of().activities}]
    found = again(Year(steps=(Step(on(1), unplanned, StepKind.FINISHED),)), on(2))
    row = row_of(found.plan, unplanned)
    assert row.why == "Finished, although no plan asked for it"
    assert unplanned in {change.id for change in found.kept}
    assert violations(found.plan, BRIEF, standing=found.standing) == ()


def test_free_words_and_days_to_come_are_no_part_of_the_standing():
    (one,) = first_ids(1)
    year = Year(steps=(Step(on(1), "read a novel", StepKind.FINISHED), Step(on(3), one, StepKind.FINISHED)))
    assert standing_of(year, on(2)).finished == ()


def test_finished_work_stays_when_the_catalogue_forgets_it():
    (one,) = first_ids(1)
    smaller = with_activities(BRIEF, {i: a for i, a in CATALOGUE.activities.items() if i != one})
    found = again(finish(plan_of(), one), on(4), brief=smaller)
    assert row_of(found.plan, one).title == row_of(plan_of(), one).title


def test_a_finished_requirement_is_met_and_a_skipped_one_is_not():
    plan = plan_of()
    waiting = next(row for row in plan.activities if row.requires)
    (required, *_) = waiting.requires
    done = again(finish(plan, required), row_of(plan, required).end + dt.timedelta(days=1))
    assert waiting.id in {row.id for row in done.plan.activities}
    assert required in row_of(done.plan, waiting.id).requires
    skipped = again(Year(steps=(Step(TODAY, required, StepKind.SKIPPED),)), TODAY)
    reasons = {change.id: change.reason for change in skipped.dropped}
    assert reasons[required] == "you skipped it"
    assert reasons[waiting.id] == f"waits for {required}, which is not planned either"


# --- practice counts once -----------------------------------------------------------------


def test_practice_counts_on_the_curve_until_newer_evidence_speaks():
    """Why: levels are estimated anew from evidence; counting the practice too would count it twice."""
    (one,) = first_ids(1)
    skills = {gain.skill for gain in ACTIVITIES[one].gains}
    year, today = finish(plan_of(), one), on(4)
    assert {gain.skill for gain in problem_of(year, today).practised} == skills
    last = standing_of(year, today).finished[0].last
    for day, seen in ((last - dt.timedelta(days=1), False), (last, True), (today, True), (on(9), False)):
        pieces = tuple(Evidence(skill, EvidenceKind.ARTEFACT, 2.0, date=day) for skill in sorted(skills))
        brief = with_person(BRIEF, evidence=pieces)
        assert (problem_of(year, today, brief=brief).practised == ()) == seen


def test_a_plan_lived_as_planned_is_worth_what_it_was():
    """Why: without new evidence nothing was learned about the person, so the value must not move."""
    plan = plan_of()
    found = again(on_schedule(plan, on(13)), on(13))
    assert found.plan.objective == pytest.approx(plan.objective, rel=0.02)
    assert found.plan.levels_after == pytest.approx(plan.levels_after, abs=0.15)


def test_a_waiver_lets_the_year_go_on_and_earns_nothing():
    one = next(row.id for row in plan_of().quarters[0].activities if row.public)
    year = finish(plan_of(), one, proof=Proof(ProofKind.WAIVER, "the host was down"))
    found = again(year, on(8))
    assert problem_of(year, on(8)).practised == ()
    assert found.standing.shown == {}
    assert found.standing.accepted == {}
    (told,) = (change for change in found.kept if change.id == one)
    assert told.reason.endswith("waived: it earns nothing")


# --- what was started ---------------------------------------------------------------------


def test_started_work_needs_the_hours_that_are_left_of_it():
    (one,) = first_ids(1)
    hours = ACTIVITIES[one].hours.p50
    sessions = (Session(on(0, 1), activity=one, minutes=120), Session(on(0, 3), activity=one, minutes=60))
    found = again(Year(steps=(Step(TODAY, one, StepKind.STARTED),), sessions=sessions), on(1))
    row = row_of(found.plan, one)
    assert row.hours == pytest.approx(hours - 3)
    assert row.start_week >= 2
    told = next(c for c in (*found.kept, *found.moved) if c.id == one)
    assert f"started on {TODAY}, 3 h logged, {hours - 3:g} h left" in told.reason


def test_overrun_work_still_takes_something():
    (one,) = first_ids(1)
    hours = ACTIVITIES[one].hours.p50
    year = Year(steps=(Step(TODAY, one, StepKind.STARTED, hours=2 * hours),))
    work = standing_of(year, on(3)).started[0]
    assert work.hours_left == pytest.approx(EASY.least_left * hours, abs=0.05)


def test_started_work_is_kept_unless_told_otherwise():
    worthless = "algebra-course"
    brief = make_brief({**LOW, "algebra": 4.9}, hours=6.0)
    plan = plan_of(brief)
    assert worthless not in {row.id for row in plan.activities}
    year = Year(steps=(Step(on(1), worthless, StepKind.STARTED),))
    kept = again(year, on(2), brief=brief, plan=plan)
    assert worthless in {row.id for row in kept.plan.activities}
    dropped = again(year, on(2), brief=brief, plan=plan, keep_started=False)
    assert worthless not in {row.id for row in dropped.plan.activities}


def test_started_work_that_no_longer_fits_is_an_answer_that_names_it():
    plan = plan_of()
    one = next(row.id for row in plan.quarters[-1].activities if not row.meets and row.hours >= 10)
    ended = Year(steps=(*on_schedule(plan, on(25)).steps, Step(on(24), one, StepKind.STARTED)))
    others = tuple(s for s in ended.steps if s.activity != one or s.kind is StepKind.STARTED)
    needs = tuple(
        Step(on(24), row.id, StepKind.FINISHED) for row in plan.activities if row.meets and row.end >= on(25)
    )
    found = replan(BRIEF, plan, year=Year(steps=(*others, *needs)), today=on(25, 2), effort=QUICK)
    assert isinstance(found, Infeasible)
    fields = {relax.field for relax in found.relax}
    assert {"keep_started", "weeks"} <= fields
    assert any(one in relax.message for relax in found.relax)


# --- what has passed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "week"), [(-30, 1), (0, 1), (3, 1), (4, 2), (7, 2), (175, 26), (181, 27), (400, 58)]
)
def test_a_week_is_open_while_most_of_it_is_left(days, week):
    assert standing_of(Year(), TODAY + dt.timedelta(days=days)).first_week == week


def test_what_was_not_begun_moves_on_with_the_reason():
    found = again(Year(), on(3))
    late = [row for row in plan_of().activities if row.end_week < 4]
    told = {change.id: change.reason for change in (*found.moved, *found.dropped)}
    assert late
    for row in late:
        assert "passed without a start" in told[row.id]


def test_a_quarter_that_has_begun_may_use_its_slack_to_catch_up_but_not_all_of_it():
    """Why: 30 % of the hours are left free for missed weeks; dropping work at the first one wastes them."""
    whole = problem_of(Year(), on(0)).buckets[0]
    late = problem_of(Year(), on(2)).buckets[0]
    assert late.tenths == whole.tenths
    later = problem_of(Year(), on(6)).buckets[0]
    assert later.tenths == int(EASY.catch_up_load * sum(later.week_tenths) + 1e-6)
    plan = plan_of()
    ahead = problem_of(on_schedule(plan, on(6)), on(6)).buckets[0]
    assert ahead.tenths <= later.tenths
    assert ahead.tenths >= int(EASY.plan_load * sum(ahead.week_tenths)) - 1


def test_a_short_rest_of_a_quarter_asks_for_nothing_of_its_own():
    assert problem_of(Year(), on(7)).asks(problem_of(Year(), on(7)).buckets[0]) == (1, 1)
    assert problem_of(Year(), on(8)).asks(problem_of(Year(), on(8)).buckets[0]) == (0, 0)
    assert problem_of(Year(), on(8)).asks(problem_of(Year(), on(8)).buckets[1]) == (1, 1)


def test_what_was_accepted_and_shown_is_not_asked_for_again():
    year = Year(
        artefacts=(Artefact(on(1), "a post", public=True), Artefact(on(1), "a draft")),
        milestones=(MilestoneRecord(1, on(2)), MilestoneRecord(2)),
    )
    problem = problem_of(year, on(3))
    assert [problem.asks(bucket) for bucket in problem.buckets] == [(0, 0), (1, 1)]


def test_a_need_of_the_route_that_was_met_is_met_and_one_that_was_missed_moves_on():
    search = next(row for row in plan_of().activities if "search" in row.meets)
    year = Year(steps=(Step(on(2), search.id, StepKind.FINISHED),))
    assert [need.id for need in problem_of(year, on(3)).needs] == ["interviews"]
    brief = make_brief(LOW, route=Route.INSIDE, hours=6.0)
    plan = solve_plan(brief, effort=QUICK)
    assert isinstance(plan, Plan)
    standing = read_standing(brief, plan, year=Year(), today=on(14))
    (need,) = make_remaining(adapt(brief, standing), standing).needs
    assert (need.id, need.quarters) == ("sponsor", (2,))


def test_the_quarters_stay_where_they_were_when_the_year_grows_longer():
    longer = replace(BRIEF, weeks=39)
    found = again(Year(), on(2), brief=longer)
    assert [q.start for q in found.plan.quarters[:2]] == [q.start for q in plan_of().quarters]
    assert found.plan.quarters[2].start == on(26)
    shorter = make_brief(LOW, hours=6.0, weeks=30)
    plan = plan_of(shorter)
    assert len(plan.quarters) == 2
    grown = again(Year(), on(2), brief=replace(shorter, weeks=43), plan=plan)
    assert [(q.start, q.end) for q in grown.plan.quarters[:2]] == [(q.start, q.end) for q in plan.quarters]
    twice = again(Year(), on(3), brief=replace(shorter, weeks=43), plan=grown.plan)
    assert [q.start for q in twice.plan.quarters] == [q.start for q in grown.plan.quarters]


def test_after_the_last_week_only_a_longer_year_helps():
    plan = plan_of()
    found = replan(BRIEF, plan, year=on_schedule(plan, on(13)), today=on(27), effort=QUICK)
    assert isinstance(found, Infeasible)
    assert found.because[0].startswith(f"The plan ended on {on(26, -1)}, and this is still open: ")
    assert [relax.field for relax in found.relax if relax.field == "weeks"] == ["weeks"]
    assert "capacity.hours_per_week" not in {relax.field for relax in found.relax}


def test_a_year_that_is_over_and_done_is_its_own_history():
    plan = plan_of()
    found = again(on_schedule(plan, on(27)), on(27))
    assert {row.id for row in found.plan.activities} == {row.id for row in plan.activities}
    assert found.plan.finish.p95 == max(row.end for row in found.plan.activities)
    assert not found.changed


# --- what is new --------------------------------------------------------------------------


def test_days_away_and_pauses_move_the_work_out_of_them():
    row = plan_of().quarters[0].activities[-1]
    away = (Away(row.start, row.end),)
    brief = replace(BRIEF, person=replace(BRIEF.person, capacity=replace(BRIEF.person.capacity, away=away)))
    by_file = again(Year(), TODAY, brief=brief)
    by_pause = again(Year(pauses=(Pause(row.start, row.end),)), TODAY)
    for found in (by_file, by_pause):
        told = next((c for c in (*found.moved, *found.dropped) if c.id == row.id), None)
        assert told is not None
        assert told.new_weeks is None or told.new_weeks != told.old_weeks
        if told.new_weeks is not None:
            assert "no hours now" in told.reason
    assert [(q.start, [a.id for a in q.activities]) for q in by_file.plan.quarters] == [
        (q.start, [a.id for a in q.activities]) for q in by_pause.plan.quarters
    ]


def test_an_exclusion_drops_its_activity_and_leaves_the_others_alone():
    row = next(r for r in plan_of().activities if not r.meets and not r.public and r.end_week < 13)
    needed = {required for other in plan_of().activities for required in other.requires}
    assert row.id not in needed or row.requires
    brief = with_person(BRIEF, activities=Choices(exclude=(row.id,)))
    found = again(Year(), TODAY, brief=brief)
    reasons = {change.id: change.reason for change in found.dropped}
    assert reasons[row.id] == "you excluded it"
    assert found.unchanged_share >= 0.6


def test_another_route_drops_what_needs_an_employer():
    inside = make_brief(LOW, route=Route.INSIDE, hours=6.0)
    plan = plan_of(inside)
    outside = make_brief(LOW, hours=6.0)
    found = again(Year(), on(2), brief=outside, plan=plan)
    reasons = {change.id: change.reason for change in found.dropped}
    assert reasons["sponsor-talks"] == "it needs a present employer, and the route goes outside now"
    assert found.plan.route == "outside"
    assert {"applications", "mock-interviews"} <= {change.id for change in found.added}


def test_a_better_activity_in_the_catalogue_is_worth_a_change():
    gem = make_activity("gem", 6, {"python": 4.0, "inference": 4.0}, up_to=5.0, public=True)
    brief = with_activities(BRIEF, {**ACTIVITIES, "gem": gem})
    found = again(Year(), on(1), brief=brief)
    assert "gem" in {change.id for change in found.added}
    assert all(change.reason for change in found.added)


def test_a_pin_that_was_finished_or_skipped_binds_no_more():
    (one,) = first_ids(1)
    brief = with_person(BRIEF, activities=Choices(pin=(one,)))
    for kind in (StepKind.FINISHED, StepKind.SKIPPED):
        found = again(Year(steps=(Step(on(1), one, kind),)), on(2), brief=brief)
        assert violations(found.plan, brief, standing=found.standing) == ()


def test_finished_stays_finished_and_a_skip_may_be_taken_back():
    one, two = first_ids(2)
    steps = (
        Step(on(0, 1), one, StepKind.FINISHED),
        Step(on(0, 2), one, StepKind.SKIPPED),
        Step(on(0, 1), two, StepKind.SKIPPED),
        Step(on(0, 2), two, StepKind.STARTED),
    )
    standing = standing_of(Year(steps=steps), on(1))
    assert [work.id for work in standing.finished] == [one]
    assert [work.id for work in standing.started] == [two]
    assert standing.skipped == ()
