"""What is built installs into an empty environment and does the main job there."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".uv" / "bin" / "uv"
SAID = f"{UV.relative_to(ROOT)} is missing: `make test` puts it there, or the package is not tested in an empty environment"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the wheel and the source archive."""
    if not UV.exists():
        if os.environ.get("CI"):
            pytest.fail(SAID)
        pytest.skip(SAID)
    out = tmp_path_factory.mktemp("dist")
    run(str(UV), "build", "--quiet", "--out-dir", str(out), str(ROOT))
    return out


def run(*command, cwd=None, environment=None):
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=False, cwd=cwd, env=environment
    )
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
    return done.stdout


def only(folder, pattern):
    found = list(folder.glob(pattern))
    assert len(found) == 1, found
    return found[0]


def test_the_wheel_runs_the_demo_in_an_empty_environment(built, tmp_path):
    home, place = tmp_path / "home", tmp_path / "place"
    home.mkdir()
    run(str(UV), "venv", "--quiet", "--python", sys.executable, str(place))
    python = str(place / "bin" / "python")
    run(
        str(UV), "pip", "install", "--quiet", "--python", python, "--constraint", str(ROOT / "requirements.lock.txt"),
        str(only(built, "*.whl")),
    )  # fmt: skip
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    milepost = str(place / "bin" / "milepost")
    assert run(milepost, "--version", cwd=home, environment=clean).startswith("milepost, version ")
    run(milepost, "demo", "--out", "roadmaps", cwd=home, environment=clean)
    made = {file.name for file in (home / "roadmaps").iterdir()}
    assert {"alex.html", "alex.pdf", "jordan.html", "sam.html", "comparison.html"} <= made


def test_the_source_archive_holds_what_the_wheel_is_made_of_and_no_more_secrets_than_the_repository(built):
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    with tarfile.open(only(built, "*.tar.gz")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"src/{name}" for name in packed} <= names
    tracked = set(run("git", "ls-files", cwd=ROOT).splitlines())
    if tracked:
        assert names - tracked - {"PKG-INFO", ".gitignore", ""} == set()


def test_the_wheel_carries_its_types_its_licence_and_its_command(built):
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        names = wheel.namelist()
        assert "milepost/py.typed" in names
        assert any(name.endswith("licenses/LICENSE") for name in names)
        commands = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"milepost = milepost.cli:main" in wheel.read(commands)
