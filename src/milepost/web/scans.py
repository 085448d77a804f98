"""Git folders of this computer in the browser: read beside the requests, what they show is accepted or rejected."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import TypeAdapter

from milepost.model.language import gettext, ngettext
from milepost.model.skills import LEVEL_NAMES
from milepost.web.errands import READY, RUNNING, SCANS, Errand, Work
from milepost.web.offers import LATER, make_rows, read_decisions, tell_accepted
from milepost.web.pages import About, Form, Subject, Unfit, field, go, render
from milepost.web.people import STEPS
from milepost.web.scanning import Scanned, lines_of
from milepost.web.telling import tell_work
from milepost.web.work import typed_before, works_of
from milepost.workflows.evidence import Offers, accept_offers, number_offers

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
MOST_FOLDERS = 20
FIELDS = ("folders", "authors")
_SCANNED = TypeAdapter(Scanned)


@router.get("/people/{name}/scan")
def show_scan(request: Request, about: About) -> Response:
    """The folders to read, how far the reading is, and what they show."""
    return _scan(request, about)


def _scan(
    request: Request,
    about: Subject,
    *,
    typed: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    missing: Collection[int] = (),
    fault: str = "",
) -> Response:
    person = about.load().loaded.person
    work = works_of(request).load(SCANS, about.name)
    scanned = scanned_of(work)
    offers = number_offers(person, scanned.findings) if scanned else None
    rows = (
        make_rows(offers, rejected=scanned.rejected, given=given, missing=missing)
        if offers and scanned
        else []
    )
    rejected = set(scanned.rejected) if scanned and not given else set()
    return render(
        request,
        "scan.html.j2",
        status=422 if fault else 200,
        person=about.name,
        work=work,
        running=work is not None and work.state == RUNNING,
        far=tell_work(work) if work else "",
        typed=typed or typed_before(work, FIELDS),
        findings=scanned.findings if scanned else (),
        open_rows=[row for row in rows if row.offer.number not in rejected],
        rejected_rows=[row for row in rows if row.offer.number in rejected],
        there=[offer for offer in offers.offers if offer.there] if offers else [],
        later=LATER,
        steps=STEPS,
        levels=LEVEL_NAMES,
        fault=fault,
    )


def scanned_of(work: Work | None) -> Scanned | None:
    """What a scan that is done has found."""
    if work is None or work.state != READY:
        return None
    try:
        return _SCANNED.validate_python(work.result)
    except ValueError:  # kept by an earlier version
        return None


@router.post("/people/{name}/scan/start")
def start(request: Request, about: About, form: Form) -> Response:
    """Read the folders; the page shows how far it is."""
    typed = {name: field(form, name) for name in FIELDS}
    folders = lines_of(typed["folders"])
    if not 0 < len(folders) <= MOST_FOLDERS:
        fault = gettext("Name at least one folder, and no more than %(most)s.", most=MOST_FOLDERS)
        return _scan(request, about, typed=typed, fault=fault)
    at = about.at
    works_of(request).start(
        Errand(SCANS, about.name, about.where, at.workspace, at.now(), at.today, {**typed})
    )
    return go(f"/people/{about.name}/scan")


@router.post("/people/{name}/scan/cancel")
def cancel(request: Request, about: About, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """End the reading."""
    works_of(request).cancel(SCANS, about.name)
    return go(f"/people/{about.name}/scan")


@router.post("/people/{name}/scan/drop")
def drop(request: Request, about: About, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """Forget what was found; what was accepted stays."""
    works_of(request).drop(SCANS, about.name)
    return go(f"/people/{about.name}/scan", gettext("Forgotten. What you accepted stays."))


@router.post("/people/{name}/scan/decide")
def decide(request: Request, about: About, form: Form) -> Response:
    """Keep what was accepted, in one change; remember what was rejected."""
    work = works_of(request).load(SCANS, about.name)
    scanned = scanned_of(work)
    if work is None or scanned is None or field(form, "number") != str(work.number):
        raise Unfit(
            gettext("these findings are not there any more"),
            hint=gettext("Read the folders again, then decide."),
        )
    offers = number_offers(about.load().loaded.person, scanned.findings)
    decided = read_decisions(form, offers)
    if decided.missing:
        given = {key: field(form, key) for key in form}
        fault = ngettext(
            "%(num)s finding that you accept needs a level; nothing was written yet.",
            "%(num)s findings that you accept need a level; nothing was written yet.",
            len(decided.missing),
        )
        return _scan(request, about, given=given, missing=decided.missing, fault=fault)
    said = _keep(about, offers, decided.accepted)
    result = _SCANNED.dump_python(replace(scanned, rejected=tuple(sorted(decided.rejected))), mode="json")
    works_of(request).revise(SCANS, about.name, work.number, result)
    return go(f"/people/{about.name}/scan", said)


def _keep(about: Subject, offers: Offers, accepted: Mapping[int, float | None]) -> str:
    if not accepted:
        return gettext("Nothing was accepted; what you rejected is put aside.")
    return tell_accepted(accept_offers(about.where, offers, accepted, at=about.at))
