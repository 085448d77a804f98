"""``milepost mcp [FILE…]``"""

from pathlib import Path

import click

from milepost.cli.terminal import now, today

LOOPBACK = "127.0.0.1"


@click.command(epilog="Example: milepost mcp me.yaml --writes ask")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--writes",
    type=click.Choice(["no", "ask", "yes"]),
    default="no",
    show_default=True,
    help="Whether sessions, check-ins and plans may be written: never, when the user agrees, or always.",
)
@click.option(
    "--http", "port", type=click.IntRange(1024, 65535), metavar="PORT", help="Serve HTTP on loopback."
)
@click.pass_obj
def command(workspace: str | None, files: tuple[Path, ...], writes: str, port: int | None) -> int:
    """Serve the same verbs to a language model over MCP, on stdio.

    Read-only unless you say otherwise; no tool can change a score or a piece of evidence.
    """
    from milepost.mcp.asking import Writes
    from milepost.mcp.server import make_server
    from milepost.workflows.home import Home

    home = Home(workspace, now, today, {path.stem: path.resolve() for path in files})
    server = make_server(home, writes=Writes(writes))
    if port is None:
        server.run()
    else:
        click.echo(f"MCP at http://{LOOPBACK}:{port}/mcp on this computer only.", err=True)
        server.run("streamable-http", host=LOOPBACK, port=port)
    return 0
