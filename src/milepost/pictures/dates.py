"""Dates as people say them, the same in every locale."""

import datetime as dt

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(when: dt.date) -> str:
    """One day.

    >>> day(dt.date(2027, 2, 8))
    '8 Feb 2027'
    """
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def span(first: dt.date, last: dt.date) -> str:
    """A span of days, the year once where it is the same.

    >>> span(dt.date(2026, 11, 30), dt.date(2027, 2, 28)), span(dt.date(2027, 3, 1), dt.date(2027, 5, 30))
    ('30 Nov 2026 – 28 Feb 2027', '1 Mar – 30 May 2027')
    """
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"
