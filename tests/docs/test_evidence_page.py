"""The page on evidence says what the code does."""

from pathlib import Path

from milepost.files.repository import history, look, showing
from milepost.files.repository.rule import RUNGS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text("utf-8")


def test_the_rule_of_levels_on_the_page_is_the_rule_of_the_code():
    for rung in RUNGS:
        assert f"| {rung.level:g} | {rung.months} | {rung.commits} | {rung.files} |" in PAGE


def test_the_bounds_on_the_page_are_those_of_the_code():
    assert f"more than {history.WIDE_FILES} files" in PAGE
    assert f"more than {look.PASTED_LINES:,} lines" in PAGE
    assert (
        f"{showing.MOST_FILES:,}, {showing.MOST_VERSIONS:,}, {showing.MOST_TOTAL_BYTES // 1024**2} MB" in PAGE
    )
    assert f"{history.MOST_CHANGES // 10**6} million" in PAGE
