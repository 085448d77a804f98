"""The employer file: what it adds to the routes, and every fault of it at once."""

import datetime as dt

import pytest

from milepost.errors import InvalidInput
from milepost.files.employer import read_employer
from milepost.model.roles import Route
from milepost.model.routes import Opening
from milepost.workflows.routes import NEAREST, compare_routes

TODAY = dt.date(2026, 11, 23)
WHOLE = """\
milepost: 1
employer: Northwind
joined: 2026-06-01
openings:
  - {role: computer-vision-engineer, team: Perception, level: L4}
ladder: [L3, L4, L5]
policy: {tenure_months: 12, notice_weeks: 4, posting_required: true}
"""


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "company.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_employer_file_is_read_with_all_that_it_says(file, catalogue):
    found = read_employer(file(WHOLE), catalogue=catalogue)
    assert (found.name, found.joined, found.ladder) == (
        "Northwind",
        dt.date(2026, 6, 1),
        ("L3", "L4", "L5"),
    )
    assert found.openings == (Opening("computer-vision-engineer", "Perception", "L4"),)
    assert (found.tenure_months, found.notice_weeks, found.posting_required, found.sponsor) == (
        12.0, 4.0, True, False,
    )  # fmt: skip


def test_an_employer_needs_no_more_than_a_name(file, catalogue):
    assert read_employer(file("employer: Northwind\n"), catalogue=catalogue).openings == ()


def test_every_fault_of_an_employer_file_is_named_at_once_with_its_line(file, catalogue):
    text = """\
milepost: 1
joined: someday
openings:
  - {role: computer-vison-engineer}
  - {team: Perception}
policy: {tenure_months: -1, notice_weeks: 99, posting_required: perhaps}
sponsor: Kim
colour: blue
"""
    with pytest.raises(InvalidInput) as caught:
        read_employer(file(text), catalogue=catalogue)
    problems = caught.value.problems
    lines = [problem.line for problem in problems]
    assert {2, 4, 5, 6, 7, 8} <= set(lines)
    assert lines.count(6) == 3
    assert any(problem.field == "employer" for problem in problems)
    assert any("computer-vision-engineer" in problem.hint for problem in problems)
    assert all(problem.hint and problem.path.endswith("company.yaml") for problem in problems)


@pytest.mark.parametrize("text", ["", "{[}", "- a\n", "employer: [a\n"])
def test_what_is_no_employer_file_is_a_problem_and_no_crash(file, catalogue, text):
    with pytest.raises(InvalidInput):
        read_employer(file(text), catalogue=catalogue)


def test_a_missing_employer_file_is_named(tmp_path, catalogue):
    with pytest.raises(InvalidInput, match=r"none\.yaml"):
        read_employer(tmp_path / "none.yaml", catalogue=catalogue)


def routes(person, employer=None):
    return compare_routes(person, today=TODAY, employer=employer)


def test_every_role_is_compared_by_both_routes_and_the_target_comes_first(jordan):
    moves = routes(jordan).moves
    assert moves[0].role == jordan.target.role
    assert [move.kind for move in moves] == [Route.INSIDE, Route.OUTSIDE] * (len(moves) // 2)
    assert len({move.role for move in moves}) == NEAREST + 1
    near = [move.similarity for move in moves[2::2]]
    assert near == sorted(near, reverse=True)


def test_an_opening_adds_its_role_and_the_first_day_that_the_rules_allow(file, jordan):
    assert "computer-vision-engineer" not in {move.role for move in routes(jordan).moves}
    moves = routes(jordan, file(WHOLE)).moves
    inside, outside = [move for move in moves if move.role == "computer-vision-engineer"]
    assert [opening.team for opening in inside.openings] == ["Perception"]
    assert outside.openings == ()
    # A year after 1 June 2026 and four weeks of notice.
    assert inside.earliest == dt.date(2027, 6, 1) + dt.timedelta(weeks=4)
    assert outside.earliest is None
    assert any("posted" in step for step in inside.steps)
    assert not any("posted" in step for step in outside.steps)
    target = moves[0]
    assert any("no such role open" in note for note in target.notes)


def test_who_has_served_the_time_can_move_after_the_notice(file, jordan):
    text = WHOLE.replace("2026-06-01", "2020-01-01")
    assert routes(jordan, file(text)).moves[0].earliest == TODAY + dt.timedelta(weeks=4)


def test_a_sponsor_takes_a_step_and_weeks_away(file, jordan):
    without = routes(jordan, file(WHOLE)).moves[0]
    sponsored = routes(jordan, file(WHOLE + "sponsor: true\n")).moves[0]
    assert sponsored.scenario.weeks_p50 < without.scenario.weeks_p50
    assert len(sponsored.steps) < len(without.steps)
