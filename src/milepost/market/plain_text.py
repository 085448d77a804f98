"""The text of an advertisement as a reader sees it: one paragraph or item a line, no mark-up, no addresses.

Everything that looks for skills looks at this text, so every rule speaks of the same characters.
"""

import html
import re

from milepost.market.ads import unwrapped

_LINE_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|table|h[1-6])\b[^<>]*>", re.IGNORECASE)
_ITEM_TAG = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->")
_LOOKS_LIKE_MARK_UP = re.compile(r"<(?:/?[a-zA-Z])|&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_KEPT_IN_BRACKETS = re.compile(r"<(email|phone)>")
_TYPOGRAPHY = (
    *(("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\u2011", "-"), ("\xa0", " ")),
    *(("\u202f", " "), ("\u200b", ""), ("\u2028", "\n"), ("\xad", "")),
)
_JOINING_PLUS = re.compile(r"\+(?<=[A-Za-z)]\+)(?=[A-Za-z(])")
_VERSION_OF_CPP = re.compile(r"\+\+(?<=\b[Cc]\+\+)(?=\d)")
_ADDRESS_SIGNS = ("://", "www.", "@")


def plain_text(title: str, text: str) -> str:
    """The title on the first line and then the text, without the line breaks of a fixed width.

    Mark-up and entities are resolved, quotes and hyphens are the plain ones, runs of spaces are one space,
    a plus between two names stands free, and web and mail addresses are blank.
    """
    plain = f"{_unmarked(title).replace(chr(10), ' ')}\n{unwrapped(_unmarked(text))}"
    while "  " in plain:
        plain = plain.replace("  ", " ")
    if "+" in plain:
        plain = _JOINING_PLUS.sub(" + ", _VERSION_OF_CPP.sub("++ ", plain))
    for sign in _ADDRESS_SIGNS:
        if sign in plain:
            plain = _without_words_with(sign, plain)
    return plain.replace("<email>", _NO_ADDRESS).replace("<phone>", _NO_ADDRESS) if "<" in plain else plain


_NO_ADDRESS = " " * len("<email>")


def _without_words_with(sign: str, text: str) -> str:
    """A text of the same length with blanks for every word that contains a sign."""
    at = text.find(sign)
    pieces: list[str] = []
    done = 0
    while at >= 0:
        start = max(text.rfind(" ", done, at), text.rfind("\n", done, at)) + 1 or done
        ends = [end for end in (text.find(" ", at), text.find("\n", at)) if end >= 0]
        end = min(ends, default=len(text))
        pieces.append(text[done:start])
        pieces.append(" " * (end - start))
        done = end
        at = text.find(sign, end)
    return "".join((*pieces, text[done:]))


def _unmarked(text: str) -> str:
    if ("<" in text or ("&" in text and ";" in text)) and _LOOKS_LIKE_MARK_UP.search(text):
        text = _KEPT_IN_BRACKETS.sub(r"&lt;\1&gt;", text)
        text = _LINE_TAG.sub("\n", _ITEM_TAG.sub("\n- ", text))
        text = html.unescape(_TAG.sub(" ", text))
    if not text.isascii():
        for sign, plain in _TYPOGRAPHY:
            text = text.replace(sign, plain)
    if "\t" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "").replace("\t", " ")
    return text
