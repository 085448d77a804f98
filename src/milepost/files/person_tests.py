"""The part of a person file that records tests: ``tests``, one entry a sitting."""

import datetime as dt

from milepost.files.tables import Table
from milepost.model.items import Answer, Sitting

SITTING_KEYS = ("date", "area", "seed", "answers", "finished")
ANSWER_KEYS = ("item", "option", "seconds", "note")
NO_DAY = dt.date(1950, 1, 1)


def read_sittings(table: Table) -> tuple[Sitting, ...]:
    """What ``tests`` holds; its problems are noted in the table's faults."""
    return tuple(_sitting(row) for row in table.tables("tests", SITTING_KEYS))


def _sitting(row: Table) -> Sitting:
    row.need("date", "area")
    date, finished = row.day("date"), row.day("finished")
    if date and finished and finished < date:
        row.fault(
            "finished", f"{finished} lies before {date}, where the test began", "Exchange the two days."
        )
    return Sitting(
        date=date or NO_DAY,
        area=row.name("area", "area"),
        seed=row.whole("seed", 0, 2**31 - 1) or 0,
        answers=tuple(_answer(each) for each in row.tables("answers", ANSWER_KEYS)),
        finished=finished,
    )


def _answer(row: Table) -> Answer:
    row.need("item")
    return Answer(
        item=row.text("item"),
        option=row.whole("option", 0, 4),
        seconds=row.number("seconds", 0, 86_400) or 0.0,
        note=row.text("note"),
    )
