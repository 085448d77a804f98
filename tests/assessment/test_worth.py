"""The next best assessment: published numbers, and the laws of a value of information."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.assessment.worth import evsi, instruments, noise_of, rank_assessments
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.person import read_person
from milepost.model.people import EvidenceKind, Person
from milepost.model.settings import Settings
from milepost.workflows.demo import DEMO_DAY
from milepost.workflows.roadmap import make_gaps, make_levels

positive = st.floats(0.05, 20)


@pytest.mark.parametrize(
    ("priority", "noise", "expected"), [(12, 0.25, 0.6553), (12, 0.64, 0.4895), (6, 0.25, 0.034776)]
)
def test_the_value_is_as_published(priority, noise, expected):
    found = evsi(priority=priority, boundary=11, impact=4, variance=0.64, noise=noise)
    assert found == pytest.approx(expected, abs=1e-4)


@given(positive, positive, st.floats(1, 5), st.floats(0.01, 2), positive)
def test_a_better_instrument_is_never_worth_less_and_nothing_is_worth_less_than_nothing(
    p, c, impact, v, noise
):
    exact = evsi(priority=p, boundary=c, impact=impact, variance=v, noise=noise / 2)
    rough = evsi(priority=p, boundary=c, impact=impact, variance=v, noise=noise)
    assert exact >= rough - 1e-9
    assert rough >= -1e-9


def test_who_is_sure_already_need_not_ask():
    assert evsi(priority=5, boundary=5, impact=4, variance=0.0, noise=1.0) == 0.0


def test_a_bare_colleague_is_less_exact_than_a_graded_task():
    assert noise_of(EvidenceKind.PEER) > noise_of(EvidenceKind.TASK)
    assert {each.id for each in instruments(Settings())} == {"rating", "test", "task", "artefact", "peer"}


def test_suggestions_name_the_decision_and_come_best_minute_first():
    catalogue = load_catalogue()
    person = read_person(PACKAGED / "people" / "jordan.yaml", catalogue=catalogue)
    assert isinstance(person, Person)
    report = make_gaps(person, today=DEMO_DAY, catalogue=catalogue)
    levels = make_levels(person, today=DEMO_DAY, catalogue=catalogue)
    ranked = rank_assessments(report, levels)
    values = [each.evsi_per_minute for each in ranked]
    assert values == sorted(values, reverse=True)
    assert all("focus" in each.decision for each in ranked)
    only = rank_assessments(report, levels, only=report.focus[0])
    assert {each.skill for each in only} == {report.focus[0]}
