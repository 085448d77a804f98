"""A small catalogue of the tests' own, and a cache folder of their own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from milepost.files.content import load_catalogue
from milepost.model.activities import Catalogue

SMALL_CONTENT = Path(__file__).parent / "small_content"


@pytest.fixture(autouse=True, scope="session")
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Two foundation skills, four specialisations, one role, two activities."""
    return load_catalogue(SMALL_CONTENT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder without faults that a test may damage."""
    return Path(shutil.copytree(SMALL_CONTENT, tmp_path / "content"))
