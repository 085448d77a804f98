"""Which skills advertisements name, and the names in them that Milepost does not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.market.ads import Ad
from milepost.market.extract import Extractor, Mention, build_extractor
from milepost.market.sections import Asked
from milepost.market.sources import AdsRead, read_ads
from milepost.market.unknown import UnknownTerm, find_unknown_terms
from milepost.model.own_catalogue import extend_tree
from milepost.model.people import Person
from milepost.model.skills import SkillTree

STRENGTH = {Asked.MUST: 3, Asked.DUTY: 2, Asked.NICE: 1, Asked.CONTEXT: 0}


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """A skill of an advertisement with the place that asks for it most strongly.

    ``section`` is must, duty, nice, company, title or unsectioned; ``asked`` is must, duty, nice or context.
    """

    id: str
    name: str
    surface: str
    section: str
    asked: str


@dataclass(frozen=True, slots=True)
class AdSkills:
    """One advertisement and the skills that it names, in order of the text."""

    ad: str
    title: str
    company: str
    date: str
    skills: tuple[AskedSkill, ...]


@dataclass(frozen=True)
class MentionsFound:
    """The skills of every advertisement, the unknown names beside them, and how the reading went."""

    ads: tuple[AdSkills, ...]
    unknown: tuple[UnknownTerm, ...]
    read: AdsRead


def find_mentions(paths: Sequence[Path], *, person: Person | None = None) -> MentionsFound:
    """Read advertisements and find their skills; a person's own skills count too.

    Raises ``UsageError`` where nothing in the paths is an advertisement.
    """
    read = read_ads(paths)
    if not read.ads:
        said = "; ".join(f"{bad.path}: {bad.reason}" for bad in read.rejected[:3])
        raise UsageError(
            f"no advertisement was found in {', '.join(map(str, paths))}{f' ({said})' if said else ''}",
            hint="Name files or folders with advertisements: text, HTML, PDF, mail, CSV or JSON.",
        )
    tree = extend_tree(load_catalogue().tree, person.own_skills if person else ())
    extractor = build_extractor(tree)
    found = tuple(skills_of(ad, extractor, tree) for ad in read.ads)
    return MentionsFound(found, find_unknown_terms(read.ads, extractor), read)


def skills_of(ad: Ad, extractor: Extractor, tree: SkillTree) -> AdSkills:
    """The skills of one advertisement, each once."""
    strongest: dict[str, Mention] = {}
    for mention in extractor.mentions(ad):
        before = strongest.setdefault(mention.skill, mention)
        if STRENGTH[mention.asked] > STRENGTH[before.asked]:
            strongest[mention.skill] = mention
    skills = tuple(_asked(mention, tree) for mention in strongest.values())
    return AdSkills(ad.id, ad.title, ad.company, ad.date, skills)


def _asked(mention: Mention, tree: SkillTree) -> AskedSkill:
    name = tree.skills[mention.skill].name
    return AskedSkill(mention.skill, name, mention.surface, mention.section.value, mention.asked.value)
