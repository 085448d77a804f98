"""Our skills as an open data set: JSON, CSV and SKOS (Turtle), with ids that do not depend on any host.

The same content gives the same bytes. The version holds a fingerprint of what was exported, so
that two copies can be compared without a server.
"""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost import __version__
from milepost.model.skills import LEVEL_NAMES, Area, Skill, SkillTree
from milepost.model.taxonomies import ESCO_CREDIT, Link, Links, Relation
from milepost.publish.exports import safe_cell

SCHEME = "urn:milepost:skills"
LICENCE = "Apache-2.0"
LICENCE_ADDRESS = "https://spdx.org/licenses/Apache-2.0"
TITLE = "Milepost skills for AI engineering"
FROM_CONTENT = "content"
COLUMNS = (
    "uri", "id", "name", "area", "meaning", "durability", "hours_class", "core", "aliases", "prerequisites",
    "counts_for", "esco_exact", "esco_close", "onet_exact", "onet_close", *(f"level_{n}" for n in range(6)),
)  # fmt: skip
_PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class DataSet:
    """What is exported: the shipped skills, a person's own where they asked for it, and accepted links."""

    tree: SkillTree
    own: frozenset[str] = frozenset()
    links: tuple[Links, ...] = ()

    def uri(self, skill: str) -> str:
        """The persistent id of a skill; a person's own has another name space, for its id is theirs alone."""
        return f"urn:milepost:{'own-skill' if skill in self.own else 'skill'}:{skill}"

    def linked(self, skill: Skill) -> tuple[tuple[str, Relation, str, str], ...]:
        """Taxonomy, relation, concept and basis of every link of a skill, each concept once."""
        found: dict[tuple[str, str], tuple[Relation, str]] = {}
        shipped = (("ESCO", skill.esco), ("O*NET", skill.onet))
        found.update({(name, to): (Relation.EXACT, FROM_CONTENT) for name, to in shipped if to})
        for links in self.links:
            for link in links.links:
                if link.skill == skill.id and link.accept:
                    found.setdefault((links.taxonomy, _target(links, link)), (link.relation, link.basis))
        return tuple((name, relation, to, basis) for (name, to), (relation, basis) in sorted(found.items()))


def area_uri(area: str) -> str:
    """The persistent id of an area."""
    return f"urn:milepost:area:{area}"


def render_json(data: DataSet) -> str:
    """The whole data set as one JSON document, after ``docs/schemas/export-skills.schema.json``."""
    return json.dumps(skills_document(data), ensure_ascii=False, indent=2) + "\n"


def skills_document(data: DataSet) -> dict[str, object]:
    """The data set as plain data: its head, areas and skills in order of id."""
    tree = data.tree
    return {
        "dataset": {
            "id": SCHEME,
            "title": TITLE,
            "version": version_of(data),
            "licence": LICENCE,
            "licence_url": LICENCE_ADDRESS,
            "credits": credits_of(data),
            "levels": list(LEVEL_NAMES),
        },
        "areas": [_area(area, tree) for _, area in sorted(tree.areas.items())],
        "skills": _skills(data),
    }


def version_of(data: DataSet) -> str:
    """The version of Milepost with twelve signs of the SHA-256 of the skills, areas and links."""
    facts = [_skills(data), [_area(area, data.tree) for _, area in sorted(data.tree.areas.items())]]
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return f"{__version__}+{digest[:12]}"


def credits_of(data: DataSet) -> list[str]:
    """The acknowledgements that the linked taxonomies ask for."""
    given = [links.credit for links in data.links if links.credit]
    return sorted({ESCO_CREDIT, *given})


def _area(area: Area, tree: SkillTree) -> dict[str, object]:
    anchors = tree.area_anchors.get(area.id)
    return {
        "uri": area_uri(area.id),
        "id": area.id,
        "name": area.name,
        "kind": area.kind.value,
        "meaning": area.meaning,
        "levels": list(anchors.levels) if anchors else None,
    }


def _skills(data: DataSet) -> list[dict[str, object]]:
    return [_skill(skill, data) for _, skill in sorted(data.tree.skills.items())]


def _skill(skill: Skill, data: DataSet) -> dict[str, object]:
    anchors = data.tree.skill_anchors.get(skill.id)
    return {
        "uri": data.uri(skill.id),
        "id": skill.id,
        "name": skill.name,
        "area": skill.area,
        "meaning": skill.meaning,
        "durability": skill.durability.value,
        "hours_class": skill.hours_class.value,
        "core": skill.core,
        "aliases": _aliases(skill),
        "prerequisites": list(skill.prerequisites),
        "counts_for": skill.rolls_up_to,
        "levels": list(anchors.levels) if anchors else None,
        "links": [
            {"taxonomy": name, "relation": relation.value, "concept": to, "basis": basis}
            for name, relation, to, basis in data.linked(skill)
        ],
    }


def _target(links: Links, link: Link) -> str:
    """What a link leads to: the address in ESCO; in O*NET the name, which its tables share."""
    return link.concept if links.taxonomy == "ESCO" else link.label or link.concept


