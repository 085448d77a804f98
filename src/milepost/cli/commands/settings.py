"""``milepost settings``"""

from dataclasses import asdict

import click

from milepost.cli.terminal import console, json_option, plain_table, print_json
from milepost.model.settings import table


@click.command(epilog="Example: milepost settings")
@json_option
def command(as_json: bool) -> None:
    """Show every constant with its default, basis and meaning."""
    rows = table()
    if as_json:
        print_json({"settings": [asdict(row) for row in rows]})
        return
    shown = plain_table("Setting", ">Default", "Basis", "Meaning")
    for row in rows:
        shown.add_row(row.name, f"{row.value:g}", row.basis, row.meaning)
    console().print(shown)
