"""Git folders of this computer in the browser: read beside the requests."""

from fastapi import Request, Response

from milepost.model.language import gettext
from milepost.web.errands import SCANS, Errand
from milepost.web.findings import Reading, make_routes, show_findings
from milepost.web.pages import About, Form, field, go
from milepost.web.scanning import lines_of
from milepost.web.work import works_of

MOST_FOLDERS = 20
SCAN = Reading(SCANS, "scan", "scan.html.j2", ("folders", "authors"))
router = make_routes(SCAN)


@router.post("/start")
def start(request: Request, about: About, form: Form) -> Response:
    """Read the folders; the page shows how far it is."""
    typed = {name: field(form, name) for name in SCAN.fields}
    folders = lines_of(typed["folders"])
    if not 0 < len(folders) <= MOST_FOLDERS:
        fault = gettext("Name at least one folder, and no more than %(most)s.", most=MOST_FOLDERS)
        return show_findings(request, about, SCAN, typed=typed, fault=fault)
    at = about.at
    works_of(request).start(
        Errand(SCANS, about.name, about.where, at.workspace, at.now(), at.today, {**typed})
    )
    return go(SCAN.path(about))
