"""Tables of advertisements: columns, poisoned rows, threads of a forum, and memory that stays flat."""

import csv
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.errors import UsageError
from milepost.market.ads import Ad, Pay
from milepost.market.sources import Rejected, iterate_ads, read_ads

TEXT = "We need Python, SQL and Kubernetes for product"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    return path


def ads_of(path: Path, **mapping: str) -> list[Ad]:
    return [one for one in iterate_ads(path, columns=mapping or None) if isinstance(one, Ad)]


def rejected_of(path: Path, **mapping: str) -> list[Rejected]:
    return [one for one in iterate_ads(path, columns=mapping or None) if isinstance(one, Rejected)]


def lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def sheet(rows: list[list[str]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "header",
    [
        ["id", "title", "company", "description", "posted_date", "location", "salary"],
        [
            "job_id",
            "Job Title",
            "Company Name",
            "Job Description",
            "datePosted",
            "Location",
            "Salary Estimate",
        ],
        ["jobId", "position", "companyName", "text", "publishedAt", "place", "compensation"],
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_usual_column_names_need_no_mapping(tmp_path, header, delimiter):
    row = ["7", "AI Engineer", "Acme", f"{TEXT} 1,\nand more", "2026-01-02", "Utrecht", "$100K-$120K"]
    name = "a.tsv" if delimiter == "\t" else "a.csv"
    (ad,) = ads_of(write(tmp_path, name, sheet([header, row], delimiter)))
    assert ad == Ad(
        "7", "AI Engineer", "Acme", "2026-01-02", f"{TEXT} 1,\nand more", name, "", "Utrecht", Pay(100_000, 120_000, "USD", "year")
    )  # fmt: skip


def test_a_mapping_beats_the_guess_and_reaches_into_objects(tmp_path):
    path = write(
        tmp_path, "a.jsonl", lines([{"text": "short", "info": {"long": TEXT}, "employer": {"name": "Acme"}}])
    )
    (ad,) = ads_of(path, text="info.long")
    assert (ad.text, ad.company) == (TEXT, "Acme")


def test_an_unknown_column_or_field_is_an_error_that_names_those_that_exist(tmp_path):
    path = write(tmp_path, "a.csv", sheet([["title", "description"], ["x", TEXT]]))
    with pytest.raises(UsageError, match="no column 'body'") as caught:
        read_ads([path], columns={"text": "body"})
    assert "title, description" in caught.value.hint
    with pytest.raises(UsageError, match="salery") as caught:
        read_ads([path], columns={"salery": "title"})
    assert "pay_low" in caught.value.hint


def test_a_table_without_a_text_is_set_aside_with_its_columns(tmp_path):
    (one,) = rejected_of(write(tmp_path, "a.csv", sheet([["city", "year"], ["x", "2026"]])))
    assert one.row == 0
    assert "city, year" in one.reason


def test_pay_in_columns_of_numbers_is_read(tmp_path):
    rows = [
        {
            "description": TEXT,
            "min_amount": 90000.0,
            "max_amount": 120000.0,
            "currency": "EUR",
            "interval": "yearly",
        }
    ]
    assert ads_of(write(tmp_path, "a.jsonl", lines(rows)))[0].pay == Pay(90_000, 120_000, "EUR", "year")


def test_the_days_of_a_column_are_read_the_way_the_column_writes_them(tmp_path):
    rows = [[TEXT + "1", "03/04/2026"], [TEXT + "2", "04/25/2026"]]
    assert [ad.date for ad in ads_of(write(tmp_path, "a.csv", sheet([["text", "date"], *rows])))] == [
        "2026-03-04",
        "2026-04-25",
    ]


def test_marked_up_text_in_a_column_becomes_lines(tmp_path):
    (ad,) = ads_of(
        write(
            tmp_path,
            "a.jsonl",
            lines([{"description": "<h3>Must</h3><ul><li>Python</li><li>C++ &amp; Rust</li></ul>"}]),
        )
    )
    assert ad.text == "Must\n\n- Python\n- C++ & Rust"


POISON = [
    "{not json", "[1, 2]", "null", '"text"', '{"text": 5', "\x00", '{"text": "\\ud800 too short"', "[" * 100_000, '{"other": 1}',
    '{"text": null, "title": {"a": []}}', '{"text": "x", "date": 1e400}', '{"text": {"deep": [1]}, "id": [[]]}',
]  # fmt: skip


@given(st.lists(st.sampled_from(POISON), max_size=4), st.integers(0, 5))
def test_a_poisoned_line_never_stops_a_run(tmp_path_factory, poison, place):
    good = lines(
        [{"text": f"{TEXT} {n}", "title": "AI Engineer", "date": "2026-01-01"} for n in range(5)]
    ).splitlines()
    path = write(tmp_path_factory.mktemp("t"), "a.jsonl", "\n".join([*good[:place], *poison, *good[place:]]))
    assert [ad.text[-1] for ad in ads_of(path)] == list("01234")
    numbers = range(place + 1, place + 1 + len(poison))
    held = {place + 1 + at for at, line in enumerate(poison) if line.strip("\0")}
    assert {one.row for one in rejected_of(path)} == held & set(numbers)


@pytest.mark.parametrize(
    "row", ['"never closed,x', "too,many,values,here", 'a "quote" in,"it""s"x', '"x" y,z', "\x00,"]
)
def test_a_poisoned_row_of_a_sheet_costs_itself_and_no_other(tmp_path, row):
    good = [f"T{n},{TEXT} {n}".replace(", ", " ") for n in range(6)]
    path = write(tmp_path, "a.csv", "\n".join(["title,text", *good[:3], row, *good[3:]]) + "\n")
    assert [ad.text[-1] for ad in ads_of(path)] == list("012345")
    assert all(one.row == 5 for one in rejected_of(path))


FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=30, max_size=60).map(
    lambda text: f"Python {text} end here."
)


@given(st.lists(FIELD, min_size=1, max_size=5, unique=True))
def test_every_row_that_a_sheet_holds_comes_out(tmp_path_factory, texts):
    path = write(
        tmp_path_factory.mktemp("t"),
        "a.csv",
        sheet([["title", "text"], *(["AI Engineer", text] for text in texts)]),
    )
    assert len(ads_of(path)) == len(texts)
    assert rejected_of(path) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_sheet_may_be_in_any_usual_encoding(tmp_path, encoding):
    path = write(
        tmp_path, "a.csv", sheet([["title", "text"], ["Ingenieur", f"{TEXT} für Köln"]]).encode(encoding)
    )
    assert [(ad.title, ad.text) for ad in ads_of(path)] == [("Ingenieur", f"{TEXT} für Köln")]


def test_a_packed_file_that_breaks_off_gives_what_it_has(tmp_path):
    path = write(
        tmp_path, "a.jsonl.gz", lines([{"text": f"{TEXT} {n} {'x' * (n % 97)}"} for n in range(9000)])
    )
    path.write_bytes(path.read_bytes()[:-2000])
    assert len(ads_of(path)) > 1000
    assert "breaks off" in rejected_of(path)[-1].reason


def test_a_line_of_a_megabyte_is_a_row_like_any_other(tmp_path):
    path = write(tmp_path, "a.jsonl", lines([{"text": "word " * 200_000}, {"text": TEXT}]))
    assert [len(ad.text) > 900_000 for ad in ads_of(path)] == [True, False]


def test_parquet_is_read_in_its_order(tmp_path):
    path = tmp_path / "we[ir]d.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT 'T' || range AS title, '{TEXT} ' || range AS description, DATE '2026-01-01' AS posted_date FROM range(1500)) "
        f"TO '{path}' (FORMAT parquet)"
    )
    ads = ads_of(path)
    assert [ad.title for ad in ads] == [f"T{n}" for n in range(1500)]
    assert {ad.date for ad in ads} == {"2026-01-01"}
    assert ads[41].id == "we[ir]d.parquet:42"
    path.write_bytes(path.read_bytes()[:500])
    assert "Parquet" in rejected_of(path)[0].reason


STORY = {"id": 1, "type": "story", "title": "Ask HN: Who is hiring? (January 2026)", "text": "Please"}
POST = "Acme (https:&#x2F;&#x2F;acme.io) | AI Engineer | Berlin or REMOTE (EU) | Full-time | &#x20AC;80k-100k<p>We use Python &amp; vLLM.<p>Mail jobs@acme.io"


@pytest.mark.parametrize(
    "content",
    [
        {**STORY, "children": [{"id": 2, "text": POST, "created_at": "2026-01-02T10:00:00Z", "children": [{"id": 3, "text": "Still open?"}]}, {"id": 4, "text": None}]},
        [STORY, {"id": 2, "parent": 1, "type": "comment", "time": 1767348000, "text": POST}, {"id": 3, "parent": 2, "type": "comment", "text": "Open?"}, {"id": 4, "parent": 1, "deleted": True, "type": "comment"}],
        {"hits": [{"objectID": "2", "comment_text": POST, "created_at": "2026-01-02T10:00:00Z", "story_id": 1, "parent_id": 1}, {"objectID": "4", "comment_text": "", "story_id": 1, "parent_id": 1}]},
    ],
    ids=["algolia tree", "firebase list", "algolia search"],
)  # fmt: skip
def test_a_thread_of_who_is_hiring_is_read_in_all_its_shapes(tmp_path, content):
    path = write(tmp_path, "thread.json", json.dumps(content))
    (ad,) = ads_of(path)
    assert (ad.id, ad.title, ad.company, ad.place) == ("2", "AI Engineer", "Acme", "Berlin or REMOTE (EU)")
    assert (ad.date, ad.pay) == ("2026-01-02", Pay(80_000, 100_000, "EUR", "year"))
    assert ad.text.split("\n\n")[1:] == ["We use Python & vLLM.", "Mail <email>"]
    assert [one.reason for one in rejected_of(path)] == ["the post was deleted or is empty"]


def test_posts_as_plain_rows_are_read_and_remarks_set_aside(tmp_path):
    rows = [
        {
            "thread": "x",
            "id": 1,
            "time": "2026-01-02T10:00:00Z",
            "text": f"Acme | AI Engineer | Remote\n{TEXT}",
        },
        {"thread": "x", "id": 2, "time": "2026-01-02T10:00:00Z", "text": "@dang can we prune some of these?"},
        {
            "thread": "x",
            "id": 3,
            "time": "2026-01-02T10:00:00Z",
            "text": "Location: Berlin\nRemote: Yes\nTechnologies: Rust, engineer",
        },
    ]
    path = write(tmp_path, "a.jsonl.gz", lines(rows))
    assert [(ad.company, ad.title, ad.place) for ad in ads_of(path)] == [("Acme", "AI Engineer", "Remote")]
    assert [one.row for one in rejected_of(path)] == [2, 3]


def test_a_json_file_may_hold_a_list_an_object_around_it_or_one_advertisement(tmp_path):
    rows = [{"title": "A", "description": f"{TEXT} 1"}, {"title": "B", "description": f"{TEXT} 2"}]
    for content, titles in ((rows, "AB"), ({"count": 2, "data": {"jobs": rows}}, "AB"), (rows[0], "A")):
        assert "".join(ad.title for ad in ads_of(write(tmp_path, "a.json", json.dumps(content)))) == titles
    assert "no valid JSON" in rejected_of(write(tmp_path, "b.json", "{"))[0].reason


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"id": "a", "text": "ML Engineer", "categories": {"location": "Berlin"}, "descriptionPlain": TEXT, "createdAt": 1767369600000},
            ("ML Engineer", "", "Berlin", "2026-01-02", TEXT),
        ),
        (
            {"title": "AI Engineer", "location": {"name": "Remote"}, "company_name": "Acme", "first_published": "2026-02-01T00:00:00-05:00",
             "content": "&lt;p&gt;You know:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;SQL &amp;amp; Python&lt;/li&gt;&lt;/ul&gt;"},
            ("AI Engineer", "Acme", "Remote", "2026-02-01", "You know:\n\n- SQL & Python"),
        ),
        (
            {"title": "Data Scientist", "company": {"display_name": "Globex"}, "location": {"display_name": "Leeds"}, "description": TEXT,
             "created": "2026-01-09T10:00:00Z"},
            ("Data Scientist", "Globex", "Leeds", "2026-01-09", TEXT),
        ),
    ],
    ids=["lever", "greenhouse", "adzuna"],
)  # fmt: skip
def test_what_job_sites_send_is_read_as_it_comes(tmp_path, row, expected):
    (ad,) = ads_of(write(tmp_path, "a.json", json.dumps([row])))
    assert (ad.title, ad.company, ad.place, ad.date, ad.text) == expected


