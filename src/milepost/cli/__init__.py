"""The command line: parse, call a workflow, render."""

from milepost.cli.entry import main

__all__ = ["main"]
