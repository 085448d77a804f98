"""A portfolio as a folder of plain files: page, PDF, calendar, picture, and a feed where there is an address."""

import base64
import hashlib
import json
from collections.abc import Container, Iterator, Sequence
from enum import StrEnum
from importlib import resources
from itertools import groupby

from markupsafe import Markup

from milepost.model.language import day, span
from milepost.model.portfolio import Portfolio, ShownArtefact
from milepost.model.year import Verification
from milepost.pictures.canvas import clean
from milepost.pictures.shown_t import AreaWord, draw_shown_t
from milepost.publish.page import environment
from milepost.publish.portfolio_calendar import render_portfolio_calendar
from milepost.publish.portfolio_feed import render_feed
from milepost.publish.portfolio_print import render_portfolio_pdf, render_preview
from milepost.publish.portfolio_words import SECTIONS, STANDING, WORK, section_of

PAGE, PDF, CALENDAR, PREVIEW, FEED = "index.html", "roadmap.pdf", "calendar.ics", "preview.png", "feed.xml"
SITE_FILES = (PAGE, PDF, CALENDAR, PREVIEW, FEED)
"""Every file that a site may have; the feed needs an address, the preview a font that has the letters."""
LONGEST_SUMMARY = 180


class Theme(StrEnum):
    """How a site looks; both have a light and a dark face."""

    PAPER = "paper"
    NIGHT = "night"


Sheet = dict[str, object]


def render_site(portfolio: Portfolio, *, theme: Theme = Theme.PAPER) -> dict[str, bytes]:
    """Every file of the site by name, the same bytes for the same portfolio."""
    sheet = portfolio_sheet(portfolio)
    made = {
        PDF: render_portfolio_pdf(sheet, _t_shape(portfolio)),
        CALENDAR: render_portfolio_calendar(portfolio).encode(),
        PREVIEW: render_preview(sheet, theme.value),
        FEED: render_feed(portfolio).encode(),
    }
    files = {name: data for name, data in made.items() if data}
    return {PAGE: _page(portfolio, sheet, theme, files=files).encode(), **files}


def portfolio_sheet(portfolio: Portfolio) -> Sheet:
    """The portfolio as plain words for the page, the PDF and the picture."""
    about = portfolio.about.text if portfolio.about else ""
    return {
        "name": clean(portfolio.name.text),
        "about": [clean(part.strip()) for part in about.split("\n\n") if part.strip()],
        "summary": _summary(portfolio),
        "count": _count(portfolio),
        "links": [{"title": clean(link.title.text), "url": link.url.text} for link in portfolio.links],
        "sections": list(_sections(portfolio)),
        "milestones": [
            {
                "title": clean(each.title.text),
                "date": day(each.accepted),
                "iso": each.accepted.isoformat(),
                "evidence": clean(each.evidence.text) if each.evidence else "",
                "url": each.url.text if each.url else "",
            }
            for each in sorted(portfolio.milestones, key=lambda m: (m.accepted, m.title.text), reverse=True)
        ],
        "learning": [clean(skill.text) for skill in portfolio.learning],
        "role": portfolio.role.text if portfolio.role else "",
        "quarters": [
            {
                "number": quarter.number,
                "days": span(quarter.first, quarter.last),
                "theme": clean(quarter.theme.text),
                "milestone": clean(quarter.milestone.text) if quarter.milestone else "",
                "activities": [clean(activity.text) for activity in quarter.activities],
            }
            for quarter in portfolio.quarters
        ],
        "areas": [
            {"name": area.name.text, "word": area.word.text, "deep": area.deep} for area in portfolio.areas
        ],
        "address": portfolio.address.text if portfolio.address else "",
    }


def _summary(portfolio: Portfolio) -> str:
    """One line for a search result or a preview: how the person begins, else what is shown."""
    if portfolio.about is None:
        return _count(portfolio) or "Portfolio"
    words = " ".join(clean(portfolio.about.text).partition("\n\n")[0].split())
    if len(words) <= LONGEST_SUMMARY:
        return words
    return (words[:LONGEST_SUMMARY].rpartition(" ")[0] or words[:LONGEST_SUMMARY]) + " …"


