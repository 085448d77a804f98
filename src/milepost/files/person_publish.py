"""The part of a person file that says what may be published: ``publish``."""

import re

from milepost.files.tables import Table
from milepost.model.portfolio import Publication, WebLink

PUBLISH_KEYS = (
    "about",
    "links",
    "t",
    "artefacts",
    "milestones",
    "learning",
    "roadmap",
    "private",
    "agreed",
)
_MEANT = re.compile(r"\w", re.UNICODE)


def read_publication(table: Table) -> Publication:
    """The choices under ``publish``; without the key only public artefacts are shown."""
    row = table.table("publish", PUBLISH_KEYS)
    if row is None:
        return Publication()
    return Publication(
        about=row.text("about"),
        links=tuple(_link(link) for link in row.tables("links", ("title", "url"))),
        t=row.flag("t"),
        artefacts=row.one_of("artefacts", ("public", "none")) != "none",
        milestones=row.flag("milestones"),
        learning=row.flag("learning"),
        roadmap=row.flag("roadmap"),
        private=_private(row),
        agreed=row.texts("agreed"),
    )


def _link(row: Table) -> WebLink:
    row.need("title", "url")
    return WebLink(row.text("title"), row.address("url"))


def _private(row: Table) -> tuple[str, ...]:
    words = row.texts("private")
    for word in words:
        if not _MEANT.search(word):
            row.fault("private", f"{word!r} has no letter or digit to look for", "Write a word or a name.")
    return words
