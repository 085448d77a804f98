"""The advertisements that a person wants: read once, counted, and kept in their file without a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.person_ads import MOST_COUNTED, ad_entry
from milepost.files.person_edits import set_in_person_text
from milepost.market.counted import add_counted, count_ad
from milepost.market.extract import build_extractor
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import CountedAd
from milepost.workflows.keeping import Kept
from milepost.workflows.market import Market, measure_market
from milepost.workflows.year import Occasion

VERB = "ads"


@dataclass(frozen=True)
class Wanted:
    """What came of some advertisements: how they were read, how many are new, and how many are kept now."""

    market: Market
    new: int
    kept: int


def keep_ads(
    name: str, paths: Sequence[Path], *, at: Occasion, columns: Mapping[str, str] | None = None
) -> Wanted:
    """Count advertisements and keep the counts in the person's file, in one change that ``undo`` takes back.

    Raises ``UsageError`` where there is no advertisement in them, or where the file would hold too many.
    """
    kept = at.load(name)
    person = kept.loaded.person
    catalogue = extend_catalogue(load_catalogue(), person)
    extractor = build_extractor(catalogue.tree)
    market = measure_market(paths, columns=columns, catalogue=catalogue, extractor=extractor)
    found = [count_ad(ad, extractor, today=at.today) for ad in market.ads]
    joined = add_counted(person.counted_ads, found)
    if len(joined) > MOST_COUNTED:
        raise UsageError(
            f"that would be {len(joined)} advertisements, and a person's file holds {MOST_COUNTED}",
            hint="Keep the jobs that you really want; `milepost count` counts any number.",
        )
    _write(kept, joined, at=at)
    return Wanted(market, len(joined) - len(person.counted_ads), len(joined))


def drop_ad(name: str, words: str, *, at: Occasion) -> CountedAd:
    """Take one advertisement out of the person's file, by the digest of its words."""
    kept = at.load(name)
    ads = kept.loaded.person.counted_ads
    found = next((ad for ad in ads if ad.words == words), None)
    if found is None:
        raise UsageError("this advertisement is not kept any more", hint="Load the page again.")
    _write(kept, [ad for ad in ads if ad is not found], at=at)
    return found


def _write(kept: Kept, ads: Sequence[CountedAd], *, at: Occasion) -> None:
    text = set_in_person_text(kept.loaded.text, path=("counted_ads",), value=[ad_entry(ad) for ad in ads])
    if text != kept.loaded.text:
        at.keep(kept, VERB, text=text)
