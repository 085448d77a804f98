"""Bounds of what is unpacked, and the refusal of what breaks them."""

import io
from typing import IO

from milepost.errors import InvalidInput, Problem


def refuse(place: str, message: str, hint: str, *, line: int = 0, column: str = "") -> InvalidInput:
    """The error of a download that cannot be read: where, what, and what to do."""
    return InvalidInput([Problem(place, line, 1 if line else 0, column, message, hint)])


class Bounded(io.RawIOBase):
    """A stream that ends with an ``InvalidInput`` after ``most`` bytes; ``place`` is what it calls the file."""

    def __init__(self, inner: IO[bytes], place: str, *, most: int) -> None:
        self._inner = inner
        self._place = place
        self._left = self._most = most

    def readable(self) -> bool:
        """It is read from, and only that."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the inner stream does."""
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            message = f"is larger than {self._most // 1_000_000} MB after unpacking"
            raise refuse(self._place, message, "Download it again; no release is as large as that.")
        buffer[: len(data)] = data
        return len(data)
