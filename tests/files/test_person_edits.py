"""A change to a person file touches only its place; YAML and JSON carry the same data."""

import datetime as dt
import difflib
import json
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from milepost.errors import InvalidInput, UsageError
from milepost.files.content import PACKAGED
from milepost.files.person import read_person_text
from milepost.files.person_edits import document_to_person_text, person_to_document, set_in_person_text
from milepost.model.activities import Catalogue
from milepost.model.people import Person

JORDAN = (Path(__file__).parent / "jordan.yaml").read_text(encoding="utf-8")
DOCUMENT = person_to_document(JORDAN)


@pytest.mark.parametrize(
    ("path", "value", "line", "after"),
    [
        (("name",), "Jordan B", 3, "name: Jordan B"),
        (("name",), "No: 5", 3, "name: 'No: 5'"),
        (
            ("target", "by"),
            dt.date(2028, 1, 2),
            5,
            "target: {role: ml-infrastructure-engineer, route: inside, by: 2028-01-02}"
            "   # route: inside | outside",
        ),
        (("capacity", "hours_per_week"), 6.5, 7, "  hours_per_week: 6.5"),
        (("capacity", "away", "0", "to"), "2027-07-20", 9, "  away: [{from: 2027-07-05, to: 2027-07-20}]"),
        (
            ("specialisations", "-"),
            "ml-platform",
            10,
            "specialisations: [distributed-training, ml-platform] # one or two",
        ),
        (
            ("ratings", "kubernetes"),
            {"level": 3, "example": "Runs it"},
            14,
            "  kubernetes: {level: 3, example: Runs it}",
        ),
        (("ratings", "rag", "level"), 2.5, 16, "    level: 2.5"),
        (
            ("activities", "exclude"),
            ["x"],
            30,
            "activities: {done: [build-a-service], pin: [run-a-cluster], exclude: [x]}",
        ),
    ],
)
def test_a_change_leaves_every_other_line_as_it_was(
    path: tuple[str, ...], value: object, line: int, after: str
) -> None:
    changed = set_in_person_text(JORDAN, path=path, value=value)
    before = JORDAN.split("\n")
    assert changed.split("\n") == [*before[: line - 1], after, *before[line:]]


def test_a_check_in_becomes_one_new_line() -> None:
    entry = {"date": dt.date(2026, 12, 13), "hours": 6, "note": "All: done"}
    changed = set_in_person_text(JORDAN, path=("year", "checkins", "-"), value=entry).split("\n")
    assert changed.pop(33) == "    - {date: 2026-12-13, hours: 6, note: 'All: done'}"
    assert "\n".join(changed) == JORDAN


def test_missing_mappings_and_lists_on_the_way_are_made() -> None:
    text = "name: Sam   # me\n# the end\n"
    changed = set_in_person_text(text, path=("year", "checkins", "-"), value={"hours": 2})
    assert changed == "name: Sam   # me\n# the end\nyear:\n  checkins:\n    - {hours: 2}\n"
    filled = set_in_person_text("ratings:\nname: Sam", path=("ratings", "rag", "level"), value=2)
    assert person_to_document(filled) == {"ratings": {"rag": {"level": 2}}, "name": "Sam"}


def test_block_texts_and_windows_line_ends_can_be_changed() -> None:
    text = "name: |\n  Sam\n  the second\n\n# remark\nads: [a]\n"
    assert set_in_person_text(text, path=("name",), value="Bo") == "name: |-\n  Bo\n\n# remark\nads: [a]\n"
    windows = "name: Sam\r\nads: [a]\r\n"
    assert set_in_person_text(windows, path=("name",), value="Bo") == "name: Bo\r\nads: [a]\r\n"
    longer = set_in_person_text(windows, path=("ratings", "rag"), value=2)
    assert person_to_document(longer) == {"name": "Sam", "ads": ["a"], "ratings": {"rag": 2}}
    filled = set_in_person_text("name: Sam\r\ntarget:\r\nads: []\r\n", path=("target", "role"), value="x")
    assert filled == "name: Sam\r\ntarget: {role: x}\r\nads: []\r\n"


