"""Roles made from advertisements against the shipped ones, each hidden while it is made again from its own."""

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench.tables import figure, print_table
from milepost.files.content import load_catalogue
from milepost.market.ads import Ad
from milepost.market.corpora import EARLIER, RECENT
from milepost.market.extract import Extractor, build_extractor
from milepost.market.packs import choose_ads
from milepost.market.role_ads import RULES
from milepost.market.role_from_ads import propose_role
from milepost.market.role_signs import read_signs
from milepost.model.activities import Catalogue

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
SIZES: tuple[int | None, ...] = (5, 10, 15, 30, None)
DRAWS = 5
Weights = Mapping[tuple[str, str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class RoleScore:
    """How one made role compares with the one written by hand.

    ``found`` is the share of its targets among the proposals, ``precision`` of what counts from the start;
    ``off`` the mean absolute difference of level where both ask for the skill, ``off_three`` that of always 3.
    """

    found: float
    counted: int
    precision: float
    off: float
    off_three: float
    confidence: float
    right: float


def read_role_ads(shared: Path = SHARED) -> tuple[dict[str, tuple[Ad, ...]], Weights]:
    """The advertisements of every shipped role by its title rule, and their skill weights."""
    sys.path.insert(0, str(PROJECT / "tools"))
    from make_packs import weigh  # type: ignore[import-not-found]

    tree = load_catalogue().tree
    recent, earlier = weigh(RECENT, shared, tree), weigh(EARLIER, shared, tree)
    ads = {rule.role: choose_ads(rule, recent.ads, earlier.ads) for rule in RULES}
    return ads, {**earlier.weights, **recent.weights}


def halves() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The nine roles that the formulas were fitted on, and the nine that they were not."""
    names = sorted(load_catalogue().roles)
    return tuple(names[::2]), tuple(names[1::2])


def score_role(
    role: str, ads: Sequence[Ad], weights: Weights, *, catalogue: Catalogue, extractor: Extractor
) -> RoleScore:
    """Make a role again without its shipped form, and compare."""
    others = {id_: each for id_, each in catalogue.roles.items() if id_ != role}
    made = propose_role(read_signs(ads, extractor, weights=weights), others, catalogue.tree)
    written = {target.skill: target.level for target in catalogue.roles[role].targets}
    found = [each for each in made.targets if each.skill in written]
    counted = [each for each in made.targets if each.accept]
    return RoleScore(
        len(found) / len(written),
        len(counted),
        sum(each.skill in written for each in counted) / max(1, len(counted)),
        fmean(abs(each.level - written[each.skill]) for each in found),
        fmean(abs(3 - written[each.skill]) for each in found),
        fmean(each.confidence for each in made.targets),
        len(found) / len(made.targets),
    )


def score_roles(
    roles: Sequence[str],
    ads: Mapping[str, Sequence[Ad]],
    weights: Weights,
    *,
    size: int | None,
    seed: int = 1,
) -> list[RoleScore]:
    """Every role from all of its advertisements, or from ``DRAWS`` seeded draws of ``size``."""
    catalogue = load_catalogue()
    extractor = build_extractor(catalogue.tree)
    dice = random.Random(seed)
    scores = []
    for role in roles:
        own = list(ads[role])
        for _ in range(DRAWS if size else 1):
            drawn = dice.sample(own, min(size, len(own))) if size else own
            scores.append(score_role(role, drawn, weights, catalogue=catalogue, extractor=extractor))
    return scores


def report() -> None:
    """Both halves by number of advertisements, then each role that was not fitted."""
    if not (SHARED / "data").is_dir():
        print("The shared advertisements are not here: roles cannot be made again.")
        return
    ads, weights = read_role_ads()
    header = [
        "advertisements",
        "targets found",
        "would count",
        "of these right",
        "level off",
        "off with 3",
        "sure",
        "right",
    ]
    for title, roles in zip(("Fitted roles", "Untouched roles"), halves(), strict=True):
        rows = [[str(size or "all"), *_cells(score_roles(roles, ads, weights, size=size))] for size in SIZES]
        print_table(f"{title}: made from advertisements against written by hand", header, rows)
    header[0] = "role (n)"
    rows = [
        [f"{role} ({len(ads[role])})", *_cells(score_roles([role], ads, weights, size=None))]
        for role in halves()[1]
    ]
    print_table("Untouched roles, all advertisements", header, rows)


def _cells(scores: Sequence[RoleScore]) -> list[str]:
    return [
        figure(fmean(each.found for each in scores)),
        figure(fmean(each.counted for each in scores), digits=0),
        figure(fmean(each.precision for each in scores)),
        figure(fmean(each.off for each in scores)),
        figure(fmean(each.off_three for each in scores)),
        figure(fmean(each.confidence for each in scores)),
        figure(fmean(each.right for each in scores)),
    ]
