"""One advertisement a file: text, Markdown, saved pages, PDF, mail, and a text pasted in the terminal."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from milepost.errors import InvalidInput, UsageError
from milepost.market.ads import Ad, Pay
from milepost.market.sources import Rejected, expand_paths, iterate_ads, parse_pasted, read_ads, render_ad

BODY = (
    "Requirements:\n- Python and PyTorch in production\n- Kubernetes\n\nNice to have:\n- Rust\n\n"
    "Questions? Contact Jane Doe at jane.doe@acme.io or +1 415 555 0100."
)


def only(path: Path) -> Ad:
    found = list(iterate_ads(path))
    assert len(found) == 1, found
    assert isinstance(found[0], Ad), found
    return found[0]


def refusal(path: Path) -> str:
    found = list(iterate_ads(path))
    assert len(found) == 1, found
    assert isinstance(found[0], Rejected), found
    assert found[0].path == str(path)
    return found[0].reason


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_a_text_with_labelled_lines_says_everything_about_itself(tmp_path):
    head = (
        "Company: Acme\nTitle: ML Engineer\nDate: 3 May 2026\nLocation: Berlin\nSalary: €70.000 - 90.000\n\n"
    )
    ad = only(write(tmp_path, "a.txt", head + BODY))
    assert (ad.company, ad.title, ad.date, ad.place) == ("Acme", "ML Engineer", "2026-05-03", "Berlin")
    assert ad.pay == Pay(70_000, 90_000, "EUR", "year")
    assert ad.text.startswith("Requirements:")
    assert (ad.id, ad.source) == ("a.txt", "a.txt")


@pytest.mark.parametrize(
    ("name", "text", "company", "title", "place", "day"),
    [
        ("x.txt", "Senior ML Engineer\nAcme · Berlin, Germany\n\nWe need you.", "Acme", "Senior ML Engineer", "Berlin, Germany", ""),
        ("x.md", "# ML Engineer at Acme\n\nWe need you to train models.", "Acme", "ML Engineer", "", ""),
        ("2026-01-15 Acme - AI Engineer.txt", "We need you to train models.", "Acme", "AI Engineer", "", "2026-01-15"),
        ("x.txt", "Acme is hiring an AI Engineer in Utrecht\n\nPosted: 2026-02-03\nWe need you.", "Acme", "AI Engineer", "Utrecht", "2026-02-03"),
        ("x.txt", "We train models.\n\nAbout Acme\nAcme is a bank.\n", "Acme", "", "", ""),
        ("x.txt", "We train models and this says nothing of itself.", "", "", "", ""),
    ],
)  # fmt: skip
def test_what_a_text_does_not_say_stays_empty(tmp_path, name, text, company, title, place, day):
    ad = only(write(tmp_path, name, text))
    assert (ad.company, ad.title, ad.place, ad.date) == (company, title, place, day)


def test_no_personal_data_is_stored_by_any_reader(tmp_path):
    write(tmp_path, "a.txt", "Acme one\n" + BODY)
    write(tmp_path, "b.md", "# Acme two\n" + BODY)
    write(tmp_path, "c.html", f"<p>Acme three</p><pre>{BODY}</pre>")
    write(tmp_path, "d.eml", f"From: Jane Doe <jane.doe@acme.io>\nSubject: Job\n\nAcme four\n{BODY}")
    write(tmp_path, "e.csv", 'text,title\n"Acme five\n' + BODY + '",Engineer (jane.doe@acme.io)\n')
    write(tmp_path, "f.mbox", f"From x Mon Jan  5 10:00:00 2026\nSubject: Job\n\nAcme six\n{BODY}\n")
    found = read_ads([tmp_path])
    assert len(found.ads) + found.folded == 6
    for ad in found.ads:
        everything = repr(ad)
        assert "Jane" not in everything
        assert "555" not in everything
        assert "@" not in everything
        assert "Contact <name> at <email> or <phone>." in ad.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_a_text_may_be_in_any_usual_encoding(tmp_path, encoding):
    path = write(tmp_path, "a.txt", "Stelle: Ingenieur für Künstliche Intelligenz – Köln".encode(encoding))
    assert "für Künstliche Intelligenz – Köln" in only(path).text + only(path).title


def test_zeros_and_a_line_of_a_megabyte_are_taken(tmp_path):
    ad = only(write(tmp_path, "a.txt", b"We need Py\0thon.\n" + b"word " * 200_000))
    assert ad.text.startswith("We need Python.")


def test_an_empty_a_huge_and_a_missing_file_are_refused_with_a_reason(tmp_path):
    assert refusal(write(tmp_path, "empty.txt", "  \n")) == "no text"
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(51_000_000)
    assert "too large" in refusal(huge)
    assert "no such file" in refusal(tmp_path / "gone.txt")
    assert "no kind of file" in refusal(write(tmp_path, "a.docx", b"PK"))


PAGE = """<!doctype html><html><head><title>ML Engineer at Acme | LinkedIn</title><style>p{}</style></head><body>
<nav>Home Jobs</nav><noscript>You need to enable JavaScript to run this app.</noscript><script>let python = 1</script>
<main><h1>ML Engineer</h1><h2>What you bring</h2><ul><li>Python</li><li>SQL<ul><li>Window functions</li></ul></li></ul>
<h3>Nice to have</h3><p>Rust,<br>Go</p><table><tr><td>Team</td><td>8</td></tr></table></main>
<footer>Privacy</footer></body></html>"""


def test_a_saved_page_keeps_its_headings_and_bullets_as_lines(tmp_path):
    ad = only(write(tmp_path, "a.html", PAGE))
    assert (ad.title, ad.company) == ("ML Engineer", "Acme")
    lines = [line for line in ad.text.split("\n") if line]
    assert lines == [
        "ML Engineer", "What you bring", "- Python", "- SQL", "- Window functions", "Nice to have", "Rust,", "Go", "Team 8",
    ]  # fmt: skip


JSON_LD = """<html><body><p>Menu</p><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Organization", "name": "Site"}, {"@type": ["JobPosting"], "title": "AI Engineer &amp; Builder",
"description": "&lt;h3&gt;You have&lt;/h3&gt;&lt;ul&gt;&lt;li&gt;Python&lt;/li&gt;&lt;/ul&gt;We ship models.",
"datePosted": "2026-02-03T10:00:00Z", "hiringOrganization": {"@type": "Organization", "name": "Acme"},
"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"@type": "Country", "name": "NL"},
"jobLocation": [{"@type": "Place", "address": {"addressLocality": "Utrecht", "addressCountry": {"name": "NL"}}}],
"baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"minValue": 5000, "maxValue": "6500", "unitText": "MONTH"}}}
]}</script></body></html>"""


def test_a_job_posting_in_a_page_keeps_pay_place_and_day(tmp_path):
    ad = only(write(tmp_path, "a.html", JSON_LD))
    assert (ad.title, ad.company, ad.date) == ("AI Engineer & Builder", "Acme", "2026-02-03")
    assert ad.place == "Remote (NL); Utrecht, NL"
    assert ad.pay == Pay(5000, 6500, "EUR", "month")
    assert ad.text == "You have\n\n- Python\n\nWe ship models."


def test_a_job_posting_as_microdata_is_read_too(tmp_path):
    page = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Data Engineer</h1>
    <div itemprop="hiringOrganization" itemscope><span itemprop="name">Acme</span></div><meta itemprop="datePosted" content="2026-01-02">
    <span itemprop="jobLocation" itemscope><span itemprop="address" itemscope><span itemprop="addressLocality">Ghent</span></span></span>
    <div itemprop="description"><p>We need somebody for our pipelines.</p><ul><li>Spark</li></ul></div></div>"""
    ad = only(write(tmp_path, "a.htm", page))
    assert (ad.title, ad.company, ad.place, ad.date) == ("Data Engineer", "Acme", "Ghent", "2026-01-02")
    assert ad.text == "We need somebody for our pipelines.\n\n- Spark"


