"""What the two routes and the rules of a quarter ask of the shipped catalogue."""

import datetime as dt
from functools import cache

import pytest

from milepost.files.content import load_catalogue
from milepost.gaps import rank
from milepost.levels import estimate_levels, level_means
from milepost.model.activities import Activity
from milepost.model.people import Capacity, Person
from milepost.model.roles import Route
from milepost.model.settings import Settings
from milepost.planning.brief import Brief, make_problem
from milepost.planning.problem import Problem

CATALOGUE = load_catalogue()
EASY = Settings(stability_draws=10)
TODAY = dt.date(2026, 11, 23)
MOVES = [(role, route) for role in sorted(CATALOGUE.roles) for route in Route]
NEEDS = [(route, need.id) for route in Route for need in CATALOGUE.routes[route].needs]


@cache
def problem_of(role: str, route: Route) -> Problem:
    """The planning problem of somebody about whom nothing is known, with ten hours a week for a year."""
    aim = CATALOGUE.roles[role]
    person = Person("Robin", capacity=Capacity(10.0, TODAY))
    levels = estimate_levels(person, CATALOGUE.tree, as_of=TODAY, settings=EASY)
    report = rank(levels, aim, CATALOGUE.tree, person=person, settings=EASY)
    means = level_means(levels)
    brief = Brief(person, aim, route, CATALOGUE, report, means, TODAY, 52, 10.0, settings=EASY)
    return make_problem(brief)


def area_of(activity: Activity) -> str:
    most = max(activity.gains, key=lambda gain: gain.share)
    return CATALOGUE.tree.skills[most.skill].area


@pytest.mark.parametrize(("route", "need"), NEEDS, ids=str)
def test_every_need_of_a_route_can_be_met_in_at_least_three_ways_on_that_route(route, need):
    ways = [
        a.id
        for a in CATALOGUE.activities.values()
        if need in a.meets and (route is Route.INSIDE or not a.needs_employer)
    ]
    assert len(ways) >= 3, ways


@pytest.mark.parametrize(("role", "route"), MOVES, ids=str)
def test_every_move_has_public_work_and_milestones_enough_for_four_quarters(role, route):
    candidates = problem_of(role, route).candidates
    assert sum(candidate.public for candidate in candidates) >= 8
    assert sum(candidate.milestone for candidate in candidates) >= 8


@pytest.mark.parametrize(("role", "route"), MOVES, ids=str)
def test_every_candidate_fits_into_a_quarter_of_ten_hours_a_week(role, route):
    problem = problem_of(role, route)
    assert [c.id for c in problem.candidates if not any(problem.fits(c, b) for b in problem.buckets)] == []


@pytest.mark.parametrize(
    ("role", "route", "phases"),
    [
        ("junior-ml-engineer", Route.OUTSIDE, ("deep-learning", "mlops-deployment", "llm-applications")),
        (
            "ml-infrastructure-engineer",
            Route.INSIDE,
            ("deep-learning", "mlops-deployment", "inference-serving", "distributed-training"),
        ),
        (
            "ai-engineering-lead",
            Route.INSIDE,
            ("deep-learning", "llm-applications", "evaluation-responsible-ai", "ai-leadership"),
        ),
    ],
)
def test_each_phase_of_the_three_years_of_the_case_study_has_milestones_and_public_work(role, route, phases):
    candidates = {candidate.activity for candidate in problem_of(role, route).candidates}
    for phase in phases:
        there = [
            CATALOGUE.activities[id_] for id_ in candidates if area_of(CATALOGUE.activities[id_]) == phase
        ]
        assert sum(a.milestone is not None for a in there) >= 3, phase
        assert sum(a.public for a in there) >= 3, phase
        assert any(a.public and a.milestone for a in there), phase


CASE_STUDY = {
    "alex": (
        "fast-ai-lessons-1-to-4 pytorch-tutorials image-classifier-from-scratch-and-fine-tuned text-classifier-from-scratch "
        "fine-tune-bert-with-learning-curve transformer-architecture-in-depth gpt-2-training-run-reproduction "
        "docker-workshop kubernetes-basics-tutorial github-actions-and-dora end-to-end-ml-pipeline "
        "open-source-ml-docs-and-bug-fix fastapi-model-endpoint rag-papers prompting-course-and-guides lora-against-prompting "
        "rag-chatbot-personal-corpus rag-evaluation-ragas-and-people rag-evaluation-blog-post ml-system-design-course "
        "mock-ml-system-design-interviews tabular-rl-from-scratch final-rounds-and-offer"
    ),
    "jordan": (
        "cs229-supervised-learning cs229-unsupervised-and-theory custom-datasets-and-training-loops "
        "ddp-from-distributed-systems train-on-four-gpus-ddp tracking-and-versioning-study compare-serving-engines "
        "profile-and-fix-one-gpu-program quantise-and-decide internal-experiment-comparison-tool "
        "cut-serving-latency-at-work kv-cache-from-scratch speculative-decoding-from-scratch vllm-docs-and-source-tour "
        "serve-a-model-over-several-gpus contribute-to-an-inference-framework production-llm-serving-at-work "
        "fsdp-and-deepspeed-deep-dive team-training-framework-prototype internal-talk-efficient-llm-serving internal-transfer"
    ),
    "sam": (
        "scikit-learn-model-to-pytorch transformer-architecture-in-depth scaling-laws-reading replace-an-nlp-pipeline-at-work "
        "llm-capabilities-study llm-integration-assessment three-internal-proofs-of-concept executive-buy-in-for-pilot "
        "ai-safety-responsible-ai-study team-evaluation-standards mentor-two-juniors-in-deep-learning hire-two-ai-engineers "
        "ai-engineering-roadmap establish-team-mlops-practice ai-strategy-for-executives promotion-packet"
    ),
}


@pytest.mark.parametrize("person", sorted(CASE_STUDY))
def test_everything_that_the_case_study_tells_of_a_year_is_in_the_catalogue(person):
    assert [id_ for id_ in CASE_STUDY[person].split() if id_ not in CATALOGUE.activities] == []
