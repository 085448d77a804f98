"""What advertisements ask for: a person's own, or any that are named."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.gaps.impact import impact_from_ads
from milepost.market.ads import Ad, company_key, digest_of_words
from milepost.market.counted import as_ad, weights_of
from milepost.market.demand import measure_demand
from milepost.market.extract import Extractor, build_extractor
from milepost.market.pay import PaidSkill, measure_pay
from milepost.market.sources import AdsRead, expand_paths, read_ads
from milepost.market.specificity import tag_skills
from milepost.market.unknown import UnknownTerm, find_unknown_terms
from milepost.market.unlock import choose_unlocks, measure_unlock
from milepost.model.activities import Catalogue
from milepost.model.gaps import GapReport, Impact
from milepost.model.levels import Levels
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.model.roles import DemandPack
from milepost.model.settings import Settings
from milepost.publish.market_schema import demand_document, demand_row
from milepost.publish.schema import Document
from milepost.workflows.people import Loaded
from milepost.workflows.roadmap import find_role_id


@dataclass(frozen=True)
class Market:
    """Advertisements as they were read, and everything that is counted from them.

    ``weights`` holds the section weight of each skill of each advertisement, ``unknown`` the
    names that stand beside known skills and are none.
    """

    read: AdsRead
    demand: DemandPack
    weights: Mapping[tuple[str, str], Mapping[str, float]]
    unknown: tuple[UnknownTerm, ...]
    tags: Mapping[str, str]
    pay: tuple[PaidSkill, ...]

    @property
    def ads(self) -> tuple[Ad, ...]:
        """The distinct advertisements."""
        return self.read.ads

    @property
    def weighted(self) -> list[Mapping[str, float]]:
        """The skill weights of each advertisement, in its order."""
        return [self.weights[ad.source, ad.id] for ad in self.ads]


def measure_market(
    paths: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    person: Person | None = None,
    catalogue: Catalogue | None = None,
    extractor: Extractor | None = None,
) -> Market:
    """Read advertisements and count what they ask for; ``UsageError`` where none is among them.

    ``extractor`` is that of the catalogue and the person, where the caller has built it already.
    """
    catalogue = catalogue or load_catalogue()
    if person is not None:
        catalogue = extend_catalogue(catalogue, person)
    read = read_ads(paths, columns=columns)
    if not read.ads:
        said = "; ".join(f"{bad.path}: {bad.reason}" for bad in read.rejected[:3])
        raise UsageError(
            f"no advertisement was found in {', '.join(map(str, paths))}{f' ({said})' if said else ''}",
            hint="Name files or folders with advertisements: text, HTML, PDF, mail, CSV or JSON.",
        )
    extractor = extractor or build_extractor(catalogue.tree)
    weights = {(ad.source, ad.id): extractor.weights(ad) for ad in read.ads}
    return _market(read, weights, find_unknown_terms(read.ads, extractor), catalogue)


@contextmanager
def laid_out(texts: Sequence[str]) -> Iterator[Path]:
    """Advertisements that came as texts, as a folder for their readers; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="milepost-ads-") as folder:
        for number, text in enumerate(texts):
            path = Path(folder) / f"ad-{number:04}.txt"
            path.write_text(text, encoding="utf-8", errors="replace")
        yield Path(folder)


def _market(
    read: AdsRead,
    weights: Mapping[tuple[str, str], Mapping[str, float]],
    unknown: tuple[UnknownTerm, ...],
    catalogue: Catalogue,
) -> Market:
    demand = measure_demand("own", read.ads, weights, source=f"{len(read.ads)} own advertisements")
    background = [role.pack for role in catalogue.roles.values() if role.pack is not None]
    return Market(
        read, demand, weights, unknown, tag_skills(demand, background), measure_pay(read.ads, weights)
    )


def with_counted(market: Market | None, person: Person, *, catalogue: Catalogue | None = None) -> Market:
    """A market with the advertisements that the person's file holds as they were counted.

    One that stands among the files too counts once, as it is read there.
    """
    catalogue = extend_catalogue(catalogue or load_catalogue(), person)
    read = market.read if market else AdsRead((), 0, 0, ())
    there = {digest_of_words(ad.text) for ad in read.ads}
    openings = {(company_key(ad), ad.title.casefold()) for ad in read.ads if ad.company and ad.title}
    kept = [
        ad
        for ad in person.counted_ads
        if ad.words not in there and (company_key(as_ad(ad)), ad.title.casefold()) not in openings
    ]
    ads = (*read.ads, *map(as_ad, kept))
    weights = {**(market.weights if market else {}), **weights_of(kept, catalogue.tree)}
    folded = read.folded + len(person.counted_ads) - len(kept)
    joined = replace(read, ads=ads, read=read.read + len(person.counted_ads), folded=folded)
    return _market(joined, weights, market.unknown if market else (), catalogue)


