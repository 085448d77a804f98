"""A form for a colleague: the anchors of some skills, nothing about what the person says of themselves."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from milepost.publish.page import environment

FORMAT = "milepost answer 1"


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """One skill of a form: what it is, and what each level from 0 to 5 looks like."""

    id: str
    name: str
    meaning: str
    anchors: tuple[str, ...]


def render_request(person: str, rater: str, kind: str, skills: Sequence[AskedSkill], *, asked_on: str) -> str:
    """One HTML file that works without any network: choose levels, save the answer as a small file.

    The only script is the one that writes the answer; the policy names it by its hash.
    """
    heading = {"format": FORMAT, "person": person, "rater": rater, "kind": kind}
    script = (
        environment()
        .get_template("request.js.j2")
        .render(heading=json.dumps(heading, ensure_ascii=True).replace("<", "\\u003c"))
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        environment()
        .get_template("request.html.j2")
        .render(
            person=person,
            rater=rater,
            kind=kind,
            skills=skills,
            asked_on=asked_on,
            script=script,
            digest=digest,
        )
    )


def render_request_text(
    person: str, rater: str, kind: str, skills: Sequence[AskedSkill], *, asked_on: str
) -> str:
    """The same form as a text for an e-mail: write a number behind each skill."""
    lines = [
        f"# {person} asks for your word ({asked_on}). Write a level from 0 to 5 behind each skill you can judge,",
        "# halves allowed; leave the others empty. Then send this text back as it is.",
        f"format: {FORMAT}",
        f"person: {json.dumps(person, ensure_ascii=False)}",
        f"rater: {json.dumps(rater, ensure_ascii=False)}",
        f"kind: {kind}",
        "levels:",
    ]
    for skill in skills:
        lines.append("")
        lines.append(f"  # {skill.name}: {skill.meaning}")
        lines += [f"  #   {step}  {words}" for step, words in enumerate(skill.anchors)]
        lines.append(f"  {skill.id}:")
    return "\n".join(lines) + "\n"
