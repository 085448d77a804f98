"""Person files: a good one becomes a Person, a bad one all its problems with their places."""

import datetime as dt
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from milepost.errors import Problem
from milepost.files.person import read_person, read_person_text
from milepost.model.activities import Catalogue
from milepost.model.people import Away, EvidenceKind, Person, Rating
from milepost.model.roles import Route
from milepost.model.year import Verification

JORDAN_FILE = Path(__file__).parent / "jordan.yaml"
JORDAN = JORDAN_FILE.read_text(encoding="utf-8")


def problems_of(text: str, catalogue: Catalogue) -> tuple[Problem, ...]:
    """The problems of a text that has some."""
    result = read_person_text(text, path="p.yaml", catalogue=catalogue)
    assert not isinstance(result, Person)
    return result


def test_a_good_file_becomes_a_person(catalogue: Catalogue) -> None:
    person = read_person(JORDAN_FILE, catalogue=catalogue)
    assert isinstance(person, Person)
    assert person.target is not None
    assert person.target.route is Route.INSIDE
    assert person.target.by == dt.date(2027, 11, 28)
    assert person.capacity is not None
    assert person.capacity.hours_per_week == 8.0
    assert person.capacity.away == (Away(dt.date(2027, 7, 5), dt.date(2027, 7, 18)),)
    assert person.ratings[1] == Rating("kubernetes", 2.5)
    assert person.ratings[2] == Rating("rag", 2.0, last_used=dt.date(2026, 1, 31), years=1.5)
    assert [piece.kind for piece in person.evidence] == [
        EvidenceKind.ARTEFACT,
        EvidenceKind.TEST,
        EvidenceKind.MANAGER,
    ]
    assert person.evidence[0].verified is Verification.USED_BY_OTHERS
    assert person.impact["rag"].adjust == -1
    assert person.watch[0].recheck == dt.date(2026, 12, 30)
    assert person.activities.pin == ("run-a-cluster",)
    assert person.illustrative == "Not a real person"


def test_a_name_is_enough(catalogue: Catalogue) -> None:
    assert read_person_text("name: Sam\n", path="p", catalogue=catalogue) == Person("Sam")


def test_keys_without_values_count_as_left_out(catalogue: Catalogue) -> None:
    text = "name: Sam\nratings:\nevidence:\ntarget:\nyear:\n"
    assert read_person_text(text, path="p", catalogue=catalogue) == Person("Sam")


