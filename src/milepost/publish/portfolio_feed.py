"""Artefacts and milestones as an Atom feed, for a portfolio that has an address."""

import datetime as dt
from xml.sax.saxutils import escape, quoteattr

from milepost.model.portfolio import Portfolio
from milepost.pictures.canvas import clean
from milepost.publish.portfolio_calendar import item_id
from milepost.publish.portfolio_words import STANDING, section_of

Entry = tuple[dt.date, str, str, str, str]
"""Day, title, id, address and summary."""


def render_feed(portfolio: Portfolio) -> str:
    """An Atom feed, the newest first; empty where there is no address or nothing to tell."""
    entries = sorted(_entries(portfolio), key=lambda each: (each[0], each[1], each[2]), reverse=True)
    if portfolio.address is None or not entries:
        return ""
    home, name = portfolio.address.text, escape(clean(portfolio.name.text))
    body = "".join(_entry(each) for each in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{name}</title>\n"
        f"<id>{escape(home)}</id>\n"
        f"<link href={quoteattr(home)}/>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(home + "feed.xml")}/>\n'
        f"<updated>{_moment(entries[0][0])}</updated>\n"
        f"<author><name>{name}</name></author>\n"
        f"{body}</feed>\n"
    )


def _entries(portfolio: Portfolio) -> list[Entry]:
    home = portfolio.address.text if portfolio.address else ""
    found: list[Entry] = []
    for artefact in portfolio.artefacts:
        title, url = artefact.title.text, artefact.url.text if artefact.url else ""
        key = str(item_id("artefact", title, url))
        place = section_of(artefact.kind.text if artefact.kind else "").casefold()
        found.append((artefact.date, title, key, url or f"{home}#{place}", STANDING[artefact.verified]))
    for milestone in portfolio.milestones:
        title, on = milestone.title.text, milestone.accepted
        words = milestone.evidence.text if milestone.evidence else "Milestone accepted"
        key = str(item_id("milestone", title, on.isoformat()))
        url = milestone.url.text if milestone.url else f"{home}#milestones"
        found.append((on, f"Milestone: {title}", key, url, words))
    return found


def _entry(entry: Entry) -> str:
    on, title, key, url, summary = entry
    return (
        f"<entry>\n<title>{escape(clean(title))}</title>\n<id>urn:uuid:{key}</id>\n"
        f"<link href={quoteattr(url)}/>\n<updated>{_moment(on)}</updated>\n"
        f"<summary>{escape(clean(summary))}</summary>\n</entry>\n"
    )


def _moment(on: dt.date) -> str:
    return f"{on.isoformat()}T00:00:00Z"
