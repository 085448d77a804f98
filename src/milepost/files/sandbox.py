"""Running somebody's function where it can reach nothing: bubblewrap, limits, and a clock.

The function runs in a process without network, home, environment or other processes; it is
given arguments and gives results as JSON, and what was expected never gets inside.
"""

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from milepost.errors import UsageError

SECONDS = 6.0
CPU_SECONDS = 5
MEMORY_BYTES = 512 << 20
MOST_OUTPUT = 2_000_000
NOBODY = 65534
_PASSED = ("/usr", "/lib", "/lib64", "/bin", "/etc/alternatives")
_RUNNER = r"""
import json, os, resource, sys
out = os.dup(1)
null = os.open("/dev/null", os.O_RDWR)
job = json.loads(sys.stdin.buffer.read())
for fd in (0, 1, 2):
    os.dup2(null, fd)
if os.getuid() == 0:
    os.setgroups([]); os.setgid(job["uid"]); os.setuid(job["uid"])
for what, most in ((resource.RLIMIT_CPU, job["cpu"]), (resource.RLIMIT_AS, job["memory"]), (resource.RLIMIT_FSIZE, 1 << 20),
                   (resource.RLIMIT_NOFILE, 32), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CORE, 0)):
    resource.setrlimit(what, (most, most))
def say(row, dumps=json.dumps, write=os.write, out=out):
    data = (dumps(row) + "\n").encode()
    while data:
        data = data[write(out, data):]
try:
    space = {"__name__": "submission"}
    exec(compile(job["code"], "submission.py", "exec"), space)
    function = space[job["function"]]
except BaseException as fault:
    line = getattr(fault, "lineno", None)
    say(["fault", f"{type(fault).__name__}: {fault}"[:300] + (f" (line {line})" if line else "")])
    os._exit(0)
for arguments in job["arguments"]:
    try:
        say(["ok", json.dumps(function(*arguments))])
    except MemoryError:
        say(["error", "MemoryError"])
    except BaseException as fault:
        say(["error", f"{type(fault).__name__}: {fault}"[:200]])
os._exit(0)
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came out: one JSON result a case (None where it failed), the errors of cases, and why it was ended early."""

    results: tuple[str | None, ...]
    errors: tuple[str, ...]
    fault: str
    seconds: float


@cache
def find_sandbox() -> str:
    """The bubblewrap that works here; ``UsageError`` with the reason where there is none."""
    path = shutil.which("bwrap")
    if path is None:
        raise UsageError(
            "practical tasks need bubblewrap, which is not on this computer; nothing was run",
            hint="Install it (Debian: apt install bubblewrap). On macOS and Windows there is none: take a test instead.",
        )
    tried = subprocess.run(  # noqa: S603 - a fixed command
        [path, *_walls(), "--", "/usr/bin/true"], capture_output=True, check=False, timeout=20
    )
    if tried.returncode:
        said = tried.stderr.decode(errors="replace").strip().splitlines()
        raise UsageError(
            f"bubblewrap cannot build a safe room here ({said[-1] if said else 'no reason given'}); nothing was run",
            hint="Some systems forbid unprivileged user namespaces (Ubuntu: AppArmor). Allow them, or take a test instead.",
        )
    return path


def _walls() -> list[str]:
    """What the room has and has not: the system read-only, a small folder in memory, and nothing else."""
    root = os.geteuid() == 0
    rooms = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    # Why not a user namespace as root: there the limit on processes would not hold. The runner becomes nobody instead.
    rights = (
        ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        if root
        else ["--unshare-user", "--disable-userns"]
    )
    places = [argument for path in _PASSED if Path(path).exists() for argument in ("--ro-bind", path, path)]
    for prefix in _python_places():
        for parent in reversed(Path(prefix).parents[:-1]):
            places += ["--perms", "0755", "--dir", str(parent)]  # else nobody could pass through them
        places += ["--ro-bind", prefix, prefix]
    return [
        *rooms, "--cap-drop", "ALL", *rights, *places, "--proc", "/proc", "--dev", "/dev", "--size", str(16 << 20), "--tmpfs", "/tmp",  # noqa: S108 - inside the room
        "--chdir", "/tmp", "--clearenv", "--setenv", "PATH", "/usr/bin", "--new-session", "--die-with-parent", "--hostname", "room",  # noqa: S108
    ]  # fmt: skip


def _python_places() -> list[str]:
    """The folders of this Python that the system folders do not hold."""
    prefix = Path(sys.base_prefix).resolve()
    return [] if prefix.is_relative_to("/usr") else [str(prefix)]


def run_function(code: str, function: str, arguments: Sequence[object], *, seconds: float = SECONDS) -> Ran:
    """Run a function on each list of arguments, all in one room, and end it after ``seconds``."""
    bwrap = find_sandbox()
    python = str(Path(sys.executable).resolve())
    job = {
        "code": code, "function": function, "arguments": list(arguments), "cpu": CPU_SECONDS, "memory": MEMORY_BYTES, "uid": NOBODY,
    }  # fmt: skip
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - the walls around it are the point
        [bwrap, *_walls(), "--", python, "-I", "-S", "-c", _RUNNER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        output, ended = _talk(process, json.dumps(job).encode(), began + seconds)
    finally:
        _end(process)
    return _read(output, len(arguments), ended, time.monotonic() - began)


def _talk(process: subprocess.Popen[bytes], job: bytes, deadline: float) -> tuple[bytes, str]:
    """Give the job in, take what comes out, and say why it was cut off where it was."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(job)
        process.stdin.close()
    except BrokenPipeError:
        return b"", "it ended before it began"
    output = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.select(left):
                return output, f"it ran longer than {SECONDS:g} seconds and was ended"
            part = os.read(process.stdout.fileno(), 1 << 16)
            if not part:
                return output, ""
            output += part
            if len(output) > MOST_OUTPUT:
                return output[
                    :MOST_OUTPUT
                ], "its results were larger than two million bytes, and it was ended"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the room with everything in it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _read(output: bytes, cases: int, ended: str, seconds: float) -> Ran:
    results: list[str | None] = []
    errors: list[str] = []
    fault = ended
    for line in output.splitlines()[: cases + 1]:
        try:
            kind, value = json.loads(line)
        except ValueError:
            continue
        if kind == "fault":
            fault = f"it could not be loaded: {value}"
        elif len(results) < cases:
            results.append(str(value) if kind == "ok" else None)
            if kind != "ok":
                errors.append(str(value))
    if len(results) < cases and not fault:
        fault = "it was ended by its limits (time, memory, files or processes)"
    results += [None] * (cases - len(results))
    return Ran(tuple(results), tuple(errors), fault, seconds)
