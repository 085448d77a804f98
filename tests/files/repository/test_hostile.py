"""A repository that wants to run something: nothing of its configuration, attributes or hooks does."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from milepost.workflows.repository import propose_from_repository

HOSTILE = """
[core]
	fsmonitor = {run}
	pager = {run}
	editor = {run}
	sshCommand = {run}
	askPass = {run}
	hooksPath = {hooks}
	alternateRefsCommand = {run}
	gitProxy = {run}
	attributesFile = {attributes}
[pager]
	log = {run}
	cat-file = {run}
	config = {run}
[alias]
	log = !{run}
	cat-file = !{run}
	diff-tree = !{run}
	rev-parse = !{run}
	config = !{run}
	check-mailmap = !{run}
	for-each-ref = !{run}
[diff]
	external = {run}
[diff "evil"]
	textconv = {run}
	command = {run}
[merge "evil"]
	driver = {run}
[filter "evil"]
	smudge = {run}
	clean = {run}
	process = {run}
[log]
	showSignature = true
[gpg]
	program = {run}
[gpg "ssh"]
	program = {run}
	defaultKeyCommand = {run}
[credential]
	helper = !{run}
[uploadpack]
	packObjectsHook = {run}
[remote "origin"]
	url = ext::{run}
	promisor = true
	partialclonefilter = blob:none
	uploadpack = {run}
	vcs = ext
[trailer]
	separators = ":"
[trailer "co-authored-by"]
	command = {run}
	cmd = {run}
[extensions]
	partialClone = origin
[interactive]
	diffFilter = {run}
[gc]
	auto = 1
[init]
	templateDir = {hooks}
[submodule]
	recurse = true
"""


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a trace when it runs."""
    program = tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\necho ran >> {tmp_path / 'trace'}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def arm(repository, trap: Path, *, missing: bool) -> None:
    """Set every trap; with ``missing`` a blob is gone as well, so that git would like to fetch it."""
    hooks = trap.parent / "hooks"
    hooks.mkdir()
    for name in (
        "post-checkout",
        "pre-auto-gc",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ):
        (hooks / name).write_bytes(trap.read_bytes())
        (hooks / name).chmod(0o755)
    attributes = trap.parent / "attributes"
    attributes.write_text("* diff=evil filter=evil merge=evil\n", encoding="utf-8")
    repository.commit(
        {
            ".gitattributes": "* diff=evil filter=evil merge=evil\n",
            "a.py": "import torch\n",
            "b.py": "import jax\n",
        },
        message="One\n\nCo-authored-by: Sasha <sasha@example.org>",
    )
    if missing:
        blob = repository.git("rev-parse", "HEAD:b.py").decode().strip()
        (repository.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    info = repository.folder / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("* diff=evil filter=evil merge=evil\n", encoding="utf-8")
    text = HOSTILE.format(run=trap, hooks=hooks, attributes=attributes)
    config = repository.folder / ".git" / "config"
    config.write_text(
        config.read_text("utf-8").replace("repositoryformatversion = 0", "repositoryformatversion = 1")
        + text,
        encoding="utf-8",
    )


@pytest.mark.parametrize("missing", [False, True])
def test_nothing_that_a_repository_configures_runs(repository, trap, missing):
    arm(repository, trap, missing=missing)
    before = sorted(
        (f.relative_to(repository.folder), f.stat().st_mtime_ns) for f in repository.folder.rglob("*")
    )
    found = propose_from_repository(
        repository.folder, authors=["kim@example.org"], today=dt.date(2026, 11, 23)
    )
    propose_from_repository(repository.folder, authors=["Kim Example"], today=dt.date(2026, 11, 23))
    assert not (trap.parent / "trace").exists()
    assert "pytorch" in {proposal.skill for proposal in found.proposals}
    assert (
        sorted((f.relative_to(repository.folder), f.stat().st_mtime_ns) for f in repository.folder.rglob("*"))
        == before
    )


def test_the_traps_are_real(repository, trap):
    arm(repository, trap, missing=False)
    plain = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "HOME": str(trap.parent),
    }
    for command in (["status"], ["log", "-p"], ["ls-remote", "origin"]):
        (trap.parent / "trace").unlink(missing_ok=True)
        subprocess.run(
            ["git", "-C", str(repository.folder), *command],
            env=plain,
            capture_output=True,
            timeout=30,
            check=False,
        )
        assert command[0] == "ls-remote" or (trap.parent / "trace").exists(), command


def test_a_missing_blob_is_not_fetched_but_said(repository, trap):
    arm(repository, trap, missing=True)
    found = propose_from_repository(
        repository.folder, authors=["kim@example.org"], today=dt.date(2026, 11, 23)
    )
    assert any("could not be read" in note for note in found.notes)
    assert "pytorch" in {proposal.skill for proposal in found.proposals}
