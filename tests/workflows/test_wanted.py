"""Advertisements kept as they were counted: the same demand as from their texts, added to, dropped, undone, never a text."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.files.person_ads import MOST_COUNTED
from milepost.market.ads import Ad
from milepost.market.counted import add_counted, as_ad, count_ad, weights_of
from milepost.market.demand import measure_demand
from milepost.market.extract import build_extractor
from milepost.model.people import Person
from milepost.workflows.keeping import undo_change
from milepost.workflows.market import measure_market, own_demand
from milepost.workflows.roadmap import make_gaps
from milepost.workflows.wanted import drop_ad, keep_ads
from milepost.workflows.workspace import save_new_person
from milepost.workflows.year import Occasion

TODAY = dt.date(2026, 11, 24)
ME = """\
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 6, start: 2026-11-30}
ratings: {python: 3}
"""
SEA = "ML Engineer\nCompany: Sea\nRequirements\n- Python, SQL and PyTorch\n- Docker\nNice to have\n- Kubernetes\n"
LAKE = "Data Engineer\nCompany: Lake\nRequirements\n- Spark and SQL\n- our Zorbix cluster, beside Kafka and Flink\n"
NAMES = (
    "Python",
    "SQL",
    "PyTorch",
    "Docker",
    "Kubernetes",
    "LangChain",
    "Terraform",
    "Spark",
    "stakeholder management",
)
TREE = load_catalogue().tree
EXTRACTOR = build_extractor(TREE)


def now():
    return dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


@pytest.fixture
def desk(tmp_path):
    """Mika in a workspace, and a folder with two advertisements."""
    at = Occasion(str(tmp_path / "w.sqlite"), now, TODAY)
    save_new_person("Mika", ME, workspace=at.workspace, now=now)
    for name, text in (("sea.txt", SEA), ("lake.txt", LAKE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path, at


ads_drawn = st.lists(
    st.tuples(st.sampled_from(("Sea", "Lake", "Hill", "")), st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ads_drawn)
def test_the_counts_say_of_demand_what_the_texts_say(drawn):
    ads = [
        Ad(str(number), f"Engineer {number}", company, "", f"{'Requirements' if must else 'Nice to have'}\n- " + "\n- ".join(skills), "x")
        for number, (company, skills, must) in enumerate(drawn)
        if company
    ]  # fmt: skip
    counted = [count_ad(ad, EXTRACTOR, today=TODAY) for ad in ads]
    # Two texts with the same words would be one advertisement; here each is counted as it stands.
    named = {ad.words: ad for ad in counted}
    texts = [ad for ad, kept in zip(ads, counted, strict=True) if named[kept.words] is kept]
    by_text = measure_demand(
        "own", texts, {(ad.source, ad.id): EXTRACTOR.weights(ad) for ad in texts}, source=""
    )
    kept = list(named.values())
    by_count = measure_demand("own", [as_ad(ad) for ad in kept], weights_of(kept, TREE), source="")
    assert by_count == by_text


def test_the_texts_are_read_once_and_the_gaps_of_the_workspace_rest_on_them(desk):
    folder, at = desk
    before = make_gaps(at.load("Mika").loaded.person, today=TODAY, own=own_demand(at.load("Mika").loaded))
    wanted = keep_ads("Mika", [folder / "sea.txt", folder / "lake.txt"], at=at)
    assert (wanted.new, wanted.kept) == (2, 2)
    for name in ("sea.txt", "lake.txt"):
        (folder / name).unlink()
    loaded = at.load("Mika").loaded
    own = own_demand(loaded)
    assert own is not None
    assert (own.ads, own.skills["sql"].ads, own.skills["spark"].ads) == (2, 2, 1)
    after = make_gaps(loaded.person, today=TODAY, own=own)
    assert {gap.skill: gap.impact.share for gap in before.gaps} != {
        gap.skill: gap.impact.share for gap in after.gaps
    }
    for word in ("Requirements", "cluster", "beside", str(folder)):
        assert word not in loaded.text


def test_an_advertisement_that_comes_again_is_counted_once_and_its_newer_text_holds(desk):
    folder, at = desk
    keep_ads("Mika", [folder / "sea.txt"], at=at)
    text = at.load("Mika").loaded.text
    again = keep_ads("Mika", [folder / "sea.txt"], at=at)
    assert (again.new, again.kept) == (0, 1)
    assert at.load("Mika").loaded.text == text
    (folder / "sea.txt").write_text(SEA.replace("Docker", "Terraform"), encoding="utf-8")
    assert keep_ads("Mika", [folder / "sea.txt"], at=at).kept == 1
    (ad,) = at.load("Mika").loaded.person.counted_ads
    assert "terraform" in ad.skills
    assert "docker" not in ad.skills


def test_one_can_be_dropped_and_every_change_taken_back(desk):
    folder, at = desk
    keep_ads("Mika", [folder / "sea.txt", folder / "lake.txt"], at=at)
    text = at.load("Mika").loaded.text
    words = at.load("Mika").loaded.person.counted_ads[0].words
    drop_ad("Mika", words, at=at)
    assert len(at.load("Mika").loaded.person.counted_ads) == 1
    with pytest.raises(UsageError, match="not kept"):
        drop_ad("Mika", words, at=at)
    undo_change(at.load("Mika"), workspace=at.workspace, now=now)
    assert at.load("Mika").loaded.text == text
    undo_change(at.load("Mika"), workspace=at.workspace, now=now)
    assert at.load("Mika").loaded.text == ME


def test_what_a_folder_and_the_file_both_hold_counts_once(tmp_path):
    (tmp_path / "ads").mkdir()
    (tmp_path / "ads" / "sea.txt").write_text(SEA, encoding="utf-8")
    (tmp_path / "lake.txt").write_text(LAKE, encoding="utf-8")
    me = tmp_path / "me.yaml"
    me.write_text(ME + "ads: [ads/*.txt]\n", encoding="utf-8")
    at = Occasion(None, now, TODAY)
    keep_ads(str(me), [tmp_path / "ads", tmp_path / "lake.txt"], at=at)
    own = own_demand(at.load(str(me)).loaded)
    assert own is not None
    texts = measure_market([tmp_path / "ads", tmp_path / "lake.txt"]).demand
    assert own.skills == texts.skills


def test_more_than_a_file_holds_is_refused_and_changes_nothing(desk):
    folder, at = desk
    rows = [
        {"title": f"Engineer {n}", "company": f"C{n}", "text": f"Requirements\n- Python {n}"}
        for n in range(MOST_COUNTED + 1)
    ]
    (folder / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(UsageError, match="501 advertisements"):
        keep_ads("Mika", [folder / "many.jsonl"], at=at)
    assert at.load("Mika").loaded.text == ME


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("{words: a1, skills: {pyton: 1}}", "counted_ads.0.skills.pyton"),
        ("{words: a1, skills: {python: 2}}", "counted_ads.0.skills.python"),
        ("{skills: {python: 1}}", "counted_ads.0.words"),
        ("{words: a1, skills: {}, date: soon}", "counted_ads.0.date"),
        ("{words: a1, skills: {}, text: hello}", "counted_ads.0.text"),
    ],
)
def test_a_problem_has_its_place(row, field):
    found = read_person_text(f"{ME}counted_ads: [{row}]\n", path="me.yaml", catalogue=load_catalogue())
    assert not isinstance(found, Person)
    assert [problem.field for problem in found] == [field]


def test_adding_nothing_changes_nothing_and_adding_twice_adds_once():
    ads = tuple(
        count_ad(Ad(str(n), f"E{n}", "Sea", "", f"Python {n}", "x"), EXTRACTOR, today=TODAY) for n in range(3)
    )
    assert add_counted(ads, ()) == ads
    assert add_counted(add_counted((), ads), ads) == ads
