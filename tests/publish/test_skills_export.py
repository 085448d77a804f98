"""The open data set: the same bytes each time, one set of facts in three forms, and Turtle that means what it says."""

import csv
import io
import json
import re
from collections import defaultdict
from pathlib import Path

import jsonschema
import pytest

from milepost.files.content import load_catalogue
from milepost.model.own_catalogue import extend_tree
from milepost.model.skills import Alias, Durability, HoursClass, Skill
from milepost.model.taxonomies import Link, Links, Relation
from milepost.publish.skills_export import DataSet, render_csv, render_json, render_skos, version_of

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "export-skills.schema.json"
ADDRESS = "http://data.europa.eu/esco/skill/0001"
ODD = Skill(
    "zorbix", '=Zor"bix\\ \n', "ml-platform", "A\tthing", Durability.PLATFORM, HoursClass.NARROW,
    (Alias("zorbix-db"), Alias("zorbix-db")), rolls_up_to="docker",
)  # fmt: skip
TERM = re.compile(r'<([^<>\s]*)>|"((?:[^"\\\n]|\\.)*)"(@en)?|([a-z]+:\w+|a)|([;,.])|\s+')
ESCAPED = {'\\"': '"', "\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\t": "\t"}


def link(skill, *, accept=True, relation=Relation.EXACT):
    return Link(skill, ADDRESS, "zorbixing", relation, 0.9, "names", accept)


def links(*each):
    return (Links("ESCO", 0.8, "This uses ESCO.", each),)


@pytest.fixture(scope="module")
def tree():
    return load_catalogue().tree


def terms(text):
    """The names, texts and signs of the subset of Turtle that we write; anything else is a failure."""
    at = 0
    while at < len(text):
        match = TERM.match(text, at)
        assert match, text[at : at + 80]
        at = match.end()
        iri, literal, _, name, sign = match.groups()
        if sign:
            yield sign, ""
        elif literal is not None:
            yield "term", re.sub(r"\\.", lambda found: ESCAPED[found[0]], literal)
        elif match[0].strip():
            yield "term", iri or name


def turtle(text):
    """Subject → predicate → objects."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    path = []
    for sort, value in terms(re.sub(r"^@prefix \w+: <[^<>]+> \.$", "", text, flags=re.MULTILINE)):
        if sort == "term":
            path.append(value)
        else:
            subject, predicate, thing = path
            found[subject][predicate].append(thing)
            path = path[: {".": 0, ";": 1, ",": 2}[sort]]
    assert path == []
    return found


def test_the_same_content_gives_the_same_bytes_and_another_content_another_version(tree):
    for render in (render_json, render_csv, render_skos):
        assert render(DataSet(tree)) == render(DataSet(tree))
    added = DataSet(extend_tree(tree, (ODD,)), frozenset({"zorbix"}))
    assert version_of(added) != version_of(DataSet(tree))
    linked = DataSet(tree, links=links(link("docker")))
    assert version_of(linked) != version_of(DataSet(tree))


def test_json_follows_its_schema_and_holds_every_skill(tree):
    document = json.loads(render_json(DataSet(extend_tree(tree, (ODD,)), frozenset({"zorbix"}))))
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    uris = {each["id"]: each["uri"] for each in document["skills"]}
    assert set(uris) == {*tree.skills, "zorbix"}
    assert uris["python"] == "urn:milepost:skill:python"
    assert uris["zorbix"] == "urn:milepost:own-skill:zorbix"
    assert document["dataset"]["licence"] == "Apache-2.0"


def test_csv_has_one_row_a_skill_and_no_cell_that_a_spreadsheet_would_run(tree):
    rows = list(
        csv.DictReader(io.StringIO(render_csv(DataSet(extend_tree(tree, (ODD,)), frozenset({"zorbix"})))))
    )
    assert len(rows) == len(tree.skills) + 1
    found = {row["id"]: row for row in rows}
    assert found["zorbix"]["name"].startswith("'=")
    assert found["python"]["esco_exact"] == tree.skills["python"].esco
    assert found["python"]["onet_exact"] == "Python"
    assert found["python"]["level_5"] == tree.skill_anchors["python"].levels[5]


def test_skos_is_turtle_that_keeps_the_rules_of_skos(tree):
    found = turtle(render_skos(DataSet(extend_tree(tree, (ODD,)), frozenset({"zorbix"}))))
    concepts = {subject for subject, facts in found.items() if facts["a"] == ["skos:Concept"]}
    assert len(concepts) == len(tree.skills) + len(tree.areas) + 1
    for subject in concepts:
        facts = found[subject]
        assert len(facts["skos:prefLabel"]) == 1
        assert not set(facts["skos:prefLabel"]) & set(facts["skos:altLabel"])
        assert len(facts["skos:altLabel"]) == len(set(facts["skos:altLabel"]))
        assert facts["skos:inScheme"] == ["urn:milepost:skills"]
        assert {*facts["skos:broader"], *facts["dct:requires"]} <= concepts
        assert bool(facts["skos:broader"]) is not bool(facts["skos:topConceptOf"])
    assert found["urn:milepost:own-skill:zorbix"]["skos:prefLabel"] == ['=Zor"bix\\ \n']
    assert found["urn:milepost:own-skill:zorbix"]["skos:broader"] == [
        "urn:milepost:skill:docker",
        "urn:milepost:area:ml-platform",
    ]
    matched = [each for subject in concepts for each in found[subject]["skos:exactMatch"]]
    assert len(matched) == len(set(matched)) == sum(bool(skill.esco) for skill in tree.skills.values())


def test_only_accepted_links_are_exported_and_a_shared_concept_is_only_close(tree):
    one = turtle(render_skos(DataSet(tree, links=links(link("docker"), link("git", accept=False)))))
    assert one["urn:milepost:skill:docker"]["skos:exactMatch"] == [ADDRESS]
    assert ADDRESS not in one["urn:milepost:skill:git"]["skos:exactMatch"]
    two = turtle(render_skos(DataSet(tree, links=links(link("docker"), link("git")))))
    assert two["urn:milepost:skill:docker"]["skos:exactMatch"] == []
    assert two["urn:milepost:skill:git"]["skos:closeMatch"] == [ADDRESS]


def test_a_link_that_repeats_the_content_changes_nothing(tree):
    python = tree.skills["python"]
    again = Link("python", python.esco or "", "Python", Relation.CLOSE, 0.9, "names", True)
    plain = json.loads(render_json(DataSet(tree)))
    linked = json.loads(render_json(DataSet(tree, links=(Links("ESCO", 0.8, "", (again,)),))))
    assert plain == linked
