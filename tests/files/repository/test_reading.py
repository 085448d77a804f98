"""What is read from a repository, and what is left out with a word."""

import datetime as dt
import json
import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.errors import InvalidInput, UsageError
from milepost.files.repository import git as git_module
from milepost.files.repository import history as history_module
from milepost.files.repository.signs import load_signs
from milepost.model.people import EvidenceKind
from milepost.model.proposals import Findings, Proposal
from milepost.workflows.repository import propose_from_repository

TODAY = dt.date(2026, 11, 23)
OTHER = "Sasha Other <sasha@example.org>"
TORCH = '"""Trains."""\n\nimport os\nimport torch\n\n\ndef train(model):\n    model().backward()\n'


def read(folder: Path, *authors: str) -> Findings:
    return propose_from_repository(folder, authors=authors or ("kim@example.org",), today=TODAY)


def by_skill(findings: Findings) -> dict[str, Proposal]:
    return {proposal.skill: proposal for proposal in findings.proposals}


def notes(findings: Findings) -> str:
    return "\n".join(findings.notes)


def test_an_import_is_proposed_with_its_commit_its_line_and_its_day(repository):
    commit = repository.commit({"train.py": TORCH}, day="2024-03-05")
    proposal = by_skill(read(repository.folder))["pytorch"]
    assert proposal.kind is EvidenceKind.SIGNAL
    assert proposal.where == f"train.py:4 at {commit[:12]} in work"
    assert proposal.quote == "import torch"
    assert proposal.date == dt.date(2024, 3, 5)
    assert proposal.level is None
    assert "too little for a level: 2 would take 3 months, 10 commits and 3 files" in proposal.why
    assert "1 commit of yours in 1 month" in proposal.why


def test_every_kind_of_file_shows_its_skill(repository):
    repository.commit({
        "Dockerfile": "# base\nFROM python:3.11\n", ".github/workflows/ci.yml": "on: push\njobs:\n  a: {}\n",
        "infra/main.tf": 'resource "aws_s3_bucket" "b" {}\n', "deploy/app.yaml": "apiVersion: apps/v1\nkind: Deployment\n",
        "q/report.sql": "select 1\n", "models/orders.sql": "select * from {{ ref('x') }}\n", "dvc.yaml": "stages:\n  a: {}\n",
        "tests/test_a.py": "def test_a():\n    assert True\n", "src/a.cu": "#include <cuda_runtime.h>\n__global__ void f() {}\n",
        "web/App.tsx": "import { useState } from 'react'\nconst a = useState(1)\n", "main.go": 'package main\n\nimport (\n\t"k8s.io/client-go/rest"\n)\n',
        "Job.java": "import org.apache.spark.sql.Dataset;\nclass Job {}\n", "lib.rs": "use tokio::sync::Mutex;\nfn a() {}\n",
        "fit.R": "library(brms)\n", "job.sbatch": "#!/bin/sh\n#SBATCH -N 2\n",
        "serve.py": "import fastapi\nimport torch\n\ndef run(model):\n    return model.predict(1)\n",
        "plain.yaml": "kind: Deployment of thoughts\n", "settings.json": "{}\n",
    })  # fmt: skip
    found = by_skill(read(repository.folder))
    assert {
        "docker", "ci-cd", "terraform", "kubernetes", "sql", "dbt", "data-versioning", "software-testing", "cuda", "react", "typescript",
        "go", "java", "spark", "rust", "concurrency", "r-language", "bayesian-methods", "slurm", "fastapi", "model-deployment", "pytorch",
    } <= set(found)  # fmt: skip
    assert found["docker"].quote == "FROM python:3.11"
    assert found["kubernetes"].where.startswith("deploy/app.yaml:2 at ") or found[
        "kubernetes"
    ].where.startswith("main.go:4 at ")
    assert found["model-deployment"].quote == "return model.predict(1)"


def test_a_notebook_is_quoted_by_cell_and_its_outputs_are_not_read(repository):
    cells = [
        {"cell_type": "markdown", "source": ["import tensorflow"]},
        {
            "cell_type": "code",
            "source": ["%matplotlib inline\n", "import pandas as pd"],
            "outputs": [{"text": "import jax"}],
        },
    ]
    repository.commit({"look.ipynb": json.dumps({"cells": cells})})
    found = by_skill(read(repository.folder))
    assert found["pandas"].where.startswith("look.ipynb, cell 2, line 2 at ")
    assert found["pandas"].quote == "import pandas as pd"
    assert not {"tensorflow", "jax"} & set(found)


