"""What a machine can find out about a piece of evidence: a file in a repository, its tests, a page, a document, a merge.

Nothing is looked at but what the person names, and nothing is asked of another computer
unless they give its address.
"""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from milepost.errors import UsageError

GIT_SECONDS = 60
TEST_SECONDS = 600
PAGE_SECONDS = 15
MOST_PAGE_BYTES = 1_000_000
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager")
"""Why: a repository's own settings must not start programs when it is only looked at."""
_FORMS = "git:FOLDER:FILE, tests:FOLDER, page:ADDRESS, pdf:FILE or merged:FOLDER:WORDS"


def check_proof(words: str) -> str:
    """What was found for a check such as ``git:../rag-bot:README.md``, in one sentence.

    Raises ``UsageError`` with what is missing where the check fails, or where the words name no check.
    """
    kind, _, rest = words.partition(":")
    check = CHECKS.get(kind)
    if check is None or not rest:
        raise UsageError(f"{words!r} is not a check", hint=f"Write {_FORMS}.")
    return check(rest)


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not Path(folder).is_dir():
        raise UsageError(f"there is no folder {folder}", hint="Name the folder of the repository.")
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments never reach a shell
            [*_GIT, "-C", folder, *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=GIT_SECONDS,
            check=False,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
        )
    except FileNotFoundError as fault:
        raise UsageError(
            "the program git is not installed", hint="Install git, or name a reviewer."
        ) from fault
    except subprocess.TimeoutExpired as fault:
        raise UsageError(
            f"git did not answer in {GIT_SECONDS} s for {folder}", hint="Try again, or name a reviewer."
        ) from fault


def _split(rest: str, form: str) -> tuple[str, str]:
    """Folder and what stands behind it; a Windows drive keeps its colon."""
    drive = rest[:2] if rest[1:3] == ":\\" else ""
    folder, _, behind = rest.removeprefix(drive).partition(":")
    if not behind:
        raise UsageError(f"{rest!r} does not say what to look for", hint=f"Write {form}.")
    return drive + folder, behind


def _file_in_git(rest: str) -> str:
    folder, file = _split(rest, "git:FOLDER:FILE")
    listed = _git(folder, "ls-files", "--error-unmatch", "--", file)
    if listed.returncode:
        raise UsageError(
            f"{file} is not committed in {folder}", hint="Commit it, or name the file as git lists it."
        )
    last = _git(folder, "log", "-1", "--format=%h of %cs", "--", file).stdout.strip()
    return f"{file} is committed in {Path(folder).resolve().name}, last in {last}"


def _tests_pass(folder: str) -> str:
    if not Path(folder).is_dir():
        raise UsageError(f"there is no folder {folder}", hint="Name the folder that holds the tests.")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise UsageError(
            f"the tests in {folder} ran longer than {TEST_SECONDS} s", hint="Make them quicker."
        ) from fault
    last = (done.stdout.strip().splitlines() or [done.stderr.strip()])[-1][:120]
    if done.returncode:
        raise UsageError(f"the tests in {folder} do not pass: {last}", hint="Mend them, and check again.")
    return f"the tests in {Path(folder).resolve().name} pass: {last}"


def _page_answers(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise UsageError(f"{address!r} is not a web address", hint="Start it with https://.")
    request = urllib.request.Request(address, headers={"User-Agent": "milepost"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=PAGE_SECONDS) as answer:  # noqa: S310
            size = len(answer.read(MOST_PAGE_BYTES))
    except (urllib.error.URLError, OSError, ValueError) as fault:
        reason = getattr(fault, "reason", fault)
        raise UsageError(
            f"{address} does not answer: {reason}", hint="Open it in a browser first."
        ) from fault
    if not size:
        raise UsageError(f"{address} answers with an empty page", hint="Publish something there first.")
    return f"{address} answers with {size} bytes" + (" or more" if size == MOST_PAGE_BYTES else "")


def _document_opens(file: str) -> str:
    try:
        pages = len(PdfReader(file).pages)
    except OSError as fault:
        raise UsageError(f"{file} cannot be read: {fault.strerror}", hint="Check the name.") from fault
    except (PyPdfError, ValueError, KeyError, RecursionError) as fault:
        raise UsageError(f"{file} is not a PDF that opens", hint="Export it again.") from fault
    if not pages:
        raise UsageError(f"{file} has no pages", hint="Export it again.")
    return f"{Path(file).name} is a PDF of {pages} page{'s' if pages != 1 else ''}"


def _change_is_merged(rest: str) -> str:
    folder, words = _split(rest, "merged:FOLDER:WORDS, with a commit or words of its message")
    is_commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{words}^{{commit}}").returncode == 0
    if is_commit:
        merged = _git(folder, "merge-base", "--is-ancestor", words, "HEAD").returncode == 0
        found = _git(folder, "log", "-1", "--format=%h of %cs: %s", words).stdout.strip() if merged else ""
    else:
        found = _git(
            folder, "log", "-1", "--fixed-strings", f"--grep={words}", "--format=%h of %cs: %s"
        ).stdout.strip()
    if not found:
        raise UsageError(
            f"nothing in the log of {folder} is, or says, {words!r}",
            hint="Fetch the branch into which it was merged and check it out.",
        )
    return f"merged in {Path(folder).resolve().name}: {found[:120]}"


CHECKS: Mapping[str, Callable[[str], str]] = {
    "git": _file_in_git,
    "tests": _tests_pass,
    "page": _page_answers,
    "pdf": _document_opens,
    "merged": _change_is_merged,
}
