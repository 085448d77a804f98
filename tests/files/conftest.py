"""A small catalogue of the tests' own."""

import shutil
from pathlib import Path

import pytest

from milepost.files.content import load_catalogue
from milepost.model.activities import Catalogue

SMALL_CONTENT = Path(__file__).parent / "small_content"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Two foundation skills, four specialisations, one role, two activities."""
    return load_catalogue(SMALL_CONTENT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder without faults that a test may damage."""
    return Path(shutil.copytree(SMALL_CONTENT, tmp_path / "content"))