@pytest.mark.parametrize("path", [(), ("name", "first"), ("ads", "7"), ("ads", "x")])
def test_a_path_that_leads_nowhere_is_a_usage_error(path: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        set_in_person_text(JORDAN, path=path, value=1)


def test_a_text_that_cannot_be_read_is_not_changed() -> None:
    with pytest.raises(InvalidInput):
        set_in_person_text("name: [", path=("name",), value="Sam")


SHIPPED = sorted((PACKAGED / "people").glob("*.yaml"))
ONE_LINE = [
    (("capacity", "hours_per_week"), 6),
    (("capacity", "away", "-"), {"from": dt.date(2027, 3, 1), "to": dt.date(2027, 3, 7)}),
    (("target", "by"), dt.date(2028, 1, 2)),
    (("specialisations", "-"), "ml-platform"),
    (("ratings", "python", "level"), 4.5),
    (("ratings", "new-skill"), {"level": 2, "example": "Did it: once", "date": dt.date(2026, 12, 1)}),
    (("evidence", "0", "level"), 1),
    (("evidence", "-"), {"skill": "rag", "kind": "peer", "level": 2}),
    (("watch", "-"), {"thing": "Zig", "decision": "ignore"}),
    (("ads",), ["ads/*.txt"]),
]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
@pytest.mark.parametrize(("path", "value"), ONE_LINE, ids=str)
def test_a_change_of_a_shipped_file_is_a_change_of_one_line(
    file: Path, path: tuple[str, ...], value: object
) -> None:
    before = file.read_text(encoding="utf-8").splitlines()
    after = set_in_person_text("\n".join(before), path=path, value=value).splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    (change,) = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    assert change[0] in {"replace", "insert"}
    assert (change[2] - change[1], change[4] - change[3]) in {(1, 1), (0, 1)}


def test_a_comment_above_the_next_entry_stays_there_when_a_list_grows() -> None:
    text = "year:\n  checkins:\n    - {hours: 1}   # first\n\n  # talks\n  sessions: []\n# end\nname: Sam\n"
    changed = set_in_person_text(text, path=("year", "checkins", "-"), value={"hours": 2})
    assert changed == text.replace("# first\n", "# first\n    - {hours: 2}\n")


@pytest.mark.parametrize("text", ["{name: Sam, ads: []} # me\n", "  name: Sam # me\n  ads: []\n"])
def test_unusual_layouts_can_be_changed(text: str) -> None:
    for path in [("name",), ("ads", "-"), ("ratings", "rag")]:
        changed = set_in_person_text(text, path=path, value="x")
        assert person_to_document(changed) == put({"name": "Sam", "ads": []}, path, "x")
        assert "# me" in changed


PLACES = [
    ("name",),
    ("target",),
    ("target", "by"),
    ("capacity",),
    ("capacity", "away", "-"),
    ("ratings", "python"),
    ("ratings", "rag"),
    ("ratings", "rag", "example"),
    ("ratings", "new-skill"),
    ("evidence",),
    ("evidence", "-"),
    ("evidence", "0"),
    ("evidence", "2", "title"),
    ("evidence", "2"),
    ("watch", "-"),
    ("year", "sessions", "-"),
    ("year", "checkins"),
    ("year", "checkins", "0", "note"),
    ("outcomes", "0", "credit", "new: thing"),
    ("new", "thing", "-"),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
) | st.sampled_from(
    ["yes", "null", "2026-11-30", "1_000", "12:30", "- a", "a\nb", "#", "é", "1.", "~", "\t", "<<", "= a"]
)
KEYS = TEXTS | st.sampled_from(["name", "level", "yes", "1", "a b", "a: b", "", "~", "-"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def put(data: object, path: tuple[str, ...], value: object) -> object:
    """What the data should be after a change, in the plainest way."""
    if not path:
        return value
    if path[0] == "-":
        return [*(data or []), put(None, path[1:], value)]  # type: ignore[misc]
    if isinstance(data, list):
        return [put(item, path[1:], value) if str(n) == path[0] else item for n, item in enumerate(data)]
    data = data or {}
    assert isinstance(data, dict)
    return {**data, path[0]: put(data.get(path[0]), path[1:], value)}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), VALUES)
def test_what_was_set_is_read_back_and_nothing_else_changed(path: tuple[str, ...], value: object) -> None:
    changed = set_in_person_text(JORDAN, path=path, value=value)
    assert person_to_document(changed) == put(DOCUMENT, path, value)
    kept = [
        line.partition("  # ")[2] for line in JORDAN.splitlines() if "  # " in line and "target" not in line
    ]
    assert all(remark in changed for remark in kept)


def test_dates_leave_as_iso_text() -> None:
    assert DOCUMENT["target"] == {
        "role": "ml-infrastructure-engineer",
        "route": "inside",
        "by": "2027-11-28",
    }


def test_a_file_rewritten_from_its_document_is_the_same_person(catalogue: Catalogue) -> None:
    rewritten = document_to_person_text(DOCUMENT)
    person = read_person_text(rewritten, path="p", catalogue=catalogue)
    assert isinstance(person, Person)
    assert person == read_person_text(JORDAN, path="p", catalogue=catalogue)
    assert document_to_person_text(person_to_document(rewritten)) == rewritten


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_json_to_yaml_to_json_is_identical(document: dict[str, object]) -> None:
    carried = person_to_document(document_to_person_text(document))
    assert json.dumps(carried) == json.dumps(document)


def test_strings_that_look_like_something_else_stay_strings() -> None:
    texts = [
        "yes",
        "No",
        "1.0",
        ".5e5",
        "0x1F",
        "2026-01-01",
        "2026-02-30",
        "null",
        "~",
        "",
        "a\nb\n",
        "'\"",
        "é",
        "🙂",
    ]
    document: dict[str, object] = {
        "texts": texts,
        "keys": {text: text for text in texts},
        "x" * 2000: None,
        "empty": [{}, []],
    }
    assert person_to_document(document_to_person_text(document)) == document
    assert person_to_document(document_to_person_text({})) == {}


@pytest.mark.parametrize("bad", [{"a": "\x00"}, {"a": "\ud800"}, {"a": object()}, {"a": float("nan")}])
def test_a_document_that_no_file_can_hold_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        document_to_person_text(bad)


def test_a_document_nested_without_end_is_refused() -> None:
    deep: dict[str, object] = {}
    for _ in range(5_000):
        deep = {"a": deep}
    with pytest.raises(InvalidInput):
        document_to_person_text(deep)
