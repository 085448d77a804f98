"""One piece of long work in its own process: an errand comes in by the standard input, progress and result go out.

The input stays open for as long as the server lives; when it closes, the work ends.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from typing import BinaryIO

from pydantic import TypeAdapter

from milepost.errors import MilepostError
from milepost.model.stages import Tell
from milepost.web.errands import (
    COUNTS,
    CVS,
    PROPOSALS,
    READY,
    REFUSED,
    SCANS,
    Errand,
    Refusal,
    refusal_of,
)

TOLD_SECONDS = 0.1
"""No more often is progress told, unless a stage ends."""
GRACE_SECONDS = 1.0


def main() -> int:
    """Do the errand that the input holds."""
    os.umask(0o077)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for progress
    given = _read_errand()
    if not given:
        return 1
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_watch, daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        _send(out, _done(TypeAdapter(Errand).validate_json(given), _Teller(out)))
    return 0


def _done(errand: Errand, tell: Tell) -> dict[str, object]:
    """What has come of an errand; a bug reaches the page in words and the terminal with its traceback."""
    try:
        found = _work(errand, tell)
    except MilepostError as fault:
        found = refusal_of(fault)
    except BrokenPipeError:
        raise
    except Exception as fault:  # noqa: BLE001 - a bug in the background must reach the page
        traceback.print_exc()
        found = Refusal((f"a bug in Milepost: {type(fault).__name__}: {fault}",))
    if isinstance(found, Refusal):
        return {"state": REFUSED, "because": found.because, "relax": found.relax}
    result = TypeAdapter(type(found)).dump_python(found, mode="json")
    return {"state": READY, "result": result}


def _work(errand: Errand, tell: Tell) -> object:
    if errand.kind == PROPOSALS:
        from milepost.web.solving import solve

        return solve(errand, tell)
    if errand.kind == SCANS:
        from milepost.web.scanning import scan

        return scan(errand, tell)
    if errand.kind == CVS:
        from milepost.web.scanning import read_brought_cv

        return read_brought_cv(errand, tell)
    assert errand.kind == COUNTS
    from milepost.web.counting import count

    return count(errand, tell)


@dataclass
class _Teller:
    """Tells the server how far the work is, not more often than somebody can follow."""

    out: BinaryIO
    step: str = ""
    told_at: float = 0.0

    def __call__(self, stage: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if stage != self.step or now - self.told_at >= TOLD_SECONDS:
            self.step, self.told_at = stage, now
            _send(self.out, {"step": stage, "done": done, "whole": whole})


def _send(out: BinaryIO, said: object) -> None:
    out.write(json.dumps(said).encode() + b"\n")
    out.flush()


def _read_errand() -> bytes:
    """The first line of the input. Why not ``sys.stdin``: another thread reads on, and may not hold its lock."""
    found = b""
    while not found.endswith(b"\n"):
        part = os.read(0, 65536)
        if not part:
            return b""
        found += part
    return found


def _watch() -> None:
    """Leave when the server is gone, with a moment to tidy up."""
    while os.read(0, 65536):
        pass
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
    os._exit(1)


def _leave(number: int, frame: object) -> None:  # noqa: ARG001 - the signature of a handler
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
