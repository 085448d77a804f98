"""The skills that people name of themselves: a line of a CV, not an advertisement.

A CV asks for nothing and advertises no employer, so the rules about sections of advertisements do not hold here.
What does: surface forms and their senses. In a list of skills every whole item means itself ("R", "Go"); in a
sentence an ambiguous form needs its cues; in the head of an entry only concepts count, for a tool may be the
employer; what somebody has not done, or wants to learn, is no skill.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from milepost.market.ads import Ad
from milepost.market.extract import Extractor
from milepost.market.lexicon import Hit, fold
from milepost.market.senses import LIST_WITHIN, SENSES, is_listed, is_meant, is_organisation

CLAUSE = 60
"""Characters before a form within which a negation or a wish speaks of it."""
LEAST_NAME = 3
"""Letters of the shortest tool that is known by standing among others; "C", "R" and "Go" need more than that."""
LONGEST_ITEM = 60
"""Characters up to which a piece of a list is an item and not a sentence."""

_ITEM_END = re.compile(r"[,;|•·▪●\n\t(){}\[\]]|: |/| [-–—] |  +| (?:and|und|et|y|e|en|i|och|&|\+) ")
_EDGES = " .*★☆●○◦■□▪•·-–—:\"'"
_NOT = re.compile(
    r"(?i:\b(?:no|not|never|without|lack\w*|little|limited) (?:\w+ ){0,3}(?:experience|knowledge|exposure|used?|worked|with|in|of)\b"
    r"|\b(?:keen|eager|hoping|want\w*|wish\w*|like|looking|aim\w*|plan\w*|excited) (?:\w+ ){0,2}to (?:learn|explore|work|move|get|dive|deepen)"
    r"|\b(?:interest\w*|curious) (?:in|about)\b|(?<!machine )(?<!deep )(?<!reinforcement )\b(?:currently|now) (?:learning|studying|exploring)\b"
    r"|\bkeine? (?:\w+ ){0,2}(?:Erfahrung|Kenntnisse)\b)[^.;:!?]*\Z"
)
_REPLACED = re.compile(
    r"(?i:\b(?:away from|replac(?:ed|ing)|migrat(?:ed|ing|ion) (?:\w+ ){0,3}from|instead of|off))(?: (?:the|a|an|our|legacy|old))*"
    r"(?: [\w.+#-]+){0,2} \Z"
)
_YEARS = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:[.,]5)?) ?\+? ?(?:years?|yrs?|Jahren?|ans|años|anni|jaar|anos|lat|år)\b['’]?"
)
_BETWEEN = re.compile(
    r"(?i:\s*(?:of |with |in |using |building |working |professional |hands-on |industry |practical |commercial |experience |"
    r"expertise |work |development |Erfahrung |mit |d['’]expérience |en |de |experiencia |con |esperienza |di |ervaring |met )*)\Z"
)
_AFTER_YEARS = re.compile(r"\A *(?:[(:–—-]|,? for|, )? *\Z")
_VENUES = frozenset(
    (
        *(
            "neurips",
            "nips",
            "icml",
            "iclr",
            "cvpr",
            "iccv",
            "eccv",
            "emnlp",
            "naacl",
            "acl",
            "aaai",
            "kdd",
            "sigir",
        ),
        *("interspeech", "icassp", "arxiv"),
    )
)
"""Names that ask for a researcher in an advertisement; in a CV they say only where a paper appeared."""
_LOOK_ALIKES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("github", "gitlab", "bitbucket"),
        re.compile(
            r"(?i:\bon «»|«»(?: stars?| repo\w*| profile| page|: |/|\.com|\.io)|stars (?:on|at) «»|«»\Z)"
        ),
    ),
    "training data": re.compile(
        r"(?i:«» (?:requirements?|needs?|volume|size)|(?:reduc\w+|less|fewer|lower\w*|on|of)(?: the)? «»)"
    ),
    **dict.fromkeys(
        ("presentation", "presentations"), re.compile(r"(?i:(?:spotlight|oral|poster|paper) «»|«» layer)")
    ),
    "communication": re.compile(
        r"(?i:(?:emergent|agent|inter-process|wireless|data|network|GPU|collective) «»|«» (?:protocol|overhead|layer|cost))"
    ),
    "collaboration": re.compile(r"(?i:«» with|in «»)"),
}
"""Words of CVs that look like a skill and are none there; «» stands for the form with 60 characters around it."""

_ASIDE = re.compile(r"\([^()]*\)| [-–—:] ?[^,;|•·]*|[★☆●○◦■□▪]+")
"""What stands beside an item of a list: how well, since when, how many stars."""
_SEGMENT = re.compile(r",|\||@|\(|\)|;|·|•| at | bei | chez | [-–—] |  +|\d{4}")
_ROLE = re.compile(
    r"(?i:engineer|scientist|develop|research|lead\b|manager|intern\b|analyst|architect|consult|specialist|head of|"
    r"programmer|teacher|lecturer|professor|assistant|fellow|student|director|officer|admin|ingenieur|entwickler|"
    r"wissenschaft|ingénieur|développeur|ingeniero|desarrollador|ingegnere|sviluppatore|\bM\.?Sc|\bB\.?Sc|\bPh\.?D|"
    r"\bMSci|bachelor|master|degree|diplom|\bdr\b|doctor|minor|major|certificate|licence|laurea|máster|grado|thesis)"
)
"""Words of a title or a degree: a name without any of them is that of an employer or a school."""


class OwnSkill(NamedTuple):
    """A skill that a line names, the words that do it, where they begin, and the years of practice beside them."""

    skill: str
    surface: str
    start: int
    years: float


def find_own_skills(
    extractor: Extractor, text: str, *, listed: bool, head: bool = False
) -> tuple[OwnSkill, ...]:
    """The skills of one line of a CV, each once.

    ``listed`` says that the line belongs to a list of skills, ``head`` that it names employer, title or degree.
    """
    plain, hits = extractor.find_forms(Ad("", "", "", "", text, "cv"))
    items = list(_items(plain)) if listed else []
    found: dict[str, OwnSkill] = {}
    for hit in hits:
        skill = hit.surface.skill
        if skill is not None and skill not in found and _is_own(hit, plain, hits, items, head=head):
            found[skill] = OwnSkill(skill, plain[hit.start : hit.end], hit.start, _years(hit, plain))
    return tuple(found.values())


def find_unknown_items(extractor: Extractor, text: str, *, longest: int = 30) -> tuple[str, ...]:
    """The items of a list of skills in which no known form stands, label and sentences apart."""
    bare = _ASIDE.sub("", text.partition(": ")[2] or text)
    plain, hits = extractor.find_forms(Ad("", "", "", "", bare, "cv"))
    return tuple(
        plain[start:end]
        for start, end in _items(plain)
        if end - start <= longest and not any(start < hit.end and hit.start < end for hit in hits)
    )


def _is_own(
    hit: Hit, plain: str, hits: Sequence[Hit], items: Sequence[tuple[int, int]], *, head: bool
) -> bool:
    surface = hit.surface
    before = plain[max(0, hit.start - CLAUSE) : hit.start]
    if _NOT.search(before) or _REPLACED.search(before):
        return False
    if (hit.start, hit.end) in items:
        return True
    employer = (surface.technology and (head or is_organisation(hit, plain))) or (
        head and not _ROLE.search(_segment(hit, plain))
    )
    if employer or _looks_alike(hit, plain):
        return False
    return not surface.ambiguous or _is_meant(hit, plain, hits, listed=bool(items))


def _is_meant(hit: Hit, plain: str, hits: Sequence[Hit], *, listed: bool) -> bool:
    """Whether an ambiguous form means its skill: by its cues, or in a list of skills by its neighbours."""
    line, near = _line(hit, plain), _near(hit, hits)
    if is_meant(hit, plain, line, near) or (listed and is_listed(hit, plain, line, near)):
        return True
    return hit.surface.technology and _stands_among_tools(hit, plain, line, near)


def _stands_among_tools(hit: Hit, plain: str, line: tuple[int, int], near: Sequence[Hit]) -> bool:
    """Whether a tool with an ordinary name is written as a name in a sentence that names other tools."""
    written = plain[hit.start : hit.end]
    sense = SENSES.get(hit.surface.text.casefold())
    if len(written) < LEAST_NAME or written.islower():
        return False
    window = f"{plain[max(line[0], hit.start - CLAUSE) : hit.start]}«»{plain[hit.end : min(line[1], hit.end + CLAUSE)]}"
    if sense is not None and sense.reject is not None and sense.reject.search(window):
        return False
    return any(
        other.surface.technology
        and (not other.surface.ambiguous or other.end - other.start >= LEAST_NAME)
        and line[0] <= other.start < line[1]
        for other in near
    )


def _segment(hit: Hit, plain: str) -> str:
    """The part of a head between commas and dashes in which a form stands."""
    start, end = _line(hit, plain)
    for match in _SEGMENT.finditer(plain, start, end):
        if match.end() <= hit.start:
            start = match.end()
        elif match.start() >= hit.end:
            end = match.start()
            break
    return plain[start:end]


def _looks_alike(hit: Hit, plain: str) -> bool:
    """Whether a form that is no item of a list only looks like its skill in a CV."""
    form = fold(hit.surface.text)
    if form in _VENUES:
        return True
    against = _LOOK_ALIKES.get(form)
    start, end = _line(hit, plain)
    window = (
        f"{plain[max(start, hit.start - CLAUSE) : hit.start]}«»{plain[hit.end : min(end, hit.end + CLAUSE)]}"
    )
    return against is not None and against.search(window) is not None


def _line(hit: Hit, plain: str) -> tuple[int, int]:
    start = plain.rfind("\n", 0, hit.start) + 1
    end = plain.find("\n", hit.end)
    return start, len(plain) if end < 0 else end


def _near(hit: Hit, hits: Sequence[Hit]) -> list[Hit]:
    return [
        other
        for other in hits
        if other is not hit and max(other.start - hit.end, hit.start - other.end) <= LIST_WITHIN
    ]


def _items(plain: str) -> Iterator[tuple[int, int]]:
    """Where the items of a list begin and end, without signs and stars around them."""
    start = 0
    for match in (*_ITEM_END.finditer(plain), None):
        end = match.start() if match else len(plain)
        inside = plain[start:end]
        bare = inside.strip(_EDGES)
        if bare and len(bare) <= LONGEST_ITEM:
            at = start + inside.index(bare)
            yield at, at + len(bare)
        start = match.end() if match else end


def _years(hit: Hit, plain: str) -> float:
    """The years of practice that the text gives right beside a skill; 0 where it gives none."""
    start, end = _line(hit, plain)
    before, after = plain[start : hit.start], plain[hit.end : end]
    for match in _YEARS.finditer(before):
        if _BETWEEN.match(before[match.end() :]):
            return float(match[1].replace(",", "."))
    behind = _YEARS.search(after[:24])
    if behind is not None and _AFTER_YEARS.match(after[: behind.start()]):
        return float(behind[1].replace(",", "."))
    return 0.0
