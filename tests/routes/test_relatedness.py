"""The table of relatedness: what it holds, and every fault of it at once."""

from milepost.files.relatedness import LEAST, MOST, load_relatedness, read_relatedness

HEAD = "source: made up\ndate: 2026-11-23\nbasis: assumption\nrelated:\n"


def write(folder, rows):
    (folder / "relatedness.yaml").write_text(HEAD + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
    return folder


def test_the_shipped_table_names_known_skills_and_lends_from_two_fifths_to_below_all(catalogue):
    table = load_relatedness()
    assert len(table) > 50
    for skill, row in table.items():
        assert skill in catalogue.tree.skills
        assert skill not in row
        for lender, credit in row.items():
            assert lender in catalogue.tree.skills
            assert LEAST <= credit <= MOST < 1


def test_a_table_is_read_by_the_skill_that_gets_the_credit(tmp_path, catalogue):
    rows = ["{from: kubernetes, to: ray, credit: 0.5, reason: clusters}"]
    table, problems = read_relatedness(write(tmp_path, rows), catalogue)
    assert problems == ()
    assert table == {"ray": {"kubernetes": 0.5}}


def test_every_fault_of_a_table_is_named_at_once_with_its_line(tmp_path, catalogue):
    rows = [
        "{from: kubernetes, to: ray, credit: 0.5, reason: clusters}",
        "{from: kubernets, to: ray, credit: 0.5, reason: a typing error}",
        "{from: ray, to: ray, credit: 0.5, reason: itself}",
        "{from: kubernetes, to: ray, credit: 0.6, reason: once more}",
        "{from: docker, to: ray, credit: 0.39, reason: too little}",
        "{from: docker, to: kubernetes, credit: 1, reason: all of it}",
        "{from: linux, to: docker, credit: 0.5}",
    ]
    _, problems = read_relatedness(write(tmp_path, rows), catalogue)
    by_line = {problem.line - 4: problem for problem in problems}
    assert sorted(by_line) == [2, 3, 4, 5, 6, 7]
    assert "kubernets" in by_line[2].message
    assert "kubernetes" in by_line[2].hint
    assert "itself" in by_line[3].message
    assert "already" in by_line[4].message
    assert all("0.4" in f"{by_line[row].message} {by_line[row].hint}" for row in (5, 6))
    assert "reason" in f"{by_line[7].field} {by_line[7].message}"
    assert all(problem.hint for problem in problems)
