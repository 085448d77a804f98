"""What every page needs: its template, the token of its forms, whom it is about, and errors in words."""

from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader, pass_context
from starlette.datastructures import FormData

from milepost.errors import InvalidInput, MilepostError, PersonNotFound, UsageError, WorkspaceError
from milepost.model.language import content, decimal, gettext, language
from milepost.publish.page import environment as published
from milepost.web.languages import NAMES
from milepost.web.once import MOST_FIELDS, MOST_FILES
from milepost.web.shield import OWN_SITE
from milepost.web.telling import change_words, told_filter
from milepost.web.tongue import ASKED
from milepost.workflows.home import OWNER, Home
from milepost.workflows.keeping import Kept, last_change
from milepost.workflows.memory import Made
from milepost.workflows.year import Occasion

Values = Mapping[str, Any]
"""What a template is filled with, by name."""


@cache
def environment() -> Environment:
    """The templates of the app, which may include those of published pages."""
    found: Environment = published().overlay(
        loader=ChoiceLoader([PackageLoader("milepost.web"), PackageLoader("milepost.publish")])
    )
    found.filters["told"] = told_filter
    found.filters["change"] = pass_context(lambda _, verb: change_words(verb))
    found.filters["isolated"] = pass_context(lambda _, words: content(words))
    return found


def home_of(request: Request) -> Home:
    """The home that this server shows."""
    home: Home = request.app.state.home
    return home


def render(
    request: Request, template: str, *, status: int = 200, person: str = "", **values: object
) -> HTMLResponse:
    """One page; ``person`` is the name in the address, for the menu."""
    said = request.query_params.get("said", "") if comes_from_here(request) else ""
    values.setdefault("said", said[:400])
    html = (
        environment()
        .get_template(template)
        .render(
            token=request.state.seal.token(),
            person=person,
            undoes=last_change(Subject(request, person).load()) if person else None,
            here=request.url.path,
            language=language(),
            languages=NAMES.items(),
            switch=request.url.path if request.method == "GET" else back_of(request).partition("?")[0],
            asked=[each for each in request.query_params.multi_items() if each[0] not in (ASKED, "said")],
            **values,
        )
    )
    return HTMLResponse(html, status)


def comes_from_here(request: Request) -> bool:
    """Whether one of our pages, or the visitor by hand, asked for this one: no other site puts words into its mouth."""
    return request.headers.get("sec-fetch-site", "none") in OWN_SITE


def back_of(request: Request) -> str:
    """The page that the visitor came from, where it is one of ours."""
    origin = f"http://{request.headers.get('host', '')}"
    before = request.headers.get("referer", "")
    return before.removeprefix(origin) if before.startswith(f"{origin}/") else "/"


def go(path: str, said: str = "") -> Response:
    """Show another page next, with a sentence on what was done."""
    return RedirectResponse(f"{quote(path)}{f'?said={quote(said)}' if said else ''}", 303)


class Changed(MilepostError):
    """If-Match names another version than the one that is kept."""


class Unfit(UsageError):
    """What was typed or chosen does not fit; said in the language of the page."""


class Refused(MilepostError):
    """A form that is not ours: its token does not fit."""


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The fields and files of a form, once its token fits; the files are closed after the answer."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        request.state.form = form
        if not request.state.seal.fits(str(form.get("token", ""))):
            raise Refused(
                gettext("this form is not from this page, or the cookie was lost"),
                hint=gettext("Go back, reload the page, and send it again."),
            )
        yield form


Form = Annotated[FormData, Depends(read_form)]


def field(form: FormData, name: str) -> str:
    """One field as text without surrounding space; empty where it is left out."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


class Subject:
    """The person that a page is about, as the viewer may see them."""

    def __init__(self, request: Request, name: str) -> None:
        self.home = home_of(request)
        self.name = name
        self.where = self.home.where(name, OWNER)
        self.at: Occasion = self.home.occasion()

    def load(self) -> Kept:
        """The person as they are now."""
        return self.at.load(self.where)

    def recall(self, make: Callable[["Subject"], Made]) -> Made:
        """What a function of this module's pages makes of the person, the day and the language, remembered.

        Advertisements in files of their own may change without the person's file: with them it is made anew.
        """
        kept = self.load()
        if kept.path is not None and kept.loaded.person.ads:
            return make(self)
        return self.at.recall(self.where, (make, language().code), lambda: make(self))


def subject(request: Request, name: str) -> Subject:
    """The person named in the address."""
    return Subject(request, name)


About = Annotated[Subject, Depends(subject)]


def status_of(fault: MilepostError) -> int:
    """The HTTP status of an error that the user can act on."""
    if isinstance(fault, PersonNotFound):
        return 404
    if isinstance(fault, Changed):
        return 412
    if isinstance(fault, Refused):
        return 403
    if isinstance(fault, WorkspaceError):
        return 409
    return 422


def read_number(text: str, what: str, *, low: float, high: float, hint: str) -> float:
    """A number within bounds, with a point or a comma; ``Unfit`` names what it is about."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise Unfit(
            gettext(
                "%(what)s: %(text)s is not a number from %(low)s to %(high)s",
                what=what,
                text=repr(text),
                low=decimal(low),
                high=decimal(high),
            ),
            hint=hint,
        )
    return value


def problems_of(fault: MilepostError) -> list[Mapping[str, object]]:
    """Every problem of an input, with its place and the next step."""
    if not isinstance(fault, InvalidInput):
        return []
    return [
        {"line": p.line, "column": p.column, "field": p.field, "message": p.message, "hint": p.hint}
        for p in fault.problems
    ]
