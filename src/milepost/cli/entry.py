"""The group of commands, loaded lazily, and the one place that turns errors into exit codes.

0 done · 1 a bug (its traceback stays) · 2 wrong usage or input · 3 nothing fits.
"""

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from milepost import __version__
from milepost.cli.front import COMMANDS, front_page

MODULES = {
    "add-role": "add_role",
    "add-skill": "add_skill",
    "export-skills": "export_skills",
    "import": "import_",
    "import-role": "import_role",
    "make-role": "make_role",
    "map-skills": "map_skills",
}
"""Commands whose module cannot carry their name."""


class LazyGroup(click.Group):
    """Commands that are imported when they are called, so that ``--help`` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        gc.enable()
        module = import_module(f"milepost.cli.commands.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The front page, without importing any command."""
        formatter.write(front_page())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Offer the nearest command where the name is unknown."""
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else " `milepost --help` lists them."
            raise click.UsageError(f"there is no command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="milepost")
@click.option(
    "--workspace",
    metavar="URL",
    envvar="MILEPOST_WORKSPACE",
    help="A path, sqlite:///… or postgresql://… (default: your data folder).",
)
@click.pass_context
def cli(context: click.Context, workspace: str | None) -> None:
    """A dated roadmap from what you can do to the job you want."""
    context.obj = workspace


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    # Why: starting a thread for each core costs more than the small matrices of levels ever win.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = cli.main(args=arguments, prog_name="milepost", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped; nothing was changed.", err=True)
        sys.exit(2)
    except click.ClickException as fault:
        fault.show()
        sys.exit(2)
    except BrokenPipeError:
        # Why: `milepost levels me.yaml | head` closes our output; that is not a fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:  # noqa: BLE001 - what is no MilepostError is raised again
        show_error(fault)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


def show_error(fault: Exception) -> None:
    """What happened, where, and what to do next, on stderr; what is no ``MilepostError`` is raised again."""
    # Why here: the errors load slowly, and most calls have none.
    from milepost.errors import MilepostError

    if not isinstance(fault, MilepostError):
        raise fault
    click.echo(f"milepost: {fault}", err=True)
    if fault.hint:
        click.echo(f"→ {fault.hint}", err=True)
