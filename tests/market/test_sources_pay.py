"""Pay, days and places as sources write them; nothing is invented."""

import gzip
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.market.ads import Pay
from milepost.market.sources.dates import find_date, order_of_days, read_date
from milepost.market.sources.pasted import render_pay
from milepost.market.sources.pay import find_pay, pay_from_numbers, read_pay
from milepost.market.sources.places import is_place


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("$120k–$160k", (120_000, 160_000, "USD", "year")),
        ("€70.000 - 90.000", (70_000, 90_000, "EUR", "year")),
        ("£500/day", (500, 500, "GBP", "day")),
        ("120,000 USD per year", (120_000, 120_000, "USD", "year")),
        ("The base salary range is between $175,000 and\n$275,000.", (175_000, 275_000, "USD", "year")),
        ("€ 4.500 - € 6.500 bruto per maand", (4_500, 6_500, "EUR", "month")),
        ("$160-210k Salary + Equity", (160_000, 210_000, "USD", "year")),
        ("Hourly rate: $70-80", (70, 80, "USD", "hour")),
        ("CHF 120'000 - 140'000", (120_000, 140_000, "CHF", "year")),
        ("₹20–30 LPA", (2_000_000, 3_000_000, "INR", "year")),
        ("Zone 1: $160,000 - $235,000\n\nZone 2: $140,000 - $200,000", (140_000, 235_000, "USD", "year")),
        ("Base salary: $120k–$160k plus a $2,000 stipend", (120_000, 160_000, "USD", "year")),
        ("Salary: $140,000 - $180,000 CAD", (140_000, 180_000, "CAD", "year")),
        ("| 150k-200k + equity |", (150_000, 200_000, "", "year")),
    ],
)
def test_pay_is_read_as_it_is_written(text, pay):
    assert find_pay(text) == Pay(*pay)


@pytest.mark.parametrize(
    "text",
    [
        "We raised $20M", "with $5-10 million of revenue", "Meal voucher: £200 monthly allowance", "$1,500 a month rent stipend",
        "10,000-50,000 employees", "10-15 years", "2024-2025", "$10k-$50k deals", "a $2,000 annual learning budget", "SQL 92",
        "Series A of $15M", "$5 per million tokens", "manage budgets of $500k", "competitive pay", "401(k) match",
    ],
)  # fmt: skip
def test_other_money_is_no_pay(text):
    assert find_pay(text) is None


@given(
    st.integers(20, 400), st.integers(0, 200), st.sampled_from(["USD", "EUR", "GBP", "CAD", ""]),
    st.sampled_from(["hour", "day", "week", "month", "year"]),
)  # fmt: skip
def test_pay_that_is_written_out_is_read_back(low, more, currency, period):
    # Why 16: from 10,000 on an amount beside "a week" is taken as pay a year, as in "24,000, 20 hours a week".
    unit = {"hour": 1, "day": 4, "week": 16, "month": 100, "year": 1000}[period]
    pay = Pay(float(low * unit), float((low + more) * unit), currency, period)
    assert read_pay(render_pay(pay)) == pay


@pytest.mark.parametrize(
    ("field", "pay"),
    [
        ("120K-210K Annually", (120_000, 210_000, "", "year")), ("$25 - $35 an hour", (25, 35, "USD", "hour")),
        ("$56K-$97K (Glassdoor est.)", (56_000, 97_000, "USD", "year")), ("100000", (100_000, 100_000, "", "year")),
    ],
)  # fmt: skip
def test_a_field_of_pay_needs_no_currency(field, pay):
    assert read_pay(field) == Pay(*pay)


def test_numbers_without_a_period_are_pay_only_where_they_can_be_a_years():
    assert pay_from_numbers(90_000, 120_000, "USD", "") == Pay(90_000, 120_000, "USD", "year")
    assert pay_from_numbers(30, "45.5", "€", "HOUR") == Pay(30, 45.5, "EUR", "hour")
    assert pay_from_numbers(3_000, 4_000, "EUR", "") is None
    assert pay_from_numbers(None, "n/a", "EUR", "year") is None


def test_pay_in_the_text_agrees_with_the_column_of_the_site(shared: Path):
    """Built In, 553 rows with pay: of the 420 whose text names pay too, 85 % and more agree to 1,000."""
    both = equal = 0
    with gzip.open(
        shared / "data/ai-engineer-ads-2026/ai_engineer_ads.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        for line in file:
            row = json.loads(line)
            column, found = read_pay(row["compensation"] or ""), find_pay(row["description"])
            if column and found:
                both += 1
                equal += abs(column.low - found.low) <= 1_000 and abs(column.high - found.high) <= 1_000
    assert both >= 400
    assert equal / both >= 0.85


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-01-02T16:09:53Z", "2026-01-02"), ("15 January 2026", "2026-01-15"), ("Jan 3rd, 2026", "2026-01-03"),
        ("15.01.2026", "2026-01-15"), ("20260115", "2026-01-15"), ("2026-02", "2026-02-01"), (1767369600, "2026-01-02"),
        ("1767369600000", "2026-01-02"), ("Mon, 3 Nov 2025 10:12:00 +0100", "2025-11-03"), ("3 maart 2026", "2026-03-03"),
        ("25/12/2025", "2025-12-25"), ("12/25/2025", "2025-12-25"), (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3), "2026-01-02"),  # noqa: DTZ001
        ("22 hours ago", ""), ("03/04/2026", ""), ("2026-13-45", ""), (None, ""), ("", ""),
    ],
)  # fmt: skip
def test_days_are_read_in_the_ways_sources_write_them(value, day):
    assert read_date(value) == day


def test_a_column_tells_how_it_writes_its_days():
    assert order_of_days(["03/04/2026", "25/04/2026"]) is True
    assert order_of_days(["03/04/2026", "04/25/2026"]) is False
    assert order_of_days(["03/04/2026"]) is None
    assert read_date("03/04/2026", day_first=True) == "2026-04-03"


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_usual_forms(day):
    for form in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%Y%m%d}",
    ):
        assert read_date(form) == day.isoformat()


def test_only_a_day_that_is_said_to_be_the_posting_day_is_found_in_a_text():
    assert find_date("Posted on January 15, 2026. Start: 2026-09-01") == "2026-01-15"
    assert find_date("The job starts on 2026-09-01.") == ""


@pytest.mark.parametrize("words", ["Remote (US)", "Berlin, Germany", "Los Gatos, CA", "Onsite", "Amsterdam"])
def test_places_are_known(words):
    assert is_place(words)


@pytest.mark.parametrize("words", ["Senior Engineer", "Acme", "https://remote.com/x", "Full-time", ""])
def test_other_words_are_no_places(words):
    assert not is_place(words)