def test_words_in_strings_and_comments_are_no_imports(repository):
    repository.commit({"a.py": '"""\nimport torch\n"""\nimport os\n# import jax\nx = "import pandas"\n'})
    assert set(by_skill(read(repository.folder))) == {"python"}


def test_a_module_of_the_repositorys_own_is_not_the_package_of_that_name(repository):
    repository.commit({"src/datasets/__init__.py": "x = 1\n", "tools/clip.py": "x = 2\n"}, author=OTHER)
    repository.commit({"train.py": "from datasets import x\nimport torch\n", "tools/run.py": "import clip\n"})
    assert set(by_skill(read(repository.folder))) == {"python", "pytorch"}


def test_only_own_commits_count(repository):
    repository.commit({"train.py": TORCH}, author=OTHER)
    repository.commit({"notes.py": "x = 1\n"})
    found = read(repository.folder)
    assert set(by_skill(found)) == {"python"}
    assert "Yours: 1 of 2 commits" in notes(found)


def test_a_file_of_others_counts_from_the_third_own_commit_on_it(repository):
    repository.commit({"train.py": TORCH}, author=OTHER)
    for number in range(3):
        assert "pytorch" not in by_skill(read(repository.folder))
        repository.commit({"train.py": TORCH + f"x = {number}\n"}, day=f"2024-02-0{number + 1}")
    assert by_skill(read(repository.folder))["pytorch"].date == dt.date(2024, 2, 3)


def test_the_mailmap_unites_addresses_and_others_stay_others(repository):
    repository.commit({"a.py": "import torch\n"}, author="Kim <old@home.example>")
    repository.commit({"b.py": "import jax\n"}, author=OTHER)
    assert not read(repository.folder).proposals
    repository.commit({".mailmap": "Kim Example <kim@example.org> <old@home.example>\n"}, author=OTHER)
    for said in (
        "kim@example.org",
        "old@home.example",
        "KIM@example.org",
        "Kim Example",
        "Kim Example <kim@example.org>",
    ):
        assert set(by_skill(read(repository.folder, said))) == {"python", "pytorch"}, said


def test_without_authors_the_address_of_the_repository_is_asked(repository):
    repository.commit({"a.py": "import torch\n"})
    repository.git("config", "user.email", "kim@example.org")
    found = propose_from_repository(repository.folder, today=TODAY)
    assert "pytorch" in by_skill(found)


