"""Mail addresses, phone numbers and names of contacts go; versions, years, dates and pay stay."""

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.market.sources.people_names import is_person
from milepost.market.sources.personal import without_personal_data

MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
DIGIT = st.sampled_from("0123456789")
HIGH = st.sampled_from("23456789")
WORD = st.sampled_from(
    [
        "Python,",
        "Kubernetes;",
        "and",
        "we",
        "ship",
        "models",
        "with",
        "care",
        "for",
        "5",
        "teams",
        "(RAG)",
        "scale.",
    ]
)


@st.composite
def telephones(draw):
    """A number of the kinds that advertisements write, with its digits."""
    shape = draw(
        st.sampled_from(
            [
                "({h}dd) {h}dd-dddd", "{h}dd-{h}dd-dddd", "{h}dd.{h}dd.dddd", "+1 {h}dd {h}dd dddd", "1-{h}dd-{h}dd-dddd",
                "+31 6 dddddddd", "+31 (0)20 ddd dddd", "+44 20 dddd dddd", "020 7ddd dddd", "0{h}d-ddddddd", "06-dddddddd",
                "+49 30 dddddd", "+91 9dddd ddddd", "0{h}{h}1/ddddddd", "+45-3ddd dddd", "9ddddddddd",
            ]
        )
    )  # fmt: skip
    text = "".join(draw(DIGIT) if sign == "d" else sign for sign in shape.replace("{h}", "H"))
    return "".join(draw(HIGH) if sign == "H" else sign for sign in text)


@given(telephones(), st.lists(WORD, max_size=8), st.lists(WORD, max_size=8))
def test_no_phone_number_is_left_wherever_it_stands(number, before, after):
    if "000" in number:
        return
    text = " ".join([*before, "call", "us:", number, *after])
    left = without_personal_data(text)
    assert number not in left
    assert "<phone>" in left


@given(
    telephones(),
    st.sampled_from(["Questions to {}", "{} is our desk", "({})", "office {}, or visit us", "{}\nPython"]),
)
def test_a_phone_number_needs_no_label(number, frame):
    groups = re.findall(r"\d+", number)
    if (
        "000" in groups
        or all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups)
        or number.endswith("000")
    ):
        return
    assert number not in without_personal_data(frame.format(number))


@given(
    st.from_regex(r"[a-z][a-z0-9._+-]{0,12}[a-z0-9]", fullmatch=True),
    st.from_regex(r"[a-z][a-z0-9-]{0,10}[a-z0-9](\.[a-z]{2,6}){1,2}", fullmatch=True),
    st.sampled_from(
        ["{}@{}", "{} [at] {}", "{}(at){}", "{} {{at}} {}", "<{}@{}>", "mailto:{}@{}", "{} @ {}", "{}[@]{}"]
    ),
    st.lists(WORD, max_size=6),
)
def test_no_mail_address_is_left_hidden_or_plain(box, domain, frame, words):
    text = " ".join(["Send", "it", "to", frame.format(box, domain), *words])
    left = without_personal_data(text)
    assert "<email>" in left
    assert domain not in left
    assert MAILBOX.search(left) is None


AMOUNTS = st.integers(1, 999).map(lambda n: f"{n},000")
FIGURES = st.one_of(
    st.tuples(st.integers(0, 30), st.integers(0, 99), st.integers(0, 999)).map(lambda v: "{}.{}.{}".format(*v)),
    st.tuples(st.integers(1990, 2030), st.integers(1990, 2030)).map(lambda v: "{}-{}".format(*v)),
    st.dates().map(lambda day: f"{day:%Y-%m-%d} to {day:%d.%m.%Y}"),
    st.tuples(st.sampled_from(["$", "€", "£", "USD ", ""]), AMOUNTS, AMOUNTS).map(lambda v: f"{v[0]}{v[1]} - {v[0]}{v[2]}"),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda v: f"{v[0]} – {v[1]} EUR".replace(",", " ")),
    st.tuples(AMOUNTS, AMOUNTS).map(lambda v: f"€{v[0]} - {v[1]}".replace(",", ".")),
    st.tuples(st.integers(1, 20), st.integers(1, 40)).map(lambda v: f"{v[0]}-{v[1]}+ years, 24/7, {v[0]}%"),
    st.integers(10**5, 10**9).map(lambda n: f"{n:,} users"),
    st.sampled_from(["C++ 11/14/17/20", "ISO 27001:2013", "192.168.100.1", "CUDA 12.4.1", "H100 80GB", "401(k)", "1/2026", "+100 000 000 users"]),
)  # fmt: skip