@pytest.mark.parametrize(
    "broken",
    [
        '<script type="application/ld+json">{"@type": "JobPosting", "description": </script><p>We need Python and SQL here.</p>',
        "<p>We need Python and SQL here.<div><ul><li>More", "<" * 500 + "<p>We need Python and SQL here.</p>",
        "<div>" * 3000 + "We need Python and SQL here." + "</div>" * 3000,
    ],
)  # fmt: skip
def test_a_broken_page_is_read_as_far_as_it_goes(tmp_path, broken):
    assert "We need Python and SQL here." in only(write(tmp_path, "a.html", broken)).text


def pdf_of(text: str) -> bytes:
    return bytes(typst.compile(text.encode("utf-8"), format="pdf"))


def test_a_pdf_gives_its_text_and_its_title(tmp_path):
    source = "ML Engineer \\\nAcme · Berlin, Germany\n\nRequirements:\n- Python and SQL\n- Kubernetes in production\n"
    ad = only(write(tmp_path, "a.pdf", pdf_of(source)))
    assert (ad.title, ad.company, ad.place) == ("ML Engineer", "Acme", "Berlin, Germany")
    assert "Kubernetes in production" in ad.text


def test_a_pdf_without_text_with_a_password_or_broken_says_what_to_do(tmp_path):
    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    buffer = io.BytesIO()
    blank.write(buffer)
    assert "text recognition" in refusal(write(tmp_path, "scan.pdf", buffer.getvalue()))
    locked = PdfWriter(
        clone_from=PdfReader(io.BytesIO(pdf_of("We need Python and Kubernetes in production here.")))
    )
    locked.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    locked.write(buffer)
    assert "encrypted" in refusal(write(tmp_path, "locked.pdf", buffer.getvalue()))
    assert "broken" in refusal(write(tmp_path, "cut.pdf", pdf_of("We need Python.")[:300]))
    assert "broken" in refusal(write(tmp_path, "none.pdf", b"not a pdf"))


