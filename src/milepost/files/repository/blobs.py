"""The contents of versions of files, as git keeps them: one pass, bounded by size; nothing is checked out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from milepost.files.repository.git import Git

MOST_HEADER_BYTES = 256


def read_sizes(git: Git, blobs: Sequence[str]) -> Mapping[str, int]:
    """Bytes of each blob; what is not there (a partial clone, a damaged store) is left out."""
    feed = git.scratch / "sizes"
    feed.write_text("".join(f"{blob}\n" for blob in blobs), encoding="ascii")
    found: dict[str, int] = {}
    with git.stream("cat-file", "--batch-check", "--buffer", feed=feed) as output:
        for line in output:
            words = line.decode("ascii", "replace").split()
            if len(words) == 3 and words[1] == "blob":
                found[words[0]] = int(words[2])
    return found


def read_blobs(git: Git, blobs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each blob with its content, in the order asked for; the caller has looked at the sizes before."""
    feed = git.scratch / "contents"
    feed.write_text("".join(f"{blob}\n" for blob in blobs), encoding="ascii")
    with git.stream("cat-file", "--batch", "--buffer", feed=feed) as output:
        while (found := _next_blob(output)) is not None:
            if found[0]:
                yield found


def _next_blob(output: IO[bytes]) -> tuple[str, bytes] | None:
    header = output.readline(MOST_HEADER_BYTES).decode("ascii", "replace").split()
    if not header:
        return None
    if len(header) != 3 or not header[2].isdigit():
        return "", b""
    content = output.read(int(header[2]))
    output.read(1)
    return (header[0], content) if header[1] == "blob" and len(content) == int(header[2]) else ("", b"")
