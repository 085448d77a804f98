"""Adaptive tests in the browser: one question a page, kept at every answer."""

from fastapi import Request, Response

from milepost.files.content import load_catalogue
from milepost.model.items import Answer, Item
from milepost.model.language import decimal, gettext
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, Values, field, go, render
from milepost.web.year import amount
from milepost.workflows.assess import suggest_assessments
from milepost.workflows.testing import (
    count_items,
    find_area,
    finish_test,
    keep_answer,
    keep_missed,
    open_test,
)

router = pages_router()
LONGEST_SECONDS = 3600.0


@router.get("/people/{name}/tests")
def show_tests(request: Request, about: About) -> Response:
    """The areas that can be tested, and which assessment could change the focus most."""
    return render(request, "tests.html.j2", person=about.name, **about.recall(_tests))


def _tests(about: Subject) -> Values:
    catalogue = load_catalogue()
    person = about.load().loaded.person
    counts = count_items(catalogue)
    areas = [
        (area.id, area.name, counts[area.id]) for area in catalogue.tree.areas.values() if counts[area.id]
    ]
    worth = (
        [each for each in suggest_assessments(person, at=about.at) if each.evsi > 0][:5]
        if person.target
        else []
    )
    names = {
        each.id: each.name for part in (catalogue.tree.areas, catalogue.tree.skills) for each in part.values()
    }
    return {
        "areas": areas,
        "worth": worth,
        "names": names,
        "taken": [each for each in reversed(person.tests) if each.finished],
        "running": {each.area for each in person.tests if each.finished is None},
        "area_of": {skill.id: skill.area for skill in catalogue.tree.skills.values()},
    }


@router.get("/people/{name}/tests/{area}")
def show_question(request: Request, about: About, area: str) -> Response:
    """The next question, below it what the last answer was worth; at the end the result."""
    catalogue = load_catalogue()
    found = find_area(area, catalogue)
    test = open_test(about.where, found, at=about.at)
    last, chosen = _last(request, test.items)
    return render(
        request,
        "question.html.j2",
        person=about.name,
        area=catalogue.tree.areas[found],
        item=test.next_item,
        number=test.answered + 1,
        finished=test.finished and test.answered > 0,
        missed=len(test.missed),
        last=last,
        chosen=chosen,
    )


def _last(request: Request, items: tuple[Item, ...]) -> tuple[Item | None, int | None]:
    """The item that was just answered, and the option chosen (None for "I do not know")."""
    by_id = {item.id: item for item in items}
    item = by_id.get(request.query_params.get("last", ""))
    said = request.query_params.get("chosen", "")
    return item, int(said) if item and said.isdigit() and int(said) < len(item.options) else None


@router.post("/people/{name}/tests/{area}")
def answer(about: About, area: str, form: Form) -> Response:
    """Keep one answer, or finish the test."""
    test = open_test(about.where, find_area(area, load_catalogue()), at=about.at)
    here = f"/people/{about.name}/tests/{area}"
    if field(form, "finish"):
        missed = test.missed
        measured = finish_test(test, at=about.at)
        if field(form, "cards") == "yes":
            keep_missed(about.where, missed, at=about.at)
        said = gettext(
            "%(right)s of %(count)s right. This test alone says level %(level)s, between %(low)s and %(high)s; "
            "it is entered with its uncertainty.",
            right=measured.right,
            count=measured.items,
            level=decimal(measured.level, 1),
            low=decimal(measured.low, 1),
            high=decimal(measured.high, 1),
        )
        return go(f"/people/{about.name}/tests", said)
    item = test.next_item
    if item is None or field(form, "item") != item.id:
        return go(here, gettext("That question was answered already; here is the next one."))
    said = field(form, "option")
    if said not in {"none", *(str(place) for place in range(len(item.options)))}:
        raise Unfit(gettext("no answer was chosen"), hint=gettext("Choose one, or say that you do not know."))
    option = None if said == "none" else int(said)
    seconds = amount(form, "seconds", gettext("seconds"), low=0, high=1e7) or 0.0
    keep_answer(
        test, Answer(item.id, option, min(seconds, LONGEST_SECONDS), field(form, "note")), at=about.at
    )
    response = go(here)
    response.headers["location"] += f"?last={item.id}&chosen={'' if option is None else option}#last"
    return response
