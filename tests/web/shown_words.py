"""What a page says that went through no catalogue and is marked as nothing else."""

import re
from html.parser import HTMLParser

from babel import Locale

from milepost.model.language import ISOLATE, RELEASE

SAID = ("alt", "aria-label", "title", "placeholder", "content")
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
SILENT = frozenset({"style", "script", "textarea"})
NAMES = ("Milepost", "YAML", "SPI", "ln", "max")
"""Names and signs of mathematics that no language changes."""
_ENGLISH = Locale.parse("en_GB")
DATES = tuple(
    sorted(
        {
            name
            for kinds in (_ENGLISH.months, _ENGLISH.days)
            for widths in kinds.values()
            for width, names in widths.items()
            if width in ("wide", "abbreviated")
            for name in names.values()
        },
        key=len,
        reverse=True,
    )
)
_WORD = re.compile(r"[A-Za-z]{2,}")


def escaped(page: str, *, own: tuple[str, ...] = ()) -> list[str]:
    """Every visible text with a word of plain letters that is no content, name, date or text of the person.

    In ``en-XA`` every letter of a message has an accent, so a plain word came past the catalogue.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    known = sorted({each.strip() for each in own if each.strip()}, key=len, reverse=True)
    return [text for text in reader.texts if _WORD.search(_without(text, (*known, *NAMES, *DATES)))]


def _without(text: str, known: tuple[str, ...]) -> str:
    for each in known:
        text = re.sub(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])", " ", text)
    return text


class _Reader(HTMLParser):
    """Texts and spoken attributes outside of marked elements and of isolated content."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._isolated = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        marked = self._marked or (tag != "html" and ("lang" in given or "data-content" in given))
        spoken = [given[name] for name in SAID if name in given and tag != "meta"]
        if tag == "input" and given.get("type") in ("submit", "button"):
            spoken.append(given.get("value", ""))
        if not marked:
            for each in spoken:
                self._say(each)
                self._isolated = 0
        if tag not in VOID:
            self._open.append((tag, marked or tag in SILENT))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._marked:
            self._say(data)

    @property
    def _marked(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _say(self, text: str) -> None:
        """Keep what is not isolated; an isolate may go on in the next line of a picture."""
        kept = []
        for part in re.split(f"([{ISOLATE}{RELEASE}])", text):
            if part == ISOLATE:
                self._isolated += 1
            elif part == RELEASE:
                self._isolated = max(0, self._isolated - 1)
            elif not self._isolated:
                kept.append(part)
        said = " ".join(kept).strip()
        if said:
            self.texts.append(said)