@given(st.lists(FIGURES, min_size=1, max_size=4), WORD)
def test_versions_years_dates_and_pay_are_not_eaten(figures, word):
    text = f"{word}; ".join(figures)
    assert without_personal_data(f"We use {text}.") == f"We use {text}."


@given(st.text(max_size=200))
def test_any_text_is_taken_and_taking_it_twice_changes_nothing(text):
    once = without_personal_data(text)
    assert without_personal_data(once) == once


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Contact: Jane Doe", "Contact: <name>"),
        ("Hiring manager: Dr. Ada van der Berg, Berlin", "Hiring manager: <name>, Berlin"),
        ("Ansprechpartnerin: Frau Müller-Lüdenscheidt", "Ansprechpartnerin: <name>"),
        ("Please contact Pauline Nobel from HR at p@x.org", "Please contact <name> from HR at <email>"),
        ("Hi Alex,\nwe saw your profile", "Hi <name>,\nwe saw your profile"),
        ("Apply now.\n\nKind regards,\n\nJohn Q. Smith", "Apply now.\n\nKind regards,\n\n<name>"),
        ("We build.\n- Bob Ross (CTO)", "We build.\n- <name> (CTO)"),
        ("My name is Sue Storm and I hire.", "My name is <name> and I hire."),
        ("Email Mike at mike@acme.io", "Email <name> at <email>"),
        ("See linkedin.com/in/jane-doe-42 today", "See linkedin.com/in/<name> today"),
    ],
)
def test_names_that_something_points_to_are_replaced(text, left):
    assert without_personal_data(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Reports to: Head of Machine Learning", "Contact: Human Resources", "Contact us: Careers Team",
        "Questions? Get in touch.", "Personally, I'm glad.", "We're here to build Apache Spark tools.",
        "Hugging Face | Head of Engineering | Remote", "- Performance Engineering Manager: five years",
        "Requirements:\n- Python\n- Ray Serve\n- Apache Airflow, Director of the graph", "Hello World, in Rust",
        "Best\nPractices", "https://acme.io/jobs/4155550100 and github.com/acme/jane",
        "We look for Jenkins, Ansible and Terraform skills.",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_contact_stays(text):
    assert without_personal_data(text) == text


def test_names_that_are_known_go_wherever_they_stand():
    assert without_personal_data("As ada lovelace wrote", names=("Ada Lovelace",)) == "As <name> wrote"
    assert is_person("Ada Lovelace")
    assert not is_person("Data Platform")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "@",
        "a.b",
        "Aa ",
        "Contact Jane ",
        "+1",
        "a at ",
        " ",
        "(at)",
        "\n",
        "best\n",
        "Jane Doe, CTO",
    ],
)
def test_a_megabyte_of_anything_takes_no_longer_than_its_length(piece):
    def seconds(length: int) -> float:
        start = time.process_time()
        without_personal_data(piece * (length // len(piece)))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(1_000_000) < max(1.0, 40 * seconds(100_000))


def test_of_real_advertisements_no_address_is_left_and_no_pay_is_lost(shared: Path):
    """LinkedIn 2024: 862 texts with about fifty phone numbers."""
    phones = amounts = lost = 0
    with gzip.open(
        shared / "data/linkedin-ai-ml-ads-2024/linkedin_ai_ml.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        for line in file:
            text = json.loads(line)["description"]
            left = without_personal_data(text)
            phones += left.count("<phone>")
            assert MAILBOX.search(left) is None
            for amount in re.findall(r"[$€£]\s?\d[\d.,]*\d", text):
                amounts += 1
                lost += amount not in left
    assert phones >= 40
    assert amounts >= 500
    assert lost == 0
