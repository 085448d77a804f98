"""The shipped people, roles and table of relatedness that the laws of routes are tried on."""

import datetime as dt
from functools import cache

import pytest

from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.relatedness import load_relatedness
from milepost.workflows.people import load_person

TODAY = dt.date(2026, 11, 23)


def now() -> dt.datetime:
    return dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@cache
def shipped(name):
    return load_person(str(PACKAGED / "people" / f"{name}.yaml"), workspace=None, now=now).person


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="session")
def related():
    return load_relatedness()


@pytest.fixture(scope="session")
def jordan():
    return shipped("jordan")
