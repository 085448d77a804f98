"""The git program, asked for facts only: nothing that a repository configures can run, and nothing is fetched."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from milepost.errors import InvalidInput, MilepostError, Problem
from milepost.files.repository.words import one_line
from milepost.model.stages import Tell, tell_nobody

LONGEST_SECONDS = 120.0
"""Seconds after which one git command is stopped; a scan runs five. Assumption: a 50,000-commit history takes a few."""

MOST_MEMORY_BYTES = 768 * 1024 * 1024
"""Memory that git may fill (mapped packs apart): a tree of ten trees of ten trees … has more files than any machine has room."""

MOST_FIELD_BYTES = 64 * 1024
"""Bytes of one field (a path, a name, a subject) that are kept; the rest of it is passed over."""

LATE = "git was stopped"
CHUNK_BYTES = 256 * 1024
STDERR_BYTES = 4096
MOST_SHALLOW_BYTES = 16 * 1024 * 1024

SAFE_SETTINGS = (
    "core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.pager=cat", f"core.attributesFile={os.devnull}",
    f"core.excludesFile={os.devnull}", "core.sshCommand=false", "core.askPass=false", "core.editor=false",
    "core.useReplaceRefs=false", "credential.helper=", "protocol.allow=never", "submodule.recurse=false",
    "gc.auto=0", "maintenance.auto=false", "log.showSignature=false", "gpg.program=false",
    f"mailmap.file={os.devnull}", "core.bigFileThreshold=1m",
)  # fmt: skip
"""Settings that outrank those of the repository; whatever could name a program names none."""


@dataclass
class Git:
    """One repository: where its objects are, an empty folder to stand in, and what git complained about.

    ``answer`` is what git said against the last short question. ``mailmap`` names the blob of
    the .mailmap that is used. ``remarks`` are sentences on what was left out; ``tell`` is told how far the reading is.
    """

    shown: str
    folder: Path
    shared: Path
    scratch: Path
    objects: Path | None = None
    mailmap: str = ""
    complaints: list[str] = field(default_factory=list)
    answer: str = ""
    remarks: list[str] = field(default_factory=list)
    tell: Tell = tell_nobody

    def ask(self, *arguments: str) -> tuple[int, bytes]:
        """The exit code and the first bytes of the output of a short question; a no is no complaint.

        ``InvalidInput`` where git does not answer in time.
        """
        before = len(self.complaints)
        with self._started(arguments, None) as process:
            output = _out(process).read(CHUNK_BYTES)
        told = self.complaints[before:]
        del self.complaints[before:]
        if any(LATE in text for text in told):
            raise _no_repository(
                Path(self.shown), f"git does not answer here: {told[0]}", "Clone it again and name the clone."
            )
        self.answer = told[0] if told else ""
        return process.returncode, output

    def fields(self, *arguments: str, feed: Path | None = None) -> Generator[bytes, None, None]:
        """The NUL-separated fields of a command's output, one by one; the last one needs no NUL.

        A field longer than ``MOST_FIELD_BYTES`` is cut. What went wrong is in ``complaints``.
        """
        with self._started(arguments, feed) as process:
            yield from split_fields(_chunks(_out(process)))

    @contextmanager
    def stream(self, *arguments: str, feed: Path | None = None) -> Iterator[IO[bytes]]:
        """The raw output of a command; leaving the block before its end stops the command."""
        with self._started(arguments, feed) as process:
            yield _out(process)

    @contextmanager
    def _started(self, arguments: tuple[str, ...], feed: Path | None) -> Iterator[subprocess.Popen[bytes]]:
        with (
            tempfile.TemporaryFile(dir=self.scratch) as errors,
            Path(feed or os.devnull).open("rb") as given,
        ):
            process = subprocess.Popen(  # noqa: S603 – our own words only, no shell
                self._command(arguments),
                stdin=given, stdout=subprocess.PIPE, stderr=errors, cwd=self.scratch, env=self._environment(),
                start_new_session=True,
            )  # fmt: skip
            _bound_memory(process.pid)
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(LONGEST_SECONDS, stop)
            timer.daemon = True
            timer.start()
            ended = False
            try:
                yield process
                ended = not _out(process).read(1)
            finally:
                if not ended:
                    process.kill()
                _out(process).close()
                process.wait()
                timer.cancel()
                self._listen(process.returncode, errors, late=late.is_set(), cut=not ended)

    def _listen(self, code: int, errors: IO[bytes], *, late: bool, cut: bool) -> None:
        """Keep what git said when it failed; a command that we stopped ourselves has not failed."""
        if late:
            self.complaints.append(f"{LATE} after {LONGEST_SECONDS:g} seconds")
        elif code != 0 and not cut:
            errors.seek(0)
            lines = errors.read(STDERR_BYTES).decode("utf-8", "replace").splitlines()
            told = next((line for line in lines if line.startswith(("fatal:", "error:"))), "")
            self.complaints.append(one_line(told or (lines[0] if lines else f"git ended with code {code}")))

    def stand_apart(self) -> None:
        """From now on read the objects through an empty repository of our own.

        The configuration, attributes, hooks, remotes and replacements of the repository are not
        even read then, and what is missing is missing: git versions that know no
        GIT_NO_LAZY_FETCH would ask a remote for it.
        """
        code, output = self.ask("rev-parse", "--show-object-format")
        kind = output.decode("ascii", "replace").strip() if code == 0 else "sha1"
        apart = self.scratch / "apart"
        (apart / "refs").mkdir(parents=True)
        (apart / "objects").mkdir()
        (apart / "HEAD").write_text("ref: refs/heads/none\n", encoding="ascii")
        rows = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = "
        (apart / "config").write_text(f"{rows}{'sha256' if kind == 'sha256' else 'sha1'}\n", encoding="ascii")
        ends = self.shared / "shallow"
        if ends.is_file():
            with ends.open("rb") as opened:
                (apart / "shallow").write_bytes(opened.read(MOST_SHALLOW_BYTES))
        self.folder, self.objects = apart, self.shared / "objects"

    def shallow_ends(self) -> frozenset[str]:
        """The commits where a shallow clone was cut off."""
        file = self.shared / "shallow"
        if not file.is_file():
            return frozenset()
        with file.open("rb") as opened:
            return frozenset(opened.read(MOST_SHALLOW_BYTES).decode("ascii", "replace").split())

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        program = shutil.which("git")
        if program is None:
            raise MilepostError(
                "git is not installed, and repositories are read with it",
                hint="Install git, or name other evidence.",
            )
        settings = [*SAFE_SETTINGS, f"mailmap.blob={self.mailmap}"]
        pairs = [word for setting in settings for word in ("-c", setting)]
        return [program, "--no-pager", "--no-optional-locks", "--no-replace-objects", *pairs, *arguments]

    def _environment(self) -> dict[str, str]:
        """Nothing of the person's environment but the way to git; the work tree is an empty folder."""
        apart = {"GIT_OBJECT_DIRECTORY": str(self.objects)} if self.objects else {}
        return {
            **apart,
            "PATH": os.environ.get("PATH", os.defpath), "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
            "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.scratch), "XDG_CONFIG_HOME": str(self.scratch),
            "GIT_DIR": str(self.folder), "GIT_WORK_TREE": str(self.scratch),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0",
            "GIT_PAGER": "cat", "GIT_SSH_COMMAND": "false", "GIT_ASKPASS": "false", "GIT_EDITOR": "false",
        }  # fmt: skip


