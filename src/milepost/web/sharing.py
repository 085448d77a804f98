"""What somebody shows and takes along: the portfolio behind its privacy gate, outlines of texts, and every export."""

import base64
import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from fastapi import HTTPException, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.datastructures import FormData

from milepost.errors import InvalidInput, MilepostError, UsageError
from milepost.model.language import ENGLISH, gettext, marked, speaking
from milepost.model.people import Person
from milepost.model.plans import Infeasible
from milepost.publish.calendar import Timetable, read_session, read_zone
from milepost.publish.drafts import Draft, render_draft
from milepost.publish.drafts import Form as TextForm
from milepost.publish.portfolio_site import SITE_FILES, Theme, render_site
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, field, go, problems_of, render
from milepost.web.people import fault_words
from milepost.workflows.drafts import Scope, draft_text
from milepost.workflows.exports import PLAN, SKILLS, WHOLE, export_person, export_plan, export_skills
from milepost.workflows.publish import PARTS, Offer, Shown, keep_agreement, keep_choice, offer_portfolio

router = pages_router()
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".ics": "text/calendar; charset=utf-8",
    ".png": "image/png",
    ".xml": "application/atom+xml; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".yaml": "application/yaml; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".zip": "application/zip",
}
SUFFIXES = {"jsonresume": "resume.json", "rendercv": "cv.yaml", "tasks": "tasks.md", "github": "issues.jsonl"}
"""How the file of a format ends, where that is not its name."""
PURPOSES = {
    "yaml": marked("Everything Milepost knows about you, byte for byte; milepost import reads it."),
    "json": marked("The same facts for programs; milepost import reads it."),
    "jsonresume": marked("Skills, projects and certificates for the themes of JSON Resume."),
    "rendercv": marked("The same for RenderCV, which makes a typeset CV of it."),
    "ics": marked("Milestones, activities and sessions for a calendar; importing again moves what moved."),
    "md": marked("The roadmap as text for notes and wikis."),
    "html": marked("The roadmap as one page with pictures, for a browser or a mail."),
    "pdf": marked("The roadmap in print, readable by screen readers."),
    "docx": marked("The roadmap for Word and LibreOffice."),
    "csv": marked("A table of the plan for a spreadsheet."),
    "tasks": marked("A task list for editors that tick boxes."),
    "github": marked("One GitHub issue a line, as its API takes them."),
}
"""Every format with what receives it."""
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
_MADE = (1980, 1, 1, 0, 0, 0)
"""The time in an archive, the same for the same site."""


@router.get("/people/{name}/publish")
def show_gate(request: Request, about: About) -> Response:
    """What may be shown, every field about to be public, and the site as it would be."""
    return _gate(request, about)


def _gate(
    request: Request, about: Subject, *, typed: Mapping[str, str] | None = None, fault: str = ""
) -> Response:
    person = about.load().loaded.person
    typed = typed or {}
    offer, problems = _offer(about, typed.get("address", ""))
    fresh = {each.mark for each in offer.new} if offer else set()
    return render(
        request,
        "publish.html.j2",
        status=422 if fault else 200,
        person=about.name,
        choice=person.publish,
        parts=PARTS,
        artefacts=list(enumerate(person.year.artefacts)),
        fields=[(each, each.mark in fresh) for each in offer.fields] if offer else [],
        seen=_seen(offer) if offer else "",
        new=len(fresh),
        notes=offer.notes if offer else (),
        problems=problems,
        typed=typed,
        fault=fault,
    )


def _offer(about: Subject, address: str = "") -> tuple[Offer | None, list[Mapping[str, object]]]:
    """What would be public, or why the privacy gate stops it."""
    try:
        return offer_portfolio(about.where, at=about.at, address=address), []
    except InvalidInput as fault:
        return None, problems_of(fault)


def _seen(offer: Offer) -> str:
    """A digest of every field: what is agreed to is what was seen, and nothing else.

    Why without the address: it is typed into the very form that agrees.
    """
    marks = [each.mark for each in offer.fields if each.source != "--address"]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:24]


@router.post("/people/{name}/publish/choose")
def choose(about: About, form: Form) -> Response:
    """Keep what is to be shown; nothing is public by that."""
    keep_choice(about.where, _read_choice(form, about.load().loaded.person), at=about.at)
    return go(
        f"/people/{about.name}/publish",
        gettext("Kept. Look at every field below before you take the site along."),
    )


def _read_choice(form: FormData, person: Person) -> Shown:
    words = field(form, "private").replace("\r", "").split("\n")
    return Shown(
        about=field(form, "about").replace("\r\n", "\n"),
        private=tuple(dict.fromkeys(word.strip() for word in words if word.strip())),
        parts=frozenset(part for part in PARTS if field(form, f"show-{part}")),
        artefacts=frozenset(n for n, _ in enumerate(person.year.artefacts) if field(form, f"artefact-{n}")),
    )


@router.post("/people/{name}/publish/site")
def take_site(request: Request, about: About, form: Form) -> Response:
    """The site as one archive, once every field was agreed to; the consent is remembered."""
    typed = {key: field(form, key) for key in ("address", "theme")}
    theme = _theme(typed["theme"])
    try:
        offer, problems = _offer(about, typed["address"])
    except UsageError as fault:
        return _gate(request, about, fault=fault_words(fault).replace("--address ", ""))
    if offer is None or problems:
        return _gate(request, about, fault=gettext("The privacy gate stops it: mend what is listed below."))
    missing = _missing(form, offer)
    if missing:
        return _gate(request, about, typed=typed, fault=missing)
    with speaking(ENGLISH):
        content = _archive(render_site(offer.portfolio, theme=theme))
    keep_agreement(offer, at=about.at)
    return _file(f"{_plain(about.name)}-site.zip", content)


