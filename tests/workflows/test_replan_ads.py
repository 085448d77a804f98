"""New advertisements are taken into a replan and into the plans of pages, as they are into gaps."""

import datetime as dt

from milepost.model.replans import Replan
from milepost.workflows.market import own_demand
from milepost.workflows.replan import accept_plan, propose_replan
from milepost.workflows.roadmap import make_roadmap
from milepost.workflows.year import Occasion

TEXT = """\
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}
ratings: {python: 3, pytorch: 1}
"""
AD = "ML Engineer\nCompany {number}\n\nRequirements\n- SQL\n- Apache Spark\n- Statistics and A/B testing\n"
DAY = dt.date(2026, 12, 6)


def test_advertisements_that_came_later_change_what_the_rest_of_the_year_is_worth(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(TEXT, encoding="utf-8")
    at = Occasion(None, lambda: dt.datetime(2026, 12, 6, tzinfo=dt.UTC), DAY)
    roadmap = make_roadmap(at.load(str(path)).loaded.person, today=dt.date(2026, 11, 30))
    accept_plan(str(path), roadmap, at=at)
    assert own_demand(at.load(str(path)).loaded) is None
    before = propose_replan(str(path), at=at).found
    (tmp_path / "ads").mkdir()
    for number in range(12):
        (tmp_path / "ads" / f"{number}.txt").write_text(AD.format(number=number), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "ads: [ads/*.txt]\n", encoding="utf-8")
    own = own_demand(at.load(str(path)).loaded)
    assert own is not None
    assert own.ads == 12
    after = propose_replan(str(path), at=at).found
    assert isinstance(before, Replan)
    assert isinstance(after, Replan)
    assert before.plan.objective != after.plan.objective, (
        "the same work is worth something else to these jobs"
    )
    trained = {gain.skill for a in after.plan.activities for gain in a.gains}
    assert trained & {"spark", "statistics", "ab-testing", "sql"}
