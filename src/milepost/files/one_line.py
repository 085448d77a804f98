"""Texts of others on one line of a YAML file that a person edits."""

import json
import re

LONGEST_TEXT = 400

_BLANKS = re.compile(r"\s+")


def quoted(text: str) -> str:
    """A text in double quotes on one line, as every YAML reader reads it back; at most 400 characters.

    >>> print(quoted('two\\nlines: "so"'))
    "two lines: \\"so\\""
    """
    plain = _BLANKS.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()
    short = plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 1].rstrip() + "…"
    return json.dumps(short, ensure_ascii=False)
