"""From a person to what they chose to show: the portfolio, the consent to it, and the site on disk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from milepost.errors import InvalidInput, UsageError
from milepost.files.content import load_catalogue
from milepost.files.person_edits import set_in_person_text
from milepost.files.site_folder import open_site_folder, write_site
from milepost.levels import level_means
from milepost.model.activities import Catalogue
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.model.plans import Plan, PlannedActivity
from milepost.model.portfolio import (
    Portfolio,
    ShownArea,
    ShownArtefact,
    ShownField,
    ShownLink,
    ShownMilestone,
    ShownQuarter,
    ShownText,
)
from milepost.model.skills import AreaKind
from milepost.model.year import Artefact, MilestoneRecord, Verification
from milepost.publish.portfolio_site import SITE_FILES, Theme, render_site
from milepost.publish.portfolio_words import artefact_kind
from milepost.publish.privacy_gate import address_fault, refuse_private
from milepost.publish.words import level_word, safe_address
from milepost.workflows.keeping import Kept
from milepost.workflows.roadmap import make_gaps, make_levels, make_roadmap
from milepost.workflows.year import Occasion

STANDING = (
    Verification.CITED_BY_INTERVIEWER,
    Verification.ACCEPTED,
    Verification.USED_BY_OTHERS,
    Verification.REVIEWED,
    Verification.SELF_PUBLISHED,
    None,
)
"""Who stands behind an artefact, the strongest first (method-practice 7.2)."""

VERB = "publish"
PARTS = ("artefacts", "t", "milestones", "learning", "roadmap")
"""What can be shown or left out as a whole."""

QUIET_KINDS = frozenset({"search", "interview-practice"})
QUIET_NEEDS = frozenset(
    {"applications", "internal-application", "interview-practice", "offer", "promotion-case", "sponsor"}
)
"""The hunt for the job itself, by kind and by what an activity is needed for: a roadmap leaves it out."""


@dataclass(frozen=True)
class Offer:
    """What would be published, what of it was not agreed to before, and what stayed empty."""

    kept: Kept
    portfolio: Portfolio
    fields: tuple[ShownField, ...]
    new: tuple[ShownField, ...]
    notes: tuple[str, ...]

    @property
    def person(self) -> Person:
        """Whose portfolio it is."""
        return self.kept.loaded.person


def offer_portfolio(name: str, *, at: Occasion, address: str = "") -> Offer:
    """Everything that the person's choices let out, after the last look of the privacy gate.

    Raises ``InvalidInput`` with every field that holds a private word, an e-mail address, the
    path of a file or an address that is not for everybody.
    """
    kept = at.load(name)
    person = kept.loaded.person
    maker = _Maker(kept, at, extend_catalogue(load_catalogue(), person))
    portfolio = maker.make(_address(address))
    problems = refuse_private(portfolio, person.publish.private, place=kept.loaded.place)
    if problems:
        raise InvalidInput(problems)
    fields = portfolio.fields()
    agreed = frozenset(person.publish.agreed)
    new = tuple(each for each in fields if each.mark not in agreed)
    return Offer(kept, portfolio, fields, new, tuple(maker.notes))


def publish_portfolio(
    offer: Offer,
    out: Path,
    *,
    at: Occasion,
    agree: Callable[[], bool],
    theme: Theme = Theme.PAPER,
) -> tuple[Path, ...]:
    """Write the site, the PDF and the calendar into a folder, where ``agree`` says so.

    ``agree`` is only called where something is new or changed. What was agreed to is written
    into the person's own file first. Nothing is written where it is not agreed to.
    """
    folder = open_site_folder(out, SITE_FILES)
    if offer.new and not agree():
        return ()
    files = render_site(offer.portfolio, theme=theme)
    keep_agreement(offer, at=at)
    return write_site(folder, files)


def keep_agreement(offer: Offer, *, at: Occasion) -> None:
    """Remember that every field of an offer may be read by everybody."""
    marks = tuple(dict.fromkeys(each.mark for each in offer.fields))
    if marks != offer.person.publish.agreed:
        text = set_in_person_text(offer.kept.loaded.text, path=("publish", "agreed"), value=list(marks))
        at.keep(offer.kept, VERB, text=text)


@dataclass(frozen=True)
class Shown:
    """What a person chooses to show, as a form asks for it; ``artefacts`` are the numbers of those that are public."""

    about: str = ""
    private: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()
    artefacts: frozenset[int] = frozenset()


def keep_choice(name: str, shown: Shown, *, at: Occasion) -> None:
    """Write what is to be shown into the person's file, in one change; what was agreed to before stays agreed to."""
    kept = at.load(name)
    text, now = kept.loaded.text, kept.loaded.person.publish
    for part in PARTS:
        if (part in shown.parts) != getattr(now, part):
            text = set_in_person_text(
                text, path=("publish", part), value=_part(part, shown=part in shown.parts)
            )
    if shown.about != now.about:
        text = set_in_person_text(text, path=("publish", "about"), value=shown.about or None)
    if shown.private != now.private:
        text = set_in_person_text(text, path=("publish", "private"), value=list(shown.private))
    for index, artefact in enumerate(kept.loaded.person.year.artefacts):
        if artefact.public != (index in shown.artefacts):
            path = ("year", "artefacts", str(index), "public")
            text = set_in_person_text(text, path=path, value=index in shown.artefacts)
    if text != kept.loaded.text:
        at.keep(kept, VERB, text=text)


