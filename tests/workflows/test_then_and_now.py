"""The T of the day the first plan was accepted, beside the T of today."""

import datetime as dt

from milepost.files.person_edits import set_in_person_text
from milepost.model.language import day as say
from milepost.pictures import draw_t_shape
from milepost.workflows.day import compare_t_shapes
from milepost.workflows.demo import example_path
from milepost.workflows.replan import accept_plan
from milepost.workflows.roadmap import make_gaps, make_roadmap
from milepost.workflows.workspace import save_new_person
from milepost.workflows.year import Occasion

DAY = dt.date(2026, 12, 4)
LATER = dt.date(2027, 5, 7)


def occasion(tmp_path, day):
    return Occasion(str(tmp_path / "w.sqlite"), lambda: dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC), day)


def jordan(tmp_path):
    at = occasion(tmp_path, DAY)
    text = example_path("jordan").read_text(encoding="utf-8")
    save_new_person("Jordan", text, workspace=at.workspace, now=at.now)
    return at


def rate(at, skill, level):
    kept = at.load("Jordan")
    value = {"level": level, "date": at.today, "example": "Shown to two colleagues"}
    at.keep(kept, "rate", text=set_in_person_text(kept.loaded.text, path=("ratings", skill), value=value))


def test_without_a_plan_there_is_no_then(tmp_path):
    at = jordan(tmp_path)
    assert compare_t_shapes(at.load("Jordan"), at=at) is None


def test_then_is_the_person_as_they_were_though_the_rating_was_overwritten_since(tmp_path):
    at = jordan(tmp_path)
    person = at.load("Jordan").loaded.person
    before = make_gaps(person, today=DAY).t_shape
    accept_plan("Jordan", make_roadmap(person, today=DAY), at=at)
    later = occasion(tmp_path, LATER)
    rate(later, "pytorch", 4.5)
    found = compare_t_shapes(later.load("Jordan"), at=later)
    assert found is not None
    then, now, day = found
    assert day == DAY
    assert then == before
    assert now != then
    levels = {area.area: area.level for area in then.areas}
    assert any(area.level > levels[area.area] for area in now.areas)
    picture = draw_t_shape(then, after=now, since=day)
    assert f"level on {say(DAY)}" in picture
    assert "after the plan" not in picture
    assert "level today" in picture


def test_a_level_that_fell_is_marked_then_and_now_and_never_as_where_a_plan_leads(tmp_path):
    at = jordan(tmp_path)
    now = make_gaps(at.load("Jordan").loaded.person, today=DAY).t_shape
    rate(at, "pytorch", 0.5)
    lower = make_gaps(at.load("Jordan").loaded.person, today=DAY).t_shape
    fallen = [
        a.name for a, b in zip(now.areas, lower.areas, strict=True) if round(b.level, 1) < round(a.level, 1)
    ]
    assert fallen
    assert " today" in draw_t_shape(now, after=lower, since=DAY).split("<desc")[1].split("</desc>")[0]
    assert "after the plan" not in draw_t_shape(now, after=lower)
