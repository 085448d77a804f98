"""Where the shared data lies, the real skill tree, and a way to read one text."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from milepost.files.content import PACKAGED
from milepost.files.shelf import Shelf
from milepost.files.skills_content import read_tree
from milepost.market.ads import Ad
from milepost.market.extract import Extractor, Mention, build_extractor, build_lexicon
from milepost.market.lexicon import Lexicon
from milepost.market.reference import read_mentions
from milepost.model.skills import SkillTree

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
sys.path.insert(0, str(PROJECT / "tools"))

Reader = Callable[..., tuple[Mention, ...]]


@cache
def packaged_tree() -> SkillTree:
    return read_tree(Shelf(PACKAGED))


@pytest.fixture(scope="session")
def tree() -> SkillTree:
    return packaged_tree()


@pytest.fixture(scope="session")
def lexicon(tree: SkillTree) -> Lexicon:
    return build_lexicon(tree)


@pytest.fixture(scope="session")
def extractor(tree: SkillTree) -> Extractor:
    return build_extractor(tree)


@pytest.fixture(scope="session")
def read(extractor: Extractor, lexicon: Lexicon) -> Reader:
    """The mentions of one text, on which the fast extractor and the plain one agree."""

    def one(text: str, *, title: str = "", company: str = "") -> tuple[Mention, ...]:
        ad = Ad("1", title, company, "2026-01-01", text, "test")
        found = extractor.mentions(ad)
        assert found == read_mentions(ad, lexicon)
        return found

    return one


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the shared data sets are not at {SHARED / 'data'}; counts cannot be made again")
    return SHARED
