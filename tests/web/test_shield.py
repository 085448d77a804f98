"""Nobody but this computer's own pages gets anything done."""

import pytest
from fastapi.testclient import TestClient

from milepost.web.app import make_app
from milepost.web.shield import MOST_BYTES
from web.conftest import BASE, PORT  # type: ignore[import-not-found]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1:9999", "127.0.0.1.evil.example:8765", ""]
)
def test_another_host_name_is_refused_even_where_it_points_here(visitor, host):
    answer = visitor.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Milepost" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_this_computer_is_let_in_under_its_own_names(visitor, host):
    assert visitor.get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(jordan, headers):
    token = jordan.token()
    answer = jordan.client.post(
        "/people/Jordan/checkin", data={"token": token, "hours": "5"}, headers=headers
    )
    assert answer.status_code == 403
    assert not jordan.person().year.checkins
    put = jordan.client.put(
        "/api/v1/people/Jordan", json={"document": "milepost: 1\nname: X\n"}, headers=headers
    )
    assert put.status_code == 403


def test_a_form_without_its_token_is_refused_and_nothing_is_changed(jordan):
    for token in ("", "0" * 64, jordan.token()[:-1]):
        answer = jordan.client.post("/people/Jordan/checkin", data={"token": token, "hours": "5"})
        assert answer.status_code == 403
        assert "reload the page" in answer.text
    assert not jordan.person().year.checkins


def test_a_token_of_another_visitor_does_not_fit(jordan, home, folder):
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE) as other:
        token = jordan.token()
        other.get("/")
        assert other.post("/people/Jordan/checkin", data={"token": token, "hours": "5"}).status_code == 403


def test_a_form_outlives_the_server(jordan, home, folder):
    token = jordan.token()
    with TestClient(
        make_app(home, folder=folder, port=PORT), base_url=BASE, cookies=jordan.client.cookies
    ) as again:
        assert again.post("/people/Jordan/checkin", data={"token": token, "hours": "5"}).status_code == 200
    assert len(jordan.person().year.checkins) == 1


@pytest.mark.parametrize(
    "path", ["/", "/begin", "/people/Jordan", "/people/Jordan/gaps", "/api/v1/people", "/nowhere", "/health"]
)
def test_every_answer_has_the_safe_headers(jordan, path):
    headers = jordan.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


def test_the_cookie_is_for_this_site_and_no_script(visitor):
    cookie = visitor.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_too_large_a_body_is_refused(jordan):
    answer = jordan.client.post("/begin", data={"token": jordan.token(), "name": "x" * (MOST_BYTES + 1)})
    assert answer.status_code == 413


def test_the_key_is_readable_by_its_owner_only(visitor, folder):
    visitor.get("/")
    assert (folder / "web.key").stat().st_mode & 0o077 == 0


def test_serve_refuses_any_address_but_loopback(tmp_path):
    from cli.test_year_commands import start  # type: ignore[import-not-found]

    ran = start(tmp_path, "serve", "--host", "0.0.0.0")
    assert ran.returncode == 2
    assert "accounts" in ran.stderr
