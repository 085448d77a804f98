"""Taxonomies of other people, such as ESCO and O*NET, and the links from our skills to them."""

from dataclasses import dataclass
from enum import StrEnum

ESCO_CREDIT = "This uses the ESCO classification of the European Commission."
"""What ESCO asks to be said where it is used."""


class Relation(StrEnum):
    """What a link says: the same thing, or something near."""

    EXACT = "exact"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a taxonomy; ``id`` is its address where it has one, ``kind`` the taxonomy's own word."""

    id: str
    label: str
    alternatives: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """What a download holds; ``credit`` is the acknowledgement that its licence asks for."""

    name: str
    language: str
    concepts: tuple[Concept, ...]
    credit: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A skill of ours and a concept, how sure the link is (0 to 1), why, and whether it counts."""

    skill: str
    concept: str
    label: str
    relation: Relation
    confidence: float
    basis: str
    accept: bool


@dataclass(frozen=True, slots=True)
class Links:
    """The links from skills to one taxonomy, best first for each skill."""

    taxonomy: str
    threshold: float
    credit: str
    links: tuple[Link, ...]
