"""The values to draw, shared with tests/publish."""

from importlib import import_module
from typing import Any

import pytest


@pytest.fixture(scope="session")
def samples() -> Any:
    return import_module("publish.roadmap_samples")


