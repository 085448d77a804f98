"""What CVs show as proposals: precision and recall on labelled CVs, and what is written when they are accepted."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_cvs import write_all  # type: ignore[import-not-found]
from milepost.errors import InvalidInput, UsageError
from milepost.files.content import load_catalogue
from milepost.model.people import EvidenceKind
from milepost.workflows.cv_findings import propose_from_cv
from milepost.workflows.evidence import accept_offers, gather_offers, read_choices, read_level
from milepost.workflows.keeping import undo_change
from milepost.workflows.year import Occasion
from short_cvs import CVS  # type: ignore[import-not-found]

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cv-samples"
DAY = dt.date(2026, 12, 6)
AT = Occasion(None, lambda: dt.datetime(2026, 12, 6, 18, tzinfo=dt.UTC), DAY)
TEXT = "milepost: 1\nname: Mika   # me\nratings: {python: 2}   # by hand\n"
CV = """\
Mika Beispiel, mika@example.org, +49 170 5550188

Experience

Data Engineer, Blue Lagoon, June 2021 - March 2024
- Kafka pipelines that feed Snowflake, 2 TB a day

Projects

Tidewatch, May 2022
https://example.org/tidewatch
- Anomaly detection with PyTorch

Certifications
- Certified Kubernetes Administrator, May 2023