def _aliases(skill: Skill) -> list[str]:
    """Other names, each once and none of them the name itself."""
    return [text for text in dict.fromkeys(alias.text for alias in skill.aliases) if text != skill.name]


def render_csv(data: DataSet) -> str:
    """One row a skill, with the columns of ``COLUMNS``; lists are joined by ``|``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, skill in sorted(data.tree.skills.items()):
        writer.writerow(map(safe_cell, _row(skill, data)))
    return text.getvalue()


def _row(skill: Skill, data: DataSet) -> list[str]:
    linked = data.linked(skill)
    sorts = [(name, relation) for name in ("ESCO", "O*NET") for relation in Relation]
    to = ["|".join(each[2] for each in linked if each[:2] == sort) for sort in sorts]
    anchors = data.tree.skill_anchors.get(skill.id)
    return [
        data.uri(skill.id), skill.id, skill.name, skill.area, skill.meaning, skill.durability.value,
        skill.hours_class.value, "true" if skill.core else "false", "|".join(_aliases(skill)),
        "|".join(skill.prerequisites), skill.rolls_up_to or "", *to, *(anchors.levels if anchors else [""] * 6),
    ]  # fmt: skip


def render_skos(data: DataSet) -> str:
    """The data set as a SKOS concept scheme in Turtle.

    Areas are the top concepts; a skill is narrower than the concept that it counts for, else than
    its area; a prerequisite is ``dct:requires``. A concept of ESCO that two skills share is
    only a close match of both, for ``skos:exactMatch`` would make the two skills the same.
    """
    lines = [f"@prefix {name}: <{address}> ." for name, address in _PREFIXES.items()]
    blocks = ["\n".join(lines), *(_block(*each) for each in _resources(data))]
    return "\n\n".join(blocks) + "\n"


Facts = Sequence[tuple[str, Iterable[str]]]


def _resources(data: DataSet) -> Iterator[tuple[str, str, Facts]]:
    tree = data.tree
    yield (
        SCHEME,
        "skos:ConceptScheme",
        (
            ("dct:title", [_text(TITLE)]),
            ("skos:prefLabel", [_text(TITLE)]),
            ("dct:license", [_iri(LICENCE_ADDRESS)]),
            ("owl:versionInfo", [_plain(version_of(data))]),
            ("dct:rights", map(_text, credits_of(data))),
            ("skos:hasTopConcept", (_iri(area_uri(area)) for area in sorted(tree.areas))),
        ),
    )
    for _, area in sorted(tree.areas.items()):
        facts: Facts = (
            ("skos:prefLabel", [_text(area.name)]),
            ("skos:notation", [_plain(area.id)]),
            ("skos:definition", [_text(area.meaning)]),
            ("skos:topConceptOf", [_iri(SCHEME)]),
            ("skos:inScheme", [_iri(SCHEME)]),
        )
        yield area_uri(area.id), "skos:Concept", facts
    shared = Counter(each[2] for skill in tree.skills.values() for each in data.linked(skill))
    for _, skill in sorted(tree.skills.items()):
        yield data.uri(skill.id), "skos:Concept", tuple(_facts(skill, data, shared))


def _facts(skill: Skill, data: DataSet, shared: Mapping[str, int]) -> Iterator[tuple[str, Iterable[str]]]:
    concept = data.tree.skills.get(skill.rolls_up_to or "")
    broader = [data.uri(concept.id)] if concept else []
    if concept is None or concept.area != skill.area:
        broader.append(area_uri(skill.area))
    linked = data.linked(skill)
    exact = [
        to
        for name, relation, to, _ in linked
        if name == "ESCO" and relation is Relation.EXACT and shared[to] == 1
    ]
    close = [to for name, _, to, _ in linked if name == "ESCO" and to not in exact]
    yield "skos:prefLabel", [_text(skill.name)]
    yield "skos:altLabel", map(_text, _aliases(skill))
    yield "skos:notation", [_plain(skill.id)]
    yield "skos:definition", [_text(skill.meaning)]
    yield "skos:inScheme", [_iri(SCHEME)]
    yield "skos:broader", map(_iri, broader)
    yield "dct:requires", (_iri(data.uri(each)) for each in skill.prerequisites)
    yield "skos:exactMatch", map(_iri, exact)
    yield "skos:closeMatch", map(_iri, close)
    yield "skos:note", (_text(f"O*NET, {rel.value}: {to}") for name, rel, to, _ in linked if name == "O*NET")


def _block(subject: str, kind: str, facts: Facts) -> str:
    said = [f"a {kind}"]
    for predicate, objects in facts:
        listed = ", ".join(objects)
        if listed:
            said.append(f"{predicate} {listed}")
    return f"{_iri(subject)} " + " ;\n    ".join(said) + " ."


def _iri(address: str) -> str:
    return f"<{address}>"


def _plain(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'


def _text(text: str) -> str:
    return _plain(text) + "@en"
