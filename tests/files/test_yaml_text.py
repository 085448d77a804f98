"""YAML text becomes nodes with places, or problems; it never raises."""

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given, settings

from milepost.files import yaml_text
from milepost.files.nodes import plain
from milepost.files.yaml_text import MOST_BYTES, read_yaml

WORDS = ["http://a.b", "{a: b}", "[a, b]", "a #b", "name: Sam", "b: c", "true", ".5", "-1", "x: >", "? a"]
SIGNS = [
    ": ",
    "- ",
    " #",
    "\n",
    "\n  ",
    "\n    ",
    "&a",
    "*a",
    "...",
    "---",
    "''",
    "\n- ",
    "\n  - ",
    "<<",
    "\r\n",
]
PIECES = st.sampled_from([*WORDS, *SIGNS, *"#,[]{}'\"\\|>!%@?-a1~\t é:\u00a0\ufeff"])
YAMLISH = st.lists(PIECES, max_size=25).map("".join)


def only_problem(data: bytes | str) -> tuple[int, int, str, str]:
    """Line, column, message and hint of a text with exactly one problem."""
    (problem,) = read_yaml(data, path="p.yaml").problems
    assert problem.path == "p.yaml"
    return problem.line, problem.column, problem.message, problem.hint


def test_every_key_and_value_has_a_place() -> None:
    sheet = read_yaml("name: Sam\nratings:\n  python: {level: 4}\n", path="p.yaml")
    assert sheet.root is not None
    assert isinstance(sheet.root.value, dict)
    ratings = sheet.root.value["ratings"].value
    assert isinstance(ratings, dict)
    python = ratings["python"]
    assert python.key == (3, 3)
    assert python.mark == (3, 11)


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"", 1, 1, "empty"),
        (b"# nothing but a remark\n", 1, 1, "empty"),
        ("name: Zoë".encode("utf-16"), 0, 0, "UTF-16"),
        ("name: Sam\nx: Zoë".encode("latin-1"), 0, 0, "not UTF-8"),
        (b"name: Sam\nx: a\x00b\n", 2, 5, "U+0000"),
        (b"name: Sam\n\tx: 1\n", 2, 1, "not valid YAML"),
        (b"name: Sam\nname: Alex\n", 2, 1, "name is written twice, first on line 1"),
        (b"name: &a Sam\n", 1, 7, "anchor &a"),
        (b"name: !!python/object:os.system x\n", 1, 7, "the tag"),
        (b"name: Sam\n---\nname: Alex\n", 2, 1, "second document"),
        (b"- a\n- b\n", 1, 1, "top level"),
        (b"just words\n", 1, 1, "top level"),
        (b"name: part 2: serving\n", 1, 13, "a second `: `"),
        (b"name: 'open\n\n", 1, 7, "a quote is opened"),
        (b"a: [1, 2\n", 1, 4, "brackets or commas"),
        (b"a: 1\nfoo\nb: 2\n", 2, 1, "no `key: value`"),
        (b"a:\n  - b\n c: 1\n", 3, 2, "does not fit"),
        (b"*a : 1\n", 1, 1, "a key has to be a word"),
        (b'a: "\\0"\n', 1, 4, "cannot stand in a text file"),
        (b"? [a, b]\n: c\n", 1, 3, "a key has to be a word"),
        (b'name: "\\ud800"\n', 1, 10, "backslash"),
    ],
)
def test_a_text_that_cannot_be_used_says_where_and_why(
    data: bytes, line: int, column: int, words: str
) -> None:
    found = only_problem(data)
    assert found[:2] == (line, column)
    assert words in found[2]
    assert found[3]


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read_yaml(b"\xef\xbb\xbfname: Sam\n", path="p").problems == ()


def test_windows_line_ends_are_no_problem() -> None:
    sheet = read_yaml(b"name: Sam\r\nads: [a, b]\r\n", path="p")
    assert sheet.root is not None
    assert plain(sheet.root) == {"name": "Sam", "ads": ["a", "b"]}


def test_a_billion_laughs_are_not_told() -> None:
    lines = ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    problems = read_yaml("\n".join(lines), path="p").problems
    assert any("alias *a0" in problem.message and problem.line == 2 for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "{a: " * 100_000,
        "a: " + "[{b: " * 100_000,
        "- " * 100_000,
        "".join(" " * n + "a:\n" for n in range(1_000)),
    ],
)
def test_deep_nesting_is_stopped(text: str) -> None:
    assert "levels inside each other" in only_problem(text)[2]


def test_only_the_core_words_of_yaml_1_2_are_more_than_text() -> None:
    text = "a: [yes, no, on, 12:30, 1_000, 2026-01-01, '1', true, 7, 0x1F, 1e3, ~]"
    sheet = read_yaml(text, path="p")
    values = ["yes", "no", "on", "12:30", "1_000", "2026-01-01", "1", True, 7, 31, 1000.0, None]
    assert sheet.root is not None
    assert plain(sheet.root) == {"a": values}


def test_a_huge_file_is_refused_by_its_size() -> None:
    assert "larger than 4 MB" in only_problem(b"a" * (MOST_BYTES + 1))[2]


def test_a_huge_text_is_refused_with_its_place() -> None:
    assert only_problem("name: Sam\nx: " + "a" * 100_001)[:2] == (2, 4)


def test_a_large_file_with_a_mistake_names_the_line() -> None:
    text = "x: y\n" + "".join(f"key{n}: {'word ' * 20}\n" for n in range(6_000)) + "x: again\n"
    assert only_problem(text)[0] == 6_002


def test_all_duplicate_keys_are_named_at_once() -> None:
    problems = read_yaml("a: 1\nb: 2\na: 3\nb: 4\nb: 5\n", path="p").problems
    assert [problem.line for problem in problems] == [3, 4, 5]


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_explained(data: bytes) -> None:
    sheet = read_yaml(data, path="p")
    assert (sheet.root is None) <= bool(sheet.problems)


@settings(max_examples=300)
@given(YAMLISH)
def test_text_that_looks_like_yaml_is_read_or_explained(text: str) -> None:
    sheet = read_yaml(text, path="p")
    assert (sheet.root is None) <= bool(sheet.problems)
    for problem in sheet.problems:
        assert 1 <= problem.line <= len(text.splitlines()) + 1
        assert problem.hint


@settings(max_examples=300)
@given(YAMLISH)
def test_without_libyaml_the_same_is_read(text: str) -> None:
    fast = read_yaml(text, path="p")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "LOADER", yaml.BaseLoader)
        slow = read_yaml(text, path="p")
    assert all(problem.hint for problem in slow.problems)
    if fast.root is not None and slow.root is not None:
        assert plain(fast.root) == plain(slow.root)
