"""A set of advertisements in the browser: any kind of file, bad rows with their reasons, no text kept."""

import json
import os

import pytest
from fastapi.testclient import TestClient

from milepost.web.app import make_app
from milepost.web.errands import COUNTS
from web.conftest import BASE, PORT  # type: ignore[import-not-found]
from web.long_work import wait_for_end, write_ads  # type: ignore[import-not-found]


def count(visitor, source, **more):
    answer = visitor.send("/market/start", source=str(source), **more)
    assert answer.status_code == 200
    wait_for_end(visitor.client.app.state.works, COUNTS, "")
    return visitor.get("/market").text


def as_json_lines(folder, rows):
    path = folder / "ads.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def as_csv(folder, rows):
    import csv

    path = folder / "ads.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_parquet(folder, rows):
    import duckdb

    lines, path = as_json_lines(folder, rows), folder / "ads.parquet"
    with duckdb.connect() as database:
        database.sql(f"SELECT * FROM read_json('{lines}')").write_parquet(str(path))
    return path


def as_folder(folder, rows):
    inner = folder / "ads"
    inner.mkdir()
    for number, row in enumerate(rows):
        text = f"{row['title']}\n{row['company']}\n\n{row['text']}"
        (inner / f"{number}.txt").write_text(text, encoding="utf-8")
    return inner


ROWS = [
    {
        "title": f"Engineer {number}",
        "company": f"Company {number}",
        "date": f"2026-01-{number + 1:02d}",
        "text": f"Requirements\n- Python and PyTorch for our team, posting {number}\n- Docker in production",
    }
    for number in range(12)
]


@pytest.mark.parametrize("write", [as_json_lines, as_csv, as_parquet, as_folder])
def test_every_kind_of_set_is_counted(visitor, tmp_path, write):
    page = count(visitor, write(tmp_path, ROWS))
    assert "<dt>Advertisements</dt><dd>12</dd>" in page
    assert ">Python" in page
    assert ">Docker and containers" in page


def test_bad_rows_are_counted_with_their_reasons_and_where_the_first_stands(visitor, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=9, bad=3)
    with source.open("a", encoding="utf-8") as file:
        file.write('{"title": "x", "text": "short"}\n{"title": "y", "text": "short too"}\n')
    page = count(visitor, source)
    assert "<dt>Put aside</dt><dd>5</dd>" in page
    aside = page.split('id="aside-heading"')[1]
    assert '<td class="num">3</td><td>no valid JSON' in aside
    assert "<td data-content>ads.jsonl:10</td>" in aside
    assert '<td class="num">2</td><td>only 5 characters of text</td>' in aside


def test_the_numbers_survive_the_server_and_a_role_is_a_prior(visitor, home, folder, tmp_path):
    page = count(visitor, as_json_lines(tmp_path, ROWS), role="ml-engineer")
    assert "as five more advertisements." in page
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE) as again:
        kept = again.get("/market").text
    assert "<dt>Advertisements</dt><dd>12</dd>" in kept
    assert "Forgotten." in visitor.send("/market/drop").text
    assert "What they ask for" not in visitor.get("/market").text


def test_a_column_that_is_not_found_can_be_named(visitor, tmp_path):
    rows = [{"a": row["title"], "b": row["text"]} for row in ROWS]
    asked = count(visitor, as_csv(tmp_path, rows))
    if "<dt>Advertisements</dt>" not in asked:
        assert "no column looks like the text" in asked
    assert "<dt>Advertisements</dt>" in count(visitor, tmp_path / "ads.csv", column="b")


def test_what_cannot_be_counted_is_a_sentence_and_what_was_typed_stays(visitor, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{broken\n", encoding="utf-8")
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    for source, said in (
        (tmp_path / "nowhere", "there is no such file or folder"),
        (empty, "no advertisement was found"),
        (broken, "no advertisement was found"),
        (pipe, "this is neither a file nor a folder"),
        ("ads.csv", "this is not a whole path"),
        ("/" + "x" * 3000, "File name too long"),
        ("/nowhere/\0x", "cannot be read"),
    ):
        page = count(visitor, source)
        assert "This could not be counted." in page
        assert said in page, source
        assert "a bug in Milepost" not in page
    assert f'value="{pipe}"' in (count(visitor, pipe))


@pytest.mark.parametrize("fields", [{}, {"source": "  "}, {"source": "/x", "role": "king"}])
def test_an_empty_or_odd_form_starts_nothing(visitor, fields):
    answer = visitor.send("/market/start", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert visitor.client.app.state.works.load(COUNTS, "") is None


def test_a_changed_file_is_counted_anew_after_a_stop(visitor, folder, tmp_path):
    """The parts of another state of the file lie on the desk; they are not mixed with the new ones."""
    source = write_ads(tmp_path / "ads.jsonl", rows=30)
    count(visitor, source)
    (kept,) = (folder / "counts").glob("*.json")
    kept.write_text(
        kept.read_text(encoding="utf-8").replace('"state": "ready"', '"state": "running"'), encoding="utf-8"
    )
    assert "The server stopped while it was counting" in visitor.get("/market").text
    parts = kept.with_suffix(".desk") / "count" / "parts"
    parts.mkdir(parents=True)
    (parts / "corpus.json").write_text("{}", encoding="utf-8")
    (parts / "part-0000000.parquet").write_bytes(b"of another file")
    assert "<dt>Advertisements</dt><dd>30</dd>" in count(visitor, source)