def test_when_nobody_says_who_you_are_the_error_says_how(repository, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    repository.commit({"a.py": "import torch\n"})
    with pytest.raises(UsageError, match="which commits of work are yours"):
        propose_from_repository(repository.folder, today=TODAY)


def test_when_no_commit_is_yours_the_authors_are_named(repository):
    repository.commit({"a.py": TORCH}, author=OTHER)
    found = read(repository.folder)
    assert found.proposals == ()
    assert "None of 1 commit is yours. Authors: Sasha Other <sasha@example.org> (1)." in notes(found)


def test_merges_are_not_counted_and_co_authors_are_noted(repository):
    repository.commit({"a.py": "x = 1\n"})
    repository.git("checkout", "-q", "-b", "side")
    repository.commit(
        {"b.py": "import torch\n"},
        author=OTHER,
        message="Side\n\nCo-authored-by: Kim Example <kim@example.org>",
    )
    repository.git("checkout", "-q", "main")
    repository.commit(
        {"c.py": "import jax\n"}, message="Together\n\nCo-authored-by: Sasha <sasha@example.org>"
    )
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    found = read(repository.folder)
    assert "Yours: 2 of 4 commits" in notes(found)
    assert "1 merge of yours not counted" in notes(found)
    assert "1 commit of others with you as co-author: not counted" in notes(found)
    assert "1 commit of yours with a co-author" in notes(found)
    assert set(by_skill(found)) == {"python", "jax"}


def test_a_rebased_copy_on_another_branch_counts_once(repository):
    repository.commit({"a.py": "x = 1\n"})
    first = repository.commit({"b.py": "import torch\n"}, day="2024-02-01", message="The same")
    repository.git("checkout", "-q", "-b", "copy", "HEAD~1")
    repository.commit({"z.txt": "z"}, day="2024-02-02", author=OTHER)
    repository.git("cherry-pick", first, day="2024-02-03")
    found = read(repository.folder)
    assert "1 commit of yours on other branches" in notes(found)
    assert "1 commit of yours in 1 month" in by_skill(found)["pytorch"].why


@pytest.mark.parametrize(
    ("path", "content", "word"),
    [
        ("vendor/lib/train.py", TORCH, "vendored"),
        ("web/node_modules/a/index.js", "import React from 'react'\n", "vendored"),
        ("app_pb2.py", "import torch\n", "generated"),
        ("made.py", "# Code generated by a tool. DO NOT EDIT.\nimport torch\n", "generated"),
        ("static/app.min.js", "import React from 'react'\n", "minified"),
        ("app.js", "import React from 'react';" + "a=1;" * 3000, "minified"),
        ("junk.py", b"\x00\x01\xfe" * 50 + b"\nimport torch\n", "binary"),
        ("uv.lock", "import torch\n", "lock file"),
        ("pasted.py", "import torch\n" + "x = 1\n" * 4000, "long and added in one go"),
        ("broken.ipynb", '{"cells": [', "not a notebook"),
        ("deep.ipynb", "[" * 100_000, "not a notebook"),
    ],
)
def test_what_says_nothing_about_the_person_is_passed_over_by_name(repository, path, content, word):
    repository.commit({path: content})
    found = read(repository.folder)
    assert found.proposals == ()
    assert word in notes(found)


def test_a_bulk_import_counts_only_where_it_was_worked_on_later(repository):
    repository.commit({"own.py": "x = 1\n"}, day="2024-01-01")
    big = repository.commit(
        {f"lib/m{n}.py": f"import torch\nx = {n}\n" for n in range(150)}, day="2024-01-02"
    )
    found = read(repository.folder)
    assert "pytorch" not in by_skill(found)
    assert f"Commit {big[:12]} touches 150 files at once" in notes(found)
    for number in range(3):
        repository.commit({"lib/m7.py": f"import torch\ny = {number}\n"}, day=f"2024-02-0{number + 1}")
    assert "on 1 file with torch" in by_skill(read(repository.folder))["pytorch"].why


def test_code_with_a_licence_of_its_own_is_somebody_elses(repository):
    files = {f"libs/fancy/m{n}.py": f"import torch\nx = {n}\n" for n in range(12)}
    repository.commit({**files, "libs/fancy/LICENSE": "MIT\n", "own.py": "import jax\n"})
    found = read(repository.folder)
    assert set(by_skill(found)) == {"python", "jax"}
    assert "brings libs/fancy/ in with a licence of its own" in notes(found)


def test_a_moved_file_stays_one_file(repository):
    repository.commit({"old/train.py": TORCH}, day="2024-01-01")
    repository.commit({"old/train.py": None, "new/train.py": TORCH}, day="2024-02-01")
    repository.commit({"new/train.py": None, "newer/train.py": TORCH + "x = 1\n"}, day="2024-03-01")
    found = by_skill(read(repository.folder))["pytorch"]
    assert "on 1 file with torch" in found.why
    assert found.where.startswith("newer/train.py:4")


def test_the_months_of_an_import_are_those_in_which_the_file_had_it(repository):
    for month in range(1, 5):
        repository.commit({"a.py": f"import os\nx = {month}\n"}, day=f"2024-0{month}-01")
    for month in range(5, 8):
        repository.commit({"a.py": f"import torch\nx = {month}\n"}, day=f"2024-0{month}-01")
    repository.commit({"a.py": "x = 9\n"}, day="2024-09-01")
    found = by_skill(read(repository.folder))
    assert "3 commits of yours in 3 months (2024-05 to 2024-07)" in found["pytorch"].why
    assert found["pytorch"].date == dt.date(2024, 7, 1)
    assert "8 commits of yours in 8 months" in found["python"].why


def test_a_removed_file_still_shows_what_was_done(repository):
    repository.commit({"a.py": "import torch\n"}, day="2024-01-01")
    repository.commit({"a.py": None}, day="2024-05-01")
    assert by_skill(read(repository.folder))["pytorch"].date == dt.date(2024, 1, 1)


def test_dates_in_the_future_or_before_computers_count_for_no_month(repository):
    repository.commit({"a.py": "import torch\n"}, day="@4102444800 +0000")
    repository.commit({"b.py": "import torch\nx = 1\n"}, day="@0 +0000")
    found = read(repository.folder)
    assert "2 commits of yours with a date in the future or before 1980" in notes(found)
    assert by_skill(found)["pytorch"].date is None


def test_names_with_newlines_and_odd_bytes_are_shown_on_one_line(repository):
    repository.commit({"a\nb\x1b[31m.py": "import torch\n"})
    odd = repository.folder.joinpath(b"\xff\xfe.py".decode("utf-8", "surrogateescape"))
    odd.write_bytes(b"import jax  # \xe9\n")
    repository.commit({"c.txt": "c"})
    found = by_skill(read(repository.folder))
    assert found["pytorch"].where.startswith("a\\nb\\x1b[31m.py:1 at ")
    assert found["jax"].where.startswith("\\xff\\xfe.py:1 at ")
    assert all(
        text.isprintable()
        for each in found.values()
        for text in (each.where, each.quote, each.title, each.why)
    )


def test_links_out_of_the_tree_are_never_followed(repository, tmp_path):
    (tmp_path / "secret.py").write_text("import torch\n", encoding="utf-8")
    (repository.folder / "link.py").symlink_to(tmp_path / "secret.py")
    repository.commit({"a.txt": "a"})
    found = read(repository.folder)
    assert found.proposals == ()
    assert "1 change of symbolic links: never followed" in notes(found)


def test_a_submodule_is_named_and_not_read(repository, tmp_path):
    inner = type(repository)(tmp_path / "inner")
    inner.commit({"a.py": "import torch\n"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.folder), "inner")
    repository.commit({"b.py": "import jax\n"})
    found = read(repository.folder)
    assert "pytorch" not in by_skill(found)
    assert "1 submodule:" in notes(found)
    assert "pytorch" in by_skill(read(repository.folder / "inner"))


def test_a_large_notebook_is_left_out_with_advice(repository):
    cell = {"cell_type": "code", "source": "import torch", "outputs": [{"data": "A" * 11_000_000}]}
    repository.commit({"big.ipynb": json.dumps({"cells": [cell]}), "a.py": "import jax\n"})
    found = read(repository.folder)
    assert set(by_skill(found)) == {"python", "jax"}
    assert "big.ipynb has 10.5 MB, more than the 10 MB that are read: left out; clear the outputs" in notes(
        found
    )


def test_a_linked_work_tree_and_a_bare_clone_read_like_the_repository(repository, tmp_path):
    repository.commit({"a.py": "import torch\n"})
    repository.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    repository.git("clone", "-q", "--bare", str(repository.folder), str(tmp_path / "bare.git"))
    for folder, name in (("side", "side"), ("bare.git", "bare"), ("work/.git", "work")):
        assert by_skill(read(tmp_path / folder))["pytorch"].where.endswith(f" in {name}"), folder


def test_the_folder_one_stands_in_has_its_own_name(repository, monkeypatch):
    repository.commit({"a.py": "import torch\n"})
    monkeypatch.chdir(repository.folder)
    assert by_skill(read(Path()))["pytorch"].where.endswith(" in work")


def test_a_shallow_clone_is_named_and_its_first_commit_shows_no_file(repository, tmp_path):
    for number in range(4):
        repository.commit({f"m{number}.py": f"import torch\nx = {number}\n"}, day=f"2024-01-0{number + 1}")
    repository.git("clone", "-q", "--depth=2", f"file://{repository.folder}", str(tmp_path / "shallow"))
    found = read(tmp_path / "shallow")
    assert "shallow clone" in notes(found)
    assert "on 1 file with torch" in by_skill(found)["pytorch"].why


def test_an_empty_repository_says_so(repository):
    found = read(repository.folder)
    assert found.proposals == ()
    assert found.notes == ("The repository has no commit yet.",)


def test_what_is_no_repository_is_refused_with_a_hint(tmp_path):
    (tmp_path / "plain").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / ".git").write_bytes(b"\x00\xff junk")
    for name in ("plain", "file", "absent", "odd"):
        with pytest.raises(InvalidInput) as caught:
            read(tmp_path / name)
        assert caught.value.problems[0].hint


