"""The application: pages, the API, the pictures' style, and what every answer has in common."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from milepost import __version__
from milepost.errors import MilepostError
from milepost.model.language import decimal, gettext, marked
from milepost.web import api, bring, counts, cvs, market, people, plan, scans, sharing, tests_page, work, year
from milepost.web.once import Sent
from milepost.web.pages import Refused, Unfit, Values, back_of, problems_of, render, status_of
from milepost.web.proposals import Proposals
from milepost.web.shield import MOST_BYTES, Shield, load_key
from milepost.web.tongue import Tongue
from milepost.web.typed import typed_in
from milepost.web.works import Works
from milepost.workflows.home import Home

SCRIPTS = ("work.js", "timer.js")
HEADINGS = {
    403: marked("This was refused"),
    404: marked("This is not here"),
    409: marked("Somebody else was faster"),
    422: marked("This does not fit yet"),
}


def make_app(home: Home, *, folder: Path, port: int) -> FastAPI:
    """The app for one home; it answers only to loopback addresses on this port.

    ``folder`` keeps the key of the forms and what has come of long work.
    """

    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.works.close()

    app = FastAPI(
        title="Milepost",
        version=__version__,
        description="Levels, gaps, plans and the year of people, on this computer only.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=run,
    )
    app.state.home = home
    app.state.sent = Sent(folder)
    app.state.works = Works(folder)
    app.state.proposals = Proposals(app.state.works)
    for module in (people, plan, bring, cvs, scans, counts, work, year, tests_page, sharing, market, api):
        app.include_router(module.router)
    app.add_api_route("/health", _health, include_in_schema=False)
    app.add_api_route("/static/style.css", _style, include_in_schema=False)
    app.add_api_route("/static/icon.svg", _icon, include_in_schema=False)
    for name in SCRIPTS:
        app.add_api_route(f"/static/{name}", partial(_script, name), include_in_schema=False)
    app.add_exception_handler(MilepostError, _explain)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(ClientDisconnect, _cut_off)
    app.add_middleware(Shield, key=load_key(folder), port=port)
    app.add_middleware(Tongue)
    return app


def _health() -> Response:
    return JSONResponse({"status": "ok", "version": __version__})


@cache
def _sheet() -> str:
    published = files("milepost.publish").joinpath("templates/style.css").read_text(encoding="utf-8")
    return published + files("milepost.web").joinpath("static/app.css").read_text(encoding="utf-8")


def _style() -> Response:
    return PlainTextResponse(_sheet(), media_type="text/css", headers={"cache-control": "max-age=300"})


def _icon() -> Response:
    picture = files("milepost.web").joinpath("static/icon.svg").read_text(encoding="utf-8")
    return PlainTextResponse(picture, media_type="image/svg+xml", headers={"cache-control": "max-age=86400"})


def _script(name: str) -> Response:
    text = files("milepost.web").joinpath("static", name).read_text(encoding="utf-8")
    return PlainTextResponse(text, media_type="text/javascript", headers={"cache-control": "max-age=300"})


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _explain(request: Request, fault: Exception) -> Response:
    """An error that the user can act on, as a page or as problem+json."""
    assert isinstance(fault, MilepostError)
    status = status_of(fault)
    if _is_api(request):
        return api.problem(request, status, fault.message, fault.hint, problems_of(fault))
    return _error_page(
        request,
        status,
        fault.message,
        {
            "foreign": not isinstance(fault, (Unfit, Refused)),
            "hint": fault.hint,
            "problems": problems_of(fault),
            "back": back_of(request),
            "again": not isinstance(fault, Refused),
        },
    )


def _error_page(request: Request, status: int, message: str, more: Values) -> Response:
    """What happened, what to do next, and what was typed: to be sent again where ``again`` is true."""
    heading = gettext(HEADINGS.get(status, marked("This does not work")))
    told = {"foreign": False, "hint": "", "problems": [], "back": "/", "again": True, **more}
    return render(
        request, "error.html.j2", status=status, heading=heading, message=message, typed=typed_in(request), **told,
    )  # fmt: skip


def _cut_off(request: Request, fault: Exception) -> Response:  # noqa: ARG001 - the signature of a handler
    """A body that went on above the bound, or a visitor who is gone and reads no answer."""
    return PlainTextResponse(
        gettext("This is larger than %(most)s bytes. Send less at once.", most=decimal(MOST_BYTES)), 413
    )


def _malformed(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    details = [
        {"field": ".".join(str(step) for step in each["loc"][1:]), "message": str(each["msg"]), "hint": ""}
        for each in fault.errors()
    ]
    if _is_api(request):
        return api.problem(request, 422, "the request does not have the form that is asked for", "", details)
    message = gettext("The address or the form has a part that does not fit.")
    return _error_page(request, 422, message, {"problems": details})


def _missing(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    if _is_api(request):
        return api.problem(request, fault.status_code, str(fault.detail), "")
    message = gettext("There is no such page.") if fault.status_code == 404 else str(fault.detail)
    return _error_page(request, fault.status_code, message, {"foreign": fault.status_code != 404})
