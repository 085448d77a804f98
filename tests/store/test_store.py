"""What the store promises, on SQLite and on PostgreSQL alike."""

import hashlib
import threading
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.errors import PersonNotFound, WorkspaceError
from milepost.store import NewPlan, Store, open_store

JORDAN = "# mine\r\nname: Jordan\ntarget: {role: ml-infrastructure-engineer}   \n\n"
STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NAMES = STORABLE.filter(lambda name: 1 <= len(unicodedata.normalize("NFC", name.strip())) <= 200)


def test_a_document_comes_back_byte_for_byte_with_number_digest_and_time(store: Store):
    assert store.save_person("Jordan", JORDAN) == 1
    saved = store.load_person("Jordan")
    assert saved.document == JORDAN == store.load_person_document("Jordan")
    assert saved.version == 1
    assert saved.digest == hashlib.sha256(JORDAN.encode()).hexdigest()
    assert saved.saved_at == datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_what_was_saved_is_there_after_closing_and_opening(url: str, now: Callable[[], datetime]):
    with open_store(url, now=now) as first:
        first.save_person("Jordan", JORDAN)
    with open_store(url, now=now) as second:
        assert second.load_person_document("Jordan") == JORDAN


def test_every_save_is_a_new_version_and_the_old_ones_stay(store: Store):
    texts = ["name: Jordan\n", JORDAN, ""]
    assert [store.save_person("Jordan", text) for text in texts] == [1, 2, 3]
    versions = store.load_versions("Jordan")
    assert [(each.number, each.document) for each in versions] == list(enumerate(texts, start=1))
    assert versions[0].saved_at < versions[1].saved_at < versions[2].saved_at


def test_saving_the_text_that_is_there_already_makes_no_version(store: Store):
    store.save_person("Jordan", JORDAN)
    assert store.save_person("Jordan", JORDAN) == 1
    assert len(store.load_versions("Jordan")) == 1


def test_restoring_a_version_saves_its_text_as_a_new_one(store: Store):
    store.save_person("Jordan", "old")
    store.save_person("Jordan", "new")
    assert store.restore_version("Jordan", 1) == 3
    assert store.load_person_document("Jordan") == "old"
    assert [each.document for each in store.load_versions("Jordan")] == ["old", "new", "old"]


def test_restoring_a_version_that_never_was_says_which_there_are(store: Store):
    store.save_person("Jordan", "old")
    with pytest.raises(WorkspaceError, match="Jordan has no version 7") as caught:
        store.restore_version("Jordan", 7)
    assert caught.value.hint == "The versions are 1 to 1."
    with pytest.raises(PersonNotFound):
        store.restore_version("Sam", 1)


def test_a_save_from_an_old_version_overwrites_nothing(store: Store):
    store.save_person("Jordan", "one")
    store.save_person("Jordan", "two", expected_version=1)
    with pytest.raises(
        WorkspaceError, match=r"changed meanwhile.*version 1.*version 2.*nothing was overwritten"
    ):
        store.save_person("Jordan", "late", expected_version=1)
    with pytest.raises(WorkspaceError, match="changed meanwhile"):
        store.restore_version("Jordan", 1, expected_version=1)
    assert store.load_person_document("Jordan") == "two"
    assert len(store.load_versions("Jordan")) == 2


def test_expecting_a_new_person_or_a_known_one_is_checked_too(store: Store):
    assert store.save_person("Jordan", "one", expected_version=0) == 1
    with pytest.raises(WorkspaceError, match="a new person, but version 1 is stored"):
        store.save_person("Jordan", "again", expected_version=0)
    with pytest.raises(WorkspaceError, match="nobody of that name is stored"):
        store.save_person("Sam", "text", expected_version=3)
    assert store.list_people() == ("Jordan",)


