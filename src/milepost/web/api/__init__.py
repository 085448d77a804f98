"""``/api/v1``: every verb as JSON, with the documents of ``docs/schemas`` and problem+json errors."""

from fastapi import APIRouter

from milepost.web.api import market, people, year
from milepost.web.api.answers import PROBLEMS, problem

__all__ = ["problem", "router"]

router = APIRouter(prefix="/api/v1", tags=["milepost"], responses=PROBLEMS)
for _part in (people, year, market):
    router.include_router(_part.router)
