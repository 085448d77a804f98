"""The market and the moves in the browser: the hype guard, routes, comparison."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.market.trends import IGNORE
from milepost.pictures.trend_board import Curve, draw_trends
from milepost.web.pages import About, Form, field, go, home_of, render
from milepost.workflows.boards import make_board
from milepost.workflows.compare import EXAMPLES, compare_people
from milepost.workflows.home import OWNER
from milepost.workflows.hype import consider, read_record, record_outcome
from milepost.workflows.routes import compare_routes

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
OUTCOMES = ("died", "stayed", "grew")


@router.get("/people/{name}/hype")
def show_hype(request: Request, about: About) -> Response:
    """The board, the watch list, and the form for a new temptation."""
    person = about.load().loaded.person
    board = make_board((), role=person.target.role if person.target else None)
    names = {skill.id: skill.name for skill in load_catalogue().tree.skills.values()}
    curves = [
        Curve(
            names.get(v.term, v.term),
            v.verdict,
            tuple(m.month for m in board.series.get(v.term, ())),
            tuple(m.naming / m.ads for m in board.series.get(v.term, ()) if m.ads),
        )
        for v in board.verdicts
        if v.verdict != IGNORE
    ]
    return render(
        request,
        "hype.html.j2",
        person=about.name,
        board=board,
        names=names,
        picture=Markup(draw_trends(curves)),  # noqa: S704 - pictures escape their own text
        watch=list(reversed(person.watch)),
        record=read_record(about.where, at=about.at),
    )


@router.post("/people/{name}/hype")
def weigh(about: About, form: Form) -> Response:
    """Weigh one new thing and keep the decision; or keep what became of one."""
    outcome = field(form, "outcome")
    if outcome:
        if outcome not in OUTCOMES:
            raise UsageError(f"{outcome!r} is no outcome", hint=f"Choose one of {', '.join(OUTCOMES)}.")
        record_outcome(about.where, field(form, "thing"), outcome, at=about.at)
        return go(f"/people/{about.name}/hype", f"Kept: {field(form, 'thing')} {outcome}.")
    found = consider(about.where, field(form, "thing"), at=about.at, source=field(form, "source"))
    told = f"{found.thing}: {found.decision}. {found.why}."
    if found.displaces:
        told += f" It would push out: {found.displaces}."
    if found.recheck:
        told += f" Look again on {found.recheck}."
    return go(f"/people/{about.name}/hype", told[:400])


@router.get("/people/{name}/routes")
def show_routes(request: Request, about: About) -> Response:
    """Inside and outside, side by side, for the target and the nearest roles."""
    found = compare_routes(about.load().loaded.person, today=about.at.today)
    pairs = list(zip(found.moves[::2], found.moves[1::2], strict=True))
    return render(request, "routes.html.j2", person=about.name, pairs=pairs, facts=found.facts)


@router.get("/compare")
def show_comparison(request: Request) -> Response:
    """The comparative analysis of the people chosen."""
    home = home_of(request)
    people = home.people(OWNER)
    chosen = [each for each in request.query_params.getlist("who") if each in (*people, *EXAMPLES)]
    comparison = None
    if chosen:
        names = [home.where(each, OWNER) if each in people else each for each in chosen]
        comparison = compare_people(names, workspace=home.workspace, now=home.now)
    longest = 12.0
    if comparison is not None:
        months = [
            m
            for year in comparison.years
            if year.move
            for m in (year.move.months_functional, year.move.months_formal)
            if m is not None
        ]
        longest = max([longest, *months])
    return render(
        request,
        "compare.html.j2",
        people=people,
        examples=EXAMPLES,
        chosen=chosen,
        comparison=comparison,
        longest=longest,
    )