def _count(portfolio: Portfolio) -> str:
    """How many pieces are shown, and how many have somebody else behind them."""
    alone = {None, Verification.SELF_PUBLISHED}
    count = len(portfolio.artefacts)
    backed = sum(1 for artefact in portfolio.artefacts if artefact.verified not in alone)
    if not count:
        return ""
    pieces = f"{count} public piece{'s' if count != 1 else ''} of work"
    return f"{pieces}, {backed} with somebody else behind" if backed else pieces


def _sections(portfolio: Portfolio) -> Iterator[Sheet]:
    """Work, writing, talks and contributions, each where there is something to show."""
    for heading in (WORK, *SECTIONS):
        shown = [each for each in portfolio.artefacts if _section(each) == heading]
        if shown:
            yield {"id": heading.casefold(), "heading": heading, "groups": list(_groups(shown))}


def _section(artefact: ShownArtefact) -> str:
    return section_of(artefact.kind.text if artefact.kind else "")


def _groups(artefacts: Sequence[ShownArtefact]) -> Iterator[Sheet]:
    """Artefacts under who stands behind them; the portfolio holds them in that order."""
    for verified, group in groupby(artefacts, key=lambda each: each.verified):
        yield {"heading": STANDING[verified], "artefacts": [_artefact(each) for each in group]}


def _artefact(artefact: ShownArtefact) -> Sheet:
    return {
        "title": clean(artefact.title.text),
        "url": artefact.url.text if artefact.url else "",
        "kind": artefact.kind.text if artefact.kind else "",
        "date": day(artefact.date),
        "iso": artefact.date.isoformat(),
    }


def _t_shape(portfolio: Portfolio) -> str:
    if not portfolio.areas:
        return ""
    words = [(area.deep, AreaWord(area.name.text, area.level, area.word.text)) for area in portfolio.areas]
    return draw_shown_t([word for deep, word in words if not deep], [word for deep, word in words if deep])


def _page(portfolio: Portfolio, sheet: Sheet, theme: Theme, *, files: Container[str]) -> str:
    folder = resources.files("milepost.publish") / "templates"
    style = "".join(
        (folder / name).read_text(encoding="utf-8") for name in (f"portfolio-{theme}.css", "portfolio.css")
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        environment()
        .get_template("portfolio.html.j2")
        .render(
            sheet=sheet,
            feed=FEED in files,
            preview=PREVIEW in files,
            # Why Markup: our own style, a picture that escapes its text, and JSON without <, > and &.
            style=Markup(style),  # noqa: S704
            style_digest=Markup(f"sha256-{digest}"),  # noqa: S704
            t_shape=Markup(_t_shape(portfolio)),  # noqa: S704
            linked=Markup(_linked_data(portfolio)),  # noqa: S704
        )
    )


def _linked_data(portfolio: Portfolio) -> str:
    """JSON-LD of the person and their public work (schema.org), safe inside an HTML page."""
    person: Sheet = {"@context": "https://schema.org", "@type": "Person", "name": clean(portfolio.name.text)}
    if portfolio.about:
        person["description"] = clean(portfolio.about.text)
    if portfolio.address:
        person["url"] = portfolio.address.text
    if portfolio.links:
        person["sameAs"] = [link.url.text for link in portfolio.links]
    if portfolio.areas:
        person["knowsAbout"] = [area.name.text for area in portfolio.areas if area.level]
    if portfolio.artefacts:
        person["@reverse"] = {"author": [_work(artefact) for artefact in portfolio.artefacts]}
    text = json.dumps(person, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _work(artefact: ShownArtefact) -> Sheet:
    work: Sheet = {
        "@type": "CreativeWork",
        "name": clean(artefact.title.text),
        "datePublished": artefact.date.isoformat(),
    }
    if artefact.url:
        work["url"] = artefact.url.text
    return work
