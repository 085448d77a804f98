"""Roles, demand packs and route playbooks of the content folder."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from milepost.files.shelf import ContentFile, Shelf
from milepost.files.skills_content import same_as_file
from milepost.files.tables import Table, level
from milepost.model.roles import (
    Demand,
    DemandPack,
    Role,
    RoleTarget,
    Route,
    RouteNeed,
    RoutePlaybook,
    Seniority,
)

TARGET_KEYS = ("skill", "level", "reason")
ROLE_KEYS = ("id", "name", "seniority", "meaning", "specialisations", "breadth", "ways_in", "targets")
PACK_KEYS = ("role", "ads", "companies", "first_date", "last_date", "skills")
NEED_KEYS = ("id", "title", "count", "after", "before", "reason", "lead_only", "not_for_leads")
MOST_ADS = 1_000_000_000
MOST_SPECIALISATIONS = 2
_ROUNDING = 1e-6


def read_roles(shelf: Shelf) -> Mapping[str, Role]:
    """The roles of ``roles/``, each with its pack of ``packs/`` where there is one."""
    roles: dict[str, Role] = {}
    for file in shelf.folder("roles", ("role",)):
        row = file.table.table("role", ROLE_KEYS)
        if row is not None:
            role = _role(shelf, row)
            same_as_file(row, "id", role.id, file.stem)
            roles[role.id] = role
    for pack in _packs(shelf):
        if pack.role in roles:
            roles[pack.role] = replace(roles[pack.role], pack=pack)
    return roles


def _role(shelf: Shelf, row: Table) -> Role:
    row.need("name", "seniority", "meaning", "specialisations", "targets")
    specialisations = row.names("specialisations", "specialisation")
    if "specialisations" in row.entries and not 1 <= len(specialisations) <= MOST_SPECIALISATIONS:
        row.fault(
            "specialisations", f"a role has one or two, not {len(specialisations)}", "Keep the deepest ones."
        )
    return Role(
        id=shelf.define("role", row),
        name=row.text("name"),
        seniority=row.choice("seniority", Seniority) or Seniority.MID,
        meaning=row.text("meaning"),
        targets=tuple(target for _, target in read_targets(row, TARGET_KEYS, need=TARGET_KEYS)),
        ways_in=row.texts("ways_in"),
        specialisations=specialisations,
        breadth=read_breadth(row),
    )


def read_targets(
    row: Table, keys: Collection[str], *, need: Collection[str]
) -> tuple[tuple[Table, RoleTarget], ...]:
    """The targets of a role, each with the mapping that it stands in; one for each skill."""
    found: dict[str, tuple[Table, RoleTarget]] = {}
    for target in row.tables("targets", keys):
        target.need(*need)
        skill = target.name("skill", "skill")
        if skill and skill in found:
            target.fault("skill", f"{skill} has two targets", "Keep one of the two.")
        node = target.entries.get("level")
        height = level(row.faults, node, target.at("level")) if node else None
        if height == 0:
            target.fault("level", "a target of 0 asks for nothing", "Remove it.")
        found[skill] = target, RoleTarget(skill, height or 0.0, target.text("reason"))
    if "targets" in row.entries and not found:
        row.fault("targets", "the role asks for nothing", "Add at least one target.")
    return tuple(found.values())


def read_breadth(row: Table) -> dict[str, float]:
    """The target levels of foundation areas that differ from the default."""
    found: dict[str, float] = {}
    for area, field, node in row.pairs("breadth"):
        row.faults.mention("foundation", area, node.key, field)
        found[area] = level(row.faults, node, field) or 0.0
    return found


def _packs(shelf: Shelf) -> Iterator[DemandPack]:
    if not (shelf.root / "packs").is_dir():
        return
    for path in sorted((shelf.root / "packs").glob("*.yaml")):
        for file in shelf.file(path, ("pack",)):
            row = file.table.table("pack", PACK_KEYS)
            if row is not None:
                yield _pack(file, row)


def _pack(file: ContentFile, row: Table) -> DemandPack:
    row.need(*PACK_KEYS)
    role = row.name("role", "role")
    same_as_file(row, "role", role, file.stem)
    return read_counts(row, role=role, source=file.source)


def read_counts(row: Table, *, role: str, source: str) -> DemandPack:
    """The counts of a pack: from advertisements of one role, by skill."""
    ads, companies = _counts(row)
    first, last = row.day("first_date"), row.day("last_date")
    if first and last and last < first:
        row.fault("last_date", f"{last} lies before {first}", "Exchange the two days.")
    skills: dict[str, Demand] = {}
    for skill, field, node in row.pairs("skills"):
        row.faults.mention("skill", skill, node.key, field)
        counted = Table(row.faults, node, field, ("ads", "companies", "weighted_ads", "strength"))
        skills[skill] = _demand(counted, most_ads=ads, most_companies=companies)
    return DemandPack(role, ads, companies, row.text("first_date"), row.text("last_date"), source, skills)


def _counts(row: Table) -> tuple[int, int]:
    ads = row.whole("ads", 0, MOST_ADS) or 0
    companies = row.whole("companies", 0, MOST_ADS) or 0
    if companies > ads:
        row.fault("companies", f"{companies} companies cannot have placed {ads} ads", "Count again.")
    return ads, companies


def _demand(row: Table, *, most_ads: int, most_companies: int) -> Demand:
    row.need("ads", "companies", "weighted_ads", "strength")
    ads, companies = _counts(row)
    if ads > most_ads:
        row.fault("ads", f"{ads} ads name the skill, but the pack has {most_ads}", "Count again.")
    if companies > most_companies:
        row.fault("companies", f"{companies} companies, but the pack has {most_companies}", "Count again.")
    weighted = row.number("weighted_ads", 0, MOST_ADS) or 0.0
    if weighted > companies + _ROUNDING:
        row.fault(
            "weighted_ads", f"{weighted:g} is more than one for each of {companies} companies", "Count again."
        )
    return Demand(ads, companies, weighted, row.number("strength", 0, 1) or 0.0)


def read_routes(shelf: Shelf) -> Mapping[Route, RoutePlaybook]:
    """The playbooks of ``routes.yaml``, one for each route."""
    found: dict[Route, RoutePlaybook] = {}
    for file in shelf.file(shelf.root / "routes.yaml", ("routes",)):
        for row in file.table.tables("routes", ("route", "meaning", "skills", "needs")):
            playbook = _playbook(shelf, row)
            if playbook.route in found:
                row.fault("route", f"the route {playbook.route} is described twice", "Keep one of the two.")
            found[playbook.route] = playbook
        for route in sorted(set(Route) - set(found)):
            file.table.fault(
                "routes", f"the route {route} is missing", f"Add an entry with `route: {route}`."
            )
    return found


def _playbook(shelf: Shelf, row: Table) -> RoutePlaybook:
    row.need("route", "meaning", "needs")
    route = row.choice("route", Route) or Route.OUTSIDE
    needs = tuple(_need(shelf, need, route) for need in row.tables("needs", NEED_KEYS))
    return RoutePlaybook(route, row.text("meaning"), needs, row.names("skills", "skill"))


def _need(shelf: Shelf, row: Table, route: Route) -> RouteNeed:
    row.need("title", "count", "after", "before", "reason")
    after, before = row.number("after", 0, 1) or 0.0, row.number("before", 0, 1)
    if before is not None and before <= after:
        row.fault(
            "before",
            f"{before:g} does not lie after {after:g}",
            "Both are shares of the plan: 0 start, 1 end.",
        )
    lead_only, not_for_leads = row.flag("lead_only"), row.flag("not_for_leads")
    if lead_only and not_for_leads:
        row.fault("not_for_leads", "the need holds for nobody", "Keep one of lead_only and not_for_leads.")
    return RouteNeed(
        shelf.define(f"need of the {route} route", row),
        row.text("title"),
        row.whole("count", 1, 50) or 1,
        after,
        before if before is not None else 1.0,
        row.text("reason"),
        lead_only,
        not_for_leads,
    )
