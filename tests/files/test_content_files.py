"""The content folder becomes a Catalogue, or every fault of every file with its line."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.errors import InvalidInput
from milepost.files.content import load_catalogue, read_catalogue
from milepost.files.cycles import find_cycles
from milepost.model.activities import ActivityKind, Catalogue
from milepost.model.roles import Route
from milepost.model.skills import Alias

SKILLS = "skills/programming.yaml"
DEEP = "skills/distributed-training.yaml"
ANCHORS = "anchors/programming.yaml"
ACTIVITIES = "activities/programming.yaml"
ROLE = "roles/ml-infrastructure-engineer.yaml"
PACK = "packs/ml-infrastructure-engineer.yaml"
ROUTES = "routes.yaml"


def test_a_folder_without_faults_becomes_a_catalogue(catalogue: Catalogue) -> None:
    python = catalogue.tree.skills["python"]
    assert python.aliases[1] == Alias("Py", case_sensitive=True, ambiguous=True)
    assert catalogue.tree.skills["kubernetes"].prerequisites == ("python",)
    assert catalogue.tree.anchors_for("python").levels[5] == "t"
    assert catalogue.tree.anchors_for("kubernetes").levels[5] == "authority"
    role = catalogue.roles["ml-infrastructure-engineer"]
    assert role.breadth == {"programming": 4.0}
    assert role.pack is not None
    assert role.pack.skills["python"].weighted_ads == 205.5
    service = catalogue.activities["build-a-service"]
    assert (service.hours.p90, service.requires_levels, service.times) == (22.0, {"python": 2.0}, 2)
    assert catalogue.activities["run-a-cluster"].kind is ActivityKind.ON_THE_JOB
    assert catalogue.routes[Route.INSIDE].needs[0].lead_only


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "words"),
    [
        (SKILLS, "basis: assumption", "basis: §guess", "basis", "guess is not a possible basis"),
        (SKILLS, "source: Written for a test\n", "§", "source", "source is missing"),
        (SKILLS, "date: 2026-11-23", "date: §2026-11-31", "date", "no day"),
        (SKILLS, "  id: programming", "  id: §coding", "area.id", "stands in the file programming.yaml"),
        (SKILLS, "kind: foundation", "kind: §fundation", "area.kind", "fundation"),
        (SKILLS, "id: kubernetes", "id: §Kubernetes_1", "skills.1.id", "kebab case"),
        (SKILLS, "id: kubernetes", "id: §python", "skills.1.id", "defined twice"),
        (SKILLS, "durability: platform", "durability: §tool", "skills.1.durability", "tool"),
        (SKILLS, "core: true", "core: §yes", "skills.0.core", "true nor false"),
        (SKILLS, "core: true", "§cor: true", "skills.0.cor", "not a key"),
        (
            SKILLS,
            "prerequisites: [python]",
            "prerequisites: [§pyton]",
            "skills.1.prerequisites.0",
            "no skill",
        ),
        (SKILLS, "rolls_up_to: python", "rolls_up_to: §containers", "skills.1.rolls_up_to", "no skill"),
        (
            SKILLS,
            "[kubernetes, k8s]",
            "[kubernetes, §PYTHON]",
            "skills.1.aliases.1",
            "belongs to python already",
        ),
        (SKILLS, "http://data.europa.eu/esco/skill/1", "§https://example.org/", "skills.1.esco", "ESCO"),
        (ANCHORS, "python: {0: n, 1: a", "python: §{0: n", "skills.python.1", "1 is missing"),
        (ANCHORS, "  python: {", "  §pyton: {", "skills.pyton", "no skill"),
        (ANCHORS, "  python: {", "  §rag: {", "skills.rag", "belongs to the area distributed-training"),
        (ANCHORS, "4: fluent", "4: §''", "anchors.4", "blank"),
        (ACTIVITIES, "kind: project", "kind: §projekt", "activities.0.kind", "projekt"),
        (
            ACTIVITIES,
            "{p50: 12, p90: 22}",
            "{p50: §1, p90: 22}",
            "activities.0.hours.p50",
            "between 2 and 40",
        ),
        (ACTIVITIES, "{p50: 12, p90: 22}", "{p50: 12, p90: §37}", "activities.0.hours.p90", "3.08 times"),
        (ACTIVITIES, "{p50: 12, p90: 22}", "{p50: 12, p90: §15}", "activities.0.hours.p90", "1.25 times"),
        (
            ACTIVITIES,
            "levels: {python: 2}",
            "levels: {python: §4}",
            "activities.0.requires.levels.python",
            "3.5",
        ),
        (
            ACTIVITIES,
            "levels: {python: 2}",
            "levels: {§pithon: 2}",
            "activities.0.requires.levels.pithon",
            "no skill",
        ),
        (
            ACTIVITIES,
            "share: 0.7, up_to: 3.5",
            "share: 0.7, up_to: §2",
            "activities.0.gains.0.up_to",
            "already",
        ),
        (
            ACTIVITIES,
            "share: 0.7, up_to: 3.5",
            "share: 0.7, up_to: §4.5",
            "activities.0.gains.0.up_to",
            "and 4",
        ),
        (ACTIVITIES, "share: 1.0, up_to: 4.5", "share: 1.0, up_to: §5", "activities.1.gains.0.up_to", "4.5"),
        (
            ACTIVITIES,
            "share: 0.4, up_to: 3}",
            "share: §0, up_to: 3}",
            "activities.0.gains.1.share",
            "practises nothing",
        ),
        (ACTIVITIES, "evidence: [A note]", "evidence: §[]", "activities.1.evidence", "nothing shows"),
        (ACTIVITIES, "meets: [portfolio]", "meets: [§portfolios]", "activities.0.meets.0", "no route need"),
        (
            ACTIVITIES,
            "[build-a-service]",
            "[§build-service]",
            "activities.1.requires.activities.0",
            "no activity",
        ),
        (ACTIVITIES, "id: run-a-cluster", "id: §build-a-service", "activities.1.id", "defined twice"),
        (ACTIVITIES, "times: 2", "times: §1.5", "activities.0.times", "whole"),
        (
            ACTIVITIES,
            "goal: It runs., feedback",
            "goal: §'', feedback",
            "activities.1.practice.goal",
            "blank",
        ),
        (ROLE, "  id: ml-infra", "  id: §infra", "role.id", "stands in the file"),
        (ROLE, "seniority: senior", "seniority: §boss", "role.seniority", "boss"),
        (ROLE, "[distributed-training]", "§[]", "role.specialisations", "one or two"),
        (
            ROLE,
            "{programming: 4}",
            "{§distributed-training: 4}",
            "role.breadth.distributed-training",
            "no foundation",
        ),
        (ROLE, "{skill: kubernetes,", "{skill: §python,", "role.targets.1.skill", "two targets"),
        (ROLE, "level: 3.5", "level: §3.7", "role.targets.1.level", "halves"),
        (PACK, "role: ml-infra", "role: §infra", "pack.role", "stands in the file"),
        (PACK, "companies: 250", "companies: §322", "pack.companies", "cannot have placed"),
        (PACK, "last_date: 2026-05-31", "last_date: §2025-05-31", "pack.last_date", "before"),
        (PACK, "ads: 250", "ads: §322", "pack.skills.python.ads", "the pack has 321"),
        (
            PACK,
            "weighted_ads: 205.5",
            "weighted_ads: §210.5",
            "pack.skills.python.weighted_ads",
            "210 companies",
        ),
        (PACK, "strength: 0.81", "strength: §1.1", "pack.skills.python.strength", "between 0 and 1"),
        (ROUTES, "route: inside", "route: §outside", "routes.1.route", "described twice"),
        (ROUTES, "before: 0.8", "before: §0.0", "routes.0.needs.0.before", "does not lie after"),
        (ROUTES, "count: 1, after: 0.0", "count: §0, after: 0.0", "routes.0.needs.0.count", "between 1"),
        (ROUTES, "skills: [python]", "skills: [§pyhton]", "routes.0.skills.0", "no skill"),
    ],
)
def test_a_fault_is_named_with_its_place(
    root: Path, file: str, old: str, new: str, field: str, words: str
) -> None:
    """The mark § shows where the problem is expected; it is not part of the file."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, "the fault has to be one change"
    before, _, after = text.replace(old, new).partition("§")
    (root / file).write_text(before + after, encoding="utf-8")
    catalogue, problems = read_catalogue(root)
    assert catalogue is None
    place = (file, before.count("\n") + 1, len(before) - before.rfind("\n"), field)
    found = [p for p in problems if (p.path, p.line, p.column, p.field) == place]
    assert any(words in problem.message and problem.hint for problem in found), problems


