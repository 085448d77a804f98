"""A role made from advertisements: proposed with its reasons, written for a person to confirm."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.files.content import load_catalogue
from milepost.files.role import role_id, write_role
from milepost.market.extract import build_extractor
from milepost.market.role_from_ads import Proposal, ProposedRole, propose_role
from milepost.market.role_signs import RoleSigns, read_signs
from milepost.model.role_drafts import DraftTarget, RoleDraft, Unmapped
from milepost.model.roles import Role, RoleTarget
from milepost.publish.market_schema import made_role_document, target_row
from milepost.publish.schema import Document
from milepost.workflows.market import Market, measure_market

MOST_UNKNOWN = 10
BASIS = "proposed from advertisements: confidence is the chance that such a role asks for the skill, levels are weak"


@dataclass(frozen=True)
class RoleMade:
    """A role made from advertisements: what was read, what it shows, the proposals, and the draft of the file."""

    market: Market
    signs: RoleSigns
    proposed: ProposedRole
    draft: RoleDraft


def make_role(
    paths: Sequence[Path],
    name: str,
    *,
    today: dt.date,
    columns: Mapping[str, str] | None = None,
    out: Path | None = None,
) -> RoleMade:
    """Propose a role from the advertisements of one kind of job; ``out`` gets the file to confirm.

    ``UsageError`` below five advertisements, or where ``out`` is there already.
    """
    id_ = role_id(name)
    catalogue = load_catalogue()
    extractor = build_extractor(catalogue.tree)
    market = measure_market(paths, columns=columns, catalogue=catalogue, extractor=extractor)
    signs = read_signs(market.ads, extractor, weights=market.weights)
    proposed = propose_role(signs, catalogue.roles, catalogue.tree)
    role = Role(
        id=f"{id_}-from-ads" if id_ in catalogue.roles else id_,
        name=name.strip(),
        seniority=signs.seniority,
        meaning=f"Made from {signs.pack.ads} advertisements of {signs.pack.companies} companies.",
        targets=tuple(RoleTarget(t.skill, t.level, t.reason) for t in proposed.targets if t.accept),
        specialisations=proposed.specialisations,
        pack=replace(signs.pack, role=id_),
    )
    span = f", {signs.pack.first_date} to {signs.pack.last_date}" if signs.pack.last_date else ""
    draft = RoleDraft(
        role,
        f"{signs.pack.ads} own advertisements of {signs.pack.companies} companies{span}",
        today,
        "; ".join((BASIS, *proposed.warnings)),
        tuple(map(_as_target, proposed.targets)),
        tuple(
            Unmapped(term.term, "not said", f"in {term.ads} of the advertisements, beside known skills")
            for term in market.unknown[:MOST_UNKNOWN]
        ),
    )
    if out is not None:
        write_role(out, draft)
    return RoleMade(market, signs, proposed, draft)


def _as_target(each: Proposal) -> DraftTarget:
    return DraftTarget(each.skill, each.level, each.reason, each.confidence, each.accept)


def role_document(made: RoleMade, *, out: Path | None) -> Document:
    """The role and its proposals as the JSON document of the contract."""
    rows = [
        target_row(_as_target(each), ads=each.ads, share=each.share, low=each.low, high=each.high)
        for each in made.proposed.targets
    ]
    return made_role_document(
        made.draft,
        targets=rows,
        nearest=made.proposed.nearest,
        warnings=made.proposed.warnings,
        file=str(out) if out else "",
    )
