"""The part of a person file that holds advertisements as they were counted: ``counted_ads``, one entry each."""

from milepost.files.person_edits import plain_number
from milepost.files.tables import Table, number
from milepost.model.people import CountedAd

AD_KEYS = ("words", "title", "company", "date", "counted", "skills")
MOST_COUNTED = 500
"""Advertisements that one person file holds; a larger set is counted by ``milepost count``."""


def read_counted_ads(table: Table) -> tuple[CountedAd, ...]:
    """What ``counted_ads`` holds; its problems are noted in the table's faults."""
    found = tuple(_ad(row) for row in table.tables("counted_ads", AD_KEYS))
    if len(found) > MOST_COUNTED:
        table.fault(
            "counted_ads",
            f"{len(found)} advertisements are more than the {MOST_COUNTED} that a file holds",
            "Keep those that you really want; `milepost count` counts any number.",
        )
    return found


def _ad(row: Table) -> CountedAd:
    row.need("words", "skills")
    skills: dict[str, float] = {}
    for skill, field, node in row.pairs("skills"):
        row.faults.mention("skill", skill, node.key, field)
        skills[skill] = number(row.faults, node, field, 0, 1) or 0.0
    posted = row.day("date")
    return CountedAd(
        words=row.text("words"),
        title=row.text("title"),
        company=row.text("company"),
        date=posted.isoformat() if posted else "",
        skills=skills,
        counted=row.day("counted"),
    )


def ad_entry(ad: CountedAd) -> dict[str, object]:
    """One advertisement as the file holds it."""
    given = {
        "words": ad.words,
        "title": ad.title,
        "company": ad.company,
        "date": ad.date,
        "counted": ad.counted,
    }
    skills = {skill: plain_number(weight) for skill, weight in sorted(ad.skills.items())}
    return {**{key: value for key, value in given.items() if value}, "skills": skills}
