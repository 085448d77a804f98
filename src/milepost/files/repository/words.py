"""Names and lines of a repository as a message may show them: short, on one line, without control signs."""

MOST_SHOWN = 200


def one_line(text: str, most: int = MOST_SHOWN) -> str:
    """A text with every sign that does not print written out, cut to ``most`` signs.

    >>> one_line("a\\nb\\x1b[31m")
    'a\\\\nb\\\\x1b[31m'
    """
    cut = text[: most + 1]
    shown = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode()
        for sign in cut
    )
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def shown_path(path: bytes) -> str:
    """A path of a repository, bytes that are no UTF-8 written out."""
    return one_line(path.decode("utf-8", "backslashreplace"))


def counted(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "file"), counted(1200, "commit"), counted(2, "entry", "entries")
    ('1 file', '1,200 commits', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
