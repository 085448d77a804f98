"""A role of a framework → a draft of our own: target levels with reason and confidence, to be confirmed."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from milepost.model.frameworks import STACK, Bridge, Crosswalk, Framework, FrameworkRole, Grade, Need
from milepost.model.role_drafts import DraftTarget, RoleDraft, Unmapped
from milepost.model.roles import Role, RoleTarget, Seniority
from milepost.model.skills import HIGHEST_LEVEL, AreaKind, SkillTree
from milepost.taxonomies.matching import THRESHOLD, find_named

MOST_SPECIALISATIONS = 2
LONGEST_QUOTE = 160
SENIORITY = (
    (Seniority.LEAD, re.compile(r"\b(lead|principal|head|chief|director|manager|staff)\b", re.IGNORECASE)),
    (Seniority.SENIOR, re.compile(r"\b(senior|expert)\b", re.IGNORECASE)),
    (
        Seniority.JUNIOR,
        re.compile(r"\b(junior|associate|trainee|apprentice|graduate|entry)\b", re.IGNORECASE),
    ),
)
_STEP = re.compile(r"(?:[LP]|level\s*)?(\d)(?:\.([05]))?\Z", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says in place of the crosswalk: levels for words, and the skills of their stack."""

    scale: Mapping[str, float]
    stack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one need comes to for one skill."""

    skill: str
    level: float
    confidence: float
    reason: str


def draft_role(
    role: FrameworkRole,
    framework: Framework,
    crosswalk: Crosswalk,
    tree: SkillTree,
    *,
    id_: str,
    today: dt.date,
    choices: Choices | None = None,
) -> RoleDraft:
    """The draft of one role; what stands for no skill of ours, or for no level, is listed as unmapped.

    Where several needs ask for one skill the highest level that is sure enough counts, and all
    reasons are kept. From the confidence 0.8 on a target is written as accepted.
    """
    choices = choices or Choices({})
    asked: dict[str, list[_Ask]] = {}
    unmapped: list[Unmapped] = []
    for need in role.needs:
        found = list(_asks(need, crosswalk, tree, choices))
        for ask in found:
            if isinstance(ask, Unmapped):
                unmapped.append(ask)
            else:
                asked.setdefault(ask.skill, []).append(ask)
    targets = sorted(
        (_merge(asks) for asks in asked.values()), key=lambda each: (not each.accept, each.skill)
    )
    accepted = tuple(RoleTarget(each.skill, each.level, each.reason) for each in targets if each.accept)
    source = f"{framework.name}: {role.title}"
    if crosswalk.credit:
        source += f". {crosswalk.name}. {crosswalk.credit}"
    drafted = Role(
        id=id_,
        name=role.title,
        seniority=_seniority(role.title),
        meaning=_first_sentence(role.meaning) or role.title,
        targets=accepted,
        specialisations=_specialisations(targets, tree),
    )
    return RoleDraft(
        drafted, source, today, _basis(role, crosswalk, choices), tuple(targets), tuple(unmapped)
    )


def _asks(need: Need, crosswalk: Crosswalk, tree: SkillTree, choices: Choices) -> Iterator[_Ask | Unmapped]:
    bridges = [
        each
        for bridge in crosswalk.needs.get(need.name.casefold(), ())
        for each in _of_stack(bridge, choices)
    ]
    named = [] if bridges else find_named(need.name, tree.skills.values())
    bridges += [Bridge(skill, confidence) for skill, confidence, _ in named]
    grade = _grade(need.level, crosswalk, choices)
    if not bridges:
        why = (
            "say which skills it means with --stack"
            if _is_stack(need, crosswalk)
            else "no skill of Milepost stands for it"
        )
        yield Unmapped(need.name, need.level, why)
    for bridge in bridges:
        level = bridge.level if bridge.level is not None else grade and grade.level
        if not level:
            yield Unmapped(
                need.name,
                need.level,
                f"{need.level or 'no level'!r} is no level that is known: say it with --scale",
            )
            return
        yield _Ask(bridge.skill, level, bridge.confidence, _reason(need))


def _of_stack(bridge: Bridge, choices: Choices) -> Sequence[Bridge]:
    return [replace(bridge, skill=skill) for skill in choices.stack] if bridge.skill == STACK else [bridge]


def _is_stack(need: Need, crosswalk: Crosswalk) -> bool:
    return any(bridge.skill == STACK for bridge in crosswalk.needs.get(need.name.casefold(), ()))


def _grade(word: str, crosswalk: Crosswalk, choices: Choices) -> Grade | None:
    """The level of a framework's word: what the user says, the crosswalk, or the number that it is."""
    plain = word.strip().casefold()
    if plain in choices.scale:
        return Grade(choices.scale[plain], "as you say")
    if plain in crosswalk.scale:
        return crosswalk.scale[plain]
    found = _STEP.match(plain)
    if found:
        level = int(found[1]) + (0.5 if found[2] == "5" else 0.0)
        return Grade(level, "the number itself") if 0 < level <= HIGHEST_LEVEL else None
    return None


def _merge(asks: Sequence[_Ask]) -> DraftTarget:
    sure = max(each.confidence for each in asks)
    strong = [each for each in asks if each.confidence >= min(sure, THRESHOLD)]
    level = max(each.level for each in strong)
    reasons = dict.fromkeys(each.reason for each in sorted(asks, key=lambda each: -each.confidence))
    return DraftTarget(asks[0].skill, level, " / ".join(reasons), sure, sure >= THRESHOLD)


def _reason(need: Need) -> str:
    word = f"{need.name}, {need.level}" if need.level else need.name
    quote = _BLANKS.sub(" ", need.text.replace("You can:", "")).strip(" -")
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"
    return f"{word}: {quote}" if quote else word


def _basis(role: FrameworkRole, crosswalk: Crosswalk, choices: Choices) -> str:
    """How the words of this role became levels: an assumption, word by word."""
    words = dict.fromkeys(need.level for need in role.needs if need.level)
    said = []
    for word in words:
        grade = _grade(word, crosswalk, choices)
        said.append(f"{word} = {grade.level:g}, {grade.why}" if grade else f"{word} = not known")
    how = "; ".join(said) or "each step of the ladder has a level of its own"
    return f"assumption, skills and levels mapped by judgement: {how}"


def _seniority(title: str) -> Seniority:
    return next((seniority for seniority, words in SENIORITY if words.search(title)), Seniority.MID)


def _first_sentence(text: str) -> str:
    return _BLANKS.sub(" ", text).strip().partition(". ")[0][:300]


def _specialisations(targets: Sequence[DraftTarget], tree: SkillTree) -> tuple[str, ...]:
    """The one or two specialisations that most accepted targets belong to."""
    areas = Counter(
        tree.skills[each.skill].area
        for each in targets
        if each.accept and tree.areas[tree.skills[each.skill].area].kind is AreaKind.SPECIALISATION
    )
    ranked = sorted(areas, key=lambda area: (-areas[area], area))
    return tuple(ranked[:MOST_SPECIALISATIONS])
