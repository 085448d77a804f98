"""The command line: parse, call a workflow, render."""

import gc
import io
import os
import sys

from milepost import __version__


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    Why a shortcut: the version and the front page need no parser, and the parser is most of
    the start-up time.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows "?" for it
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        sys.stdout.write(f"milepost, version {__version__}\n")
        return
    if given in ([], ["--help"], ["-h"]) and "_MILEPOST_COMPLETE" not in os.environ:
        from milepost.cli.front import front_page

        sys.stdout.write(front_page())
        return
    # Why: nothing made while the parser is loaded is garbage; the first command turns it on again.
    gc.disable()
    from milepost.cli.entry import main as run

    run(arguments)


__all__ = ["main"]
