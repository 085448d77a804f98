"""Pictures are read by people who see them, by people who do not, and by Typst."""

import datetime as dt
import re
from dataclasses import replace
from importlib import import_module
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from milepost.model.people import Away
from milepost.pictures import draw_priority_matrix, draw_roadmap, draw_t_shape
from milepost.pictures.canvas import alternative_text, width_of, wrap

samples = import_module("publish.roadmap_samples")


SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> str:
    """Every visible text of a picture, lines of one name joined by spaces."""
    return " ".join(node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def badges(svg: str) -> list[tuple[float, float]]:
    """Centres of the numbered discs inside the plot."""
    root = ET.fromstring(svg)
    discs = [n for n in root.iter(f"{SVG}circle") if n.get("fill") == "#fcfcfa"]
    floor = min(float(n.get("y", "0")) for n in root.iter(f"{SVG}text") if n.text == "career impact")
    return [(float(n.get("cx", 0)), float(n.get("cy", 0))) for n in discs if float(n.get("cy", 0)) < floor]


@pytest.fixture(params=["t-shape", "matrix", "roadmap", "empty-roadmap"])
def svg(request):
    report, plan = samples.make_report(), samples.make_plan()
    return {
        "t-shape": lambda: draw_t_shape(report.t_shape, after=samples.make_shape(raised=0.4)),
        "matrix": lambda: draw_priority_matrix(report),
        "roadmap": lambda: draw_roadmap(plan, away=samples.make_person().capacity.away),
        "empty-roadmap": lambda: draw_roadmap(
            replace(plan, quarters=tuple(replace(q, activities=(), milestone=None) for q in plan.quarters))
        ),
    }[request.param]()


def test_a_picture_is_well_formed_and_says_in_words_what_it_shows(svg):
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == title.get("id")
    assert len(description.text or "") > 100
    assert (title.text or "") in alternative_text(svg)


def test_a_picture_uses_nothing_that_typst_does_not_know(svg):
    assert "var(" not in svg
    assert "currentColor" not in svg
    assert "<style" not in svg
    assert "<script" not in svg


def test_no_text_is_smaller_than_can_be_read(svg):
    sizes = [float(found) for found in re.findall(r'font-size="([\d.]+)"', svg)]
    assert min(sizes, default=12) >= 10


def test_nothing_is_drawn_outside_the_picture(svg):
    root = ET.fromstring(svg)
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    for node in root.iter(f"{SVG}text"):
        if node.get("font-size") and not (node.text or "").startswith("severity of"):
            x, y = float(node.get("x", 0)), float(node.get("y", 0))
            wide = width_of(
                node.text or "", size=float(node.get("font-size", 13)), bold=bool(node.get("font-weight"))
            )
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[node.get("text-anchor", "start")]
            assert left >= 0, node.text
            assert left + wide <= width + 1, node.text
            assert 0 < y < height, node.text


def test_ids_are_unique_and_carry_the_prefix():
    plan = samples.make_plan()
    both = draw_roadmap(plan, prefix="one") + draw_roadmap(plan, prefix="two")
    ids = re.findall(r'\bid="([^"]+)"', both)
    assert len(ids) == len(set(ids))
    assert all(id_.startswith(("one-", "two-")) for id_ in ids)


def test_the_same_values_give_the_same_bytes():
    assert draw_priority_matrix(samples.make_report()) == draw_priority_matrix(samples.make_report())
    assert draw_roadmap(samples.make_plan()) == draw_roadmap(samples.make_plan())


def test_the_t_shows_every_area_with_level_and_target():
    shape = samples.make_shape()
    seen = squeezed(words(draw_t_shape(shape)))
    for area in shape.areas:
        assert squeezed(area.name) in seen
        assert squeezed(f"{area.level:.1f} of {area.target:g}") in seen


def test_the_t_shows_where_the_plan_leads_only_when_it_leads_somewhere():
    shape = samples.make_shape()
    assert "after the plan" in words(draw_t_shape(shape, after=samples.make_shape(raised=0.4)))
    assert "after the plan" not in words(draw_t_shape(shape, after=shape))


@pytest.mark.parametrize("stems", [0, 1, 2])
def test_a_t_may_have_no_one_or_two_strokes(stems):
    root = ET.fromstring(draw_t_shape(samples.make_shape(stems=stems)))
    corners = (
        next(n for n in root.iter(f"{SVG}polygon") if n.get("stroke-width") == "2").get("points", "").split()
    )
    assert len(corners) == (8 if stems else 4)


def test_every_open_gap_has_a_number_and_a_name_and_closed_ones_are_named_as_left_out():
    report = samples.make_report()
    svg = draw_priority_matrix(report)
    seen = squeezed(words(svg))
    for gap in report.gaps:
        assert squeezed(gap.name) in seen
    assert "3 closed gaps are left out" in words(svg)
    assert len(badges(svg)) >= sum(1 for gap in report.gaps if gap.severity)


def test_numbers_never_overlap_even_with_fourteen_gaps_in_one_cell():
    for (x1, y1), (x2, y2) in combinations(badges(draw_priority_matrix(samples.make_report())), 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= 23**2


def test_a_report_without_any_open_gap_can_be_drawn():
    report = samples.make_report()
    closed = tuple(gap for gap in report.gaps if not gap.severity)
    svg = draw_priority_matrix(replace(report, gaps=closed, focus=()))
    assert "0 open gaps" in alternative_text(svg)


def test_every_activity_and_milestone_of_a_plan_is_in_its_roadmap():
    plan = samples.make_plan()
    svg = draw_roadmap(plan)
    seen = squeezed(words(svg))
    for quarter in plan.quarters:
        assert squeezed(quarter.milestone.title) in seen
        for activity in quarter.activities:
            assert squeezed(activity.title) in seen
            assert activity.title in alternative_text(svg)


def test_bars_of_one_quarter_do_not_cover_each_other():
    root = ET.fromstring(draw_roadmap(samples.make_plan(1)))
    bars = [n for n in root.iter(f"{SVG}rect") if n.get("rx") == "4"]
    boxes = [tuple(float(n.get(key, "0")) for key in ("x", "y", "width")) for n in bars]
    assert len(boxes) == 9
    assert len({y for _, y, _ in boxes}) == 2
    for (x1, y1, w1), (x2, y2, w2) in combinations(boxes, 2):
        assert y1 != y2 or x1 + w1 <= x2 or x2 + w2 <= x1


def test_weeks_are_numbered_through_the_whole_plan_even_in_an_empty_quarter():
    plan = samples.make_plan()
    empty = replace(plan.quarters[1], activities=(), milestone=None)
    svg = draw_roadmap(replace(plan, quarters=(plan.quarters[0], empty, *plan.quarters[2:])))
    seen = [node.text for node in ET.fromstring(svg).iter(f"{SVG}text")]
    assert [str(n) for n in range(1, 53)] == [t for t in seen if t and t.isdigit()]


def test_days_away_are_hatched_where_they_fall():
    plan = samples.make_plan(1)
    away = (Away(dt.date(2026, 12, 21), dt.date(2027, 1, 3)), Away(dt.date(2029, 1, 1), dt.date(2029, 1, 2)))
    root = ET.fromstring(draw_roadmap(plan, away=away))
    hatched = [n for n in root.iter(f"{SVG}rect") if n.get("fill") == "url(#roadmap-away)"]
    assert len(hatched) == 2  # one in the legend, one in the quarter


def test_a_roadmap_can_be_cut_into_parts_for_paper_with_the_finish_in_the_last_one():
    plan = samples.make_plan()
    first, second = draw_roadmap(plan, quarters=(1, 2)), draw_roadmap(plan, quarters=(3, 4))
    assert "Quarter 1" in words(first)
    assert "Quarter 3" not in words(first)
    assert "When it will be finished" not in words(first)
    assert "When it will be finished" in words(second)


def test_text_is_wrapped_without_losing_a_letter():
    name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk und mehr"
    lines = wrap(name, width=80)
    assert squeezed("".join(lines)) == squeezed(name)
    assert all(width_of(line) <= 80 for line in lines)


def test_characters_that_xml_forbids_are_dropped():
    shape = samples.make_shape()
    areas = (replace(shape.areas[0], name="Bad\x00\x0b & <name>"), *shape.areas[1:])
    assert "Bad & <name>" in words(draw_t_shape(replace(shape, areas=areas)))


def lived_progress(plan, *, weeks=5):
    """A year of the small plan in which two of four activities are closed."""
    from milepost.model.year import CheckIn, Proof, ProofKind, Step, StepKind, Year
    from milepost.year.forecast import forecast_finish
    from milepost.year.progress import measure_progress

    steps = tuple(
        Step(
            plan.start + dt.timedelta(days=7 * week),
            name,
            StepKind.FINISHED,
            proof=Proof(ProofKind.ARTEFACT, url="https://example.org"),
        )
        for week, name in ((2, "one"), (4, "two"))
    )
    checkins = tuple(CheckIn(plan.start + dt.timedelta(days=7 * week + 5), 6.0) for week in range(weeks))
    year = Year(steps=steps, checkins=checkins)
    today = plan.start + dt.timedelta(days=7 * weeks - 2)
    return measure_progress(plan, year, today=today), forecast_finish(plan, year, today=today)


def test_the_burn_up_says_what_it_draws_and_earned_stops_today():
    from milepost.pictures.burn_up import draw_burn_up
    from small_year import make_plan  # type: ignore[import-not-found]

    progress, finish = lived_progress(make_plan())
    svg = draw_burn_up(progress, finish)
    assert "20 are earned by evidence" in alternative_text(svg)
    assert "today" in words(svg)
    planned, worked, earned = (
        [tuple(map(float, place.split(","))) for place in line.get("points", "").split()]
        for line in ET.fromstring(svg).iter(f"{SVG}polyline")
    )
    assert planned[-1][0] > earned[-1][0], "nothing is earned in the future"
    assert all(a[1] >= b[1] for a, b in pairwise(earned)), "what is earned stays earned"
    assert worked[-1][1] < earned[-1][1], "30 hours worked lie above 20 earned"
    assert all(finish_day in words(svg) for finish_day in ("half", "80\u00a0%", "95\u00a0%"))


def test_the_cards_picture_never_shows_more_than_a_day_asks_for():
    from milepost.pictures.recall import draw_recall

    svg = draw_recall([0.97, 0.8, 0.3], [400, 0, 3], today=dt.date(2027, 2, 28), wanted=0.9, a_day=50)
    assert "400 cards are due today and 403 in all; a day asks for 50 at most" in alternative_text(svg)
    bars = [float(n.get("height", 0)) for n in ET.fromstring(svg).iter(f"{SVG}rect")][1:]
    assert max(bars) <= 50
    line = next(ET.fromstring(svg).iter(f"{SVG}polyline"))
    heights = [float(place.split(",")[1]) for place in line.get("points", "").split()]
    assert heights == sorted(heights), "a chance that falls is drawn falling"
    assert draw_recall([], [0, 0], today=dt.date(2027, 2, 28), wanted=0.9, a_day=50)
