"""A person as a RenderCV file: what a JSON Resume of them says, in the form that RenderCV typesets."""

import re

import yaml

from milepost.model.levels import Levels
from milepost.model.people import EvidenceKind, Person
from milepost.model.skills import SkillTree
from milepost.pictures.canvas import clean
from milepost.publish.jsonresume import Piece, pieces_of, skills_to_show
from milepost.publish.words import level_word, safe_address

Row = dict[str, object]
ENDLESS = 2**31
"""Columns of a line of YAML: never wrapped, so that a changed skill changes one line."""
_UNSAFE_IN_NAMES = str.maketrans({'"': "”", "\\": " ", "/": "-"})
"""Why: RenderCV 2.8 puts a name unescaped into Typst code and into the names of its files."""
_MARKUP = re.compile(r"([\\`*_\[\]])")
_COMMAND = re.compile(r"([<#$])")
BREAK = "\u200b"
"""A sign without width. Why: RenderCV drops HTML, and runs Typst commands and formulas, also where escaped."""


def render_rendercv(person: Person, levels: Levels, tree: SkillTree) -> str:
    """The ``cv`` part of RenderCV's data model; design and locale are left to RenderCV.

    Nothing private, as in a JSON Resume. RenderCV reads texts as Markdown, so their signs are
    escaped; an empty section is left out, for RenderCV refuses one.
    """
    sections: dict[str, list[Row]] = {
        "skills": _skills(levels, tree),
        "projects": [_project(piece, tree) for piece in pieces_of(person, EvidenceKind.ARTEFACT)],
        "certificates": [_entry(piece) for piece in pieces_of(person, EvidenceKind.CERTIFICATE)],
    }
    name = clean(person.name).translate(_UNSAFE_IN_NAMES)
    cv: Row = {"name": name, "sections": {title: rows for title, rows in sections.items() if rows}}
    text: str = yaml.safe_dump({"cv": cv}, allow_unicode=True, sort_keys=False, width=ENDLESS)
    return text


def _skills(levels: Levels, tree: SkillTree) -> list[Row]:
    """One line an area, the areas in the order of their strongest skill."""
    areas: dict[str, list[str]] = {}
    for known in skills_to_show(levels, tree):
        skill = tree.skills[known.skill]
        areas.setdefault(skill.area, []).append(f"{_text(skill.name)} ({level_word(known.mean)})")
    return [
        {"label": _text(tree.areas[area].name), "details": ", ".join(names)} for area, names in areas.items()
    ]


def _project(piece: Piece, tree: SkillTree) -> Row:
    return {**_entry(piece), "highlights": [_text(name) for name in piece.names(tree)]}


def _entry(piece: Piece) -> Row:
    title = _text(piece.title)
    row: Row = {"name": f"[{title}]({piece.url})" if safe_address(piece.url) else title}
    if piece.date:
        row["date"] = piece.date.isoformat()
    return row


def _text(words: str) -> str:
    return _COMMAND.sub(rf"\1{BREAK}", _MARKUP.sub(r"\\\1", " ".join(clean(words).split())))