def _part(part: str, *, shown: bool) -> bool | str:
    """How the file says whether a part is shown: artefacts are ``public`` or ``none``."""
    if part == "artefacts":
        return "public" if shown else "none"
    return shown


def _address(address: str) -> str:
    """The address of the site with a slash at its end; empty where none is given."""
    if not address:
        return ""
    fault = address_fault(address)
    if not fault and not address.lower().startswith("https://"):
        fault = "does not start with https://"
    if not fault and ("?" in address or "#" in address):
        fault = "is not the address of a folder"
    if fault:
        raise UsageError(
            f"--address {address!r} {fault}",
            hint="Give the address of the site, such as https://example.org/me/.",
        )
    return address if address.endswith("/") else f"{address}/"


@dataclass
class _Maker:
    """Picks from the person file what was chosen; everything else is never looked at."""

    kept: Kept
    at: Occasion
    catalogue: Catalogue
    notes: list[str] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return self.kept.loaded.person

    def make(self, address: str) -> Portfolio:
        chosen = self.person.publish
        role, quarters = self._roadmap() if chosen.roadmap else (None, ())
        return Portfolio(
            name=ShownText(self.person.name, "name"),
            about=ShownText(chosen.about.strip(), "publish.about") if chosen.about else None,
            links=tuple(self._links()),
            areas=tuple(self._areas()) if chosen.t else (),
            artefacts=self._artefacts() if chosen.artefacts else (),
            milestones=tuple(self._milestones()) if chosen.milestones else (),
            learning=self._learning() if chosen.learning else (),
            role=role,
            quarters=quarters,
            address=ShownText(address, "--address") if address else None,
        )

    def _links(self) -> Iterator[ShownLink]:
        for index, link in enumerate(self.person.publish.links):
            place = f"publish.links.{index}"
            yield ShownLink(ShownText(link.title, f"{place}.title"), ShownText(link.url, f"{place}.url"))

    def _areas(self) -> Iterator[ShownArea]:
        """Foundations by name, then the specialisations of the file; those of a role would tell the target."""
        tree = self.catalogue.tree
        means = level_means(make_levels(self.person, today=self.at.today, catalogue=self.catalogue))
        broad = sorted(area.id for area in tree.areas.values() if area.kind is AreaKind.FOUNDATION)
        for area in (*broad, *self.person.specialisations):
            skills = tree.in_area(area)
            core = [skill.id for skill in skills if skill.core] or [skill.id for skill in skills]
            level = sum(means[skill] for skill in core) / len(core)
            yield ShownArea(
                ShownText(tree.areas[area].name, "publish.t"),
                int(level + 0.5),
                ShownText(level_word(level), "publish.t"),
                area in self.person.specialisations,
            )

    def _artefacts(self) -> tuple[ShownArtefact, ...]:
        shown = [
            _artefact(artefact, f"year.artefacts.{index}")
            for index, artefact in enumerate(self.person.year.artefacts)
            if artefact.public and artefact.title
        ]
        if not shown:
            self.notes.append("no artefact of the year has a title and `public: true`")
        first = {
            (each.title.text, each.url.text if each.url else ""): each
            for each in sorted(shown, key=_rank, reverse=True)
        }
        return tuple(sorted(first.values(), key=_rank))

    def _milestones(self) -> Iterator[ShownMilestone]:
        """The accepted ones; evidence that holds the address of a private piece of work stays here."""
        shown = {a.url for a in self.person.year.artefacts if a.public and a.url}
        every = {a.url for a in self.person.year.artefacts} | {e.url for e in self.person.evidence}
        hidden = every - shown - {""}
        found = 0
        for index, record in enumerate(self.person.year.milestones):
            if record.accepted is None or (record.proof and not record.proof.counts):
                continue
            found += 1
            place = f"year.milestones.{index}"
            kept = record
            if any(url in record.evidence for url in hidden):
                self.notes.append(f"{place}.evidence leads to work that is not public, and is left out")
                kept = replace(record, evidence="")
            yield _milestone(kept, place, shown if self.person.publish.artefacts else set())
        if not found:
            self.notes.append("no milestone is accepted by evidence yet")

    def _learning(self) -> tuple[ShownText, ...]:
        if self.person.target is None:
            self.notes.append("publish.learning: without a target role there is no focus")
            return ()
        report = make_gaps(self.person, today=self.at.today, catalogue=self.catalogue)
        names = {gap.skill: gap.name for gap in report.gaps}
        return tuple(ShownText(names[skill], "publish.learning") for skill in report.focus)

    def _roadmap(self) -> tuple[ShownText | None, tuple[ShownQuarter, ...]]:
        """The accepted plan, or the one that is made today where none is."""
        if self.person.target is None:
            self.notes.append("publish.roadmap: without a target role there is no roadmap")
            return None, ()
        plan = self.kept.plan or make_roadmap(self.person, today=self.at.today, catalogue=self.catalogue).plan
        if not isinstance(plan, Plan):
            self.notes.append("publish.roadmap: no plan fits, so there is no roadmap to show")
            return None, ()
        role = self.catalogue.roles.get(plan.role)
        shown = tuple(_quarters(plan, self.catalogue))
        return ShownText(role.name if role else plan.role, "publish.roadmap"), shown


