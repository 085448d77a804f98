"""Long work beside the requests: each piece in a process that can be ended, its result kept over a restart."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from pydantic import TypeAdapter

from milepost.errors import MilepostError
from milepost.files.replacing import read_bytes, replace_text
from milepost.model.language import gettext
from milepost.model.stages import STARTING
from milepost.web.errands import (
    CANCELLED,
    CVS,
    PROPOSALS,
    READY,
    REFUSED,
    RUNNING,
    SCANS,
    STOPPED,
    Errand,
    Work,
)
from milepost.web.pages import Unfit

MOST_AT_ONCE = 2
"""Pieces of work that run; the others wait for their turn."""
MOST_WAITING = 12
"""Pieces of work that run or wait; one more is refused."""
GRACE_SECONDS = 1.0
"""How long a process may tidy up before it is killed: the solver does not listen while it searches."""
KEPT_SECONDS = 2.0
"""How often the progress is kept, for the case that the server dies."""
_ERRANDS = TypeAdapter(Errand)
_WORKS = TypeAdapter(Work)


@dataclass
class _Job:
    """A piece of work that this server runs or has waiting."""

    errand: Errand
    work: Work
    wanted: bool = True
    process: subprocess.Popen[bytes] | None = None
    kept_at: float = 0.0


@dataclass
class Works:
    """The long work of one server: one piece for each person and kind.

    A piece runs in a process of its own that ends with the server, however that ends. What has
    come of it lies in ``folder``, readable by its owner only.
    """

    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _changing: threading.RLock = field(default_factory=threading.RLock)
    _turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_AT_ONCE))
    _jobs: dict[tuple[str, str], _Job] = field(default_factory=dict)

    def load(self, kind: str, name: str) -> Work | None:
        """The newest piece of work; one that was running when the server died says so."""
        with self._lock:
            job = self._jobs.get((kind, name))
            return job.work if job else self._load(kind, name)

    def _load(self, kind: str, name: str) -> Work | None:
        raw = read_bytes(self._path(kind, name))
        if raw is None:
            return None
        try:
            found = _WORKS.validate_json(raw)
        except ValueError:
            return None
        return replace(found, state=STOPPED) if found.state == RUNNING else found

    def start(self, errand: Errand, *, brought: Mapping[str, bytes] | None = None) -> None:
        """Send a process out; an earlier piece of the same kind for the same person is replaced.

        The files that are ``brought``, by plain names, lie on its desk until it is done or cancelled.
        Where that one was stopped by the end of the server and asked for the same, what lies on
        its desk is used again. ``Unfit`` where too much waits already.
        """
        key = (errand.kind, errand.name)
        with self._changing:
            self.cancel(*key)
            self._start(errand, key, brought or {})

    def _start(self, errand: Errand, key: tuple[str, str], brought: Mapping[str, bytes]) -> None:
        with self._lock:
            if len(self._jobs) >= MOST_WAITING:
                raise Unfit(
                    gettext("too much is being worked on already"),
                    hint=gettext("Wait until something is done, or cancel it; then start again."),
                )
            before = self._load(*key)
            desk = self._desk(*key)
            if before is None or before.state != STOPPED or before.asked != errand.asked:
                _clear(desk)
            errand = replace(errand, desk=desk)
            _lay_out(brought, errand.brought)
            job = _Job(errand, Work(RUNNING, (before.number if before else 0) + 1, errand.asked))
            self._save(job)
            self._jobs[key] = job
        threading.Thread(target=self._run, args=(job,), name="milepost-work", daemon=True).start()

    def cancel(self, kind: str, name: str) -> bool:
        """End a piece of work, its process too; False where none runs."""
        with self._changing:
            with self._lock:
                job = self._jobs.pop((kind, name), None)
                if job is None:
                    return False
                job.wanted = False
                job.work = replace(job.work, state=CANCELLED)
                with contextlib.suppress(MilepostError):  # on a full disk it is still ended
                    self._save(job)
            _end(job.process)
            _clear(job.errand.desk)
            return True

    def drop(self, kind: str, name: str) -> None:
        """End a piece of work and forget its result."""
        with self._changing:
            self.cancel(kind, name)
            with self._lock:
                self._path(kind, name).unlink(missing_ok=True)
                _clear(self._desk(kind, name))

    def revise(self, kind: str, name: str, number: int, result: Mapping[str, object]) -> None:
        """Keep what a person decided about a result, where it is still the same one."""
        with self._lock:
            found = self._load(kind, name)
            if (kind, name) not in self._jobs and found and (found.number, found.state) == (number, READY):
                self._write(kind, name, replace(found, result=result))

    def close(self) -> None:
        """End every process, since the server ends; what was running says so after the restart."""
        with self._lock:
            jobs = list(self._jobs.values())
            for job in jobs:
                job.wanted = False
        for job in jobs:
            _end(job.process)

    def _run(self, job: _Job) -> None:
        with self._turns:
            try:
                ended = self._worked(job)
            except OSError as fault:
                hint = "Close other programs and start it again."
                ended = _refused(job.work, f"no process could be started: {fault.strerror or fault}", hint)
            with self._lock:
                if job.wanted and ended is not None:
                    self._finish(job, ended)

    def _worked(self, job: _Job) -> Work | None:
        with self._lock:
            if not job.wanted:
                return None
            job.process = _begin(job.errand)
            job.work = replace(job.work, step=STARTING)
        return self._listen(job, job.process)

    def _finish(self, job: _Job, ended: Work) -> None:
        """Keep what has come of it; where it cannot be kept, that is said for as long as the server lives."""
        job.work = ended
        _clear(job.errand.desk)
        try:
            self._save(job)
            del self._jobs[job.errand.kind, job.errand.name]
        except MilepostError as fault:
            job.work = _refused(job.work, fault.message, fault.hint)

    def _listen(self, job: _Job, process: subprocess.Popen[bytes]) -> Work:
        """Follow a process to its end: what it says of its progress, then its result."""
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(_ERRANDS.dump_json(job.errand) + b"\n")
            process.stdin.flush()
        found = None
        with process.stdout:
            for line in process.stdout:
                said = json.loads(line)
                if "step" in said:
                    self._note(job, replace(job.work, **said))
                else:
                    found = said
        code = process.wait()
        process.stdin.close()
        return _ended(job.work, found, code)

    def _note(self, job: _Job, work: Work) -> None:
        with self._lock:
            if job.wanted:
                job.work = work
                if time.monotonic() - job.kept_at > KEPT_SECONDS:
                    with contextlib.suppress(MilepostError):
                        self._save(job)

    def _save(self, job: _Job) -> None:
        job.kept_at = time.monotonic()
        self._write(job.errand.kind, job.errand.name, job.work)

    def _write(self, kind: str, name: str, work: Work) -> None:
        path = self._path(kind, name)
        for folder in (self.folder, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_text(path, json.dumps(asdict(work), ensure_ascii=False), was=read_bytes(path))

    def _path(self, kind: str, name: str) -> Path:
        return self.folder / kind / f"{blake2b(name.encode(), digest_size=12).hexdigest()}.json"

    def _desk(self, kind: str, name: str) -> Path:
        return self._path(kind, name).with_suffix(".desk")


def forget_person(name: str, *, folder: Path) -> None:
    """Erase what long work for a person has left in the folder of the app."""
    works = Works(folder)
    for kind in (PROPOSALS, SCANS, CVS):
        works.drop(kind, name)


def _lay_out(brought: Mapping[str, bytes], folder: Path) -> None:
    """Files on a desk, for its owner only."""
    _clear(folder)
    if brought:
        folder.mkdir(parents=True, mode=0o700)
    for name, content in brought.items():
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(content)


def _begin(errand: Errand) -> subprocess.Popen[bytes]:
    """A process that works on an errand; what it has to put somewhere goes onto its own desk."""
    scratch = errand.desk / "scratch"
    _clear(scratch)
    for folder in (errand.desk, scratch):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return subprocess.Popen(
        # Why -P: the folder that the server was started in is no place to import from.
        [sys.executable, "-P", "-m", "milepost.web.at_work"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch)},
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes] | None) -> None:
    """Ask a process to leave, and kill it with all that it started where it does not listen."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()


def _ended(work: Work, said: Mapping[str, object] | None, code: int) -> Work:
    if said is None:
        return _refused(
            work,
            f"the process that worked on it ended before its time (code {code})",
            "Start it again. If it ends again, there may be too little memory.",
        )
    return _WORKS.validate_python({**asdict(work), "step": "", "done": 0, "whole": 0, **said})


def _refused(work: Work, message: str, hint: str) -> Work:
    return replace(work, state=REFUSED, result=None, because=(message,), relax=(hint,))


def _clear(desk: Path) -> None:
    shutil.rmtree(desk, ignore_errors=True)
