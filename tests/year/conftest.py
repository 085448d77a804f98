"""The small plan of ``small_year`` as a fixture."""

import pytest

from small_year import make_plan  # type: ignore[import-not-found]


@pytest.fixture
def plan():
    return make_plan()
