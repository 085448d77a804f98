"""The ready copy of the catalogue: equal to the content, and never trusted further than that."""

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from milepost.files.catalogue_cache import cache_path, load_cached, save_cached
from milepost.files.content import PACKAGED, load_catalogue


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_the_copy_is_the_catalogue() -> None:
    catalogue = load_catalogue(PACKAGED)
    assert load_cached(PACKAGED) is None
    save_cached(PACKAGED, catalogue)
    assert load_cached(PACKAGED) == catalogue


def test_a_changed_content_file_is_read_again(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(PACKAGED, root)
    save_cached(root, load_catalogue(root))
    skills = root / "skills" / "mathematics.yaml"
    skills.write_text(skills.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert load_cached(root) is None


@pytest.mark.parametrize("keep", [0, 10, 40, 5_000])
def test_a_copy_that_was_cut_short_is_no_copy(keep: int) -> None:
    save_cached(PACKAGED, load_catalogue(PACKAGED))
    cache_path().write_bytes(cache_path().read_bytes()[:keep])
    assert load_cached(PACKAGED) is None


def test_a_copy_that_would_run_something_runs_nothing(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "owned"),)

    save_cached(PACKAGED, load_catalogue(PACKAGED))
    head = cache_path().read_bytes()[:32]
    cache_path().write_bytes(head + pickle.dumps(Evil()))
    assert load_cached(PACKAGED) is None
    assert not (tmp_path / "owned").exists()


@pytest.mark.skipif(os.name != "posix", reason="the rights of a folder are POSIX here")
def test_a_cache_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    place = tmp_path / "no-folder"
    place.write_text("a file where the cache would go", encoding="utf-8")
    code = "from milepost.files.content import load_catalogue; print(len(load_catalogue().tree.areas))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "XDG_CACHE_HOME": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "17"