Skills
Python (expert), Docker, Terraform
Go: 3 years
"""


def read(path, today=DAY):
    return propose_from_cv(path, tree=load_catalogue().tree, today=today)


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    return write_all(tmp_path_factory.mktemp("cvs"))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def cv(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(CV, encoding="utf-8")
    return path


def shares(pairs):
    """Precision and recall over pairs of found and labelled skills."""
    right = sum(len(found & wanted) for found, wanted in pairs)
    return right / sum(len(found) for found, _ in pairs), right / sum(len(wanted) for _, wanted in pairs)


def test_precision_and_recall_on_five_invented_cvs(invented):
    pairs = [({each.skill for each in read(path).proposals}, wanted) for path, wanted in invented.values()]
    precision, recall = shares(pairs)
    assert precision >= 0.94, pairs
    assert recall >= 0.91, pairs


def test_precision_and_recall_on_six_cvs_that_another_hand_labelled(tmp_path):
    pairs = []
    for name, (write, wanted) in CVS.items():
        write(tmp_path / name)
        pairs.append(({each.skill for each in read(tmp_path / name).proposals}, wanted))
    precision, recall = shares(pairs)
    assert precision >= 0.9, pairs
    assert recall >= 0.9, pairs


@pytest.mark.skipif(not SHARED.exists(), reason=f"the sample CVs are not here: {SHARED}")
def test_three_layouts_of_one_cv_give_the_same_skills():
    paths = sorted((SHARED / "rendercv").glob("John_Doe_*.pdf"))
    layouts = [{each.skill for each in read(path).proposals} for path in paths]
    assert len(layouts) == 3
    assert len(set.intersection(*layouts)) >= 30
    assert all(each == layouts[0] for each in layouts)


@pytest.mark.skipif(not SHARED.exists(), reason=f"the sample CVs are not here: {SHARED}")
def test_three_layouts_of_one_cv_give_the_same_papers_with_the_same_days():
    paths = sorted((SHARED / "rendercv").glob("John_Doe_*.pdf"))
    papers = [
        {(each.skill, each.title, each.date, each.url) for each in read(path).proposals if each.url}
        for path in paths
    ]
    assert all(each == papers[0] for each in papers)
    assert len({url for _, _, _, url in papers[0]}) == 4


def test_nobody_wants_what_they_wish_to_learn_or_never_did(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(
        "Summary\nEager to learn Rust. No experience with Kubernetes. Interested in robotics.\nUses Docker.\n"
        "Interests\nReinforcement learning of dogs\nReferences\nAda, CUDA expert\n",
        encoding="utf-8",
    )
    assert [each.skill for each in read(path).proposals] == ["docker"]


def test_an_employer_is_no_skill_and_a_title_is_one(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(
        "Experience\nMachine Learning Engineer, Databricks, 2019 - 2021\n- Went there\n", encoding="utf-8"
    )
    assert [each.skill for each in read(path).proposals] == ["machine-learning"]


def test_every_quote_stands_in_the_cv_and_holds_no_mail_or_telephone(invented):
    for path, _ in invented.values():
        for each in read(path).proposals:
            assert each.where.startswith(path.name)
            assert each.quote
            assert "@" not in each.quote
            assert "555" not in each.quote
            assert not any(name in each.quote for name in ("NGUYỄN", "Nadia", "Jürgen", "Amélie", "Trần"))


def test_a_level_is_proposed_only_where_the_cv_has_a_word_for_it(invented, cv):
    levels = {each.skill: each.level for each in read(cv).proposals if each.level is not None}
    assert levels == {"python": 4}
    found = {each.skill: each for each in read(invented["plain text"][0]).proposals}
    assert found["jax"].level == 4
    assert "'Expert', read as 4 (fluent)" in found["jax"].why
    assert found["go"].level == 1
    assert found["slurm"].level is None


def test_the_word_for_a_part_of_a_skill_is_no_level_of_the_whole(tmp_path):
    path = tmp_path / "resume.json"
    path.write_text(json.dumps({"skills": [{"name": "HTML", "level": "Master"}]}), encoding="utf-8")
    (only,) = read(path).proposals
    assert (only.skill, only.level) == ("react", None)


def test_days_come_from_the_entries(cv):
    found = {(each.skill, each.kind): each for each in read(cv).proposals}
    assert found["kafka", EvidenceKind.SELF].last_used == dt.date(2024, 3, 31)
    assert found["kafka", EvidenceKind.SELF].example.startswith("Kafka pipelines that feed")
    assert found["docker", EvidenceKind.SELF].last_used is None
    assert found["docker", EvidenceKind.SELF].example == ""
    assert found["go", EvidenceKind.SELF].years == 3
    assert found["kubernetes", EvidenceKind.CERTIFICATE].date == dt.date(2023, 5, 31)
    piece = found["pytorch", EvidenceKind.ARTEFACT]
    assert (piece.date, piece.url, piece.title) == (
        dt.date(2022, 5, 31),
        "https://example.org/tidewatch",
        "Tidewatch",
    )


def test_an_end_in_the_future_is_still_going_on(cv):
    kafka = next(each for each in read(cv, dt.date(2023, 1, 1)).proposals if each.skill == "kafka")
    assert kafka.last_used is None


def test_what_was_accepted_is_one_change_that_undo_takes_back(file, cv):
    before = file.read_bytes()
    offers = gather_offers(str(file), [cv], at=AT)
    numbers = {(o.proposal.skill, o.proposal.kind.value): o.number for o in offers.offers}
    words = (
        f"{numbers['kafka', 'self']}=3,{numbers['pytorch', 'artefact']}=2.5,{numbers['docker', 'self']},"
        f"{numbers['kubernetes', 'certificate']}=2,{numbers['python', 'self']}"
    )
    done = accept_offers(str(file), offers, read_choices(words, offers), at=AT)
    assert {o.proposal.skill for o in done.written} == {"kafka", "pytorch", "kubernetes"}
    assert [o.proposal.skill for o in done.need_level] == ["docker"]
    assert [(o.proposal.skill, o.there) for o in done.kept_out] == [("python", "already rated 2")]
    person = AT.load(str(file)).loaded.person
    ratings = {rating.skill: rating for rating in person.ratings}
    assert ratings["python"].level == 2
    assert ratings["kafka"].last_used == dt.date(2024, 3, 31)
    assert {piece.skill: piece.level for piece in person.evidence} == {"pytorch": 2.5, "kubernetes": 2}
    assert "# by hand" in file.read_text(encoding="utf-8")
    assert undo_change(AT.load(str(file)), workspace=None, now=AT.now).verb == "evidence"
    assert file.read_bytes() == before


def test_the_same_cv_again_writes_nothing_twice_and_keeps_its_numbers(file, cv):
    offers = gather_offers(str(file), [cv, cv], at=AT)
    chosen = {offer.number: 2.0 for offer in offers.new}
    accept_offers(str(file), offers, chosen, at=AT)
    after = file.read_bytes()
    again = gather_offers(str(file), [cv], at=AT)
    assert [o.proposal for o in again.offers] == [o.proposal for o in offers.offers]
    assert again.new == ()
    done = accept_offers(str(file), again, chosen, at=AT)
    assert done.written == ()
    assert len(done.kept_out) == len(chosen)
    assert file.read_bytes() == after


def test_what_contradicts_the_file_stays_out_with_the_reason(file, cv):
    file.write_text("name: Mika\nratings: {pytorch: {level: 2, last_used: 2020-01-01}}\n", encoding="utf-8")
    offers = gather_offers(str(file), [cv], at=AT)
    number = next(
        o.number
        for o in offers.offers
        if o.proposal.kind is EvidenceKind.ARTEFACT and o.proposal.skill == "pytorch"
    )
    done = accept_offers(str(file), offers, {number: 3.0}, at=AT)
    assert done.written == ()
    assert "last_used says 2020-01-01" in done.kept_out[0].there


def test_own_skills_of_the_person_are_found_too(file, tmp_path):
    file.write_text(
        "name: Mika\nskills: {blender: {name: Blender, area: computer-vision}}\n", encoding="utf-8"
    )
    path = tmp_path / "cv.txt"
    path.write_text("Skills\nBlender, Watercolour\n", encoding="utf-8")
    offers = gather_offers(str(file), [path], at=AT)
    assert [o.proposal.skill for o in offers.offers] == ["blender"]
    assert "Watercolour" in offers.findings[0].notes[0]


def test_every_source_that_cannot_be_read_is_named(file, cv, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(InvalidInput) as caught:
        gather_offers(str(file), [tmp_path / "a.pdf", cv, tmp_path / "b.docx"], at=AT)
    assert [Path(problem.path).name for problem in caught.value.problems] == ["a.pdf", "b.docx"]


@pytest.mark.parametrize("words", ["0", "99", "x", "1=9", "1=2.3", "", "1=nan", "1=", ",", "٣", "1=inf"])
def test_a_choice_that_means_nothing_is_refused(file, cv, words):
    with pytest.raises(UsageError):
        read_choices(words, gather_offers(str(file), [cv], at=AT))


@given(st.integers(0, 10))
def test_every_level_in_halves_is_read_back(halves):
    assert read_level(f"{halves / 2:g}") == halves / 2


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("odd") / "cv.txt"
    path.write_text(f"Skills\n{text}", encoding="utf-8", errors="replace")
    try:
        found = read(path)
    except InvalidInput:
        return
    assert all(each.quote for each in found.proposals)
