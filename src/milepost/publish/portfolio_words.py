"""The words of a portfolio: kinds of artefacts and who stands behind them."""

from milepost.model.year import Verification

KINDS = {
    "application": "application",
    "article": "article",
    "blog-post": "writing",
    "book": "book",
    "contribution": "contribution",
    "dataset": "data set",
    "demo": "demonstration",
    "design-document": "design document",
    "library": "library",
    "merged-change": "contribution",
    "model": "model",
    "notebook": "notebook",
    "package": "package",
    "paper": "paper",
    "podcast": "podcast",
    "post": "writing",
    "project": "project",
    "prototype": "prototype",
    "pull-request": "contribution",
    "report": "report",
    "repository": "repository",
    "service": "service",
    "slides": "talk",
    "standard": "standard",
    "talk": "talk",
    "tool": "tool",
    "tutorial": "tutorial",
    "video": "video",
    "workshop": "workshop",
    "writing": "writing",
}
"""Kinds that are shown. ``kind`` is free text in the file, and what is not listed here stays there."""

SECTIONS = {
    "Writing": ("article", "book", "paper", "report", "tutorial", "writing"),
    "Talks": ("podcast", "talk", "video", "workshop"),
    "Contributions": ("contribution", "standard"),
}
"""Kinds that have a section of their own; everything else is under ``WORK``."""

WORK = "Work"

STANDING = {
    Verification.CITED_BY_INTERVIEWER: "Brought up by interviewers",
    Verification.ACCEPTED: "Accepted by others",
    Verification.USED_BY_OTHERS: "Used by others",
    Verification.REVIEWED: "Reviewed by others",
    Verification.SELF_PUBLISHED: "Published",
    None: "More work",
}
"""The headings under which artefacts are shown."""


def artefact_kind(kind: str) -> str:
    """The word for a known kind; empty for any other.

    >>> artefact_kind("Blog post"), artefact_kind("memo to the board of Acme")
    ('writing', '')
    """
    return KINDS.get("-".join(kind.casefold().replace("_", " ").replace("-", " ").split()), "")


def section_of(kind: str) -> str:
    """The heading of the section in which a piece of this kind (a word of ``KINDS``, or empty) is shown.

    >>> section_of("talk"), section_of("library"), section_of("")
    ('Talks', 'Work', 'Work')
    """
    return next((heading for heading, kinds in SECTIONS.items() if kind in kinds), WORK)
