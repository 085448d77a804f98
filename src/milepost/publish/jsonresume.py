"""A person as a JSON Resume: skills with level words, projects and certificates. Nothing private."""

import datetime as dt
import json
from dataclasses import dataclass

from milepost.model.levels import Levels, SkillLevel
from milepost.model.people import EvidenceKind, Person
from milepost.model.skills import SkillTree
from milepost.publish.words import level_word, safe_address

Document = dict[str, object]
SHOWN_FROM = 1.5
"""Estimated level from which a skill is worth a line: rounded it is at least "assisted"."""


def render_jsonresume(person: Person, levels: Levels, tree: SkillTree, *, label: str = "") -> str:
    """JSON Resume 1.0 with what is claimed or shown, strongest first; private notes stay out.

    Raters, ratings' examples, tests, targets and hours are private and never exported.
    """
    basics: Document = {"name": person.name}
    if label:
        basics["label"] = label
    document: Document = {"basics": basics, "skills": _skills(levels, tree)}
    projects = [_project(piece, tree) for piece in pieces_of(person, EvidenceKind.ARTEFACT)]
    certificates = [_certificate(piece) for piece in pieces_of(person, EvidenceKind.CERTIFICATE)]
    if projects:
        document["projects"] = projects
    if certificates:
        document["certificates"] = certificates
    document["meta"] = {"version": "v1.0.0", "lastModified": f"{levels.as_of}T00:00:00"}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work or a certificate as a CV lists it: once, with every skill that it shows."""

    title: str
    url: str
    date: dt.date | None
    skills: tuple[str, ...]

    def names(self, tree: SkillTree) -> list[str]:
        """Its skills in words."""
        return [tree.skills[skill].name if skill in tree.skills else skill for skill in self.skills]


def pieces_of(person: Person, kind: EvidenceKind) -> list[Piece]:
    """The pieces of evidence of one kind that have a title to show, newest first, those without a day last.

    What shows several skills stands in the person's file once for each of them.
    """
    found: dict[tuple[str, str, dt.date | None], list[str]] = {}
    for each in person.evidence:
        if each.kind is kind and each.title:
            found.setdefault((each.title, each.url, each.date), []).append(each.skill)
    pieces = [Piece(*what, tuple(dict.fromkeys(skills))) for what, skills in found.items()]
    return sorted(pieces, key=lambda piece: piece.date or dt.date.min, reverse=True)


def skills_to_show(levels: Levels, tree: SkillTree) -> list[SkillLevel]:
    """What is claimed or shown and worth a line, strongest first."""
    known = [
        level
        for level in levels.skills.values()
        if level.skill in tree.skills
        and (level.claimed is not None or level.evidence)
        and level.mean >= SHOWN_FROM
    ]
    return sorted(known, key=lambda level: (-level.mean, level.skill))


def _skills(levels: Levels, tree: SkillTree) -> list[Document]:
    rows: list[Document] = []
    for level in skills_to_show(levels, tree):
        skill = tree.skills[level.skill]
        area = tree.areas[skill.area].name
        rows.append({"name": skill.name, "level": level_word(level.mean), "keywords": [area]})
    return rows


def _project(piece: Piece, tree: SkillTree) -> Document:
    row: Document = {"name": piece.title, "keywords": piece.names(tree)}
    if piece.date:
        # Why an end: without one, readers take the work for one that goes on.
        row |= {"startDate": piece.date.isoformat(), "endDate": piece.date.isoformat()}
    if safe_address(piece.url):
        row["url"] = piece.url
    return row


def _certificate(piece: Piece) -> Document:
    row: Document = {"name": piece.title}
    if piece.date:
        row["date"] = piece.date.isoformat()
    if safe_address(piece.url):
        row["url"] = piece.url
    return row
