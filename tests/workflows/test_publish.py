"""Publishing: only what was chosen leaves, every new field is asked for, nothing else is touched."""

import datetime as dt
import hashlib
import json
import re
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from milepost.errors import InvalidInput, UsageError
from milepost.files.site_folder import MARKER
from milepost.model.portfolio import ShownText
from milepost.publish.portfolio_site import Theme
from milepost.workflows.keeping import load_kept, undo_change
from milepost.workflows.publish import offer_portfolio, publish_portfolio
from milepost.workflows.year import Occasion
from secretive import ALL, planted, words_of  # type: ignore[import-not-found]

ADDRESS = "https://mika.example.org/"
SMALL = """\
# mine
milepost: 1
name: Mika
year:
  artefacts:
    - {date: 2026-05-01, title: A cache that forgets, kind: blog-post, url: "https://example.org/cache", public: true, verified: accepted}
    - {date: 2026-06-01, title: Notes, public: true}
    - {date: 2026-06-02, title: Not yours, public: false}
"""


def now() -> dt.datetime:
    return dt.datetime(2027, 6, 6, 18, tzinfo=dt.UTC)


@pytest.fixture
def at(tmp_path):
    return Occasion(str(tmp_path / "w.sqlite"), now, dt.date(2026, 11, 23))


def write(folder, text):
    path = folder / "me.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def publish(path, at, out, *, yes=True, address="", **more):
    asked = []

    def agree():
        asked.append(True)
        return yes

    offer = offer_portfolio(str(path), at=at, address=address)
    written = publish_portfolio(offer, out, at=at, agree=agree, **more)
    return offer, written, bool(asked)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("chosen", ["", ALL], ids=["nothing chosen", "everything chosen"])
def test_none_of_the_planted_secrets_is_in_any_byte_of_the_site(tmp_path, at, chosen, theme):
    text, secrets = planted(chosen=chosen)
    assert len(secrets) >= 40
    out = tmp_path / "site"
    publish(write(tmp_path, text), at, out, address=ADDRESS, theme=theme)
    words = words_of(out)
    assert [secret for secret in secrets if secret.casefold() in words] == []
    assert "kestrel" not in words
    for told in (r"13\.5\s*h", "initech", "outside", re.escape(str(tmp_path).casefold())):
        assert not re.search(told, words), told
    if not chosen:
        for told in (
            "2027-11-28",
            "20271128",
            "28 nov 2027",
            "ml engineer",
            "python",
            "distributed training",
        ):
            assert told not in words, told
    assert words.count("a cache that forgets") >= 4  # page, data of the page, calendar, feed, PDF


def test_the_search_finds_a_secret_in_every_kind_of_file(tmp_path, at):
    """Without this the test above could not fail."""
    out = tmp_path / "site"
    publish(write(tmp_path, SMALL.replace("Notes", "Zq777kestrel")), at, out, address=ADDRESS)
    for name in ("index.html", "calendar.ics", "feed.xml", "roadmap.pdf"):
        alone = tmp_path / f"only-{name}"
        alone.mkdir()
        (alone / name).write_bytes((out / name).read_bytes())
        assert "zq777kestrel" in words_of(alone), name


def test_every_text_of_a_portfolio_is_a_field_that_is_asked_for(tmp_path, at):
    text, _ = planted(chosen=ALL)
    offer = offer_portfolio(str(write(tmp_path, text)), at=at, address=ADDRESS)
    listed = "\n".join(f"{field.of} {field.value}" for field in offer.fields)
    held = re.findall(r"ShownText\(text='([^']*)'", repr(offer.portfolio))
    assert len(held) > 20
    assert [words for words in held if words not in listed] == []


def test_without_a_choice_only_public_artefacts_and_the_name_are_shown(tmp_path, at):
    text, _ = planted()
    offer = offer_portfolio(str(write(tmp_path, text)), at=at)
    assert {field.field for field in offer.fields} == {
        "name", "artefact.title", "artefact.date", "artefact.url", "artefact.verified",
    }  # fmt: skip


@pytest.mark.parametrize(
    "title", ["How Initech caches", "how INI\u200bTECH caches", "initech-cache", "Ｉｎｉｔｅｃｈ"]
)
def test_a_public_title_with_a_private_word_is_refused_and_the_word_named(tmp_path, at, title):
    path = write(tmp_path, SMALL.replace("A cache that forgets", title) + "publish: {private: [Initech]}\n")
    with pytest.raises(InvalidInput) as refused:
        offer_portfolio(str(path), at=at)
    (problem,) = refused.value.problems
    assert problem.field == "year.artefacts.0.title"
    assert "'Initech'" in problem.message
    assert list(tmp_path.glob("*")) == [path]


def test_the_second_time_only_what_is_new_or_changed_is_asked_for(tmp_path, at):
    path, out = write(tmp_path, SMALL), tmp_path / "site"
    first, _, asked = publish(path, at, out)
    assert asked
    assert len(first.new) == len(first.fields) > 4
    assert "# mine" in path.read_text(encoding="utf-8")
    _, written, asked = publish(path, at, out)
    assert written
    assert not asked
    path.write_text(path.read_text(encoding="utf-8").replace("Notes", "Better notes"), encoding="utf-8")
    again, _, asked = publish(path, at, out)
    assert asked
    assert [field.value for field in again.new] == ["Better notes", "2026-06-01"]