@pytest.mark.parametrize(
    ("old", "new", "field", "words", "hint"),
    [
        ("milepost: 1", "milepost: §2", "milepost", "version 1", "Update"),
        ("milepost: 1", "milepost: §true", "milepost", "version 1", "milepost: 1"),
        ("illustrative:", "§ilustrative:", "ilustrative", "not a key", "Did you mean illustrative?"),
        ("name: Jordan", "name: §12", "name", "12 is not text", "quotes"),
        ("name: Jordan", 'name: §"  "', "name", "blank", "Write"),
        ("role: ml-infra", "role: §ml-infar", "target.role", "no role", "ml-infrastructure-engineer"),
        ("route: inside, by", "route: §insde, by", "target.route", "insde", "Did you mean inside?"),
        ("by: 2027-11-28", "by: §2026-11-29", "target.by", "due on 2026-11-29", "Move"),
        ("by: 2027-11-28", "by: §28.11.2027", "target.by", "not a date", "YYYY-MM-DD"),
        ("by: 2027-11-28", "by: §2027-02-29", "target.by", "no day 2027-02-29", "YYYY-MM-DD"),
        ("by: 2027-11-28", "by: §9999-12-31", "target.by", "a year", "Check"),
        ("start: 2026-11-30", "start: §2026-11-30T08:00:00", "capacity.start", "moment", "YYYY-MM-DD"),
        ("per_week: 8", "per_week: §0", "capacity.hours_per_week", "0 hours", "ordinary week"),
        ("per_week: 8", "per_week: §-3", "capacity.hours_per_week", "-3 is not between", "80"),
        ("per_week: 8", "per_week: §81", "capacity.hours_per_week", "81 is not between", "80"),
        ("per_week: 8", "per_week: §.nan", "capacity.hours_per_week", "nan", "number"),
        ("per_week: 8", "per_week: §.inf", "capacity.hours_per_week", "inf", "number"),
        ("per_week: 8", "per_week: §true", "capacity.hours_per_week", "not a number", "number"),
        ("per_week: 8", "per_week: §eight", "capacity.hours_per_week", "eight is not a number", "80"),
        ("to: 2027-07-18", "to: §2027-07-04", "capacity.away.0.to", "before 2027-07-05", "Exchange"),
        ("[distributed-training]", "§distributed-training", "specialisations", "a list belongs", "["),
        ("[distributed-training]", "[§programming]", "specialisations.0", "no specialisation", "There are"),
        ("  kubernetes: 2.5", "  §kubernets: 2.5", "ratings.kubernets", "no skill", "mean kubernetes?"),
        ("  kubernetes: 2.5", "  §k8s: 2.5", "ratings.k8s", "no skill", "Did you mean kubernetes?"),
        ("  kubernetes: 2.5", "  kubernetes: §7", "ratings.kubernetes", "7 is not between 0 and 5", "halves"),
        ("  kubernetes: 2.5", "  kubernetes: §3.3", "ratings.kubernetes", "halves", "3 or 3.5"),
        ("  kubernetes: 2.5", "  kubernetes: §true", "ratings.kubernetes", "true is not a number", "0 to 5"),
        ("  kubernetes: 2.5", "  §python: 2.5", "", "written twice, first on line 13", "Keep one"),
        ("    level: 2\n    last", "    §last", "ratings.rag.level", "level is missing", "Add"),
        ("years: 1.5", "§year: 1.5", "ratings.rag.year", "not a key", "years"),
        (
            "{skill: kubernetes, kind: artefact",
            "§{skill: kubernetes",
            "evidence.0.kind",
            "kind is missing",
            "Add",
        ),
        ("kind: artefact", "kind: §artifact", "evidence.0.kind", "artifact", "artefact"),
        ("verified: used-by-others", "verified: §used", "evidence.0.verified", "used", "used-by-others"),
        ('"https://example.org/a', '§"javascript:alert(1)', "evidence.0.url", "web address", "https://"),
        ("variance: 0.16", "variance: §1", "evidence.1.variance", "1 is not inside", "0.16"),
        ("variance: 0.16", "variance: §0", "evidence.1.variance", "0 is not inside", "0.16"),
        (
            "{skill: python, kind: test, mean: 0.6, variance: 0.16",
            "§{skill: python, kind: test, mean: 0.6",
            "evidence.1.variance",
            "missing",
            "Add",
        ),
        ("mean: 0.6, variance", "level: §3, variance", "evidence.1.level", "not both", "Keep"),
        (
            "skill: rag\n    kind: manager\n    level: 3\n",
            "§skill: rag\n    kind: manager\n",
            "evidence.2.level",
            "missing",
            "",
        ),
        ("    level: 3\n", "    mean: §3\n", "evidence.2.mean", "kind test only", "level"),
        ("ads: [ads/*.txt]", "ads: §ads/*.txt", "ads", "a list belongs", "["),
        ("adjust: -1", "adjust: §-2", "impact.rag.adjust", "-2 is not between", "-1"),
        ("adjust: -1", "adjust: §0.5", "impact.rag.adjust", "whole", "-1"),
        (
            "{adjust: -1, reason: My target team does not use it",
            "§{adjust: 1",
            "impact.rag.reason",
            "missing",
            "why",
        ),
        ("decision: watch", "decision: §maybe", "watch.0.decision", "maybe", "adopt, trial"),
        ("recheck: 2026-12-30", "recheck: §2026-09-30", "watch.0.recheck", "before", "Correct"),
        (
            "done: [build-a-service]",
            "done: [§build-a-servce]",
            "activities.done.0",
            "no activity",
            "service?",
        ),
        ("pin: [", "exclude: [run-a-cluster], pin: §[", "activities.pin", "also under exclude", "Remove"),
        ("hours: 7.5, note", "§hourz: 7.5, note", "year.checkins.0.hourz", "not a key", "hours"),
        ("hours: 7.5, note", "hours: §-1, note", "year.checkins.0.hours", "-1", "hours"),
        ("public: true", "public: §yes", "year.artefacts.0.public", "yes is neither", "true or false"),
        ("{the post: 60, luck: 40", "§{the post: 60, luck: 41", "outcomes.0.credit", "101 points", "away"),
        (
            "last_used: 2026-01-31",
            "last_used: §2026-01-31\n    date: 2026-01-01",
            "ratings.rag.last_used",
            "after",
            "",
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_next_step(
    catalogue: Catalogue, old: str, new: str, field: str, words: str, hint: str
) -> None:
    """The mark § shows where the problem is expected; it is not part of the file."""
    assert JORDAN.count(old) == 1, "the fault has to be one change"
    before, _, after = JORDAN.replace(old, new).partition("§")
    (problem,) = problems_of(before + after, catalogue)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert (problem.line, problem.column, problem.field) == (line, column, field)
    assert words in problem.message
    assert hint in problem.hint


def test_all_problems_come_at_once_in_order_of_line(catalogue: Catalogue) -> None:
    text = "name: ''\nratings:\n  python: 9\n  pythn: 3\ncolour: red\nname: Sam\n"
    found = [(problem.line, problem.field) for problem in problems_of(text, catalogue)]
    assert found == [(1, "name"), (3, "ratings.python"), (4, "ratings.pythn"), (5, "colour"), (6, "")]


def test_a_third_specialisation_is_refused_with_the_reason_unless_asked_for(catalogue: Catalogue) -> None:
    text = "name: Sam\nspecialisations: [distributed-training, ml-platform, generative-models]\n"
    (problem,) = problems_of(text, catalogue)
    assert "stay shallow" in problem.message
    allowed = read_person_text(text + "allow_third_specialisation: true\n", path="p", catalogue=catalogue)
    assert isinstance(allowed, Person)
    assert len(allowed.specialisations) == 3


def test_an_artefact_made_after_the_skill_was_last_used_is_a_contradiction(catalogue: Catalogue) -> None:
    text = (
        "name: Sam\nratings: {rag: {level: 2, last_used: 2025-01-01}}\n"
        "evidence:\n  - {skill: rag, kind: artefact, level: 2, date: 2026-01-01}\n"
    )
    (problem,) = problems_of(text, catalogue)
    assert (problem.line, problem.field) == (4, "evidence.0.date")


def test_a_date_in_quotes_is_a_date(catalogue: Catalogue) -> None:
    text = 'name: Sam\nratings: {rag: {level: 2, date: "2025-01-01"}}\n'
    person = read_person_text(text, path="p", catalogue=catalogue)
    assert isinstance(person, Person)
    assert person.ratings[0].date == dt.date(2025, 1, 1)


def test_a_file_that_is_not_there_is_a_problem(catalogue: Catalogue, tmp_path: Path) -> None:
    for path in (tmp_path / "nobody.yaml", tmp_path):
        (problem,) = read_person(path, catalogue=catalogue)  # type: ignore[misc]
        assert problem.path == str(path)
        assert "cannot read" in problem.message


def test_of_ten_thousand_unknown_skills_the_first_are_reported_and_the_rest_counted(
    catalogue: Catalogue,
) -> None:
    text = "name: Sam\nratings:\n" + "".join(f"  skill-{n}: 3\n" for n in range(10_000))
    problems = problems_of(text, catalogue)
    assert len(problems) == 201
    assert problems[-1].message == "and 9800 more problems"


def test_ten_thousand_pieces_of_evidence_are_accepted(catalogue: Catalogue) -> None:
    row = (
        "  - {skill: python, kind: peer, level: 3, date: 2026-01-01, rater: a, title: Review of a service}\n"
    )
    person = read_person_text("name: Sam\nevidence:\n" + row * 10_000, path="p", catalogue=catalogue)
    assert isinstance(person, Person)
    assert len(person.evidence) == 10_000


def check_is_read_or_explained(text: str | bytes, catalogue: Catalogue) -> None:
    """A Person, or problems that each have a message, a line inside the text and a next step."""
    result = read_person_text(text, path="p", catalogue=catalogue)
    if isinstance(result, Person):
        return
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    lines = len(shown.splitlines()) + 1
    assert result
    for problem in result:
        assert problem.message
        assert 0 <= problem.line <= lines
        assert problem.hint or problem.field.endswith("level")


@given(st.binary(max_size=300))
def test_arbitrary_bytes_give_a_person_or_problems(catalogue: Catalogue, data: bytes) -> None:
    check_is_read_or_explained(data, catalogue)


ODD_VALUES = st.one_of(
    st.sampled_from(
        ["", "~", "-1", "1e999", ".nan", "true", "[]", "{}", "[[]]", "{a: b}", "2026-02-30", "'", '"', "0x1F"]
    )
    | st.sampled_from(
        ["{level: }", "[null]", "*a", "&a b", "!!int x", "9" * 400, "- x", "2026-01-01T00:00:00Z", "|\n  x"]
    ),
    st.text(max_size=8),
    st.floats().map(repr),
)


def with_odd_value(line: str, data: st.DataObject) -> str:
    """The line with one of its values replaced."""
    start = line.find(": ", data.draw(st.integers(0, 60)))
    if start < 0:
        return line
    end = line.find(",", start)
    return line[: start + 2] + data.draw(ODD_VALUES) + (line[end:] if end > 0 else "")


def damaged(lines: list[str], data: st.DataObject) -> list[str]:
    """The lines with one of them deleted, repeated, moved or changed."""
    at = data.draw(st.integers(0, len(lines) - 1))
    to = data.draw(st.integers(0, len(lines) - 1))
    line, rest = lines[at], [*lines[:at], *lines[at + 1 :]]
    ways = {
        "delete": lambda: rest,
        "repeat": lambda: [*lines[:to], line, *lines[to:]],
        "move": lambda: [*rest[:to], line, *rest[to:]],
        "value": lambda: [*lines[:at], with_odd_value(line, data), *lines[at + 1 :]],
        "cut": lambda: [*lines[:at], line[: data.draw(st.integers(0, len(line)))], *lines[at + 1 :]],
        "indent": lambda: [*lines[:at], " " * data.draw(st.integers(0, 6)) + line.lstrip(), *lines[at + 1 :]],
    }
    return ways[data.draw(st.sampled_from(sorted(ways)))]()


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_a_person_or_problems(catalogue: Catalogue, data: st.DataObject) -> None:
    lines = JORDAN.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        lines = damaged(lines, data)
    check_is_read_or_explained("\n".join(lines), catalogue)