def _artefact(artefact: Artefact, place: str) -> ShownArtefact:
    kind = artefact_kind(artefact.kind)
    return ShownArtefact(
        title=ShownText(artefact.title, f"{place}.title"),
        date=artefact.date,
        url=ShownText(artefact.url, f"{place}.url") if safe_address(artefact.url) else None,
        kind=ShownText(kind, f"{place}.kind") if kind else None,
        verified=artefact.verified,
    )


def _rank(artefact: ShownArtefact) -> tuple[int, int, str, str]:
    url = artefact.url.text if artefact.url else ""
    return STANDING.index(artefact.verified), -artefact.date.toordinal(), artefact.title.text, url


def _milestone(record: MilestoneRecord, place: str, public: set[str]) -> ShownMilestone:
    """A milestone; its proof is linked only where it is an artefact that is shown anyway."""
    assert record.accepted is not None
    proof = record.proof.url if record.proof else ""
    links = [(proof, f"{place}.proof.url")] if proof in public else []
    if safe_address(record.evidence):
        links.insert(0, (record.evidence, f"{place}.evidence"))
    words = "" if links and links[0][0] == record.evidence else record.evidence
    return ShownMilestone(
        title=ShownText(record.title or f"Milestone of quarter {record.quarter}", f"{place}.title"),
        accepted=record.accepted,
        evidence=ShownText(words, f"{place}.evidence") if words else None,
        url=ShownText(*links[0]) if links and safe_address(links[0][0]) else None,
    )


def _quiet(activity: PlannedActivity, catalogue: Catalogue) -> bool:
    known = catalogue.activities.get(activity.id.partition("~")[0])
    return activity.kind in QUIET_KINDS or bool(known and QUIET_NEEDS.intersection(known.meets))


def _quarters(plan: Plan, catalogue: Catalogue) -> Iterator[ShownQuarter]:
    """The quarters of a plan without the hunt for the job itself, which is nobody's business."""
    place = "publish.roadmap"
    for quarter in plan.quarters:
        shown = [activity for activity in quarter.activities if not _quiet(activity, catalogue)]
        ids = {activity.id for activity in shown}
        milestone = quarter.milestone if quarter.milestone and quarter.milestone.activity in ids else None
        area = catalogue.tree.areas.get(quarter.theme_area)
        yield ShownQuarter(
            number=quarter.number,
            first=quarter.start,
            last=quarter.end,
            theme=ShownText(area.name if area else "Learning", place),
            milestone=ShownText(milestone.title, place) if milestone else None,
            activities=tuple(
                ShownText(activity.title, place)
                for activity in sorted(shown, key=lambda a: (a.start, a.end, a.id))
            ),
        )
