"""The app as a real server on this computer, for as long as a test needs it."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from milepost.web.app import make_app


@contextmanager
def served(home, folder):
    """The address of the app and the app itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = make_app(home, folder=folder, port=port)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}", app
    finally:
        server.should_exit = True
        thread.join(30)
