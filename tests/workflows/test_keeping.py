"""Keeping what happens: files stay the truth, nothing is overwritten, everything can be undone."""

import datetime as dt
import json
from pathlib import Path

import pytest

from milepost.errors import InvalidInput, UsageError, WorkspaceError
from milepost.files.person_edits import person_to_document, set_in_person_text
from milepost.files.plan_text import read_plan_text, write_plan_text
from milepost.workflows.keeping import history_path, keep_change, load_kept, undo_change

TODAY = dt.date(2026, 12, 6)
TEXT = """\
# my file
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}   # evenings
"""


def now() -> dt.datetime:
    return dt.datetime(2026, 12, 6, 18, tzinfo=dt.UTC)


@pytest.fixture(params=["file", "json file", "workspace"])
def place(request, tmp_path):
    """The name of a person who is kept in a file, or in the workspace, and that workspace."""
    workspace = str(tmp_path / "w.sqlite")
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    if request.param == "json file":
        path = path.with_suffix(".json")
        path.write_text(json.dumps(person_to_document(TEXT), indent=2) + "\n", encoding="utf-8")
    if request.param == "workspace":
        from milepost.workflows.workspace import import_files

        import_files([path], name=None, workspace=workspace, now=now)
        return "Mika", workspace
    return str(path), workspace


def load(place):
    return load_kept(place[0], workspace=place[1], now=now)


def keep(place, value, *, kept=None, plan=None, verb="checkin"):
    kept = kept or load(place)
    text = set_in_person_text(kept.loaded.text, path=("year", "checkins", "-"), value=value)
    keep_change(kept, verb=verb, workspace=place[1], now=now, today=TODAY, text=text, plan=plan)


def hours(place):
    return [each.hours for each in load(place).loaded.person.year.checkins]


def test_a_change_is_kept_and_taken_back_and_what_was_there_before_is_the_same(place):
    before = load(place).loaded.text
    keep(place, {"date": TODAY, "hours": 3})
    keep(place, {"date": TODAY, "hours": 4})
    assert hours(place) == [3, 4]
    assert undo_change(load(place), workspace=place[1], now=now).verb == "checkin"
    assert hours(place) == [3]
    undo_change(load(place), workspace=place[1], now=now)
    assert load(place).loaded.text == before
    with pytest.raises(UsageError, match="nothing to undo"):
        undo_change(load(place), workspace=place[1], now=now)


def test_after_an_undo_new_changes_go_on_from_there(place):
    keep(place, {"date": TODAY, "hours": 3})
    undo_change(load(place), workspace=place[1], now=now)
    keep(place, {"date": TODAY, "hours": 5})
    assert hours(place) == [5]
    undo_change(load(place), workspace=place[1], now=now)
    assert hours(place) == []


def test_a_change_from_an_old_look_overwrites_nothing(place):
    first, second = load(place), load(place)
    keep(place, {"date": TODAY, "hours": 3}, kept=first)
    with pytest.raises(WorkspaceError, match="changed"):
        keep(place, {"date": TODAY, "hours": 4}, kept=second)
    assert hours(place) == [3]


def test_a_text_that_is_no_person_is_refused_before_anything_is_written(place):
    with pytest.raises(InvalidInput):
        keep(place, {"date": "yesterday"})
    assert hours(place) == []
    assert not any(change.verb == "checkin" for change in load(place).changes)


def test_comments_and_edits_by_hand_stay_and_an_undo_does_not_lose_them(tmp_path):
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    place = (str(path), None)
    keep(place, {"date": TODAY, "hours": 3})
    path.write_text(path.read_text(encoding="utf-8") + "# a note by hand\n", encoding="utf-8")
    with pytest.raises(UsageError, match="by hand"):
        undo_change(load(place), workspace=None, now=now)
    keep(place, {"date": TODAY, "hours": 4})
    text = path.read_text(encoding="utf-8")
    assert "# evenings" in text
    assert "# a note by hand" in text
    undo_change(load(place), workspace=None, now=now)
    assert "# a note by hand" in path.read_text(encoding="utf-8")
    assert hours(place) == [3]


def test_a_crash_between_history_and_file_is_finished_by_the_next_look(tmp_path):
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    place = (str(path), None)
    keep(place, {"date": TODAY, "hours": 3})
    after = path.read_text(encoding="utf-8")
    history = history_path(path).read_bytes()
    keep(place, {"date": TODAY, "hours": 4})
    changed = path.read_text(encoding="utf-8")
    path.write_text(after, encoding="utf-8")
    drop_last_line_of_the_log(history_path(path))
    assert history_path(path).read_bytes() != history
    assert hours(place) == [3, 4]
    assert path.read_text(encoding="utf-8") == changed


def test_a_crash_is_not_finished_over_what_was_written_since(tmp_path):
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    place = (str(path), None)
    keep(place, {"date": TODAY, "hours": 3})
    path.write_text(TEXT + "# another computer wrote this\n", encoding="utf-8")
    drop_last_line_of_the_log(history_path(path))
    assert hours(place) == []
    assert "another computer" in path.read_text(encoding="utf-8")


def drop_last_line_of_the_log(history: Path) -> None:
    """What a crash before the mark `written to the file` leaves."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("DELETE FROM changes WHERE id = (SELECT MAX(id) FROM changes)")


def test_accepted_plans_come_back_equal_and_an_undo_brings_the_one_before(place):
    from milepost.files.content import load_catalogue
    from milepost.model.plans import Plan
    from milepost.workflows.roadmap import Wishes, make_roadmap

    kept = load(place)
    plan = make_roadmap(
        kept.loaded.person, today=TODAY, wishes=Wishes(weeks=13), catalogue=load_catalogue()
    ).plan
    assert isinstance(plan, Plan)
    assert read_plan_text(write_plan_text(plan)) == plan
    keep_change(kept, verb="plan", workspace=place[1], now=now, today=TODAY, plan=plan)
    assert load(place).plan == plan
    keep(place, {"date": TODAY, "hours": 3})
    other = read_plan_text(write_plan_text(plan).replace('"status":"', '"status":"later '))
    keep_change(load(place), verb="replan", workspace=place[1], now=now, today=TODAY, plan=other)
    assert load(place).plan == other
    assert load(place).baseline == plan
    undo_change(load(place), workspace=place[1], now=now)
    assert load(place).plan == plan
    assert hours(place) == [3]
