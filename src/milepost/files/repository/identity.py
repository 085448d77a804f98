"""Whose commits are the person's own: addresses and names, as the repository's .mailmap unites them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.repository.git import Git

MOST_MAILMAP_BYTES = 1024 * 1024
"""A .mailmap above this size is not used."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Addresses and names of one person, casefolded; a commit is theirs where one of them is its author's."""

    addresses: frozenset[str]
    names: frozenset[str]

    def owns(self, name: str, address: str) -> bool:
        """Whether an author is this person."""
        return address.casefold() in self.addresses or name.casefold() in self.names

    def named_in(self, text: str) -> bool:
        """Whether a "Name <address>" trailer names this person."""
        name, _, address = text.partition("<")
        return self.owns(name.strip(), address.rstrip("> ").strip())


def find_authors(git: Git, authors: Sequence[str]) -> tuple[str, ...]:
    """The addresses and names given; without any, ``user.email`` of the repository or of the person's own git.

    ``UsageError`` where neither says who they are.
    """
    given = [text.strip() for text in authors if text.strip()] or _configured(git)
    if not given:
        raise UsageError(
            f"nobody says which commits of {git.shown} are yours",
            hint="Give your addresses or names as authors, or set user.email in the repository.",
        )
    if any(sign in text for text in given for sign in "\n\r\0"):
        raise UsageError("an author is one line: an address or a name")
    return tuple(given)


def read_identity(git: Git, given: Sequence[str]) -> Identity:
    """The person behind addresses and names, united by the .mailmap."""
    addresses = {text.strip("<>") for text in given if "@" in text and " " not in text.strip("<>")}
    pairs = {
        text.partition("<")[2].rstrip("> ") for text in given if "<" in text and not text.startswith("<")
    }
    names = {text for text in given if "@" not in text}
    united = {_united(git, address) for address in addresses | pairs}
    return Identity(
        frozenset(text.casefold() for text in united if text), frozenset(name.casefold() for name in names)
    )


def find_mailmap(git: Git, tips: Sequence[str]) -> str:
    """The .mailmap of the first of the commits, as git names it; empty where it is too large or not there."""
    name = f"{tips[0]}:.mailmap" if tips else ""
    code, output = git.ask("cat-file", "-s", name) if name else (1, b"")
    if code != 0:
        return ""
    if int(output) > MOST_MAILMAP_BYTES:
        git.remarks.append("The .mailmap is larger than 1 MB and was not used.")
        return ""
    return name


def _united(git: Git, address: str) -> str:
    """The address that .mailmap gives to this one."""
    code, output = git.ask("check-mailmap", f"<{address}>")
    text = output.decode("utf-8", "replace").strip()
    return text.rpartition("<")[2].rstrip(">") if code == 0 and "<" in text else address


def _configured(git: Git) -> list[str]:
    """``user.email`` of the repository, or else of the person's own git configuration."""
    code, output = git.ask("config", "--get", "user.email")
    if code != 0:
        output = _own_address()
    text = output.decode("utf-8", "replace").strip()
    return [text] if text else []


def _own_address() -> bytes:
    """``user.email`` of ~/.gitconfig, asked outside of any repository: reading a value starts no program."""
    import os
    import shutil
    import subprocess

    program = shutil.which("git")
    if program is None:
        return b""
    told = {"GIT_CEILING_DIRECTORIES": str(Path.home()), "GIT_DIR": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(  # noqa: S603 – our own words only, no shell
        [program, "config", "--global", "--get", "user.email"],
        env={**os.environ, **told}, stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False,
    )  # fmt: skip
    return done.stdout