MAIL = """From: "Sue Storm" <sue@talent.example>
To: Alex Kim <alex@home.example>
Subject: Fwd: Senior AI Engineer at Acme
Date: Tue, 10 Feb 2026 09:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="utf-8"

{plain}
--b
Content-Type: text/html; charset="utf-8"

<p>Hi Alex,</p><h3>Requirements</h3><ul><li>Python</li><li>Evaluation of language models</li></ul>
--b--
"""


def test_a_mail_prefers_its_plain_part_and_loses_its_headers(tmp_path):
    plain = (
        "Hi Alex,\n\nOn Mon, 9 Feb 2026 at 10:12, Bob Ross <bob@acme.io> wrote:\n> -----Original Message-----\n"
        "> From: Bob Ross <bob@acme.io>\n> Sent: Monday, 9 February 2026 10:00\n> To: Sue Storm\n> Subject: Senior AI Engineer at Acme\n"
        "> \n> Requirements:\n> - Python in production\n> - Ray and vLLM at scale, with every model that we serve to users\n"
        "> We pay $180,000 - $220,000.\n\nBob Ross and Alex Kim met.\n\nKind regards,\nSue\n-- \nSue Storm\nTalent Ltd\n"
    )
    ad = only(write(tmp_path, "a.eml", MAIL.format(plain=plain)))
    assert (ad.title, ad.company, ad.date) == ("Senior AI Engineer", "Acme", "2026-02-09")
    assert ad.pay == Pay(180_000, 220_000, "USD", "year")
    assert "- Python in production" in ad.text.split("\n")
    for gone in ("Sue", "Bob", "Alex", "wrote:", "Original", "Sent:", "Talent Ltd"):
        assert gone not in ad.text, ad.text


def test_a_mail_with_a_mere_pointer_as_plain_part_is_read_from_its_page(tmp_path):
    ad = only(write(tmp_path, "a.eml", MAIL.format(plain="View this message in your browser.")))
    assert "- Evaluation of language models" in ad.text


def test_a_box_gives_every_message_and_survives_a_broken_one(tmp_path):
    parts = [
        f"From a@b.c Mon Jan  5 10:00:00 2026\nSubject: AI Engineer at Acme{n}\n\nWe need Python for product {n}.\n\n"
        for n in range(3)
    ]
    parts.insert(
        1,
        "From a@b.c Mon Jan  5 10:00:00 2026\nContent-Type: text/plain; charset=no-such\nSubject: =?utf-8?B?/////w?=\n\n\xff\n\n",
    )
    found = list(iterate_ads(write(tmp_path, "jobs.mbox", "".join(parts).encode("latin-1"))))
    assert [one.company for one in found if isinstance(one, Ad)] == ["Acme0", "Acme1", "Acme2"]
    assert [one.row for one in found if isinstance(one, Rejected)] == [2]


def test_a_folder_is_read_in_order_without_hidden_files_and_parts_of_pages(tmp_path):
    for name in ("b.txt", "a/z.txt", ".hidden.txt", "page_files/x.js", "README.md", "c.xyz"):
        write(tmp_path, name, f"We need Python for {name} today.")
    found = read_ads([tmp_path])
    assert [ad.id for ad in found.ads] == ["a/z.txt", "b.txt"]
    assert [Path(one.path).name for one in found.rejected] == ["c.xyz"]


def test_the_same_files_elsewhere_give_the_same_advertisements(tmp_path):
    for folder in ("one", "two"):
        write(tmp_path, f"{folder}/a/x.txt", "We need Python and more of it.")
        write(tmp_path, f"{folder}/b/x.txt", "We need Rust and more of it.")
    assert read_ads([tmp_path / "one"]).ads == read_ads([tmp_path / "two"]).ads
    files = [tmp_path / "one/b/x.txt", tmp_path / "one/a/x.txt"]
    assert read_ads(files) == read_ads(files[::-1]) == read_ads([tmp_path / "one"])


