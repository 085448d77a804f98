"""Counting a corpus: one process and all cores agree to the last count, and a batch that is done stays done."""

import json

import pytest

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.market.engines.local import write_parts
from milepost.market.engines.parts import make_batches, part_path
from milepost.market.engines.tally import count_parts, read_rejected

SKILLS = ("Python and SQL", "PyTorch, Docker and Kubernetes", "RAG with LangChain", "Terraform on AWS")


def write_corpus(path, rows=60):
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            row = {
                "title": f"Engineer {number % 25}",
                "company": f"Company {number % 7}",
                "date": f"2026-{number % 6 + 1:02d}-03",
                "text": f"Requirements\n- {SKILLS[number % 4]}\n- posting {number % 40}, for a team that ships every week",
            }
            file.write(json.dumps(row) + "\n" if number != 13 else "{broken\n")
    return path


@pytest.fixture(scope="module")
def tree():
    return load_catalogue().tree


def test_one_process_and_two_workers_count_the_same_and_a_broken_row_is_put_aside(tmp_path, tree):
    source = write_corpus(tmp_path / "ads.jsonl")
    write_parts([source], tmp_path / "one", tree)
    write_parts([source], tmp_path / "two", tree, workers=2)
    one, two = (count_parts(tmp_path / name, source="test") for name in ("one", "two"))
    assert one == two
    assert one.read == 59
    assert one.folded > 0
    assert one.rejected == 1
    assert len(list(read_rejected(tmp_path / "one"))) == 1
    assert one.demand.companies == 7
    assert one.demand.skills["python"].companies >= 1
    assert sum(one.whole.skills["python"]) >= one.demand.skills["python"].ads
    assert one.demand.ads <= sum(one.whole.ads) <= one.read


def test_a_part_that_is_there_is_not_made_again_and_other_files_are_refused(tmp_path, tree):
    source = write_corpus(tmp_path / "ads.jsonl")
    out = tmp_path / "out"
    write_parts([source], out, tree)
    made = part_path(out, 0).stat().st_mtime_ns
    write_parts([source], out, tree)
    assert part_path(out, 0).stat().st_mtime_ns == made
    other = write_corpus(tmp_path / "other.jsonl", rows=20)
    with pytest.raises(UsageError, match="other files"):
        write_parts([other], out, tree)


def test_a_stream_is_cut_into_batches_in_order():
    assert [len(batch.ads) for batch in make_batches(iter(()), size=3)] == []
