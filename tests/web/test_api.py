"""The API: the documents of the contract, problems as problem+json, writes that happen once."""

import json
from pathlib import Path

import jsonschema
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import positive_data_acceptance

from milepost.web.app import make_app
from web.conftest import BASE, PORT  # type: ignore[import-not-found]

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
API = "/api/v1"


def fits(document, name):
    jsonschema.validate(document, json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/people/Jordan/levels", "levels"),
        ("/people/Jordan/gaps", "gaps"),
        ("/people/Jordan/today", "today"),
        ("/people/Jordan/routes", "routes"),
        ("/compare?who=alex&who=jordan&who=sam", "compare"),
    ],
)
def test_reading_gives_the_documents_of_the_command_line(jordan, path, schema):
    answer = jordan.get(API + path)
    assert answer.status_code == 200
    fits(answer.json(), schema)


def test_a_plan_is_solved_accepted_and_measured(jordan):
    before = jordan.get(f"{API}/people/Jordan/progress")
    assert before.status_code == 422
    answer = jordan.client.post(f"{API}/people/Jordan/plan", json={"hours_per_week": 8, "accept": True})
    fits(answer.json(), "plan")
    fits(jordan.get(f"{API}/people/Jordan/progress").json(), "progress")
    moved = jordan.client.post(f"{API}/people/Jordan/replan", json={"hours_per_week": 6})
    fits(moved.json(), "replan")
    assert moved.json()["accepted"] is False


def test_a_write_under_one_key_happens_once(jordan):
    key = {"Idempotency-Key": "one"}
    body = {"minutes": 60, "skill": "pytorch", "goal": "20 of 25"}
    first = jordan.client.post(f"{API}/people/Jordan/log", json=body, headers=key)
    again = jordan.client.post(f"{API}/people/Jordan/log", json=body, headers=key)
    assert first.json() == again.json()
    assert len(jordan.person().year.sessions) == 1
    other = jordan.client.post(f"{API}/people/Jordan/log", json={**body, "minutes": 5}, headers=key)
    assert other.status_code == 422
    jordan.client.post(f"{API}/people/Jordan/log", json=body)
    assert len(jordan.person().year.sessions) == 2


def test_two_writers_are_kept_apart_by_the_version(jordan):
    read = jordan.get(f"{API}/people/Jordan")
    etag = {"If-Match": read.headers["etag"]}
    text = read.json()["document"]
    good = jordan.client.put(f"{API}/people/Jordan", json={"document": text + "# a\n"}, headers=etag)
    assert good.status_code == 200
    late = jordan.client.put(f"{API}/people/Jordan", json={"document": text + "# b\n"}, headers=etag)
    assert late.status_code == 412
    assert late.headers["content-type"] == "application/problem+json"
    assert jordan.get(f"{API}/people/Jordan").json()["document"].endswith("# a\n")
    assert (
        jordan.client.post(f"{API}/people/Jordan/checkin", json={"hours": 3}, headers=etag).status_code == 412
    )


def test_a_bad_file_is_a_problem_with_every_line(jordan):
    bad = jordan.client.put(
        f"{API}/people/New", json={"document": "milepost: 1\nname: N\nratings: {pyhton: 9}\n"}
    )
    assert bad.status_code == 422
    body = bad.json()
    assert body["status"] == 422
    assert {p["line"] for p in body["problems"]} == {3}
    fits(jordan.client.post(f"{API}/check", json={"document": "name: [\n"}).json(), "check")


def test_advertisements_are_counted_and_not_kept(jordan, home, folder):
    ads = [
        "ML engineer at Acme\nRequirements: Python, PyTorch, Kubernetes.",
        "We need RAG and Python. Company: Beta",
    ]
    found = jordan.client.post(f"{API}/demand", json={"ads": ads}).json()
    fits(found, "demand")
    assert found["ads"] == 2
    assert "Acme" not in json.dumps(found)
    assert not list(folder.rglob("ad-*"))


def test_mentions_and_a_role_made_from_advertisements_keep_nothing(jordan, folder):
    ads = [f"ML engineer at Bay {n}\nRequirements: Python, PyTorch, Kubernetes." for n in range(6)]
    found = jordan.client.post(f"{API}/mentions", json={"ads": ads}).json()
    for each in found["ads"]:
        fits(each, "mentions")
    assert {skill["id"] for skill in found["ads"][0]["skills"]} >= {"python", "pytorch", "kubernetes"}
    made = jordan.client.post(f"{API}/make-role", json={"ads": ads, "name": "Bay engineer"})
    fits(made.json(), "make-role")
    few = jordan.client.post(f"{API}/make-role", json={"ads": ads[:2], "name": "Bay engineer"})
    assert few.status_code == 422
    assert not list(folder.rglob("ad-*"))


