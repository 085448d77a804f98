"""How far long work is, for the script of a page: small answers that it asks for again and again."""

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from milepost.web.errands import COUNTS, CVS, PROPOSALS, SCANS, Work
from milepost.web.pages import About
from milepost.web.telling import tell_work
from milepost.web.works import Works

router = APIRouter(include_in_schema=False)


def works_of(request: Request) -> Works:
    """The long work of this server."""
    found: Works = request.app.state.works
    return found


def typed_before(work: Work | None, names: Sequence[str]) -> dict[str, str]:
    """What was typed into the fields of a form when the work was started; empty texts where there is none."""
    asked = work.asked if work else {}
    return {name: str(asked.get(name, "")) for name in names}


@router.get("/people/{name}/running/{kind}")
def show_work(request: Request, about: About, kind: str) -> Response:
    """How far the work of one kind for one person is."""
    if kind not in (PROPOSALS, SCANS, CVS):
        raise HTTPException(404)
    return _told(works_of(request).load(kind, about.name))


@router.get("/market/running")
def show_count(request: Request) -> Response:
    """How far the count of a corpus is."""
    return _told(works_of(request).load(COUNTS, ""))


def _told(work: Work | None) -> Response:
    if work is None:
        return JSONResponse({"state": "gone", "number": 0, "far": "", "share": None})
    return JSONResponse(
        {"state": work.state, "number": work.number, "far": tell_work(work), "share": work.share}
    )