def own_market(
    loaded: Loaded, *, ads: Sequence[Path] = (), catalogue: Catalogue | None = None
) -> Market | None:
    """The market of a person: the advertisements named now, else those of their file; None without any.

    Those of a file are the ones that its patterns find and the ones that it holds as they were counted.
    ``UsageError`` where the file's patterns match nothing, or where they are relative, the
    person is in the workspace, which knows no folder, and nothing is held as counted.
    """
    person = loaded.person
    if ads:
        return measure_market(ads, person=person, catalogue=catalogue)
    patterns = person.ads
    place = Path(loaded.place)
    if person.counted_ads and not (patterns and place.is_file()):
        return with_counted(None, person, catalogue=catalogue)
    if not patterns:
        return None
    if not place.is_file():
        raise UsageError(
            f"the ads of {loaded.person.name} are named relative to a file, but the person is in the workspace",
            hint="Pass --ads FOLDER, or work on the file.",
        )
    market = measure_market(expand_paths(patterns, folder=place.parent), person=person, catalogue=catalogue)
    return with_counted(market, person, catalogue=catalogue) if person.counted_ads else market


def own_demand(loaded: Loaded) -> DemandPack | None:
    """The demand of a person's own advertisements, where their file names some that can be found from here."""
    person = loaded.person
    if not person.counted_ads and not (person.ads and Path(loaded.place).is_file()):
        return None
    market = own_market(loaded)
    return market.demand if market else None


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One skill of a market: its impact, its demand D, and how many more ads it would open (None without a person)."""

    skill: str
    name: str
    impact: Impact
    demand: float
    tag: str
    unlock: float | None = None


def demand_rows(
    market: Market,
    *,
    role: str | None = None,
    unlocks: Mapping[str, float] | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[DemandRow, ...]:
    """Every skill that is asked for, the most demanded first; a role's pack is the prior where one is named."""
    return rank_demand(market.demand, market.tags, role=role, unlocks=unlocks, catalogue=catalogue)


def rank_demand(
    counts: DemandPack,
    tags: Mapping[str, str],
    *,
    role: str | None = None,
    unlocks: Mapping[str, float] | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[DemandRow, ...]:
    """The skills of counted advertisements, the most demanded first; ``UnknownName`` where there is no such role."""
    catalogue = catalogue or load_catalogue()
    pack = catalogue.roles[find_role_id(role, catalogue)].pack if role else None
    rows = []
    for skill in counts.skills:
        impact = impact_from_ads(skill, counts, pack)
        known = catalogue.tree.skills.get(skill)
        rows.append(
            DemandRow(
                skill,
                known.name if known else skill,
                impact,
                impact.share * impact.strength,
                tags.get(skill, ""),
                unlocks.get(skill, 0.0) if unlocks is not None else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.demand, row.skill)))


def held_shares(levels: Levels, report: GapReport, *, settings: Settings | None = None) -> dict[str, float]:
    """How much of each skill a person holds, 0..1: level over the role's target, or over that of a working level."""
    settings = settings or Settings()
    targets = {gap.skill: gap.target for gap in report.gaps}
    return {
        skill: min(1.0, level.mean / targets.get(skill, settings.foundation_target))
        for skill, level in levels.skills.items()
    }


def unlocks_of(
    market: Market, held: Mapping[str, float]
) -> tuple[dict[str, float], tuple[tuple[str, float], ...]]:
    """How many more ads each skill alone would open, and the set that opens most together."""
    return measure_unlock(market.weighted, held), choose_unlocks(market.weighted, held)


def market_document(market: Market, rows: Sequence[DemandRow]) -> Document:
    """What advertisements ask for, as the JSON document of the contract."""
    return demand_document(
        market.demand,
        skills=[demand_row(r.skill, r.impact, r.demand, tag=r.tag, unlock=r.unlock) for r in rows],
        unknown={each.term: each.ads for each in market.unknown},
        pay=[
            {"id": p.skill, "ads": p.ads, "median": p.median, "currency": p.currency, "period": p.period}
            for p in market.pay
        ],
        rejected=[{"path": bad.path, "row": bad.row, "reason": bad.reason} for bad in market.read.rejected],
    )
