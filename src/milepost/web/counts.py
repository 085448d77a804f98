"""A set of advertisements in the browser: counted beside the requests, its numbers kept, its texts never."""

import datetime as dt
from collections.abc import Mapping

from fastapi import Request, Response
from pydantic import TypeAdapter

from milepost.files.content import load_catalogue
from milepost.model.language import day, gettext
from milepost.web.errands import COUNTS, RUNNING, Errand, Work
from milepost.web.once import pages_router
from milepost.web.pages import Form, field, go, home_of, render
from milepost.web.telling import tell_work
from milepost.web.work import typed_before, works_of
from milepost.workflows.corpus import CorpusDemand

router = pages_router()
SHOWN = 30
FIELDS = ("source", "role", "column")
NOBODY = ""
"""A count belongs to no person."""
_COUNTED = TypeAdapter(CorpusDemand)


@router.get("/market")
def show_market(request: Request) -> Response:
    """The file or folder to count, how far the count is, and what is asked for."""
    return _market(request)


def _market(request: Request, *, typed: Mapping[str, str] | None = None, fault: str = "") -> Response:
    work = works_of(request).load(COUNTS, NOBODY)
    counted = counted_of(work)
    roles = load_catalogue().roles
    return render(
        request,
        "market.html.j2",
        status=422 if fault else 200,
        work=work,
        running=work is not None and work.state == RUNNING,
        far=tell_work(work) if work else "",
        typed=typed or typed_before(work, FIELDS),
        roles=list(roles.values()),
        prior=roles[counted.role].name if counted and counted.role in roles else "",
        counted=counted,
        first=_day(counted.first_date) if counted else "",
        last=_day(counted.last_date) if counted else "",
        shown=SHOWN,
        fault=fault,
    )


def _day(text: str) -> str:
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:  # a month or a year
        return text


def counted_of(work: Work | None) -> CorpusDemand | None:
    """What a count that is done has found."""
    return work.read(_COUNTED) if work else None


@router.post("/market/start")
def start(request: Request, form: Form) -> Response:
    """Count; the page shows how far it is."""
    typed = {name: field(form, name) for name in FIELDS}
    if not typed["source"]:
        return _market(request, typed=typed, fault=gettext("Name a file or a folder with advertisements."))
    if typed["role"] and typed["role"] not in load_catalogue().roles:
        return _market(request, typed=typed, fault=gettext("Choose a role from the list."))
    at = home_of(request).occasion()
    works_of(request).start(Errand(COUNTS, NOBODY, "", None, at.now(), at.today, {**typed}))
    return go("/market")


@router.post("/market/cancel")
def cancel(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """End the count."""
    works_of(request).cancel(COUNTS, NOBODY)
    return go("/market")


@router.post("/market/drop")
def drop(request: Request, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """Forget the count."""
    works_of(request).drop(COUNTS, NOBODY)
    return go("/market", gettext("Forgotten."))
