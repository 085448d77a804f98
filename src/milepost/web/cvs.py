"""A CV in the browser: read in a process of its own, and gone once it was read."""

from pathlib import PurePath

from fastapi import Request, Response
from starlette.datastructures import UploadFile

from milepost.model.language import gettext
from milepost.web.errands import CVS, Errand
from milepost.web.findings import Reading, make_routes, show_findings
from milepost.web.pages import About, Form, go
from milepost.web.work import works_of

CV = Reading(CVS, "cv", "cv.html.j2")
LONGEST_NAME = 120
router = make_routes(CV)


@router.post("/start")
def start(request: Request, about: About, form: Form) -> Response:
    """Read a file that was chosen or dropped; the page shows what it says."""
    brought = form.get("cv")
    content = brought.file.read() if isinstance(brought, UploadFile) else b""
    if not isinstance(brought, UploadFile) or not content:
        fault = gettext("No file was chosen, or it is empty. Choose a CV, then read it.")
        return show_findings(request, about, CV, fault=fault)
    name = plain_name(brought.filename or "")
    at = about.at
    works_of(request).start(
        Errand(CVS, about.name, about.where, at.workspace, at.now(), at.today, {"file": name}),
        brought={name: content},
    )
    return go(CV.path(about))


def plain_name(given: str) -> str:
    """The name of a file that a browser sent, without folders and signs that no file may have.

    >>> plain_name("..\\\\..\\\\secret/cv of me.pdf")
    'cv of me.pdf'
    """
    last = PurePath(given.replace("\\", "/")).name
    plain = "".join(sign if sign.isprintable() and sign not in '<>:"|?*' else "_" for sign in last).strip(
        ". "
    )
    return plain[-LONGEST_NAME:] or "cv"
