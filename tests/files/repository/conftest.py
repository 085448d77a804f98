"""Real repositories, made by git itself in a temporary folder."""

import subprocess
from pathlib import Path

import pytest

ME = "Kim Example <kim@example.org>"
OTHER = "Sasha Other <sasha@example.org>"


class Repository:
    """A repository that a test builds commit by commit; days are ISO dates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)

    def git(self, *arguments: str, day: str = "2024-01-01", author: str = ME, feed: bytes = b"") -> bytes:
        name, _, address = author.rstrip(">").partition(" <")
        stamp = day if day.startswith("@") else f"{day}T12:00:00+0000"
        told = {
            "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": address, "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": address, "GIT_COMMITTER_DATE": stamp,
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/local/bin:/usr/bin:/bin",
        }  # fmt: skip
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, env=told, input=feed, capture_output=True).stdout

    def commit(
        self,
        files: dict[str, str | bytes | None],
        *,
        day: str = "2024-01-01",
        author: str = ME,
        message: str = "",
    ) -> str:
        """Write the files (None removes one) and commit them; the name of the commit."""
        for path, content in files.items():
            file = self.folder / path
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "-A", "-f")
        self.git(
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            message or f"Change {', '.join(files)[:60]}",
            day=day,
            author=author,
        )
        return self.git("rev-parse", "HEAD").decode().strip()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path / "work")