def test_nobody_and_somebody_else_are_told_apart_by_name(store: Store):
    with pytest.raises(PersonNotFound) as caught:
        store.load_person_document("Jordan")
    assert "workspace is empty" in caught.value.hint
    store.save_person("Sam", "s")
    store.save_person("Alex", "a")
    for ask in (store.load_person, store.load_versions, store.load_plans, store.delete_person):
        with pytest.raises(PersonNotFound, match="'Jordan'") as caught:
            ask("Jordan")
        assert caught.value.hint == "People in this workspace: Alex, Sam."
    with pytest.raises(PersonNotFound):
        store.save_plan("Jordan", "{}", made_on=date(2026, 11, 30), baseline=False)


def test_a_question_about_an_impossible_name_finds_nobody(store: Store):
    for name in ("", "a\0b", "\ud800", "x" * 100_000):
        with pytest.raises(PersonNotFound):
            store.load_person(name)


def test_people_are_listed_in_the_same_order_on_both_databases(store: Store):
    for name in ("émile", "Zoë", "alex", "Alex", "安娜", "_", "Ž", "a b", "ab"):
        store.save_person(name, name)
    assert store.list_people() == ("Alex", "Zoë", "_", "a b", "ab", "alex", "émile", "Ž", "安娜")


def test_a_name_is_found_with_space_around_it_and_in_either_unicode_form(store: Store):
    store.save_person("  Zoe\u0308 ", "text")
    assert store.list_people() == ("Zo\u00eb",)
    assert store.load_person_document("\tZo\u00eb\n") == store.load_person_document("Zoe\u0308") == "text"


@pytest.mark.parametrize("name", ["", " \n", "x" * 201, "a\0b", "\udc80"])
def test_a_name_that_cannot_be_kept_is_refused_before_writing(store: Store, name: str):
    with pytest.raises(WorkspaceError):
        store.save_person(name, "text")
    assert store.list_people() == ()
    assert store.save_person("𝔵" * 200, "text") == 1


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d of a pair"])
def test_characters_that_are_no_text_are_refused_before_writing(store: Store, text: str):
    store.save_person("Jordan", "good")
    with pytest.raises(WorkspaceError, match="nothing was saved") as caught:
        store.save_person("Jordan", text)
    assert caught.value.hint
    with pytest.raises(WorkspaceError, match="nothing was saved"):
        store.save_plan("Jordan", text, made_on=date(2026, 11, 30), baseline=True)
    assert len(store.load_versions("Jordan")) == 1
    assert store.load_plans("Jordan") == ()


def test_plans_come_back_in_order_with_their_day_and_the_baseline_marked(store: Store):
    store.save_person("Jordan", JORDAN)
    store.save_person("Sam", "s")
    first = store.save_plan("Jordan", '{"weeks": 52}', made_on=date(2026, 11, 30), baseline=True)
    store.save_plan("Sam", "{}", made_on=date(2026, 12, 1), baseline=False)
    second = store.save_plan(
        "Jordan", '{"weeks": 51, "é": "\\u0000"}', made_on=date(2026, 11, 2), baseline=False
    )
    plans = store.load_plans("Jordan")
    assert [(each.id, each.made_on, each.baseline, each.document) for each in plans] == [
        (first, date(2026, 11, 30), True, '{"weeks": 52}'),
        (second, date(2026, 11, 2), False, '{"weeks": 51, "é": "\\u0000"}'),
    ]
    assert plans[0].saved_at.tzinfo == UTC


def test_deleting_a_person_forgets_their_versions_and_plans_and_nobody_elses(store: Store):
    for name in ("Jordan", "Sam"):
        store.save_person(name, f"{name} 1")
        store.save_person(name, f"{name} 2")
        store.save_plan(name, "{}", made_on=date(2026, 11, 30), baseline=True)
    store.delete_person("Jordan")
    assert store.list_people() == ("Sam",)
    assert len(store.load_versions("Sam")) == 2
    assert len(store.load_plans("Sam")) == 1
    assert store.save_person("Jordan", "back") == 1
    assert [each.document for each in store.load_versions("Jordan")] == ["back"]
    assert store.load_plans("Jordan") == ()


