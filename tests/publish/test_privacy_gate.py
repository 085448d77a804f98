"""The last look before publishing: words in disguise, mail, paths, hidden places."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.portfolio import Portfolio, ShownArtefact, ShownText
from milepost.publish.privacy_gate import address_fault, refuse_private


def problems(about, *private):
    portfolio = Portfolio(ShownText("Mika", "name"), about=ShownText(about, "publish.about"))
    return [problem.message for problem in refuse_private(portfolio, private, place="me.yaml")]


@pytest.mark.parametrize(
    "text",
    ["Worked at Acme Corp", "ACME-CORP", "acmecorp.example", "acme_corp", "Acmé\u00a0Corp", "A\u00adcme Corp",
     "Acme&nbsp;Corp", "acme%20corp", "ａｃｍｅ ｃｏｒｐ"],
)  # fmt: skip
def test_a_private_name_is_found_in_every_disguise(text):
    (message,) = problems(text, "Acme Corp")
    assert "'Acme Corp'" in message


def test_a_short_private_word_is_looked_for_as_a_whole_word():
    assert problems("I maintain a chain", "AI") == []
    assert len(problems("I do AI.", "AI")) == 1


@pytest.mark.parametrize(
    "text",
    ["write to mika@example.org", "mika.lund+x@mail.example.com", "mika (at) example.org",
     "see /home/mika/notes.md", "in ~/notes/x.md", r"C:\Users\mika\x", r"\\server\share", "file:///etc/hosts",
     "at https://me:pw@example.org/x", "https://example.org/?token=abc", "http://10.0.0.3/wiki", "http://wiki/x"],
)  # fmt: skip
def test_mail_paths_and_hidden_places_are_refused(text):
    assert len(problems(text)) >= 1


@pytest.mark.parametrize(
    "text",
    ["Cut p99 from 900 ms to 40 ms @ 300 req/s", "CI/CD and A/B tests", "Read and/or write", "TCP/IP, 24/7, n/a",
     "It took ~3 days", "see https://example.org/home/mika and https://example.org/data/x", "@mika on the forum"],
)  # fmt: skip
def test_ordinary_words_pass(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("url", "fault"),
    [("https://example.org/a?b=c#d", False), ("https://xn--bcher-kva.example/", False), ("https://8.8.8.8/", False),
     ("javascript:alert(1)", True), ("https://user@example.org/", True), ("https://127.0.0.1/", True),
     ("https://[::1]/", True), ("https://wiki.corp/x", True), ("https://jira.internal./x", True),
     ("https://example.org/?X-Amz-Signature=abc", True), ("https://example.org/#access_token=abc", True),
     ("https://example.org:99999/", True), ("https://[bad/", True)],
)  # fmt: skip
def test_only_addresses_that_everybody_may_open_are_shown(url, fault):
    assert bool(address_fault(url)) == fault


@given(st.text(max_size=30), st.from_regex(r"[a-z]{4,10}", fullmatch=True), st.text(max_size=30))
def test_no_field_that_holds_a_private_word_passes(before, word, after):
    artefact = ShownArtefact(ShownText(before + word.upper() + after, "t"), dt.date(2026, 5, 1))
    assert refuse_private(Portfolio(ShownText("M", "name"), artefacts=(artefact,)), (word,), place="")
