"""A published portfolio → the plain JSON document of ``milepost publish``."""

from collections.abc import Sequence
from pathlib import Path

from milepost.model.portfolio import ShownField
from milepost.publish.schema import Document


def publish_document(
    person: str, fields: Sequence[ShownField], new: Sequence[ShownField], written: Sequence[Path]
) -> Document:
    """Every public field with its source, whether it is new, and the files that were written."""
    fresh = frozenset(field.mark for field in new)
    return {
        "person": person,
        "fields": [
            {
                "field": field.field,
                "value": field.value,
                "of": field.of,
                "source": field.source,
                "new": field.mark in fresh,
            }
            for field in fields
        ],
        "new": len(new),
        "written": [path.as_posix() for path in written],
    }
