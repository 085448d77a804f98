"""Views to publish; the values are in roadmap_samples.py."""

from importlib import import_module
from typing import Any

import pytest


@pytest.fixture(scope="session")
def samples() -> Any:
    return import_module("publish.roadmap_samples")


@pytest.fixture
def view(samples):
    return samples.make_view()


@pytest.fixture
def hopeless(samples):
    return samples.make_view(feasible=False)
