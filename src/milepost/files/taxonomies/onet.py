"""The O*NET database as text or Excel: technology examples, and the elements of skills and knowledge."""

from collections.abc import Iterator, Sequence

from milepost.files.taxonomies.bounds import refuse
from milepost.files.taxonomies.download import TableFile, read_rows
from milepost.model.taxonomies import Concept, Taxonomy

CREDIT = (
    "This uses the O*NET Database by the U.S. Department of Labor, Employment and Training "
    "Administration (USDOL/ETA), CC BY 4.0. O*NET is a trademark of USDOL/ETA."
)
TECHNOLOGY = "technologyskills"
ELEMENTS = ("contentmodelreference", "skills", "knowledge")
ELEMENT_KINDS = {"2.A.": "skill", "2.B.": "skill", "2.C.": "knowledge"}
LEAF_DOTS = 3
"""Dots in the id of an element that occupations are rated on, such as 2.C.3.a."""


def find_onet(tables: Sequence[TableFile]) -> tuple[TableFile, ...]:
    """The tables of O*NET that name skills: the technology examples, and where the elements stand."""
    known = {each.key: each for each in reversed(tables)}
    elements = [known[key] for key in ELEMENTS if key in known]
    # Why one is enough: the reference of the content model names all elements of the two others.
    elements = elements[:1] if ELEMENTS[0] in known else elements
    return (*([known[TECHNOLOGY]] if TECHNOLOGY in known else []), *elements)


def read_onet(tables: Sequence[TableFile]) -> Taxonomy:
    """The technology examples and elements of these tables; ``InvalidInput`` where columns are missing."""
    concepts: dict[str, Concept] = {}
    for table in tables:
        read = _technologies(table) if table.key == TECHNOLOGY else _elements(table)
        for concept in read:
            concepts.setdefault(concept.id, concept)
    if not concepts:
        raise refuse(tables[0].place, "names no technology, skill or knowledge", "Download it again.")
    notes = () if any(table.key == TECHNOLOGY for table in tables) else ("It has no table Technology Skills",)
    return Taxonomy("O*NET", "en", tuple(concepts.values()), CREDIT, notes)


def _technologies(table: TableFile) -> Iterator[Concept]:
    seen: set[str] = set()
    needed = {"example": ("Example",), "group": ("Commodity Title",)}
    for _, row in read_rows(table, needed):
        if row["example"] and row["example"] not in seen:
            seen.add(row["example"])
            yield Concept(row["example"], row["example"], (), f"technology: {row['group']}")


def _elements(table: TableFile) -> Iterator[Concept]:
    for _, row in read_rows(table, {"id": ("Element ID",), "label": ("Element Name",)}):
        kind = ELEMENT_KINDS.get(row["id"][:4])
        if kind and row["label"] and row["id"].count(".") >= LEAF_DOTS:
            yield Concept(row["id"], row["label"], (), kind)