def test_a_deleted_person_leaves_no_trace_in_the_file(tmp_path: Path, now: Callable[[], datetime]):
    path = tmp_path / "workspace.sqlite"
    with open_store(str(path), now=now) as store:
        store.save_person("Jordan", "SECRET-OF-JORDAN " * 2000)
        store.delete_person("Jordan")
    assert not any(b"SECRET-OF-JORDAN" in each.read_bytes() for each in tmp_path.iterdir())


def test_a_clock_without_a_zone_is_a_bug_and_nothing_is_saved(url: str):
    with open_store(url, now=lambda: datetime(2026, 11, 30)) as store:  # noqa: DTZ001
        with pytest.raises(ValueError, match="zone"):
            store.save_person("Jordan", "text")
        assert store.list_people() == ()


def test_threads_may_share_a_store_and_every_save_is_counted(store: Store):
    store.save_person("Jordan", "start")

    def save(writer: int) -> None:
        for number in range(8):
            store.save_person("Jordan", f"{writer}-{number}")

    threads = [threading.Thread(target=save, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = store.load_versions("Jordan")
    assert [each.number for each in versions] == list(range(1, 34))
    assert len({each.document for each in versions}) == 33


def test_a_new_person_added_by_several_at_once_is_one_person(store: Store):
    together = threading.Barrier(4)
    numbers: list[int] = []

    def add(writer: int) -> None:
        together.wait()
        numbers.append(store.save_person("Jordan", f"by {writer}"))

    threads = [threading.Thread(target=add, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2, 3, 4]


@pytest.fixture(scope="module")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(
        str(tmp_path_factory.mktemp("laws") / "w.sqlite"), now=lambda: datetime.now(UTC)
    ) as opened:
        yield opened


@pytest.fixture(scope="module")
def postgres_store(new_schema: Callable[[], str]) -> Iterator[Store]:
    with open_store(new_schema(), now=lambda: datetime.now(UTC)) as opened:
        yield opened


def _round_trip(store: Store, name: str, document: str) -> None:
    number = store.save_person(name, document)
    saved = store.load_person(name)
    assert (saved.document, saved.version) == (document, number)
    assert store.load_versions(name)[-1].document == document
    assert unicodedata.normalize("NFC", name.strip()) in store.list_people()


@given(name=NAMES, document=STORABLE)
@settings(max_examples=120, deadline=None)
def test_any_text_comes_back_from_sqlite(sqlite_store: Store, name: str, document: str):
    _round_trip(sqlite_store, name, document)


@given(name=NAMES, document=STORABLE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_back_from_postgresql(postgres_store: Store, name: str, document: str):
    _round_trip(postgres_store, name, document)


def test_a_document_of_megabytes_comes_back(store: Store):
    document = "é\r\n\t# ü 🙂" * 200_000
    store.save_person("Jordan", document)
    assert store.load_person_document("Jordan") == document


def test_a_change_writes_file_plan_and_log_at_once_or_nothing(store):
    plan = NewPlan('{"weeks": 52}', date(2026, 11, 30))
    assert store.save_change("Jordan", verb="plan", document="one", plan=plan, expected_version=0) == 1
    assert store.save_change("Jordan", verb="checkin", document="two", expected_version=1) == 2
    with pytest.raises(WorkspaceError, match="changed meanwhile"):
        store.save_change("Jordan", verb="checkin", document="three", plan=plan, expected_version=1)
    assert store.load_person_document("Jordan") == "two"
    assert len(store.load_plans("Jordan")) == 1
    assert [
        (each.verb, each.before, each.version, each.plan is None) for each in store.load_changes("Jordan")
    ] == [
        ("plan", 0, 1, False),
        ("checkin", 1, 2, True),
    ]


def test_the_log_goes_with_its_person(store):
    store.save_change("Jordan", verb="plan", document="one", plan=NewPlan("{}", date(2026, 11, 30)))
    store.save_change("Jordan", verb="undo", undoes=store.load_changes("Jordan")[0].id)
    store.delete_person("Jordan")
    store.save_person("Jordan", "new")
    assert store.load_changes("Jordan") == ()
