"""Evidence from a repository as a person gets it."""

import datetime as dt
import subprocess
from pathlib import Path

from milepost.files.content import load_catalogue
from milepost.model.people import EvidenceKind
from milepost.workflows.repository import propose_from_repository

ROOT = Path(__file__).resolve().parents[2]


def test_a_repository_becomes_signals_of_known_skills_that_say_why(tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Kim", "-c", "user.email=kim@example.org"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "serve.py").write_text("import fastapi\nimport torch\n\nmodel.predict(1)\n", encoding="utf-8")
    (tmp_path / "Dockerfile").write_text("FROM python:3.11\n", encoding="utf-8")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Serve"], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout[:12]
    found = propose_from_repository(tmp_path, authors=["kim@example.org"], today=dt.date(2150, 1, 1))
    assert {each.skill for each in found.proposals} == {
        "python",
        "pytorch",
        "fastapi",
        "docker",
        "model-deployment",
    }
    for each in found.proposals:
        assert each.skill in load_catalogue().tree.skills
        assert each.kind is EvidenceKind.SIGNAL
        assert head in each.where
        path, line = each.where.split(" at ")[0].split(":")
        assert (tmp_path / path).read_text("utf-8").splitlines()[int(line) - 1] == each.quote
        assert "accept, change or reject it" in each.why
        assert each.level is None


def test_milepost_reads_its_own_repository():
    if not (ROOT / ".git").exists():
        import pytest

        pytest.skip("this is not a checkout")
    log = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ae"], check=True, capture_output=True, text=True
    )
    found = propose_from_repository(ROOT, authors=[log.stdout.strip()], today=dt.date(2150, 1, 1))
    assert found.notes[0].startswith("Yours: ")