MEASURE = """
import resource, sys
from pathlib import Path
from milepost.market.sources import iterate_ads
next(iterate_ads(Path(sys.argv[1])))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in iterate_ads(Path(sys.argv[1])))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_memory_stays_flat_however_many_rows_there_are(tmp_path, kind):
    """A file of about 80 MB once unpacked; reading it whole would need several times as much."""
    path = tmp_path / f"big.{kind}"
    form = {
        "csv": "(FORMAT csv, HEADER)",
        "jsonl": "(FORMAT json)",
        "parquet": "(FORMAT parquet, ROW_GROUP_SIZE 2048)",
    }[kind]
    rows = f"SELECT range AS id, '{TEXT} ' || range AS description, repeat('padding ' || range, 600) AS other FROM range(10000)"
    duckdb.connect().execute(f"COPY ({rows}) TO '{path}' {form}")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    count, kilobytes = map(int, done.stdout.split())
    assert count == 10_000
    assert kilobytes < 40_000 * (1024 if sys.platform == "darwin" else 1)


@pytest.mark.parametrize(
    ("file", "rows", "least"),
    [
        ("ai-engineer-ads-2026/ai_engineer_ads.jsonl.gz", 1764, {"title": 1.0, "company": 0.99, "date": 0.99, "place": 0.9, "pay": 0.38}),
        ("hn-who-is-hiring-2026/hn_hiring_2026.jsonl.gz", 1720, {"title": 0.8, "company": 0.9, "date": 1.0, "place": 0.85, "pay": 0.2}),
        ("linkedin-ai-ml-ads-2024/linkedin_ai_ml.jsonl.gz", 862, {"title": 1.0, "company": 0.99, "date": 0.98, "place": 1.0, "pay": 0.3}),
        ("nl-ai-engineer-ads-2023-2025/nl_ai_ads.jsonl.gz", 1272, {"title": 1.0, "company": 0.99, "date": 1.0, "place": 0.85}),
    ],
)  # fmt: skip
def test_real_sets_are_read_with_their_own_columns(shared, file, rows, least):
    found = list(iterate_ads(shared / "data" / file))
    ads = [one for one in found if isinstance(one, Ad)]
    assert len(found) == rows
    assert len(ads) >= 0.94 * rows
    for field, share in least.items():
        assert sum(bool(getattr(ad, field)) for ad in ads) >= share * len(ads), field
