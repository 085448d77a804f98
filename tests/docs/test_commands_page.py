"""docs/commands.md names every command and every option, and none that is not there."""

import re
from pathlib import Path

import click
import pytest

from milepost.cli.entry import cli
from milepost.cli.front import COMMANDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
HELP = {"--help"}


def section_of(heading: str) -> str:
    """The text below one heading of the page."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section ## {heading}"
    return found[1]


def command_of(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


def options_of(command: click.Command) -> set[str]:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {name for option in options for name in option.opts if name.startswith("--")}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_an_example(name):
    assert re.search(rf"^\$ milepost {name}\b", section_of(f"milepost {name}"), re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_explained_in_its_section(name):
    bullets = [line for line in section_of(f"milepost {name}").splitlines() if line.startswith("- `--")]
    explained = {option for line in bullets for option in OPTION.findall(line)}
    assert sorted(options_of(command_of(name)) - explained) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_section_names_an_option_that_the_command_lacks(name):
    known = options_of(command_of(name)) | options_of(cli) | HELP
    assert sorted(set(OPTION.findall(section_of(f"milepost {name}"))) - known) == []


def test_the_options_before_the_command_are_explained():
    assert sorted(options_of(cli) - set(OPTION.findall(section_of("milepost")))) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_choice_of_a_command_is_named_in_its_section(name):
    section = section_of(f"milepost {name}")
    choices = [p.type.choices for p in command_of(name).params if isinstance(p.type, click.Choice)]
    missing = [value for values in choices for value in values if not re.search(rf"\b{value}\b", section)]
    assert missing == []


def test_the_page_has_no_section_for_a_command_that_is_not_there():
    headings = re.findall(r"^## milepost (\S+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(COMMANDS)
