"""The market: demand, mentions, roles from advertisements, the hype guard, recorded years."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from milepost.publish.compare_schema import years_document
from milepost.web.api.answers import (
    REMEMBERED,
    AdsBody,
    Body,
    Document,
    Key,
    Match,
    require,
)
from milepost.web.pages import About, home_of
from milepost.workflows.boards import board_document, make_board
from milepost.workflows.compare import EXAMPLES, compare_people
from milepost.workflows.home import OWNER
from milepost.workflows.hype import consider
from milepost.workflows.market import demand_rows, laid_out, market_document, measure_market
from milepost.workflows.mentions import find_mentions
from milepost.workflows.role_making import make_role, role_document
from milepost.workflows.wanted import keep_ads

router = APIRouter()


class Temptation(Body):
    """A new thing."""

    thing: str = Field(min_length=1, max_length=200)
    source: str = Field("", max_length=500)
    keep: bool = True


@router.post("/people/{name}/consider")
def weigh(request: Request, about: About, body: Temptation, key: Key = None) -> Document:
    """Weigh one new thing."""

    def work() -> Document:
        found = consider(about.where, body.thing, at=about.at, source=body.source, keep=body.keep)
        return {
            "thing": found.thing,
            "skill": found.skill or None,
            "verdict": found.decision,
            "may_enter": found.may_enter,
            "why": found.why,
            "displaces": found.displaces,
            "recheck": found.recheck.isoformat() if found.recheck else None,
            "kept": body.keep,
        }

    return REMEMBERED.once(key, request, body, work)


@router.get("/trend")
def trend(
    role: Annotated[str | None, Query(max_length=100)] = None,
    skill: Annotated[str | None, Query(max_length=100)] = None,
) -> Document:
    """The board of the hype guard, from the shipped monthly counts."""
    board = make_board((), role=role, skill=skill)
    return dict(board_document(board))


@router.post("/demand")
def demand(body: AdsBody) -> Document:
    """What advertisements ask for. The texts are read once and not kept."""
    with laid_out(body.ads) as folder:
        market = measure_market([folder])
    rows = demand_rows(market, role=body.role)
    return dict(market_document(market, rows))


@router.get("/compare")
def compare(request: Request, who: Annotated[list[str], Query(min_length=1, max_length=500)]) -> Document:
    """The comparative analysis of the people named, or of the shipped years."""
    home = home_of(request)
    people = home.people(OWNER)
    names = [each if each in EXAMPLES and each not in people else home.where(each, OWNER) for each in who]
    return dict(years_document(compare_people(names, workspace=home.workspace, now=home.now)))


@router.post("/mentions")
def mentions(body: AdsBody) -> Document:
    """Which skills advertisements name, in which part, and how they ask. The texts are read once and not kept."""
    with laid_out(body.ads) as folder:
        found = find_mentions([folder])
    return {"ads": [asdict(each) for each in found.ads]}


class RoleAdsBody(AdsBody):
    """Advertisements of one kind of job, and what it is called."""

    role: None = None
    name: str = Field(min_length=1, max_length=200)


@router.post("/make-role")
def propose(request: Request, body: RoleAdsBody) -> Document:
    """A role proposed from advertisements, each target with its reason; nothing is kept."""
    with laid_out(body.ads) as folder:
        made = make_role([folder], body.name, today=home_of(request).today())
    return dict(role_document(made, out=None))


@router.post("/people/{name}/ads")
def keep(request: Request, about: About, body: AdsBody, key: Key = None, match: Match = None) -> Document:
    """Keep the counts of advertisements, without their texts, as the jobs that a person wants."""

    def work() -> Document:
        require(about, match)
        with laid_out(body.ads) as folder:
            wanted = keep_ads(about.where, [folder], at=about.at)
        return {"new": wanted.new, "kept": wanted.kept, "ads": wanted.market.demand.ads}

    return REMEMBERED.once(key, request, body, work)
