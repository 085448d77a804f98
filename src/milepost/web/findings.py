"""What was found in somebody's own work, in the browser: each finding is accepted with a level, rejected, or left for later."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from milepost.model.language import gettext, ngettext
from milepost.model.skills import LEVEL_NAMES
from milepost.web.errands import RUNNING, Work
from milepost.web.offers import LATER, make_rows, read_decisions, tell_accepted
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, field, go, render
from milepost.web.people import STEPS
from milepost.web.scanning import Scanned
from milepost.web.telling import tell_work
from milepost.web.work import typed_before, works_of
from milepost.workflows.evidence import Offers, accept_offers, number_offers

_SCANNED = TypeAdapter(Scanned)


@dataclass(frozen=True)
class Reading:
    """One way to find evidence: its kind of long work, the last part of its address, its template, the fields of its form."""

    kind: str
    page: str
    template: str
    fields: Sequence[str] = ()

    def path(self, about: Subject) -> str:
        """The address of its page."""
        return f"/people/{about.name}/{self.page}"


def show_findings(
    request: Request,
    about: Subject,
    reading: Reading,
    *,
    typed: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    missing: Collection[int] = (),
    fault: str = "",
) -> Response:
    """What to read, how far the reading is, and what it shows."""
    person = about.load().loaded.person
    work = works_of(request).load(reading.kind, about.name)
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
        reading.template,
        status=422 if fault else 200,
        person=about.name,
        page=reading.page,
        kind=reading.kind,
        work=work,
        running=work is not None and work.state == RUNNING,
        far=tell_work(work) if work else "",
        typed=typed or typed_before(work, reading.fields),
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
    """What a reading that is done has found."""
    return work.read(_SCANNED) if work else None


def make_routes(reading: Reading) -> APIRouter:
    """The page of a reading, and what can be done there once it has started."""
    router = pages_router(f"/people/{{name}}/{reading.page}")

    @router.get("")
    def show(request: Request, about: About) -> Response:
        return show_findings(request, about, reading)

    @router.post("/cancel")
    def cancel(request: Request, about: About, form: Form) -> Response:  # noqa: ARG001 - its token is checked
        works_of(request).cancel(reading.kind, about.name)
        return go(reading.path(about))

    @router.post("/drop")
    def drop(request: Request, about: About, form: Form) -> Response:  # noqa: ARG001 - its token is checked
        works_of(request).drop(reading.kind, about.name)
        return go(reading.path(about), gettext("Forgotten. What you accepted stays."))

    @router.post("/decide")
    def decide(request: Request, about: About, form: Form) -> Response:
        return _decide(request, about, form, reading)

    return router


def _decide(request: Request, about: Subject, form: Form, reading: Reading) -> Response:
    """Keep what was accepted, in one change; remember what was rejected."""
    work = works_of(request).load(reading.kind, about.name)
    scanned = scanned_of(work)
    if work is None or scanned is None or field(form, "number") != str(work.number):
        raise Unfit(
            gettext("these findings are not there any more"),
            hint=gettext("Start the reading again, then decide."),
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
        return show_findings(request, about, reading, given=given, missing=decided.missing, fault=fault)
    said = _keep(about, offers, decided.accepted)
    result = _SCANNED.dump_python(replace(scanned, rejected=tuple(sorted(decided.rejected))), mode="json")
    works_of(request).revise(reading.kind, about.name, work.number, result)
    return go(reading.path(about), said)


def _keep(about: Subject, offers: Offers, accepted: Mapping[int, float | None]) -> str:
    if not accepted:
        return gettext("Nothing was accepted; what you rejected is put aside.")
    return tell_accepted(accept_offers(about.where, offers, accepted, at=about.at))