def _bound_memory(pid: int) -> None:
    """Hold a started command to ``MOST_MEMORY_BYTES``, where the system can (Linux); elsewhere the time bounds it."""
    try:
        from resource import RLIMIT_DATA, prlimit
    except ImportError:
        return
    with suppress(OSError):
        prlimit(pid, RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout


def _chunks(output: IO[bytes]) -> Iterator[bytes]:
    while chunk := output.read(CHUNK_BYTES):
        yield chunk


def split_fields(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Fields ended by NUL, each cut to ``MOST_FIELD_BYTES``; what stands after the last NUL is a field too.

    >>> list(split_fields([b"a\\0b", b"c\\0", b"d"]))
    [b'a', b'bc', b'd']
    """
    rest = b""
    for chunk in chunks:
        first, *others = chunk.split(b"\0")
        rest = (rest + first)[:MOST_FIELD_BYTES]
        for other in others:
            yield rest
            rest = other[:MOST_FIELD_BYTES]
    if rest:
        yield rest


@contextmanager
def open_repository(path: Path, *, tell: Tell = tell_nobody) -> Iterator[Git]:
    """The repository in a folder, bare or not; ``InvalidInput`` where there is none.

    Folders above are not searched: a folder inside a repository is not one.
    """
    folder, shared = _git_folders(path)
    with tempfile.TemporaryDirectory(prefix="milepost-git-") as scratch:
        yield Git(_name_of(path), folder, shared, Path(scratch), tell=tell)


def _name_of(path: Path) -> str:
    """The name of a repository for people: that of its folder."""
    whole = path.resolve()
    named = whole.parent if whole.name == ".git" else whole
    return one_line(named.name.removesuffix(".git") or str(named), 80)


def _git_folders(path: Path) -> tuple[Path, Path]:
    """The git folder, and the one that holds the objects: another one for a linked work tree."""
    if not path.is_dir():
        raise _no_repository(path, "there is no such folder", "Name a folder that holds a git repository.")
    inner = path / ".git"
    folder = (
        _pointed_to(path, inner) if inner.is_file() else inner.resolve() if inner.is_dir() else path.resolve()
    )
    common = folder / "commondir"
    shared = (folder / _first_line(common)).resolve() if common.is_file() else folder
    if (
        not ((folder / "HEAD").is_file() or (folder / "HEAD").is_symlink())
        or not (shared / "objects").is_dir()
    ):
        raise _no_repository(
            path,
            "this folder is not a git repository",
            "Name the folder that holds .git, or a bare repository.",
        )
    for name in (
        "config",
        "packed-refs",
        "info/attributes",
        "info/grafts",
        "objects/info/alternates",
        "shallow",
    ):
        if (shared / name).exists() and not (shared / name).is_file():
            raise _no_repository(
                path, f"{name} of this repository is not an ordinary file", "Clone it again."
            )
    return folder, shared


def _pointed_to(path: Path, file: Path) -> Path:
    """The folder that the .git file of a submodule or a linked work tree names."""
    said = _first_line(file)
    if not said.startswith("gitdir: "):
        raise _no_repository(path, ".git is a file that names no repository", "Clone it again.")
    return (path / said.removeprefix("gitdir: ")).resolve()


def _first_line(file: Path) -> str:
    with file.open("rb") as opened:
        return (
            opened.read(STDERR_BYTES)
            .decode("utf-8", "surrogateescape")
            .split("\n")[0]
            .strip()
            .replace("\0", "")
        )


def _no_repository(path: Path, message: str, hint: str) -> InvalidInput:
    return InvalidInput([Problem(one_line(str(path)), 0, 0, "", message, hint)])