def test_repeats_are_folded_and_old_ones_left_out(tmp_path):
    write(
        tmp_path, "a.txt", "Company: Acme\nTitle: AI Engineer\nDate: 2026-01-01\n\nWe need Python for this."
    )
    write(
        tmp_path,
        "b.txt",
        "Company: ACME Inc.\nTitle: AI engineer\nDate: 2026-02-01\n\nWe need Python and SQL for this.",
    )
    write(tmp_path, "c.txt", "Company: Other\nTitle: AI Engineer\nDate: 2020-02-01\n\nWe need Rust for this.")
    found = read_ads([tmp_path])
    assert (len(found.ads), found.read, found.folded, found.rejected) == (2, 3, 1, ())
    recent = read_ads([tmp_path], since="2026-01-01")
    assert ([ad.date for ad in recent.ads], recent.older) == (["2026-02-01"], 1)


def test_two_without_a_title_are_two_unless_their_texts_agree(tmp_path):
    write(tmp_path, "a.txt", "Company: Acme\n\nWe need Python for this product of ours.")
    write(tmp_path, "b.txt", "Company: Acme\n\nWe need Rust for that engine of theirs.")
    write(tmp_path, "c.txt", "Company: Acme\n\nWe need Rust, for that engine of theirs!")
    found = read_ads([tmp_path])
    assert (len(found.ads), found.folded, {ad.title for ad in found.ads}) == (2, 1, {""})


def test_heavy_readers_are_loaded_only_for_files_that_need_them():
    code = "import sys, milepost.market.sources; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"bs4", "pypdf", "duckdb", "email.message"} & set(done.stdout.split())


def test_patterns_are_relative_to_their_file_and_name_what_matches_nothing(tmp_path):
    write(tmp_path, "ads/b.txt", "x")
    write(tmp_path, "ads/a.txt", "x")
    found = expand_paths(["ads/*.txt", "ads/a.txt", "ads"], folder=tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["ads/a.txt", "ads/b.txt", "ads"]
    with pytest.raises(InvalidInput) as caught:
        expand_paths(["ads/*.pdf", "ads/*.txt", "", "gone.txt"], folder=tmp_path)
    assert [problem.message for problem in caught.value.problems] == [
        "'ads/*.pdf' matches no file", "'' matches no file", "'gone.txt' matches no file",
    ]  # fmt: skip


def test_a_pasted_advertisement_asks_only_for_what_it_does_not_say():
    questions: list[str] = []

    def asked(field: str) -> str:
        questions.append(field)
        return {"place": "Utrecht", "date": "tomorrow", "company": "", "pay": "€70k-80k"}[field]

    ad = parse_pasted("ML Engineer\n\nWe need Python and SQL for our team.", asked=asked)
    assert (ad.title, ad.company, ad.place, ad.date) == ("ML Engineer", "", "Utrecht", "")
    assert ad.pay == Pay(70_000, 80_000, "EUR", "year")
    assert questions == ["company", "place", "date", "date", "date", "pay"]
    assert parse_pasted("ML Engineer\n\nWe need Python and SQL for our team.").place == ""


def test_an_advertisement_copied_from_the_screen_loses_buttons_and_the_recruiter():
    ad = parse_pasted(
        "Acme logo\nAcme\nShare\nShow more options\nSenior AI Engineer, Agents\nBerlin, Germany · 2 weeks ago · Over 100 applicants\n"
        "€80K/yr - €95K/yr\nSave\nAbout the job\nWe build agents in Python.\nMeet the hiring team\nJane Doe\nTalent Partner"
    )
    assert (ad.title, ad.company, ad.place) == ("Senior AI Engineer, Agents", "Acme", "Berlin, Germany")
    assert ad.pay == Pay(80_000, 95_000, "EUR", "year")
    assert "Jane" not in ad.text


def test_a_pasted_nothing_is_an_error_with_a_way_out():
    with pytest.raises(UsageError, match="no text"):
        parse_pasted(" \n ")


WORDS = st.lists(
    st.sampled_from(["Python", "SQL", "teams", "models", "ship", "care", "Kubernetes", "scale"]),
    min_size=6,
    max_size=30,
)
NAMES = st.sampled_from(["Acme", "Northwind B.V.", "Hugging Face", "R&D Labs", "42 North"])


@given(
    WORDS, NAMES, st.sampled_from(["ML Engineer", "Head of AI: Platform", "Data Scientist (m/f/d)"]),
    st.dates(date(1990, 1, 1), date(2099, 1, 1)).map(str), st.sampled_from(["", "Berlin, Germany", "Remote (EU)"]),
    st.sampled_from([None, Pay(50_000, 60_000, "EUR", "year"), Pay(45.5, 60, "", "hour"), Pay(400, 400, "GBP", "day")]),
)  # fmt: skip
def test_an_advertisement_written_to_a_file_reads_back_the_same(words, company, title, day, place, pay):
    ad = Ad("pasted", title, company, day, " ".join(words), "pasted", "Senior", place, pay)
    assert parse_pasted(render_ad(ad)) == ad
