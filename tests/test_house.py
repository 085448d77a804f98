"""The house rules that a machine can check."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import milepost
from milepost.cli.entry import cli
from milepost.cli.front import COMMANDS
from milepost.model.settings import table

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "milepost"
MODULES = sorted(SOURCE.rglob("*.py"))

PUBLIC = {
    "Brief", "Catalogue", "GapReport", "Infeasible", "Levels", "MilepostError", "Person", "Plan", "Problem",
    "Settings", "__version__", "compare_plans", "compare_routes", "estimate_levels", "judge_trends", "load_catalogue", "make_gaps", "make_levels",
    "measure_demand",
    "make_roadmap", "rank_gaps", "read_person", "solve_plan", "violations",
}  # fmt: skip


def modules_loaded_by(statement: str) -> set[str]:
    code = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_public_names_are_exactly_the_documented_ones():
    assert set(milepost.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(milepost, name) is not None
        assert (
            name.startswith("__")
            or name in (milepost.__doc__ or "")
            or name[0].isupper()
            or name == "compare_plans"
        )


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="solve_everything"):
        _ = milepost.solve_everything


def test_importing_milepost_loads_nothing_heavy():
    loaded = modules_loaded_by("import milepost")
    assert not loaded & {
        "numpy",
        "ortools",
        "sqlalchemy",
        "click",
        "rich",
        "yaml",
        "ruamel.yaml",
        "typst",
        "jinja2",
    }


def test_the_help_page_loads_no_engine_and_no_catalogue():
    loaded = modules_loaded_by(
        "from milepost.cli.entry import cli; cli.get_help(cli.make_context('milepost', ['check']))"
    )
    assert not loaded & {"numpy", "ortools", "sqlalchemy", "rich", "yaml", "ruamel.yaml", "typst", "jinja2"}


def test_the_import_contract_is_kept():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_docstring_and_an_example(name):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    assert command.epilog is not None
    assert f"milepost {name}" in command.epilog


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_what_it_is_for_and_hides_no_import(module):
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    if "migrations" not in module.parts:
        assert ast.get_docstring(tree), "a module without a docstring"
    assert "TYPE_CHECKING" not in text
    assert "../shared" not in text


def test_only_the_surfaces_read_the_clock():
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    readers = {str(m.relative_to(SOURCE)) for m in MODULES if clock.search(m.read_text(encoding="utf-8"))}
    assert readers <= {"cli/terminal.py"}


def test_every_setting_has_a_basis_and_a_meaning():
    for row in table():
        assert row.basis in {"book", "data", "assumption"}, row
        assert len(row.meaning) > 10, row


def test_the_lock_file_holds_hashes_and_no_address():
    lock = (ROOT / "requirements.lock.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > 100


def test_no_committed_text_holds_a_path_of_one_machine():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    machine = re.compile(r"(^|[\s\"'(=])/(work|root|farm)/")
    found = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".png", ".pdf"} or not path.is_file():
            continue
        if machine.search(path.read_text(encoding="utf-8")):
            found.append(name)
    assert found == []
