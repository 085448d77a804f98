"""Publishing, outlines and exports in the browser: what was chosen, agreed to, and nothing else; files as the commands write them."""

import base64
import hashlib
import io
import re
import zipfile

import pytest

from milepost.files.person_edits import set_in_person_text
from milepost.publish.calendar import Timetable, read_session, read_zone
from milepost.publish.portfolio_site import Theme
from milepost.web.sharing import PURPOSES
from milepost.workflows.exports import PLAN, SKILLS, WHOLE, export_person, export_plan, export_skills
from milepost.workflows.publish import offer_portfolio, publish_portfolio

PEOPLE = "/people/Jordan"
CHOICE = {"about": "I keep training alive.", "show-artefacts": "1", "show-t": "1", "private": "Initech"}


def seen(visitor):
    found = re.search(r'name="seen" value="([0-9a-f]+)"', visitor.get(f"{PEOPLE}/publish").text)
    return found[1] if found else ""


def made(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edit(visitor, path, value):
    at = visitor.home.occasion()
    kept = at.load("Jordan")
    at.keep(kept, "edit", text=set_in_person_text(kept.loaded.text, path=path, value=value))


def test_the_archive_is_the_site_that_the_command_writes_and_is_only_made_when_agreed(jordan, tmp_path):
    jordan.send(f"{PEOPLE}/publish/choose", **CHOICE)
    before = jordan.person().publish.agreed
    refused = jordan.send(f"{PEOPLE}/publish/site", theme="night", seen=seen(jordan))
    assert refused.status_code == 422
    assert "say first that everybody may read these" in refused.text
    assert jordan.person().publish.agreed == before
    answer = jordan.send(
        f"{PEOPLE}/publish/site",
        theme="night",
        seen=seen(jordan),
        agree="1",
        address="https://example.org/me",
    )
    files = made(answer)
    assert (
        jordan.send(
            f"{PEOPLE}/publish/site",
            theme="night",
            seen=seen(jordan),
            agree="1",
            address="https://example.org/me",
        ).content
        == answer.content
    )
    assert len(jordan.person().publish.agreed) > len(before)
    at = jordan.home.occasion()
    offer = offer_portfolio("Jordan", at=at, address="https://example.org/me/")

    written = publish_portfolio(offer, tmp_path / "site", at=at, agree=lambda: True, theme=Theme.NIGHT)
    assert {path.name: path.read_bytes() for path in written} == files
    assert "I keep training alive." in files["index.html"].decode()
    assert "You agreed to all of them before." in jordan.get(f"{PEOPLE}/publish").text


def test_what_changed_after_the_look_is_not_agreed_to(jordan):
    before, agreed = seen(jordan), jordan.person().publish.agreed
    edit(jordan, ("publish", "about"), "Something else")
    late = jordan.send(f"{PEOPLE}/publish/site", seen=before, agree="1")
    assert late.status_code == 422
    assert "Something changed since you looked" in late.text
    assert jordan.person().publish.agreed == agreed


def test_a_private_word_stops_preview_and_archive_and_is_named(jordan):
    jordan.send(f"{PEOPLE}/publish/choose", **{**CHOICE, "about": "At Initech I keep training alive."})
    page = jordan.get(f"{PEOPLE}/publish").text
    assert "The privacy gate stops the site:" in page
    assert "publish.about" in page
    assert jordan.get(f"{PEOPLE}/publish/site/index.html").status_code == 404
    assert jordan.send(f"{PEOPLE}/publish/site", seen="", agree="1").status_code == 422
    for bad in ({"address": "javascript:alert(1)"}, {"theme": "pink"}):
        jordan.send(f"{PEOPLE}/publish/choose", **CHOICE)
        assert jordan.send(f"{PEOPLE}/publish/site", seen=seen(jordan), agree="1", **bad).status_code == 422


def test_a_choice_is_one_change_that_comes_back_and_hides_what_it_hides(jordan):
    text = jordan.get(f"{PEOPLE}/file.yaml").text
    jordan.send(f"{PEOPLE}/publish/choose", **CHOICE)
    chosen = jordan.person().publish
    assert (chosen.about, chosen.t, chosen.artefacts, chosen.milestones, chosen.private) == (
        "I keep training alive.",
        True,
        True,
        False,
        ("Initech",),
    )
    public = [n for n, each in enumerate(jordan.person().year.artefacts) if each.public]
    assert public == []
    shown = jordan.get(f"{PEOPLE}/publish/site/index.html").text
    assert "I keep training alive." in shown
    jordan.send(f"{PEOPLE}/publish/choose", private="Initech")
    assert jordan.person().publish.artefacts is False
    assert "I keep training alive." not in jordan.get(f"{PEOPLE}/publish/site/index.html").text
    for _ in range(2):
        jordan.send(f"{PEOPLE}/undo", back=f"{PEOPLE}/publish")
    assert jordan.get(f"{PEOPLE}/file.yaml").text == text


def test_the_preview_may_use_its_own_style_and_nothing_else(jordan):
    answer = jordan.get(f"{PEOPLE}/publish/site/index.html")
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    policy = answer.headers["content-security-policy"]

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert jordan.get(f"{PEOPLE}/publish/site/roadmap.pdf").content.startswith(b"%PDF")
    for other in ("../web.key", "nothing.html", "%2e%2e"):
        assert jordan.get(f"{PEOPLE}/publish/site/{other}").status_code in (404, 405)


@pytest.mark.parametrize("form", sorted(PURPOSES))
def test_every_export_is_byte_for_byte_what_the_command_writes(jordan, form):
    at = jordan.home.occasion()
    if form in WHOLE:
        wanted = export_person("Jordan", workspace=at.workspace, now=at.now, form=form).encode()
    elif form in SKILLS:
        wanted = export_skills("Jordan", at=at, form=form).encode()
    else:
        made_now = export_plan("Jordan", at=at, form=form)
        assert isinstance(made_now, bytes)
        wanted = made_now
    answer = jordan.get(f"{PEOPLE}/exports/{form}")
    assert answer.status_code == 200
    assert answer.content == wanted
    assert answer.headers["content-disposition"].startswith("attachment; filename=jordan.")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_format_of_the_command_is_on_the_page():
    assert set(PURPOSES) == {*WHOLE, *SKILLS, *PLAN}


def test_a_calendar_has_the_sessions_that_were_typed_and_odd_ones_are_said(jordan):
    answer = jordan.get(
        f"{PEOPLE}/exports/ics", params={"session": ["tue 19:00", ""], "zone": "Europe/Berlin"}
    )
    wanted = Timetable((read_session("tue 19:00"),), read_zone("Europe/Berlin"))
    assert answer.content == export_plan("Jordan", at=jordan.home.occasion(), form="ics", timetable=wanted)
    for odd in ({"session": "someday"}, {"zone": "Atlantis"}):
        refused = jordan.get(f"{PEOPLE}/exports/ics", params=odd)
        assert refused.status_code == 422
        assert next(iter(odd.values())) in refused.text
    assert jordan.get(f"{PEOPLE}/exports/exe").status_code == 404


def test_where_no_plan_fits_the_export_says_so(jordan):
    edit(jordan, ("capacity", "hours_per_week"), 0.5)
    edit(jordan, ("activities", "pin"), ["gpt-2-training-run-reproduction"])
    answer = jordan.get(f"{PEOPLE}/exports/ics")
    assert answer.status_code == 422
    assert "no plan fits" in answer.text


@pytest.mark.parametrize("form", ["post", "talk", "readme", "write-up", "brag", "week"])
def test_an_outline_holds_what_was_recorded_and_is_the_same_as_a_file(jordan, form):
    empty = jordan.get(f"{PEOPLE}/drafts", params={"form": form}).text
    assert "Nothing is recorded there yet." in empty
    jordan.send(
        f"{PEOPLE}/log", minutes="90", skill="pytorch", goal="Resume <b>after</b> a kill", result="pass"
    )
    jordan.send(f"{PEOPLE}/checkin", hours="3", moved="It resumes <b>after</b> a kill")
    page = jordan.get(f"{PEOPLE}/drafts", params={"form": form}).text
    assert "a kill" in page
    assert "<b>after" not in page
    file = jordan.get(f"{PEOPLE}/drafts.md", params={"form": form})
    assert "a kill" in file.text
    assert file.headers["content-disposition"] == f"attachment; filename=jordan-{form}.md"


def test_an_outline_of_nothing_that_is_known_is_said(jordan):
    for odd in (
        {"form": "poem"},
        {"form": "post", "about": "q9"},
        {"form": "post", "about": "zzz"},
        {"form": "post", "since": "soon"},
    ):
        answer = jordan.get(f"{PEOPLE}/drafts", params=odd)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert jordan.get(f"{PEOPLE}/drafts.md", params=odd).status_code == 422
