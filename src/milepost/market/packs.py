"""The shipped demand packs: counts from dated advertisement sets, and no text of any advertisement."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from milepost.market.ads import Ad
from milepost.market.corpora import EARLIER, RECENT
from milepost.market.demand import measure_demand
from milepost.market.role_ads import RULES, RoleRule
from milepost.model.roles import Demand, DemandPack

FEWEST_RECENT = 60
"""Below this many recent advertisements the earlier set is added."""
PACK_DATE = "2026-11-23"
HEADER = "# made by tools/make_packs.py; do not edit\n"
_LINE_WIDTH = 4096
_QUOTED_DAY = re.compile(r"'(\d{4}-\d\d-\d\d)'")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Distinct advertisements and their skill weights by source and id."""

    ads: tuple[Ad, ...]
    weights: Mapping[tuple[str, str], Mapping[str, float]]


def choose_ads(rule: RoleRule, recent: Iterable[Ad], earlier: Iterable[Ad]) -> tuple[Ad, ...]:
    """The recent advertisements of a role, with the earlier ones only where there are fewer than 60."""
    chosen = rule.choose(recent)
    return chosen if len(chosen) >= FEWEST_RECENT else (*chosen, *rule.choose(earlier))


def make_packs(recent: Weighed, earlier: Weighed) -> tuple[DemandPack, ...]:
    """The pack of every role."""
    weights = {**earlier.weights, **recent.weights}
    packs = []
    for rule in RULES:
        ads = choose_ads(rule, recent.ads, earlier.ads)
        packs.append(measure_demand(rule.role, ads, weights, source=say_source(rule, ads)))
    return tuple(packs)


def say_source(rule: RoleRule, ads: Sequence[Ad]) -> str:
    """Which sets were counted, how many advertisements of which months each gave, and the rule of the role."""
    parts = []
    for corpus in (*RECENT, *EARLIER):
        months = sorted(ad.date[:7] for ad in ads if ad.source == corpus.id)
        if months:
            span = months[0] if months[0] == months[-1] else f"{months[0]} to {months[-1]}"
            parts.append(f"{len(months)} {corpus.described} ({span})")
    return f"Counted from {'; '.join(parts)}. {rule.said}"


def render_pack(pack: DemandPack) -> str:
    """The YAML text of a pack, the same bytes for the same counts."""
    yaml = YAML()
    yaml.width = _LINE_WIDTH
    skills = CommentedMap()
    for skill, demand in sorted(pack.skills.items()):
        skills[skill] = _flow(demand)
    out = io.StringIO()
    yaml.dump(
        {
            "source": pack.source,
            "date": PACK_DATE,
            "basis": "data",
            "pack": {
                "role": pack.role,
                "ads": pack.ads,
                "companies": pack.companies,
                "first_date": pack.first_date,
                "last_date": pack.last_date,
                "skills": skills,
            },
        },
        out,
    )
    return HEADER + _QUOTED_DAY.sub(r"\1", out.getvalue())


def _flow(demand: Demand) -> CommentedMap:
    row = CommentedMap(
        ads=demand.ads, companies=demand.companies, weighted_ads=demand.weighted_ads, strength=demand.strength
    )
    row.fa.set_flow_style()
    return row
