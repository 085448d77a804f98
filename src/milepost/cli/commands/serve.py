"""``milepost serve [FILE…]``"""

from pathlib import Path

import click
from platformdirs import user_data_path

from milepost.cli.terminal import now, today
from milepost.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(epilog="Example: milepost serve me.yaml --port 8765")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--port", type=click.IntRange(1024, 65535), default=8765, show_default=True, help="The port.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="A loopback address; no other is served."
)
@click.option("--open", "browse", is_flag=True, help="Open the page in a browser.")
@click.pass_obj
def command(workspace: str | None, files: tuple[Path, ...], port: int, host: str, browse: bool) -> int:
    """Open the web app on this computer; no account, no outside request.

    It shows the people of the workspace and the FILEs named. Ctrl-C ends it.
    """
    if host not in LOOPBACK:
        raise UsageError(
            f"--host {host} is not this computer alone",
            hint="Without accounts everybody who reaches the page would see everything; until there are, only 127.0.0.1 is served.",
        )
    import uvicorn

    from milepost.web.app import make_app
    from milepost.workflows.home import Home

    home = Home(workspace, now, today, {path.stem: path.resolve() for path in files})
    app = make_app(home, folder=folder_of(workspace), port=port)
    click.echo(f"Milepost is at http://127.0.0.1:{port} on this computer only. Ctrl-C ends it.", err=True)
    if browse:
        click.launch(f"http://127.0.0.1:{port}")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
    return 0


def folder_of(workspace: str | None) -> Path:
    """Where the app keeps its key and what came of long work: beside a workspace file, else in the data folder."""
    if workspace and "://" not in workspace:
        return Path(workspace).resolve().with_suffix(".web")
    return user_data_path("milepost", appauthor=False) / "web"
