"""The workspace itself: who is in it, every version of their file, and their plans."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from milepost.errors import PersonNotFound, WorkspaceError
from milepost.store.engines import transaction
from milepost.store.failures import explaining
from milepost.store.saved import Change, NewPlan, PersonVersion, SavedPerson, SavedPlan
from milepost.store.tables import LONGEST_NAME, LONGEST_VERB, changes, people, person_versions, plans

_Row = Row[*tuple[Any, ...]]


class Store:
    """An open workspace. Every method is one transaction; threads may share the store.

    Names are compared without surrounding space and in Unicode's composed form (NFC), so
    that the same name typed on two computers finds the same person.
    """

    def __init__(self, engine: Engine, *, place: str, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._place = place
        self._now = now

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; a closed store opens it again when it is asked again."""
        with explaining(self._place):
            self._engine.dispose()

    def save_person(self, name: str, document: str, *, expected_version: int | None = None) -> int:
        """Keep a person file byte for byte as a new version, and answer its number.

        The text that is there already is not saved again: its number comes back.
        ``expected_version`` is the number that the change started from, 0 for a person
        who must be new; WorkspaceError, and nothing is written, when another one is stored.
        """
        key = _checked_name(name)
        _check_text(document, f"the file of {key}")
        return self._write_person(key, lambda _connection, _person: document, expected_version)

    def load_person(self, name: str) -> SavedPerson:
        """The newest version of a person's file, with its number."""
        with self._transaction(writes=False) as connection:
            row = _person_row(connection, name)
        if _digest(row.document) != row.digest:
            raise WorkspaceError(
                f"the file of {row.name} in the workspace {self._place} was changed from outside or is damaged",
                hint="The earlier versions are kept: restore one of them, or import the file again.",
            )
        return SavedPerson(row.name, row.version, row.document, row.digest, _time(row.saved_at))

    def load_person_document(self, name: str) -> str:
        """The text of a person's file, byte for byte as it was saved."""
        return self.load_person(name).document

    def list_people(self) -> tuple[str, ...]:
        """The names of everybody in the workspace, sorted; nothing else about them."""
        with self._transaction(writes=False) as connection:
            return _names(connection)

    def delete_person(self, name: str) -> None:
        """Forget a person with every version and every plan. This cannot be undone."""
        with self._transaction(writes=True) as connection:
            row = _person_row(connection, name)
            connection.execute(delete(people).where(people.c.id == row.id))

    def load_versions(self, name: str) -> tuple[PersonVersion, ...]:
        """Every version of a person's file, oldest first."""
        with self._transaction(writes=False) as connection:
            row = _person_row(connection, name)
            found = connection.execute(
                select(person_versions)
                .where(person_versions.c.person_id == row.id)
                .order_by(person_versions.c.number)
            ).all()
        return tuple(PersonVersion(each.number, each.document, _time(each.saved_at)) for each in found)

    def restore_version(self, name: str, version: int, *, expected_version: int | None = None) -> int:
        """Save the text of an earlier version as a new one (undo), and answer its number."""

        def earlier_text(connection: Connection, person: _Row | None) -> str:
            if person is None:
                raise PersonNotFound(name, known=_names(connection))
            return _version_text(connection, person, version)

        return self._write_person(_key(name), earlier_text, expected_version)

    def save_plan(self, person: str, document_json: str, *, made_on: date, baseline: bool) -> int:
        """Keep a plan of a person beside the earlier ones, and answer its number."""
        _check_text(document_json, f"the plan of {person}")
        with self._transaction(writes=True) as connection:
            row = _person_row(connection, person)
            return self._insert_plan(connection, row.id, NewPlan(document_json, made_on, baseline))

    def save_change(
        self,
        name: str,
        *,
        verb: str,
        document: str | None = None,
        plan: NewPlan | None = None,
        expected_version: int | None = None,
        undoes: int | None = None,
    ) -> int:
        """Write a new file text, a new plan, or both, with one line in the log; answer the version.

        All of it is one transaction. ``document`` None leaves the file as it is;
        ``expected_version`` is the number that the change started from, 0 for a new person.
        WorkspaceError, and nothing is written, when another one is stored.
        """
        key = _checked_name(name)
        if document is not None:
            _check_text(document, f"the file of {key}")
        if plan is not None:
            _check_text(plan.document, f"the plan of {key}")
        try:
            return self._write_change(key, verb, document, plan, expected_version, undoes)
        except IntegrityError:  # as in `_write_person`
            return self._write_change(key, verb, document, plan, expected_version, undoes)

    def load_changes(self, name: str) -> tuple[Change, ...]:
        """The log of one person, oldest first; a line of it never changes."""
        with self._transaction(writes=False) as connection:
            row = _person_row(connection, name)
            found = connection.execute(
                select(changes).where(changes.c.person_id == row.id).order_by(changes.c.id)
            ).all()
        return tuple(
            Change(
                each.id, each.verb, each.before, each.version, each.plan_id, each.undoes, _time(each.saved_at)
            )
            for each in found
        )

    def load_plans(self, person: str) -> tuple[SavedPlan, ...]:
        """Every plan of a person, in the order in which they were saved."""
        with self._transaction(writes=False) as connection:
            row = _person_row(connection, person)
            found = connection.execute(
                select(plans).where(plans.c.person_id == row.id).order_by(plans.c.id)
            ).all()
        return tuple(
            SavedPlan(
                each.id,
                _time(each.made_on).date(),
                each.baseline,
                each.document,
                _time(each.saved_at),
            )
            for each in found
        )

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        with explaining(self._place), transaction(self._engine, writes=writes) as connection:
            yield connection

    def _timestamp(self) -> str:
        moment = self._now()
        if moment.tzinfo is None:
            raise ValueError("`now` must answer a time with its zone")
        return moment.astimezone(UTC).isoformat(timespec="microseconds")

    def _write_person(
        self, key: str, text_of: Callable[[Connection, _Row | None], str], expected_version: int | None
    ) -> int:
        try:
            return self._write_person_once(key, text_of, expected_version)
        except IntegrityError:  # on PostgreSQL somebody else added the same new person just now
            return self._write_person_once(key, text_of, expected_version)

    def _write_person_once(
        self, key: str, text_of: Callable[[Connection, _Row | None], str], expected_version: int | None
    ) -> int:
        with self._transaction(writes=True) as connection:
            person = connection.execute(select(people).where(people.c.name == key).with_for_update()).first()
            stored = person.version if person else 0
            if expected_version is not None and expected_version != stored:
                raise _changed_meanwhile(key, expected_version, stored)
            document = text_of(connection, person)
            if person is not None and person.document == document:
                return int(stored)
            self._write_version(connection, key, person, document)
            return int(stored) + 1

    def _write_change(
        self,
        key: str,
        verb: str,
        document: str | None,
        plan: NewPlan | None,
        expected_version: int | None,
        undoes: int | None,
    ) -> int:
        with self._transaction(writes=True) as connection:
            person = connection.execute(select(people).where(people.c.name == key).with_for_update()).first()
            stored = int(person.version) if person else 0
            if expected_version is not None and expected_version != stored:
                raise _changed_meanwhile(key, expected_version, stored)
            before = stored
            if document is not None and (person is None or person.document != document):
                self._write_version(connection, key, person, document)
                stored += 1
            owner = _person_row(connection, key).id
            connection.execute(
                insert(changes).values(
                    person_id=owner,
                    verb=verb[:LONGEST_VERB],
                    before=before,
                    version=stored,
                    plan_id=self._insert_plan(connection, owner, plan) if plan else None,
                    undoes=undoes,
                    saved_at=self._timestamp(),
                )
            )
        return stored

    def _insert_plan(self, connection: Connection, person_id: int, plan: NewPlan) -> int:
        row = insert(plans).values(
            person_id=person_id,
            made_on=plan.made_on.isoformat(),
            baseline=plan.baseline,
            document=plan.document,
            saved_at=self._timestamp(),
        )
        return int(connection.execute(row.returning(plans.c.id)).scalar_one())

    def _write_version(self, connection: Connection, key: str, person: _Row | None, document: str) -> None:
        saved_at = self._timestamp()
        number = person.version + 1 if person else 1
        values = {
            "name": key,
            "version": number,
            "document": document,
            "digest": _digest(document),
            "saved_at": saved_at,
        }
        if person is None:
            person_id = connection.execute(insert(people).values(values).returning(people.c.id)).scalar_one()
        else:
            person_id = person.id
            connection.execute(update(people).where(people.c.id == person_id).values(values))
        connection.execute(
            insert(person_versions).values(
                person_id=person_id, number=number, document=document, saved_at=saved_at
            )
        )


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def _is_storable(text: str) -> bool:
    """Whether both databases can keep the text: no NUL, no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _checked_name(name: str) -> str:
    key = _key(name)
    if not 1 <= len(key) <= LONGEST_NAME:
        raise WorkspaceError(
            f"a person's name has 1 to {LONGEST_NAME} characters, not {len(key)}",
            hint="Give the person another name in the file, or with --as.",
        )
    _check_text(key, "the name")
    return key


def _check_text(text: str, what: str) -> None:
    if not _is_storable(text):
        raise WorkspaceError(
            f"{what} has characters in it that are no text (NUL or half of a pair); nothing was saved",
            hint="Remove them, or save the file again as UTF-8.",
        )


def _person_row(connection: Connection, name: str) -> _Row:
    """Whom the name means; PersonNotFound with the known names when it is nobody."""
    key = _key(name)
    row = None
    if _is_storable(key):
        row = connection.execute(select(people).where(people.c.name == key)).first()
    if row is None:
        raise PersonNotFound(name, known=_names(connection))
    return row


def _names(connection: Connection) -> tuple[str, ...]:
    """Why sorted here: the two databases would sort differently."""
    return tuple(sorted(connection.scalars(select(people.c.name))))


def _version_text(connection: Connection, person: _Row, version: int) -> str:
    wanted = (person_versions.c.person_id == person.id) & (person_versions.c.number == version)
    document = connection.scalar(select(person_versions.c.document).where(wanted))
    if document is None:
        raise WorkspaceError(
            f"{person.name} has no version {version}", hint=f"The versions are 1 to {person.version}."
        )
    return str(document)


def _changed_meanwhile(name: str, expected: int, stored: int) -> WorkspaceError:
    start = f"version {expected}" if expected else "a new person"
    found = f"version {stored} is stored" if stored else "nobody of that name is stored"
    return WorkspaceError(
        f"{name} was changed meanwhile: this change started from {start}, but {found}; nothing was overwritten",
        hint="Load the person again, repeat the change on the newest version and save it.",
    )


def _digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise WorkspaceError(
            f"the workspace is damaged: a time in it reads {str(text)[:40]!r}",
            hint="Restore the file from a backup, or export what can still be read.",
        ) from error
