"""What every test of comparisons needs."""

import json
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def schema_of_compare():
    """The schema that ``milepost compare --json`` keeps."""
    path = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "compare.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))
