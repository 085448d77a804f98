"""Roles from frameworks and ladders: what is mapped says from which words, what is not is listed."""

import datetime as dt
from pathlib import Path

import pytest

from milepost.errors import InvalidInput, UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.role import read_role_text, write_role_text
from milepost.files.taxonomies.crosswalks import crosswalk_ids, load_crosswalk, read_crosswalk
from milepost.files.taxonomies.frameworks import read_framework
from milepost.model.roles import Seniority
from milepost.workflows.taxonomies import find_framework_role, import_role, read_scale
from taxonomies.downloads import COMPANY, FRAMEWORK, LADDER, packed, workbook  # type: ignore[import-not-found]

TODAY = dt.date(2026, 11, 23)
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture
def framework(tmp_path):
    path = tmp_path / "roles.csv"
    path.write_text(FRAMEWORK, encoding="utf-8")
    return read_framework(path)


@pytest.fixture
def ladder(tmp_path):
    path = tmp_path / "TorchLead.md"
    path.write_text(LADDER, encoding="utf-8")
    return read_framework(path)


def targets(draft):
    return {each.skill: (each.level, each.confidence, each.accept) for each in draft.targets}


def test_a_framework_gives_levels_with_their_basis_and_lists_what_is_left(framework):
    draft = import_role(framework, "torch engineer", today=TODAY)
    found = targets(draft)
    assert found["data-modelling"] == (2.5, 0.95, True)
    assert found["rest-apis"] == (1.0, 0.6, False)
    assert [each.skill for each in draft.role.targets] == ["data-modelling"]
    assert [(each.name, each.level) for each in draft.unmapped] == [("Torch juggling", "Expert")]
    assert "Working = 2.5" in draft.basis
    assert "Open Government Licence" in draft.source
    assert draft.targets[0].reason == "Data modelling, Working: model simple things"
    assert draft.role.meaning == "Builds torches"


def test_an_unknown_word_for_a_level_is_said_and_can_be_given(framework):
    draft = import_role(framework, "Senior torch engineer", today=TODAY)
    assert draft.role.seniority is Seniority.SENIOR
    assert "--scale" in draft.unmapped[0].why
    said = import_role(framework, "Senior torch engineer", today=TODAY, scale=read_scale(["Fabulous=5"]))
    assert targets(said)["software-testing"][0] == 5.0
    assert said.unmapped == ()


@pytest.mark.parametrize("text", ["Working", "=3", "Working=much", "Working=9", "Working=2.2", "Working=0"])
def test_a_scale_that_is_none_is_refused(text):
    with pytest.raises(UsageError, match="no level"):
        read_scale([text])


def test_rows_that_are_not_in_use_give_no_role(framework):
    assert [role.level for role in framework.roles] == ["Torch engineer", "Senior torch engineer"]


