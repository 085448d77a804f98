"""What a person shows to the world: their choices, and the portfolio that these leave."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from milepost.model.year import Verification


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address of the person elsewhere, with the words to show for it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What a person chose to show. Without a choice only public artefacts are.

    ``private`` holds words that may appear nowhere; ``agreed`` what the privacy gate was told
    before, by ``ShownField.mark``.
    """

    about: str = ""
    links: tuple[WebLink, ...] = ()
    t: bool = False
    artefacts: bool = True
    milestones: bool = False
    learning: bool = False
    roadmap: bool = False
    private: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text to be published, and the place in the person file that it comes from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownArea:
    """One area of the T with its level rounded to a whole one; ``deep`` where it is a specialisation."""

    name: ShownText
    level: int
    word: ShownText
    deep: bool


@dataclass(frozen=True, slots=True)
class ShownArtefact:
    """A public artefact: title, address, day, kind where it is a known one, and who stands behind it."""

    title: ShownText
    date: dt.date
    url: ShownText | None = None
    kind: ShownText | None = None
    verified: Verification | None = None


@dataclass(frozen=True, slots=True)
class ShownMilestone:
    """An accepted milestone with what the person wrote as its evidence."""

    title: ShownText
    accepted: dt.date
    evidence: ShownText | None = None
    url: ShownText | None = None


@dataclass(frozen=True, slots=True)
class ShownQuarter:
    """A quarter of the roadmap: its days, its theme, its milestone and the titles of its activities."""

    number: int
    first: dt.date
    last: dt.date
    theme: ShownText
    milestone: ShownText | None
    activities: tuple[ShownText, ...]


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link to another place of the person."""

    title: ShownText
    url: ShownText


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as the privacy gate lists it: its value, where it comes from, and the piece it belongs to."""

    field: str
    value: str
    source: str
    of: str = ""

    @property
    def mark(self) -> str:
        """What is remembered of a consent: the field and a digest of the very value."""
        digest = hashlib.sha256(f"{self.field}\0{self.of}\0{self.value}".encode()).hexdigest()
        return f"{self.field}:{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that is published, and nothing else: pages, feed, calendar and PDF see only this."""

    name: ShownText
    about: ShownText | None = None
    links: tuple[ShownLink, ...] = ()
    areas: tuple[ShownArea, ...] = ()
    artefacts: tuple[ShownArtefact, ...] = ()
    milestones: tuple[ShownMilestone, ...] = ()
    learning: tuple[ShownText, ...] = ()
    role: ShownText | None = None
    quarters: tuple[ShownQuarter, ...] = ()
    address: ShownText | None = None

    def fields(self) -> tuple[ShownField, ...]:
        """Every field of it in the order of the page, each value as it will be read."""
        return tuple(self._fields())

    def _fields(self) -> Iterator[ShownField]:
        yield from self._head()
        for area in self.areas:
            part = "deep" if area.deep else "broad"
            yield ShownField("t.level", f"{area.name.text}: {area.word.text} ({part})", area.word.source)
        for artefact in self.artefacts:
            yield from _artefact(artefact)
        for milestone in self.milestones:
            yield from _milestone(milestone)
        for skill in self.learning:
            yield _field("learning", skill)
        for quarter in self.quarters:
            yield from _quarter(quarter)

    def _head(self) -> Iterator[ShownField]:
        yield _field("name", self.name)
        for name, text in (("about", self.about), ("address", self.address), ("role", self.role)):
            if text:
                yield _field(name, text)
        for link in self.links:
            yield _field("link.title", link.title)
            yield _field("link.url", link.url)


def _field(name: str, shown: ShownText, *, of: str = "") -> ShownField:
    return ShownField(name, shown.text, shown.source, of)


def _artefact(artefact: ShownArtefact) -> Iterator[ShownField]:
    title, place = artefact.title.text, artefact.title.source.removesuffix(".title")
    yield _field("artefact.title", artefact.title)
    yield ShownField("artefact.date", artefact.date.isoformat(), f"{place}.date", title)
    if artefact.url:
        yield _field("artefact.url", artefact.url, of=title)
    if artefact.kind:
        yield _field("artefact.kind", artefact.kind, of=title)
    if artefact.verified:
        yield ShownField("artefact.verified", artefact.verified.value, f"{place}.verified", title)


def _milestone(milestone: ShownMilestone) -> Iterator[ShownField]:
    title, place = milestone.title.text, milestone.title.source.removesuffix(".title")
    yield _field("milestone.title", milestone.title)
    yield ShownField("milestone.accepted", milestone.accepted.isoformat(), f"{place}.accepted", title)
    if milestone.evidence:
        yield _field("milestone.evidence", milestone.evidence, of=title)
    if milestone.url:
        yield _field("milestone.url", milestone.url, of=title)


def _quarter(quarter: ShownQuarter) -> Iterator[ShownField]:
    name = f"quarter {quarter.number}"
    yield ShownField("quarter.days", f"{quarter.first} to {quarter.last}", quarter.theme.source, name)
    yield _field("quarter.theme", quarter.theme, of=name)
    if quarter.milestone:
        yield _field("quarter.milestone", quarter.milestone, of=name)
    for activity in quarter.activities:
        yield _field("quarter.activity", activity, of=name)
