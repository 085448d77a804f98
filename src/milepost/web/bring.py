"""What somebody brings along: a CV, git folders, and the advertisements of jobs that they want."""

import datetime as dt
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fastapi import Request, Response
from starlette.datastructures import FormData, UploadFile

from milepost.errors import UsageError
from milepost.market.sources import Rejected
from milepost.market.unknown import UnknownTerm
from milepost.model.language import gettext, ngettext
from milepost.model.settings import Settings
from milepost.web.cvs import plain_name
from milepost.web.errands import CVS
from milepost.web.findings import scanned_of
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, field, go, render
from milepost.web.people import catalogue_of, fault_words
from milepost.web.work import works_of
from milepost.workflows.market import demand_rows, own_market
from milepost.workflows.wanted import drop_ad, keep_ads

router = pages_router()
MOST_SHOWN = 40
MOST_TOLD = 10
_BETWEEN = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
"""The line that stands between two pasted advertisements."""


@router.get("/people/{name}/bring")
def show_ways(request: Request, about: About) -> Response:
    """Everything that can be brought, and nothing."""
    person = about.load().loaded.person
    cv = scanned_of(works_of(request).load(CVS, about.name)) is not None
    ads = len(person.counted_ads)
    return render(request, "bring.html.j2", person=about.name, cv=cv, ads=ads, pasted="")


@router.get("/people/{name}/ads")
def show_ads(request: Request, about: About) -> Response:
    """The advertisements that are kept, and what they ask for."""
    return _ads(request, about)


def _ads(
    request: Request,
    about: Subject,
    *,
    pasted: str = "",
    fault: str = "",
    aside: Sequence[Rejected] = (),
    unknown: Sequence[UnknownTerm] = (),
    said: str = "",
) -> Response:
    loaded = about.load().loaded
    person = loaded.person
    market = own_market(loaded) if person.counted_ads else None
    # Why no role: the page says what these advertisements ask for; the gaps weigh them with the role's own counts.
    rows = demand_rows(market, catalogue=catalogue_of(person)) if market else ()
    more: dict[str, object] = {"said": said} if said else {}
    return render(
        request,
        "ads.html.j2",
        status=422 if fault else 200,
        person=about.name,
        pack=market.demand if market else None,
        few=market is not None and market.demand.companies < Settings().few_ads,
        rows=rows[:MOST_SHOWN],
        more=max(0, len(rows) - MOST_SHOWN),
        ads=[(ad, dt.date.fromisoformat(ad.date) if ad.date else None) for ad in person.counted_ads],
        pasted=pasted,
        fault=fault,
        aside=[(f"{bad.path}, {bad.row}" if bad.row else bad.path, bad.reason) for bad in aside[:MOST_TOLD]],
        unknown=unknown[:MOST_TOLD],
        **more,
    )


@router.post("/people/{name}/ads")
def add_ads(request: Request, about: About, form: Form) -> Response:
    """Count what was pasted or chosen, and keep the counts; what was pasted stays where nothing could be read."""
    pasted = field(form, "pasted")
    with tempfile.TemporaryDirectory(prefix="milepost-ads-") as name:
        folder = Path(name)
        _lay_out(form, pasted, folder)
        try:
            if not any(folder.iterdir()):
                raise Unfit(
                    gettext("there is no advertisement yet"), hint=gettext("Paste one, or choose a file.")
                )
            wanted = keep_ads(about.where, [folder], at=about.at)
        except UsageError as fault:
            words = fault_words(fault).replace(f"{folder}/", "").replace(f" in {folder}", "")
            return _ads(request, about, pasted=pasted, fault=words)
    read = wanted.market.read
    said = ngettext("%(num)s advertisement is new.", "%(num)s advertisements are new.", wanted.new)
    repeated = read.read - wanted.new
    if repeated:
        said = f"{said} {ngettext('%(num)s was there already.', '%(num)s were there already.', repeated)}"
    # Why no redirect: what is put aside or unknown is kept nowhere; sending the form again adds nothing.
    return _ads(request, about, aside=read.rejected, unknown=wanted.market.unknown, said=said)


def _lay_out(form: FormData, pasted: str, folder: Path) -> None:
    """What was pasted and chosen as files that the readers of advertisements know."""
    texts = [text.strip() for text in _BETWEEN.split(pasted.replace("\r\n", "\n"))]
    for number, text in enumerate(filter(None, texts), start=1):
        (folder / f"pasted-{number:03}.txt").write_text(text, encoding="utf-8", errors="replace")
    for number, brought in enumerate(form.getlist("files"), start=1):
        if isinstance(brought, UploadFile) and brought.filename:
            path = folder / f"{number:02}-{plain_name(brought.filename)}"
            path.write_bytes(brought.file.read())


@router.post("/people/{name}/ads/drop")
def remove(about: About, form: Form) -> Response:
    """Take one advertisement out again."""
    ad = drop_ad(about.where, field(form, "words"), at=about.at)
    title = ad.title or gettext("without a title")
    return go(f"/people/{about.name}/ads", gettext("Removed: %(title)s.", title=title))