def test_wanted_advertisements_are_kept_as_counts_and_move_the_gaps(jordan):
    before = jordan.get(f"{API}/people/Jordan/gaps").json()
    kept = jordan.client.post(
        f"{API}/people/Jordan/ads", json={"ads": ["Requirements: Rust and PyTorch. Company: Bay"]}
    )
    assert kept.json() == {"new": 1, "kept": 1, "ads": 1}
    assert jordan.get(f"{API}/people/Jordan/gaps").json() != before


@pytest.mark.parametrize("form", ["yaml", "json", "jsonresume", "csv", "ics", "tasks"])
def test_an_export_is_the_file_of_the_page(jordan, form):
    answer = jordan.get(f"{API}/people/Jordan/export?format={form}")
    assert answer.status_code == 200
    assert answer.content == jordan.get(f"/people/Jordan/exports/{form}").content
    assert jordan.get(f"{API}/people/Jordan/export?format=exe").status_code == 422


def test_the_verbs_of_a_year_are_kept_and_an_outline_is_made_of_them(jordan):
    jordan.client.post(f"{API}/people/Jordan/checkin", json={"hours": 3, "moved": "The loop resumes"})
    brag = jordan.get(f"{API}/people/Jordan/draft?form=brag").json()
    fits(brag, "draft")
    assert "The loop resumes" in json.dumps(brag)
    made = jordan.client.post(
        f"{API}/people/Jordan/cards", json={"question": "What is a KV cache?", "answer": "Keys, values"}
    )
    (card,) = jordan.get(f"{API}/people/Jordan/cards").json()
    assert card["id"] == made.json()["id"]
    good = {"card": card["id"], "rating": 3}
    assert jordan.client.post(f"{API}/people/Jordan/cards/review", json=good).status_code == 200
    assert jordan.get(f"{API}/people/Jordan/cards").json() == []
    assert jordan.client.post(f"{API}/people/Jordan/pause", json={"reason": "ill"}).json()["to"] is None
    assert jordan.client.post(f"{API}/people/Jordan/resume").status_code == 200
    skipped = jordan.client.post(
        f"{API}/people/Jordan/skip",
        json={"activity": "gpt-2-training-run-reproduction", "reason": "done at work"},
    )
    assert skipped.json()["activity"] == "gpt-2-training-run-reproduction"


def test_a_role_that_there_is_not_is_a_problem_with_the_nearest_and_no_fault(visitor):
    answer = visitor.client.post(
        f"{API}/demand", json={"ads": ["Requirements: Python."], "role": "ml-enginer"}
    )
    assert answer.status_code == 422
    assert "ml-engineer" in answer.json()["detail"]


def test_people_come_in_pages(visitor):
    for number in range(5):
        text = f"milepost: 1\nname: P{number}\n"
        visitor.client.put(f"{API}/people/P{number}", json={"document": text})
    first = visitor.get(f"{API}/people?limit=3").json()
    assert first == {"people": ["P0", "P1", "P2"], "next": "P2"}
    assert visitor.get(f"{API}/people?limit=3&after=P2").json() == {"people": ["P3", "P4"], "next": None}


def test_the_description_is_openapi_3_1_and_names_every_verb(visitor):
    described = visitor.get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    verbs = {path.rsplit("/", 1)[-1] for path in described["paths"]}
    assert verbs >= {
        "levels",
        "gaps",
        "plan",
        "replan",
        "today",
        "log",
        "checkin",
        "done",
        "progress",
        "routes",
        "trend",
        "demand",
        "compare",
        "consider",
        "undo",
        "check",
        "ads",
        "cards",
        "draft",
        "export",
        "make-role",
        "mentions",
        "pause",
        "resume",
        "skip",
    }
    assert all(path.startswith(API) for path in described["paths"]), "pages are not part of the API"


SLOW = ("/plan", "/replan")
"""A solve takes seconds: these are asked for somebody who is not there; the others for Mika and for anybody."""


def test_whatever_is_sent_the_answer_is_one_that_is_described(home, folder):
    app = make_app(home, folder=folder, port=PORT)
    text = "milepost: 1\nname: Mika\ntarget: {role: ml-engineer, route: outside}\n"
    with TestClient(app, base_url=BASE) as client:
        client.put(f"{API}/people/Mika", json={"document": text})
        described = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app, headers=HOST)
        operations = [found.ok() for found in described.get_all_operations()]  # type: ignore[union-attr]
        assert len(operations) >= 18
        for operation in operations:
            ask(operation)


HOST = {"Host": f"127.0.0.1:{PORT}"}


def ask(operation):
    """Send what fits the description and what does not, and hold each answer against it."""

    @given(case=operation.as_strategy())
    @settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
    def send(case):
        if "name" in operation.path and not operation.path.endswith(SLOW):
            case.path_parameters = {"name": "Mika"}
        # Why without that check: a text can be a string and still be no person file, which is a 422.
        case.call_and_validate(headers=HOST, excluded_checks=[positive_data_acceptance])

    send()
