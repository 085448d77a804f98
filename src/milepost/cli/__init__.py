"""The command line: parse, call a workflow, render."""

import gc
import sys

from milepost import __version__


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Why a shortcut: the version needs no parser, and the parser is most of the start-up time.
    """
    if (sys.argv[1:] if arguments is None else arguments) == ["--version"]:
        sys.stdout.write(f"milepost, version {__version__}\n")
        return
    # Why: nothing made while the parser is loaded is garbage; the first command turns it on again.
    gc.disable()
    from milepost.cli.entry import main as run

    run(arguments)


__all__ = ["main"]
