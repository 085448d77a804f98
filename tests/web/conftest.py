"""A web app over an empty workspace, on a fixed day, and a visitor who fills in its forms."""

import datetime as dt
import re

import pytest
from fastapi.testclient import TestClient

from milepost.web.app import make_app
from milepost.workflows.home import Home

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
DAY = dt.date(2026, 12, 4)


class Visitor:
    """Somebody with a browser: follows forms with their token, sees text."""

    def __init__(self, client: TestClient, home: Home) -> None:
        self.client, self.home = client, home

    def get(self, path, **more):
        return self.client.get(path, **more)

    def token(self, path="/begin"):
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def send(self, path, *, follow=True, **fields):
        data = {"token": self.token(), **fields}
        return self.client.post(path, data=data, follow_redirects=follow)

    def person(self, name="Jordan"):
        return self.home.occasion().load(self.home.where(name, _owner())).loaded.person


def _owner():
    from milepost.workflows.home import OWNER

    return OWNER


@pytest.fixture
def home(tmp_path):
    return Home(
        str(tmp_path / "w.sqlite"),
        lambda: dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC),
        lambda: DAY,
        {},
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "web"


@pytest.fixture
def visitor(home, folder):
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE) as client:
        yield Visitor(client, home)


@pytest.fixture
def jordan(visitor):
    """A visitor whose workspace holds Jordan."""
    assert visitor.send("/examples/jordan").status_code == 200
    return visitor