def _missing(form: FormData, offer: Offer) -> str:
    """What the consent lacks; empty where it is whole."""
    if not field(form, "agree"):
        return gettext("Nothing was made: say first that everybody may read these.")
    if field(form, "seen") != _seen(offer):
        return gettext("Something changed since you looked: look at the fields again.")
    return ""


def _theme(text: str) -> Theme:
    try:
        return Theme(text or Theme.PAPER)
    except ValueError as fault:
        raise Unfit(gettext("there is no such theme"), hint=gettext("Choose one of the list.")) from fault


def _archive(files: Mapping[str, bytes]) -> bytes:
    """A zip archive; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _MADE)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


@router.get("/people/{name}/publish/site/{file}")
def show_site(about: About, file: str, theme: str = "") -> Response:
    """One file of the site as it would be, for this computer only."""
    offer, _ = _offer(about)
    with speaking(ENGLISH):
        files = render_site(offer.portfolio, theme=_theme(theme)) if offer and file in SITE_FILES else {}
    if file not in files:
        raise HTTPException(404)
    content = files[file]
    answer = Response(content, media_type=TYPES[f".{file.rpartition('.')[2]}"])
    if file.endswith(".html"):
        answer.headers["content-security-policy"] = _policy(content.decode())
    return answer


def _policy(page: str) -> str:
    """What a page of the site may do: show its own style and pictures, and nothing else."""
    styles = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
        for style in _STYLE.findall(page)
    )
    return (
        f"default-src 'none'; style-src {styles}; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


@router.get("/people/{name}/drafts")
def show_draft(request: Request, about: About) -> Response:
    """The outline of a text from one's own record."""
    typed, draft, fault = _draft(request, about)
    kept = about.load()
    return render(
        request,
        "drafts.html.j2",
        status=422 if fault else 200,
        person=about.name,
        forms=[each.value for each in TextForm],
        quarters=[(each.number, each.theme) for each in kept.plan.quarters] if kept.plan else [],
        typed=typed,
        draft=draft,
        text=_outline(draft) if draft else "",
        fault=fault,
        query=str(request.url.query),
    )


@router.get("/people/{name}/drafts.md")
def take_draft(request: Request, about: About) -> Response:
    """The same as a file."""
    typed, draft, fault = _draft(request, about)
    if draft is None:
        raise Unfit(fault or gettext("no form was chosen"), hint=gettext("Go back and choose again."))
    return _file(f"{_plain(about.name)}-{typed['form']}.md", _outline(draft).encode())


def _outline(draft: Draft) -> str:
    with speaking(ENGLISH):
        return render_draft(draft)


def _draft(request: Request, about: Subject) -> tuple[dict[str, str], Draft | None, str]:
    asked = request.query_params
    typed = {key: asked.get(key, "").strip()[:300] for key in ("form", "about", "since", "until")}
    if not typed["form"]:
        return typed, None, ""
    try:
        scope = Scope(typed["about"], _day(typed["since"]), _day(typed["until"]))
        form = _text_form(typed["form"])
        with speaking(ENGLISH):
            return typed, draft_text(about.where, form, scope, at=about.at), ""
    except UsageError as fault:
        return typed, None, fault_words(fault)
    except MilepostError as fault:
        return typed, None, fault_words(UsageError(fault.message, hint=fault.hint))


def _text_form(text: str) -> TextForm:
    try:
        return TextForm(text)
    except ValueError as fault:
        raise Unfit(gettext("there is no such form"), hint=gettext("Choose one of the list.")) from fault


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise Unfit(
            gettext("%(text)s is not a day", text=repr(text)), hint=gettext("Write it as 2027-01-31.")
        ) from fault


@router.get("/people/{name}/exports")
def show_exports(request: Request, about: About) -> Response:
    """Every format, with what receives it."""
    has_target = about.load().loaded.person.target is not None
    forms = [(form, gettext(purpose), form not in PLAN or has_target) for form, purpose in PURPOSES.items()]
    return render(request, "exports.html.j2", person=about.name, forms=forms)


@router.get("/people/{name}/exports/{form}")
def take_export(request: Request, about: About, form: str) -> Response:
    """One format as a file; a word on why, where no plan fits."""
    if form not in PURPOSES:
        raise HTTPException(404)
    return take_form(about, form, _timetable(request))


def take_form(about: Subject, form: str, timetable: Timetable) -> Response:
    """The file of one format; ``Unfit`` where no plan fits."""
    at = about.at
    content: bytes | Infeasible
    if form in WHOLE:
        content = export_person(about.where, workspace=at.workspace, now=at.now, form=form).encode()
    else:
        # Why English: a file is the same whether a page or a command made it.
        with speaking(ENGLISH):
            content = (
                export_skills(about.where, at=at, form=form).encode()
                if form in SKILLS
                else export_plan(about.where, at=at, form=form, timetable=timetable)
            )
    if isinstance(content, Infeasible):
        raise Unfit(
            gettext("no plan fits, so there is nothing to take along"),
            hint=gettext("The plan page says what would help."),
        )
    return _file(f"{_plain(about.name)}.{SUFFIXES.get(form, form)}", content)


def _timetable(request: Request) -> Timetable:
    asked = request.query_params
    sessions = tuple(read_session(each) for each in asked.getlist("session")[:21] if each.strip())
    zone = asked.get("zone", "").strip()
    return Timetable(sessions, read_zone(zone) if zone else None)


def _file(name: str, content: bytes) -> Response:
    """A file to keep, under a name that every system takes."""
    kind = TYPES[f".{name.rpartition('.')[2]}"]
    return PlainTextResponse(
        content, media_type=kind, headers={"content-disposition": f"attachment; filename={name}"}
    )


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("-", name).strip("-").lower()[:60] or "milepost"