def test_a_no_leaves_everything_as_it_was(tmp_path, at):
    path, out = write(tmp_path, SMALL), tmp_path / "site"
    _, written, _ = publish(path, at, out, yes=False)
    assert written == ()
    assert not out.exists()
    assert path.read_text(encoding="utf-8") == SMALL


def test_a_consent_can_be_taken_back(tmp_path, at):
    path = write(tmp_path, SMALL)
    publish(path, at, tmp_path / "site")
    kept = load_kept(str(path), workspace=at.workspace, now=now)
    assert undo_change(kept, workspace=at.workspace, now=now).verb == "publish"
    assert path.read_text(encoding="utf-8") == SMALL


def test_the_same_input_gives_the_same_bytes(tmp_path, at):
    text, _ = planted(chosen=ALL)
    path = write(tmp_path, text)
    sites = []
    for name in ("one", "two"):
        publish(path, at, tmp_path / name, address=ADDRESS)
        sites.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert sites[0] == sites[1]
    assert set(sites[0]) == {
        MARKER, "index.html", "roadmap.pdf", "calendar.ics", "preview.png", "feed.xml",
    }  # fmt: skip


def test_a_folder_with_other_files_is_not_touched(tmp_path, at):
    out = tmp_path / "site"
    out.mkdir()
    (out / "holiday.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="did not make"):
        publish(write(tmp_path, SMALL), at, out)
    assert [file.name for file in out.iterdir()] == ["holiday.txt"]
    assert (tmp_path / "me.yaml").read_text(encoding="utf-8") == SMALL


def test_files_added_to_a_site_stay_and_a_page_changed_by_hand_is_not_replaced(tmp_path, at):
    path, out = write(tmp_path, SMALL), tmp_path / "site"
    publish(path, at, out, address=ADDRESS)
    (out / "CNAME").write_text("mika.example.org", encoding="utf-8")
    publish(path, at, out)
    assert (out / "CNAME").exists()
    assert not (out / "feed.xml").exists()  # ours, unchanged, and no longer made
    (out / "index.html").write_text("by hand", encoding="utf-8")
    with pytest.raises(UsageError, match="changed by hand"):
        publish(path, at, out)
    assert (out / "index.html").read_text(encoding="utf-8") == "by hand"


def test_a_link_in_the_folder_is_never_followed(tmp_path, at):
    path, out = write(tmp_path, SMALL), tmp_path / "site"
    publish(path, at, out)
    aim = tmp_path / "diary.txt"
    aim.write_bytes((out / "index.html").read_bytes())
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(aim)
    with pytest.raises(UsageError, match="not replaced"):
        publish(path, at, out)


def test_a_marker_cannot_name_a_file_outside_the_folder(tmp_path, at):
    path, out = write(tmp_path, SMALL), tmp_path / "site"
    publish(path, at, out)
    marker = json.loads((out / MARKER).read_text(encoding="utf-8"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    marker["files"]["../me.yaml"] = [digest]
    (out / MARKER).write_text(json.dumps(marker), encoding="utf-8")
    publish(path, at, out)
    assert path.exists()


HOSTILE = """\
milepost: 1
name: "</title><script>alert(1)</script> & <b>Mika</b>"
year:
  artefacts:
    - {date: 2026-05-01, title: "</script><script>alert('x')</script>", url: "https://example.org/a?b=1&c=2", public: true}
    - {date: 2026-05-02, title: "\\"><img src=x onerror=alert(2)> #panic(\\"typst\\") $x$ *b* {{ 7*7 }}", public: true}
    - {date: 2026-05-03, title: "BEGIN:VEVENT; a,b \\\\n END", public: true}
publish:
  about: "]]> <!-- & --> {% raw %} \\\\#import"
  links: [{title: "<i>me</i>", url: "https://example.org/&quot;onclick="}]
"""


def test_hostile_words_stay_words(tmp_path, at):
    out = tmp_path / "site"
    publish(write(tmp_path, HOSTILE), at, out, address=ADDRESS)
    page = (out / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']
    assert "<img" not in page
    assert "<b>" not in page
    assert "{{ 7*7 }}" in page
    (data,) = re.findall(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
    linked = json.loads(data)
    assert linked["name"].startswith("</title><script>")
    feed = ET.parse(out / "feed.xml").getroot()
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 3
    calendar = Calendar.from_ical((out / "calendar.ics").read_bytes())
    assert len(list(calendar.walk("VEVENT"))) == 3


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example"]
)
def test_links_of_other_kinds_than_the_web_cannot_be_in_a_file(tmp_path, at, url):
    path = write(tmp_path, SMALL + f'publish: {{links: [{{title: Me, url: "{url}"}}]}}\n')
    with pytest.raises(InvalidInput, match="web address"):
        offer_portfolio(str(path), at=at)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "example.org",
        "https://me:pw@example.org",
        "https://localhost/",
        "https://a.example?x=1",
    ],
)
def test_an_address_that_cannot_be_the_site_is_refused(tmp_path, at, address):
    with pytest.raises(UsageError, match="--address"):
        offer_portfolio(str(write(tmp_path, SMALL)), at=at, address=address)


def test_artefacts_stand_in_the_order_of_who_verified_them(tmp_path, at):
    rows = "".join(
        f"    - {{date: 2026-05-01, title: t-{kind}, public: true, verified: {kind}}}\n"
        for kind in ("self-published", "reviewed", "cited-by-interviewer", "used-by-others", "accepted")
    )
    path = write(tmp_path, f"milepost: 1\nname: Mika\nyear:\n  artefacts:\n{rows}")
    portfolio = offer_portfolio(str(path), at=at).portfolio
    assert [artefact.title.text for artefact in portfolio.artefacts] == [
        "t-cited-by-interviewer", "t-accepted", "t-used-by-others", "t-reviewed", "t-self-published",
    ]  # fmt: skip


def test_a_shown_roadmap_leaves_out_the_hunt_for_the_job_and_all_hours(tmp_path, at):
    text, _ = planted(chosen=ALL)
    offer = offer_portfolio(str(write(tmp_path, text)), at=at)
    assert offer.portfolio.quarters
    told = " ".join(
        each.text for quarter in offer.portfolio.quarters for each in quarter.activities
    ).casefold()
    assert told
    for word in ("apply for", "application", "offer", "interview", "sponsor"):
        assert word not in told, word


def test_the_pdf_is_for_everybody_and_carries_no_day(tmp_path, at):
    out = tmp_path / "site"
    publish(write(tmp_path, SMALL), at, out)
    data = (out / "roadmap.pdf").read_bytes()
    assert b"pdfuaid" in data
    assert b"CreationDate" not in data


def test_letters_that_no_font_here_has_leave_out_the_preview_and_nothing_else(tmp_path, at):
    out = tmp_path / "site"
    # Why: two places of Unicode that hold no letter, so that no font shows them.
    path = write(tmp_path, SMALL.replace("name: Mika", "name: \u0378\u0379"))
    publish(path, at, out, address=ADDRESS)
    assert (out / "roadmap.pdf").exists()
    assert not (out / "preview.png").exists()
    assert "og:image" not in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["evidence", "artefact"])
def test_a_milestone_never_leads_to_work_that_is_not_public(tmp_path, at, place):
    hidden = "https://example.org/hidden"
    evidence = f'evidence: [{{skill: python, kind: artefact, level: 3, url: "{hidden}"}}]\n'
    artefact = f'    - {{date: 2026-05-01, title: Hidden, url: "{hidden}"}}\n'
    text = (
        SMALL + (artefact if place == "artefact" else "") + "  milestones:\n"
        f'    - {{quarter: 1, accepted: 2026-08-01, title: One, evidence: "see {hidden} there", proof: {{kind: artefact, url: "{hidden}"}}}}\n'
        '    - {quarter: 2, accepted: 2026-09-01, title: Two, evidence: "https://example.org/cache"}\n'
        "publish: {milestones: true}\n" + (evidence if place == "evidence" else "")
    )
    offer = offer_portfolio(str(write(tmp_path, text)), at=at)
    one, two = offer.portfolio.milestones
    assert (one.evidence, one.url) == (None, None)
    assert any("not public" in note for note in offer.notes)
    assert two.url == ShownText("https://example.org/cache", "year.milestones.1.evidence")
    assert hidden not in repr(offer.portfolio)


def test_the_same_piece_written_down_twice_is_shown_once(tmp_path, at):
    twice = "    - {date: 2026-06-05, title: Notes, public: true, verified: reviewed}\n"
    portfolio = offer_portfolio(str(write(tmp_path, SMALL + twice)), at=at).portfolio
    assert [str(a.verified) for a in portfolio.artefacts if a.title.text == "Notes"] == ["reviewed"]


def test_a_run_that_was_cut_short_can_be_repeated(tmp_path, at):
    path, out = write(tmp_path, SMALL), tmp_path / "site"
    publish(path, at, out)
    old, before = (out / "calendar.ics").read_bytes(), json.loads((out / MARKER).read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8").replace("Notes", "Better notes"), encoding="utf-8")
    publish(path, at, out)
    new, after = (out / "calendar.ics").read_bytes(), json.loads((out / MARKER).read_text(encoding="utf-8"))
    # What the disk holds when the power fails in the middle: some files old, the marker with both digests.
    (out / "calendar.ics").write_bytes(old)
    both = {name: [*before["files"][name], *after["files"][name]] for name in after["files"]}
    (out / MARKER).write_text(json.dumps({**after, "files": both}), encoding="utf-8")
    publish(path, at, out)
    assert (out / "calendar.ics").read_bytes() == new != old
    assert json.loads((out / MARKER).read_text(encoding="utf-8")) == after