def test_a_company_table_is_mapped_by_names_and_numbers(tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text(COMPANY, encoding="utf-8")
    draft = import_role(read_framework(path), "Platform engineer", today=TODAY)
    assert targets(draft)["kubernetes"] == (4.0, 0.98, True)
    assert "docker" not in targets(draft)
    assert [each.name for each in draft.unmapped] == ["Docker"]
    rows = [line.split(";") for line in COMPANY.splitlines()]
    assert read_framework(workbook(tmp_path / "ours.xlsx", rows)).roles == read_framework(path).roles


def test_a_ladder_gives_each_step_its_level_and_asks_for_the_stack(ladder):
    open_ = import_role(ladder, "TL4 - Torch Lead 4", today=TODAY)
    assert {each.name for each in open_.unmapped} == {"Masters", "Glows"}
    assert any("--stack" in each.why for each in open_.unmapped)
    draft = import_role(ladder, "TL4 - Torch Lead 4", today=TODAY, stack=("pytorch", "python"))
    assert targets(draft)["pytorch"] == targets(draft)["python"] == (4.0, 0.8, True)
    assert targets(draft)["mentoring"] == (3.0, 0.9, True)
    assert draft.role.meaning == "Leads the torches of a team."
    assert draft.role.seniority is Seniority.LEAD
    with pytest.raises(UnknownName, match="no skill"):
        import_role(ladder, "TL4 - Torch Lead 4", today=TODAY, stack=("pyhton",))


def test_a_role_with_several_levels_names_them_and_an_unknown_one_the_nearest(framework, ladder):
    with pytest.raises(UsageError) as several:
        find_framework_role(ladder, "torch lead")
    assert "TL5 - Torch Lead 5" in several.value.hint
    with pytest.raises(UnknownName) as unknown:
        find_framework_role(framework, "senior torch")
    assert "Senior torch engineer" in unknown.value.hint


def test_every_draft_is_a_role_file_that_is_read_back(framework, ladder):
    for source in (framework, ladder):
        for role in source.roles:
            draft = import_role(source, role.title, today=TODAY, stack=("python",))
            assert (
                read_role_text(write_role_text(draft), path="role.yaml", catalogue=load_catalogue()) == draft
            )


def test_a_file_is_never_written_over_and_an_empty_role_never_written(framework, tmp_path):
    out = tmp_path / "role.yaml"
    import_role(framework, "Torch engineer", today=TODAY, out=out)
    before = out.read_bytes()
    with pytest.raises(UsageError, match="there already"):
        import_role(framework, "Torch engineer", today=TODAY, out=out)
    assert out.read_bytes() == before
    table = tmp_path / "few.csv"
    table.write_text("Role,Skill,Level\nJuggler,Torches,3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="asks for nothing"):
        import_role(read_framework(table), "Juggler", today=TODAY, out=tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "Role,Skill\nx,y\n", "Skill Level"),
        ("a.md", "# Title\nNothing here\n", "no framework and no ladder"),
        ("a.csv", "Role,Skill,Level\n,,\n", "names no role"),
    ],
)
def test_what_is_no_framework_says_what_is_wanted(tmp_path, name, text, words):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=words):
        read_framework(tmp_path / name)


def test_a_zip_of_a_framework_is_read_too(tmp_path):
    path = packed(tmp_path / "x.zip", {"readme.txt": "hello", "roles.csv": FRAMEWORK})
    assert len(read_framework(path).roles) == 2


@pytest.mark.parametrize("id_", crosswalk_ids())
def test_every_shipped_crosswalk_names_skills_that_exist(id_):
    crosswalk = load_crosswalk(id_, catalogue=load_catalogue())
    assert crosswalk.id == id_
    assert crosswalk.credit
    assert all(bridges for bridges in crosswalk.needs.values())
    unsaid = [bridge for bridges in crosswalk.needs.values() for bridge in bridges if bridge.level is None]
    assert not unsaid or crosswalk.scale


def test_a_crosswalk_with_a_slip_is_a_problem_with_its_line(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(
        "source: s\ndate: 2026-11-23\nbasis: assumption\nframework: {id: x, name: X, credit: c}\nscale: []\n"
        "needs:\n  - {name: A, skills: [{skill: pyhton, confidence: 2}]}\n  - {name: a, skills: []}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as caught:
        read_crosswalk(path, catalogue=load_catalogue())
    assert {(each.line, each.field) for each in caught.value.problems} >= {
        (7, "needs.0.skills.0.skill"),
        (7, "needs.0.skills.0.confidence"),
        (8, "needs.1.name"),
    }


@pytest.mark.parametrize(
    ("folder", "roles", "needs"),
    [("uk-ddat-capability-framework/roles.csv.gz", 201, 1797), ("career-ladders/engineeringladders", 18, 90)],
)
def test_the_real_frameworks_become_roles_that_can_be_read_back(folder, roles, needs):
    path = SHARED / folder
    if not path.exists():
        pytest.skip("the real framework is not beside this repository")
    framework = read_framework(path)
    assert (len(framework.roles), sum(len(role.needs) for role in framework.roles)) == (roles, needs)
    for role in framework.roles[::7]:
        draft = import_role(framework, f"{role.name}: {role.level}", today=TODAY, stack=("python",))
        if draft.role.targets:
            assert read_role_text(write_role_text(draft), path="r", catalogue=load_catalogue()).role.targets
