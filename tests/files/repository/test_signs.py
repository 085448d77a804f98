"""The table of signs: what it holds, and every fault of it at once; which package a module belongs to."""

from pathlib import Path

import pytest

from milepost.files.content import load_catalogue
from milepost.files.repository.imports import read_imports
from milepost.files.repository.signs import CEILING, load_signs, read_signs

HEAD = "source: s\ndate: 2026-11-23\nbasis: assumption\n"


def test_the_shipped_table_is_large_sound_and_never_promises_more_than_three():
    signs = load_signs()
    rows = [sign for known in signs.packages.values() for row in known.values() for sign in row]
    rows += [
        *signs.languages.values(),
        *(row.sign for row in signs.files),
        *(row.sign for row in signs.practices),
    ]
    assert len(rows) >= 300
    assert len({sign.skill for sign in rows}) >= 100
    assert all(1 <= sign.most <= CEILING for sign in rows)
    assert {sign.skill for sign in rows} <= set(load_catalogue().tree.skills)


def test_every_fault_of_a_table_is_listed_with_its_line(tmp_path: Path):
    text = (
        "languages:\n  - {name: Python, endings: [py], skill: pyton}\n  - {name: Other, endings: [py], skill: python}\n"
        'files:\n  - {name: a thing, paths: ["x"], holds: "(", skill: docker}\n'
        "practices:\n  - {name: p, words: [a], skill: docker, most: 4}\n"
        "imports:\n  - {package: a, in: python, skill: docker}\n  - {package: a, in: python, skill: docker}\n"
        "  - {package: b, in: cobol, skill: docker, most: 2.2}\n"
    )
    (tmp_path / "repository_signals.yaml").write_text(HEAD + text, encoding="utf-8")
    _, problems = read_signs(tmp_path, load_catalogue())
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    said = "\n".join(map(str, problems))
    for words in (
        "repository_signals.yaml:5:", "no skill called 'pyton'", "py is in the table already", "this is not a pattern", "imports is missing",
        "4 is not between 1 and 3", "a is in the table already", "cobol is not a possible in", "levels come in halves",
    ):  # fmt: skip
        assert words in said


@pytest.mark.parametrize(
    ("ecosystem", "text", "expected"),
    [
        ("python", "from torch import nn, distributed as dist", {"pytorch", "data-parallelism"}),
        ("python", "import google.cloud.bigquery as bq", {"gcp", "bigquery"}),
        ("python", "import torchish\nfrom . import torch\nfrom .torch import x", set()),
        ("python", "print 'two'\nimport torch\n", {"pytorch"}),
        ("python", "try:\n    import jax\nexcept ImportError:\n    import torch\n", {"jax", "pytorch"}),
        ("python", "def f():\n    with x:\n        from sklearn.metrics import auc\n", {"scikit-learn", "model-evaluation"}),
        ("python", "match x:\n    case 1:\n        import jax\n", {"jax"}),
        ("javascript", "import x from './react'\nconst a = require('react')\n", {"react"}),
        ("javascript", "import {\n  B,\n} from '@aws-sdk/client-s3'\n", {"aws"}),
        ("go", 'import (\n\tg "github.com/gin-gonic/gin"\n\t"fmt"\n)', {"web-frameworks"}),
        ("jvm", "import org.apache.spark.ml.Pipeline\n", {"spark", "machine-learning"}),
        ("rust", "use axum::{Router, routing};\n", {"web-frameworks"}),
        ("c", "#include <opencv2/core.hpp>\n#include <thread>\n", {"opencv", "concurrency"}),
        ("r", "library(brms)\nx <- lme4::lmer(y)\n", {"bayesian-methods", "statistics"}),
    ],
)  # fmt: skip
def test_modules_lead_to_the_skills_of_their_packages(ecosystem, text, expected):
    signs = load_signs()
    named = read_imports(ecosystem, text)
    assert {sign.skill for each in named for _, sign in signs.of_package(ecosystem, each.module)} == expected


def test_the_line_of_an_import_is_the_line_where_it_stands():
    text = '"""Text\nimport jax\n"""\nx = 1\n\nimport torch\n'
    assert [(each.module, each.line) for each in read_imports("python", text)] == [("torch", 6)]
    assert [(each.module, each.line) for each in read_imports("python", text, grammar=False)] == [
        ("torch", 6)
    ]


def test_python_that_nests_without_end_is_read_by_its_lines():
    text = "import torch\nx = " + "(" * 100_000 + "\n"
    assert [each.module for each in read_imports("python", text)] == ["torch"]
