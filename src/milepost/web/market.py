"""The market and the moves in the browser: the hype guard, routes, comparison."""

from fastapi import Request, Response
from markupsafe import Markup

from milepost.files.content import load_catalogue
from milepost.market.trends import IGNORE
from milepost.model.language import content, day, gettext, marked
from milepost.model.own_catalogue import extend_catalogue
from milepost.pictures.trend_board import Curve, draw_trends
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, Values, field, go, home_of, render
from milepost.web.telling import told
from milepost.workflows.boards import make_board
from milepost.workflows.compare import EXAMPLES, compare_people
from milepost.workflows.home import OWNER
from milepost.workflows.hype import consider, read_record, record_outcome
from milepost.workflows.routes import compare_routes

router = pages_router()
OUTCOMES = {"died": marked("It died"), "stayed": marked("It stayed"), "grew": marked("It grew")}


@router.get("/people/{name}/hype")
def show_hype(request: Request, about: About) -> Response:
    """The board, the watch list, and the form for a new temptation."""
    return render(request, "hype.html.j2", person=about.name, **about.recall(_hype))


def _hype(about: Subject) -> Values:
    person = about.load().loaded.person
    board = make_board((), role=person.target.role if person.target else None, person=person)
    names = {
        skill.id: skill.name for skill in extend_catalogue(load_catalogue(), person).tree.skills.values()
    }
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
    return {
        "board": board,
        "names": names,
        "picture": Markup(draw_trends(curves)),  # noqa: S704 - pictures escape their own text
        "became": {outcome: gettext(words) for outcome, words in OUTCOMES.items()},
        "watch": list(reversed(person.watch)),
        "record": read_record(about.where, at=about.at),
    }


@router.post("/people/{name}/hype")
def weigh(about: About, form: Form) -> Response:
    """Weigh one new thing and keep the decision; or keep what became of one."""
    outcome = field(form, "outcome")
    if outcome:
        if outcome not in OUTCOMES:
            raise Unfit(
                gettext("%(outcome)s is no outcome", outcome=repr(outcome)),
                hint=gettext("Choose one of %(names)s.", names=", ".join(map(gettext, OUTCOMES.values()))),
            )
        record_outcome(about.where, field(form, "thing"), outcome, at=about.at)
        kept = gettext(
            "Kept: %(thing)s. %(outcome)s.", thing=field(form, "thing"), outcome=gettext(OUTCOMES[outcome])
        )
        return go(f"/people/{about.name}/hype", kept)
    found = consider(about.where, field(form, "thing"), at=about.at, source=field(form, "source"))
    said = [f"{found.thing}: {told(found.decision)}. {content(f'{found.why}.')}"]
    if found.displaces:
        said.append(gettext("It would push out: %(title)s.", title=content(found.displaces)))
    if found.recheck:
        said.append(gettext("Look again on %(date)s.", date=day(found.recheck)))
    return go(f"/people/{about.name}/hype", " ".join(said))


@router.get("/people/{name}/routes")
def show_routes(request: Request, about: About) -> Response:
    """Inside and outside, side by side, for the target and the nearest roles."""
    return render(request, "routes.html.j2", person=about.name, **about.recall(_routes))


def _routes(about: Subject) -> Values:
    found = compare_routes(about.load().loaded.person, today=about.at.today)
    pairs = list(zip(found.moves[::2], found.moves[1::2], strict=True))
    return {"pairs": pairs, "facts": found.facts}


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
