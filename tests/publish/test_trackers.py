"""A plan as tasks, as issues and as a curriculum vitae: for programs that take it on."""

import json
import re
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
import yaml

from milepost.publish.github import BREAK, render_github
from milepost.publish.jsonresume import render_jsonresume
from milepost.publish.rendercv import render_rendercv
from milepost.publish.tasks import render_tasks

samples = import_module("publish.roadmap_samples")


@pytest.fixture
def view():
    return samples.make_view()


def issues(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def with_first(view, **changes):
    """The plan with another first activity."""
    quarter = view.plan.quarters[0]
    first = replace(quarter.activities[0], **changes)
    changed = replace(quarter, activities=(first, *quarter.activities[1:]))
    return replace(view.plan, quarters=(changed, *view.plan.quarters[1:]))


def test_every_activity_is_a_box_with_its_id_its_hours_and_its_dates(view):
    text = render_tasks(view.plan)
    assert text.count("\n## Quarter ") == 4
    for activity in view.plan.activities:
        line = next(line for line in text.splitlines() if f"`{activity.id}`" in line)
        assert line.startswith("- [ ] ")
        assert f"start {activity.start}, due {activity.end}" in line
        assert "7\xa0h" in line


def test_the_box_of_closed_work_is_ticked_and_so_is_the_milestone_that_it_closes(view):
    closed = view.plan.quarters[0].milestone.activity
    text = render_tasks(view.plan, done={closed})
    assert f"`{closed}`" in next(line for line in text.splitlines() if line.startswith("- [x] Do the thing"))
    assert "- [x] **Milestone by 28 Feb 2027" in text
    assert "- [ ] **Milestone by 30 May 2027" in text


def test_each_line_is_the_body_of_an_issue_as_github_takes_it(view):
    found = issues(render_github(view.plan))
    assert len(found) == 36 + 4
    for issue in found:
        assert set(issue) == {"title", "body", "labels", "milestone"}
        assert 0 < len(issue["title"]) <= 256
        assert "\n" not in issue["title"]
        assert "- [ ] " in issue["body"]
        assert issue["labels"][0] == "milepost"
        assert all(len(label) <= 50 for label in issue["labels"])
        assert issue["milestone"] in {1, 2, 3, 4}


def test_closed_work_becomes_no_issue(view):
    closed = view.plan.quarters[0].milestone.activity
    titles = [issue["title"] for issue in issues(render_github(view.plan, done={closed}))]
    assert len(titles) == 36 + 4 - 2
    assert not [title for title in titles if title.startswith("Milestone of quarter 1")]


def test_no_text_of_an_issue_mentions_anybody_or_links_another_issue(view):
    plan = with_first(
        view, why="Ask @octocat, fixes #12", practice_goal="see me@example.org", feedback="<b>x</b>"
    )
    text = render_github(plan)
    assert f"@{BREAK}octocat" in text
    assert not re.search(r"[@#]\w", "".join(issue["body"] for issue in issues(text)))
    assert "javascript:" not in text


def test_a_long_title_is_cut_where_github_would_refuse_it(view):
    found = issues(render_github(with_first(view, title="word\n" * 100)))
    assert max(len(issue["title"]) for issue in found) == 256


def resume(person, view) -> dict[str, Any]:
    found = yaml.safe_load(render_rendercv(person, view.levels, view.catalogue.tree))["cv"]
    assert isinstance(found, dict)
    return found


def test_a_rendercv_file_says_what_the_json_resume_says(view):
    found = resume(view.person, view)
    told = json.loads(render_jsonresume(view.person, view.levels, view.catalogue.tree))
    names = " ".join(row["details"] for row in found["sections"]["skills"]).replace(BREAK, "")
    assert all(f"{skill['name']} ({skill['level']})" in names for skill in told["skills"])
    assert found["sections"]["projects"] == [
        {
            "name": "[A cluster](https://example.org/cluster)",
            "date": "2026-05-01",
            "highlights": [f"Skill 1 <{BREAK}i>&<{BREAK}/i> Übung"],
        }
    ]
    assert found["sections"]["certificates"] == [{"name": "A paper", "date": "2026-04-01"}]


def test_a_rendercv_file_has_nothing_private_and_no_empty_section(view):
    text = render_rendercv(view.person, view.levels, view.catalogue.tree)
    assert "private" not in text
    bare = resume(replace(view.person, evidence=()), view)
    assert set(bare["sections"]) == {"skills"}


def test_no_text_of_a_rendercv_file_is_markup_or_runs_as_typst(view):
    evil = replace(
        view.person.evidence[0], title='#read("x") $$y$$ *b* [l](u) <i>', url="javascript:alert(1)"
    )
    found = resume(replace(view.person, name='A "B" C\\D/E', evidence=(evil,)), view)
    assert found["name"] == "A ”B” C D-E"
    assert found["sections"]["projects"][0]["name"] == (
        rf'#{BREAK}read("x") ${BREAK}${BREAK}y${BREAK}${BREAK} \*b\* \[l\](u) <{BREAK}i>'
    )


def test_every_tracker_gets_the_same_bytes_twice(view):
    assert render_tasks(view.plan) == render_tasks(view.plan)
    assert render_github(view.plan) == render_github(view.plan)