def test_a_folder_inside_a_repository_is_not_taken_for_it(repository):
    repository.commit({"inner/a.py": "import torch\n"})
    with pytest.raises(InvalidInput, match="not a git repository"):
        read(repository.folder / "inner")


def test_a_damaged_repository_gives_a_clear_word_whatever_is_damaged(repository):
    for number in range(6):
        repository.commit({f"m{number}.py": f"import torch\nx = {number}\n"}, day=f"2024-01-0{number + 1}")
    objects = sorted(file for file in (repository.folder / ".git" / "objects").rglob("*") if file.is_file())
    rng = random.Random(3)
    said: set[str] = set()
    for file in rng.sample(objects, 12):
        kept = file.read_bytes()
        for damage in (b"", kept[: len(kept) // 2], b"junk" * 20):
            file.chmod(0o644)
            file.write_bytes(damage)
            try:
                said.update(read(repository.folder).notes)
            except InvalidInput as fault:
                said.add(str(fault))
        file.write_bytes(kept)
    assert any(
        "git stopped early" in text or "no readable commit" in text or "git cannot read" in text
        for text in said
    )
    assert any("could not be read" in text for text in said)


def test_a_history_that_is_damaged_at_its_end_is_an_error_with_gits_own_words(repository):
    commit = repository.commit({"a.py": "import torch\n"})
    file = repository.folder / ".git" / "objects" / commit[:2] / commit[2:]
    file.chmod(0o644)
    file.write_bytes(b"")
    with pytest.raises(InvalidInput, match="git cannot read this repository"):
        read(repository.folder)


def bomb(repository, *, deep: int) -> str:
    """A commit of 10 to the power of ``deep`` + 1 files, in a few hundred bytes."""
    kind, name = "100644 blob", repository.git("hash-object", "-w", "--stdin", feed=b"x").decode().strip()
    for _ in range(deep + 1):
        rows = "".join(f"{kind} {name}\tf{n}\n" for n in range(10))
        kind, name = "040000 tree", repository.git("mktree", feed=rows.encode()).decode().strip()
    made = repository.git("commit-tree", name, "-p", "HEAD", "-m", "Bomb", day="2024-02-01").decode().strip()
    repository.git("update-ref", "refs/heads/main", made)
    repository.git("reset", "-q", "--soft", made)
    return str(made)


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of git is bounded on Linux only")
def test_a_tree_bomb_fills_no_memory_and_the_rest_is_read(repository, monkeypatch):
    monkeypatch.setattr(git_module, "MOST_MEMORY_BYTES", 48 * 1024 * 1024)
    repository.commit({"own.py": "import torch\n"})
    made = bomb(repository, deep=7)
    found = read(repository.folder)
    assert f"Commit {made[:12]} cannot be read by git, or has too many files" in notes(found)
    assert "pytorch" in by_skill(found)


def test_a_history_with_too_many_changes_is_cut_with_a_word(repository, monkeypatch):
    monkeypatch.setattr(history_module, "MOST_CHANGES", 500)
    repository.commit({"own.py": "import torch\n"})
    bomb(repository, deep=2)
    assert "more than 500 changed files; the rest was not looked at" in notes(read(repository.folder))


def test_a_command_that_takes_too_long_is_stopped_with_a_word(repository, monkeypatch, tmp_path):
    monkeypatch.setattr(git_module, "LONGEST_SECONDS", 0.5)
    repository.commit({"own.py": "import torch\n"})
    os.mkfifo(tmp_path / "never")
    with (repository.folder / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f"[include]\n\tpath = {tmp_path / 'never'}\n")
    with pytest.raises(InvalidInput, match=r"git was stopped after 0\.5 seconds"):
        read(repository.folder)


def test_what_is_shown_best_comes_first(repository):
    for number in range(12):
        repository.commit({f"m{number}.py": f"import torch\nx = {number}\n"}, day=f"2024-{number + 1:02d}-01")
    for number in range(2):
        repository.commit({f"n{number}.py": f"import pandas\ny = {number}\n"}, day="2024-12-02")
    repository.commit({"o.py": "import jax\n"}, day="2024-12-03")
    found = read(repository.folder).proposals
    assert [each.skill for each in found] == ["python", "pytorch", "pandas", "jax"]
    assert [each.level for each in found] == [2.0, 2.0, None, None]


def test_the_same_repository_gives_the_same_findings(repository):
    for number in range(5):
        repository.commit(
            {f"m{number}.py": f"import torch\nimport pandas\nx = {number}\n"}, day=f"2024-0{number + 1}-01"
        )
    assert read(repository.folder) == read(repository.folder)


def test_long_broad_use_with_tests_is_proposed_as_three_and_never_more(repository):
    for number in range(75):
        month = f"{2022 + number // 36}-{number // 3 % 12 + 1:02d}-{number % 3 * 9 + 1:02d}"
        repository.commit({f"m{number % 15}.py": f"import torch\nx = {number}\n"}, day=month)
    assert by_skill(read(repository.folder))["pytorch"].level == 2.5
    repository.commit(
        {f"test_{n}.py": f"def test_{n}():\n    assert True\n" for n in range(3)}, day="2024-12-01"
    )
    found = by_skill(read(repository.folder))["pytorch"]
    assert found.level == 3.0
    assert "3 takes 12 months, 60 commits, 10 files and 3 files of tests" in found.why


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["a.py", "a.ipynb", "a.js", "a.go", "a.java", "a.rs", "a.cu", "a.R", "a.sql", "a.yaml", "Dockerfile"]
    ),
)
def test_no_content_of_a_file_makes_the_look_fail(data, path):
    from milepost.files.repository.look import Looker

    looker = Looker(load_signs())
    for grammar in (True, False):
        look = looker.look(path, data, grammar=grammar)
        assert all(spot.quote.isprintable() for spot in look.spots.values())
