"""Link files ↔ ``Links``: what a person edits, with accept true or false for each link."""

from collections.abc import Iterator
from pathlib import Path

from milepost.errors import InvalidInput
from milepost.files.faults import Faults
from milepost.files.one_line import quoted
from milepost.files.references import catalogue_names
from milepost.files.replacing import write_new_text
from milepost.files.tables import Table
from milepost.files.yaml_text import read_bounded, read_yaml
from milepost.model.activities import Catalogue
from milepost.model.taxonomies import Link, Links, Relation

FILE_KEYS = ("milepost", "taxonomy", "threshold", "credit", "links")
LINK_KEYS = ("skill", "concept", "label", "relation", "confidence", "accept", "basis")
TAXONOMIES = ("ESCO", "O*NET")
ESCO_ADDRESS = "http://data.europa.eu/esco/"
_NOT_IN_ADDRESSES = frozenset(' <>"{}|\\^`')


def read_links(path: Path, *, catalogue: Catalogue) -> Links:
    """The links of a file; ``InvalidInput`` with every problem."""
    sheet = read_yaml(read_bounded(path), path=str(path))
    if sheet.root is None:
        raise InvalidInput(sheet.problems)
    faults = Faults(sheet)
    table = Table(faults, sheet.root, "", FILE_KEYS)
    table.need("taxonomy", "links", hint="`milepost map-skills` writes such a file.")
    taxonomy = table.one_of("taxonomy", TAXONOMIES)
    links = tuple(_link(row, taxonomy) for row in table.tables("links", LINK_KEYS))
    threshold = table.number("threshold", 0, 1) or 0.0
    faults.settle(catalogue_names(catalogue))
    if problems := faults.problems():
        raise InvalidInput(problems)
    return Links(taxonomy, threshold, table.text("credit"), links)


def _link(row: Table, taxonomy: str) -> Link:
    row.need("skill", "concept", "accept")
    concept = row.text("concept")
    if (
        taxonomy == "ESCO"
        and concept
        and (not concept.startswith(ESCO_ADDRESS) or _NOT_IN_ADDRESSES & set(concept))
    ):
        row.fault("concept", f"{concept[:60]!r} is not an ESCO address", f"It starts with {ESCO_ADDRESS}.")
    confidence = row.number("confidence", 0, 1)
    return Link(
        row.name("skill", "skill"),
        concept,
        row.text("label"),
        row.choice("relation", Relation) or Relation.CLOSE,
        1.0 if confidence is None else confidence,
        row.text("basis"),
        row.flag("accept"),
    )


def write_links(path: Path, links: Links) -> None:
    """Write a new link file; ``UsageError`` where the file is there already."""
    write_new_text(path, write_links_text(links))


def write_links_text(links: Links) -> str:
    """The text of a link file: the same links, the same bytes."""
    return "\n".join(_lines(links)) + "\n"


def _lines(links: Links) -> Iterator[str]:
    yield "# Links to confirm: set `accept: true` on what is right and `false` on what is not."
    yield "# relation: exact (the same thing) or close (something near). Only accepted links are used:"
    yield "#   milepost export-skills --links FILE --format skos --out skills.ttl"
    yield "milepost: 1"
    yield f"taxonomy: {quoted(links.taxonomy)}"
    yield f"threshold: {links.threshold:g}"
    yield f"credit: {quoted(links.credit)}"
    if not links.links:
        yield "links: []"
        return
    yield "links:"
    for each in links.links:
        accept = "true" if each.accept else "false"
        yield (
            f"  - {{skill: {each.skill}, accept: {accept}, confidence: {each.confidence:g}, "
            f"relation: {each.relation.value}, label: {quoted(each.label)}, "
            f"concept: {quoted(each.concept)}, basis: {quoted(each.basis)}}}"
        )