def change(root: Path, file: str, old: str, new: str) -> list[str]:
    """The messages after one change."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return [problem.message for problem in read_catalogue(root)[1]]


def test_a_circle_of_prerequisites_is_named_in_order(root: Path) -> None:
    messages = change(root, SKILLS, "    core: true\n", "    core: true\n    prerequisites: [kubernetes]\n")
    assert messages == ["these wait for each other in a circle: kubernetes → python → kubernetes"]


def test_a_circle_of_activities_is_named_in_order(root: Path) -> None:
    messages = change(root, ACTIVITIES, "      levels:", "      activities: [run-a-cluster]\n      levels:")
    assert messages == [
        "these wait for each other in a circle: build-a-service → run-a-cluster → build-a-service"
    ]


def test_an_alias_of_two_skills_is_named_with_both_places(root: Path) -> None:
    messages = change(root, DEEP, "aliases: [", "aliases: [K8S, ")
    assert messages == ["the alias 'k8s' belongs to rag already (distributed-training.yaml, line 11)"]


def test_shares_that_sum_to_more_than_one_and_a_half_are_a_problem(root: Path) -> None:
    assert change(root, ACTIVITIES, "share: 0.4", "share: 0.9") == ["the shares sum to 1.6"]


def test_an_area_without_anchors_and_a_missing_routes_file_are_problems(root: Path) -> None:
    (root / "anchors/ml-platform.yaml").unlink()
    (root / ROUTES).unlink()
    problems = read_catalogue(root)[1]
    assert {problem.path for problem in problems} == {"anchors/ml-platform.yaml", ROUTES, ACTIVITIES}


def test_an_empty_folder_names_what_is_missing(tmp_path: Path) -> None:
    paths = [problem.path for problem in read_catalogue(tmp_path)[1]]
    assert paths == ["activities/", "anchors/", "roles/", "routes.yaml", "skills/"]


def test_faults_of_several_files_come_at_once(root: Path) -> None:
    change(root, SKILLS, "durability: platform", "durability: tool")
    change(root, ROLE, "seniority: senior", "seniority: boss")
    (root / DEEP).write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInput) as raised:
        load_catalogue(root)
    assert {SKILLS, ROLE, DEEP} <= {problem.path for problem in raised.value.problems}


def test_the_module_prints_problems_or_what_there_is(root: Path) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "milepost.files.content", str(root)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    good = run()
    assert (good.returncode, good.stdout.startswith("4 areas, 3 skills, 2 activities, 1 roles")) == (0, True)
    change(root, ROLE, "seniority: senior", "seniority: boss")
    bad = run()
    assert bad.returncode == 2
    assert f"{ROLE}:7:14: role.seniority" in bad.stdout


CONTENT = sorted(path for path in (Path(__file__).parent / "small_content").rglob("*.yaml"))
ODD_VALUES = st.sampled_from(
    ["", "~", "-1", ".nan", "true", "[]", "{}", "[[]]", "{a: b}", "[null]", "1e999", "x", "''"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(CONTENT), st.integers(0, 60), st.integers(0, 3), ODD_VALUES)
def test_a_damaged_folder_gives_a_catalogue_or_problems(
    root: Path, path: Path, at: int, which: int, odd: str
) -> None:
    file = root / path.relative_to(Path(__file__).parent / "small_content")
    lines = path.read_text(encoding="utf-8").splitlines()
    at %= len(lines)
    colons = [found.end() for found in re.finditer(": ?", lines[at])]
    if colons:
        start = colons[which % len(colons)]
        end = lines[at].find(",", start) if which % 2 else -1
        lines[at] = f"{lines[at][:start]} {odd}{lines[at][end:] if end > 0 else ''}"
    file.write_text("\n".join(lines), encoding="utf-8")
    catalogue, problems = read_catalogue(root)
    file.write_bytes(path.read_bytes())
    assert (catalogue is None) == bool(problems)
    assert all(problem.message and problem.path for problem in problems)


NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3)))
def test_a_circle_is_found_exactly_where_something_waits_for_itself(waits: Mapping[str, list[str]]) -> None:
    def reaches(start: str) -> set[str]:
        seen: set[str] = set()
        pending = list(waits[start])
        while pending:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                pending.extend(waits.get(name, []))
        return seen

    circles = find_cycles(waits)
    assert bool(circles) == any(name in reaches(name) for name in waits)
    for circle in circles:
        assert all(
            after in waits[before] for before, after in zip(circle, (*circle[1:], circle[0]), strict=True)
        )
