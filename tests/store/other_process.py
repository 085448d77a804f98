"""Another program at the same workspace: does what each line of its input asks, and answers in a line.

``open URL``, ``save URL EXPECTED TEXT``, ``modules URL``; ``hammer URL`` and ``make URL`` fork a child
that tells its number, works until it is killed, and the parent says ``gone``.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from milepost.errors import WorkspaceError
from milepost.store import open_store

FILLING = "# a person file of several pages\n" * 400


def say(text: str) -> None:
    """Answer in one write, which a kill cannot tear."""
    os.write(1, f"{text}\n".encode())


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def open_once(url: str) -> str:
    """Open a workspace and look into it."""
    with open_store(url, now=now) as store:
        return f"people {len(store.list_people())}"


def save(url: str, expected: str, text: str) -> str:
    """Save Jordan's file if the expected version is stored."""
    with open_store(url, now=now) as store:
        try:
            return f"won {store.save_person('Jordan', text, expected_version=int(expected))}"
        except WorkspaceError as error:
            return "lost" if "changed meanwhile" in error.message else f"failed {error.message}"


def modules(url: str) -> str:
    """Whether alembic was imported to open the workspace."""
    open_once(url)
    return "alembic" if "alembic" in sys.modules else "no alembic"


def make(url: str) -> None:
    """Open a workspace, tell when it is there, and wait to be killed."""
    open_once(url)
    say("made")
    signal.pause()


def hammer(url: str) -> None:
    """Save one version after the other, and tell the number of each once it is kept."""
    with open_store(url, now=now) as store:
        version = store.load_person("Jordan").version if store.list_people() else 0
        while True:
            version = store.save_person("Jordan", f"{version + 1}\n{FILLING}", expected_version=version)
            say(f"saved {version}")


def fork(work: str, url: str) -> str:
    """Let a child do the work until it is killed."""
    child = os.fork()
    if child == 0:
        say(f"pid {os.getpid()}")
        try:
            (make if work == "make" else hammer)(url)
        finally:  # only a fault ends the work
            traceback.print_exc()
            os._exit(1)
    os.waitpid(child, 0)
    return "gone"


def main() -> None:
    """Answer every line of the input."""
    answers: dict[str, Callable[..., str]] = {"open": open_once, "save": save, "modules": modules}
    for line in sys.stdin:
        verb, *words = line.split()
        say(fork(verb, *words) if verb in {"make", "hammer"} else answers[verb](*words))


if __name__ == "__main__":
    main()
