"""Asking other people: a form with anchors that needs no account, and their answer as evidence."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.files.nodes import plain
from milepost.files.person_edits import set_in_person_text
from milepost.files.yaml_text import read_yaml
from milepost.model.activities import Catalogue
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Evidence, EvidenceKind, Person
from milepost.publish.request_form import FORMAT, AskedSkill, render_request, render_request_text
from milepost.workflows.assess import suggest_assessments
from milepost.workflows.keeping import Kept
from milepost.workflows.year import END, Occasion, as_row

MOST_SKILLS = 12
USUAL = 5
MOST_BYTES = 200_000
KINDS = (EvidenceKind.PEER, EvidenceKind.MANAGER, EvidenceKind.EXPERT)


def choose_skills(person: Person, *, at: Occasion) -> tuple[str, ...]:
    """The skills on which a colleague's word could change the focus most."""
    found = [each for each in suggest_assessments(person, at=at) if each.instrument == "peer"]
    return tuple(each.skill for each in found[:USUAL])


def make_request(
    kept: Kept, *, rater: str, kind: EvidenceKind, skills: Sequence[str], at: Occasion, text: bool = False
) -> str:
    """A form for one colleague; own ratings and everything else about the person stay out of it."""
    person = kept.loaded.person
    catalogue = extend_catalogue(load_catalogue(), person)
    wanted = tuple(skills) or choose_skills(person, at=at)
    unknown = [skill for skill in wanted if skill not in catalogue.tree.skills]
    if unknown:
        raise UsageError(
            f"there is no skill called {unknown[0]!r}", hint="`milepost list skills` shows them."
        )
    if not 1 <= len(wanted) <= MOST_SKILLS:
        raise UsageError(
            f"a form asks about 1 to {MOST_SKILLS} skills, not {len(wanted)}", hint="Name them with --skill."
        )
    tree = catalogue.tree
    rows = [
        AskedSkill(
            skill, tree.skills[skill].name, tree.skills[skill].meaning, tuple(tree.anchors_for(skill).levels)
        )
        for skill in wanted
    ]
    render = render_request_text if text else render_request
    return render(person.name, rater, kind.value, rows, asked_on=at.today.isoformat())


def read_answer(path: Path, person: Person) -> tuple[Evidence, ...]:
    """The levels that a colleague gave, as evidence without a date; ``InvalidInput`` with every problem."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be read: {fault.strerror or fault}", hint="Check the name and the folder."
        ) from fault
    document = _document(raw[: MOST_BYTES + 1], path)
    problems = _strangeness(document, person)
    found: list[Evidence] = []
    if not problems:
        found, problems = _given(document, extend_catalogue(load_catalogue(), person))
    if problems or not found:
        hint = "Ask for the form again, or write the level into the person file."
        told = problems or ["no level is given in it"]
        raise InvalidInput([Problem(str(path), 0, 0, "", each, hint) for each in told])
    return tuple(found)


def _strangeness(document: Mapping[str, object], person: Person) -> list[str]:
    """What speaks against an answer as a whole."""
    problems = []
    if document.get("format") != FORMAT:
        problems.append("this is no answer to a form of Milepost")
    elif document.get("person") != person.name:
        problems.append(f"this answer is about {document.get('person')!r}, not about {person.name!r}")
    kind, rater = document.get("kind"), document.get("rater")
    if kind not in {each.value for each in KINDS} or not isinstance(rater, str) or not rater.strip():
        problems.append("it does not say whose word it is")
    if not isinstance(document.get("levels"), dict):
        problems.append("it holds no levels")
    return problems


def _given(document: Mapping[str, object], catalogue: Catalogue) -> tuple[list[Evidence], list[str]]:
    """The levels of an answer, and what is wrong with some of them."""
    found, problems = [], []
    kind, rater = EvidenceKind(str(document["kind"])), str(document["rater"]).strip()
    levels = document["levels"]
    assert isinstance(levels, dict)
    for skill, level in levels.items():
        if level is None:
            continue
        if skill not in catalogue.tree.skills:
            problems.append(f"there is no skill called {skill!r}")
        elif not _is_level(level):
            problems.append(f"the level of {skill} is {level!r}, not 0 to 5 in halves")
        else:
            found.append(Evidence(skill, kind, float(level), rater=rater, title="asked with a form"))
    return found, problems


def _is_level(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= float(str(value)) <= 5 and (2 * float(str(value))).is_integer()


def _document(raw: bytes, path: Path) -> dict[str, object]:
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{path.name} is too large for an answer", hint="An answer has a few lines.")
    try:
        text = raw.decode("utf-8-sig")
        found = json.loads(text) if text.lstrip().startswith("{") else _plain_yaml(text, path)
    except (ValueError, RecursionError) as fault:
        raise UsageError(
            f"{path.name} cannot be read as an answer: {str(fault)[:120]}",
            hint="Send back the file as it was made.",
        ) from fault
    return found if isinstance(found, dict) else {}


def _plain_yaml(text: str, path: Path) -> object:
    sheet = read_yaml(text, path=str(path))
    if sheet.root is None or sheet.problems:
        raise InvalidInput(sheet.problems)
    return plain(sheet.root)


def keep_answer_of(name: str, path: Path, *, at: Occasion) -> tuple[Evidence, ...]:
    """Enter a colleague's levels as evidence, in one change; the same answer is not entered twice."""
    kept = at.load(name)
    answer = read_answer(path, kept.loaded.person)
    there = {(e.skill, e.kind, e.rater, e.level) for e in kept.loaded.person.evidence}
    fresh = [e for e in answer if (e.skill, e.kind, e.rater, e.level) not in there]
    if not fresh:
        raise UsageError("this answer is entered already", hint="Nothing was changed.")
    text = kept.loaded.text
    for piece in fresh:
        row = {**as_row(piece), "date": at.today}
        text = set_in_person_text(text, path=("evidence", END), value=row)
    at.keep(kept, "ask", text=text)
    return tuple(fresh)
