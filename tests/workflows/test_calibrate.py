"""Pooled answers: only with consent, without names, and tables of others through the same door."""

import datetime as dt
import json

import pytest

from milepost.errors import InvalidInput, UsageError
from milepost.files.content import load_catalogue
from milepost.files.items_content import load_items
from milepost.store import open_store
from milepost.workflows.calibrate import (
    calibrate,
    pool_answers,
    read_calibration,
    read_responses,
    write_calibration,
)

AREA = "ml-fundamentals"


def now():
    return dt.datetime(2026, 12, 6, tzinfo=dt.UTC)


@pytest.fixture
def workspace(tmp_path):
    """Sixty people: two in three agree; each answered the first ten items, the even ones right."""
    place = str(tmp_path / "w.sqlite")
    items = list(load_items(load_catalogue(), AREA).values())[:10]
    with open_store(place, now=now) as store:
        for number in range(60):
            rows = "".join(
                f"    - {{item: {item.id}, option: {item.key if (number * 7 + n * 3) % 10 < 6 else (item.key + 1) % 4}}}\n"
                for n, item in enumerate(items)
            )
            agreed = "share_answers: true\n" if number % 3 else ""
            text = f"milepost: 1\nname: Person {number}\n{agreed}tests:\n- date: 2026-12-01\n  area: {AREA}\n  seed: 1\n  answers:\n{rows}"
            store.save_person(f"Person {number}", text)
    return place


def test_who_did_not_agree_is_counted_and_left_out(workspace):
    pooled = pool_answers(workspace=workspace, now=now)
    assert (pooled.people, pooled.withheld) == (40, 20)
    assert pooled.answers.shape == (40, 10)
    fits = calibrate(pooled)
    assert all(fit.answers == 40 for fit in fits)
    assert all(fit.missing == 160 for fit in fits)


def test_parameters_go_to_a_file_and_come_back(workspace, tmp_path):
    pooled = pool_answers(workspace=workspace, now=now)
    fits = calibrate(pooled)
    out = tmp_path / "calibration.json"
    count = write_calibration(out, fits, source=pooled.source, people=pooled.people)
    known = read_calibration(out)
    assert len(known) == count == sum(not fit.flags for fit in fits)
    assert "Person" not in out.read_text(encoding="utf-8"), "no name is in it"


def test_nobody_who_agreed_is_an_answer_with_the_way_out(tmp_path):
    place = str(tmp_path / "empty.sqlite")
    with pytest.raises(UsageError, match="no answers that may be pooled"):
        calibrate(pool_answers(workspace=place, now=now))


def test_every_bad_line_of_a_table_is_named_at_once(tmp_path):
    table = tmp_path / "answers.csv"
    table.write_text("a,b\n1,0\n1\n,1\n2,0\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as bad:
        read_responses(table)
    assert [problem.line for problem in bad.value.problems] == [3, 5]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a,a\n1,0\n", b"a,b\n", b"a,b\n1," + b"0" * 200_000]
)
def test_a_file_that_is_no_table_is_refused_with_a_word(tmp_path, content):
    table = tmp_path / "answers.csv"
    table.write_bytes(content)
    with pytest.raises(UsageError):
        read_responses(table)


@pytest.mark.parametrize(
    "document",
    [
        "{}",
        "[1]",
        "no json",
        json.dumps({"format": "milepost calibration 1", "items": {"x": {"a": -1, "b": 0}}}),
    ],
)
def test_a_file_that_is_no_calibration_is_refused(tmp_path, document):
    path = tmp_path / "c.json"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(UsageError, match="no calibration"):
        read_calibration(path)
