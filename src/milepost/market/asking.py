"""What a sentence says about the skills in it: a nice-to-have, not needed, or no demand at all.

Rules R3 d to f of method-market 1.5 and the inline cues of 2.1. Each rule has its cues: words of which at
least one stands in every sentence that the rule can meet, so that the fast extractor looks at no other.
"""

import re

from milepost.market.lexicon import fold
from milepost.market.sections import Passage, Section

NICE_CUES = (
    *("plus", "pluses", "bonus", "advantage", "advantageous", "nice", "preferred", "preferably", "desirable", "desired"),
    *("ideally", "ideal", "good to have", "great to have", "would be", "helpful", "beneficial", "welcome", "optional"),
    *("extra points", "brownie points", "von vorteil"),
)  # fmt: skip
NOT_CUES = (
    "no",
    "nor",
    "not",
    "don't",
    "doesn't",
    "needn't",
    "without",
    "never",
    "moved away",
    "isn't",
    "aren't",
)
STUDY_CUES = (
    *("degree", "degrees", "bachelor", "bachelors", "bachelor's", "master", "masters", "master's", "phd", "ph d", "doctorate"),
    *("bs", "ms", "b s", "m s", "bsc", "msc", "b sc", "m sc", "diploma", "ba", "graduate"),
)  # fmt: skip
BOILERPLATE_CUES = (
    *("equal", "regardless", "race", "veteran", "reasonable accommodation", "cookies", "cookie", "privacy"),
    *("background check", "background checks", "enable javascript", "affirmative action", "fair chance", "e verify"),
    *("unsolicited", "submitting", "automated employment", "may use", "personal data", "personal information"),
    *("fraud", "scam", "fraudulent"),
)  # fmt: skip
_FREE = r"(?<![\w#+@])"
_END = r"(?![\w+#])"

_NICE = re.compile(
    rf"{_FREE}(?:(?:is|are|be|as|considered|huge|big|strong|definite|added|major|a|an)(?: an?)? ?(?:big |huge |strong |definite |"
    r"major |real |added |nice |great )?(?:plus|bonus|advantage)|pluses|plus(?=[).])|"
    r"nice[ -]to[ -]haves?|preferred|preferably|bonus points?|bonus(?= if| for|:| skills)|"
    r"desirable|desired|ideally|ideal but|advantageous|not (?:strictly |absolutely )?(?:required|necessary|mandatory|a must)|good to have|great to have|"
    r"would be (?:nice|great|helpful|an? (?:plus|bonus|asset|advantage))|(?:is|are) (?:also )?(?:helpful|beneficial|welcome|optional)|extra points|brownie points|"
    rf"beneficial|optional|von vorteil){_END}",
    re.IGNORECASE,
)
_NOT_FOR_NICE = re.compile(
    r"\b(?:annual|sign[ -]?on|signing|performance|cash|yearly|target|discretionary) bonus", re.IGNORECASE
)
_SOFTENED = re.compile(
    r"\b(?:plus|bonus|nice|prefer\w*|helpful|desir\w+|ideal\w*|advantage\w*|useful|beneficial|great|welcome)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    rf"{_FREE}(?:no (?:\w+ ){{0,2}}(?:experience|knowledge|background|expertise|skills?)(?: (?:with|in|of|using))?|"
    r"(?:don't|do not|needn't|need not|doesn't|does not)(?: \w+)? (?:need|have to|require|use|want|expect|do)|no need (?:to|for)|"
    rf"without(?: (?:any|prior|previous|needing))*|not (?:looking for|using|require\w*)|never use|moved away from|no longer use){_END}"
    r"(?: [^.;:!?]{0,60})?\Z",
    re.IGNORECASE,
)
_NO_RIGHT_BEFORE = re.compile(rf"{_FREE}no (?:\w+ )?\Z", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"\A[^.;:!?]{0,60}?\b(?:(?:is|are) not|not|isn't|aren't) (?:\w+ly )?(?:required|needed|necessary|expected)(?!\w)",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"\A[^.;:!?]{0,60}?\b(?:required|needed|necessary|experience|responsibilities|duties)\b", re.IGNORECASE
)
_STUDY = re.compile(
    rf"{_FREE}(?:degrees?|bachelor(?:'?s)?|master(?:'?s)?|ph\.? ?d\.?|doctorate|[bm]\.?[ ]?s\.?c?\.?|ba|diploma|graduate)(?![\w+#])"
    r"[^.;:!?]{0,70}?(?:\b(?:in|of|discipline|fields?)\b|\()(?P<fields>[^.;:!?]{0,110})\Z",
    re.IGNORECASE,
)
_NOT_STUDIED = re.compile(
    r"\b(?:experience|knowledge|skills?|understanding|proficien\w+|focus|emphasis|speciali[sz]\w+|with|using|years?|working|hands-on|expertise|strong|ability)\b",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    rf"{_FREE}(?:equal[ -](?:employment[ -])?opportunit|regardless of (?:race|age|gender|color|their)|race, (?:color|colour|religion|ethnicity)|"
    rf"veteran status|protected veteran{_END}|reasonable accommodation{_END}|cookies?{_END}.{{0,80}}\b(?:use|accept|policy|consent|website)|"
    rf"privacy (?:policy|notice|statement)|background checks?{_END}|enable javascript{_END}|affirmative action{_END}|fair chance{_END}|e-verify{_END}|"
    rf"unsolicited (?:resume|candidate|cv|agenc)|(?:receive|recruit|accept)\w* (?:any )?unsolicited{_END}|submitting (?:your|an) application|"
    rf"automated employment decision|may use (?:artificial intelligence|ai)|personal (?:data|information){_END}.{{0,120}}\b(?:appl|recruit|"
    rf"candidate|privacy|process|collect)|(?:recruitment|job) (?:fraud|scam){_END}|fraudulent{_END})",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"^[^a-zA-Z]*(?:(?:At|About) [A-Z]\w+,? )?(?:"
    r"(?:[A-Z][\w.&'-]*)(?: [A-Z][\w.&'-]*){0,3}(?:'s [\w ,-]{3,60}?)? (?:is|are|was|isn't|helps?|enables?|lets?|empowers?|provides?|makes?|offers?|delivers?|allows?|connects?|"
    r"embeds?|transforms?|raised|reinvents?|gives?|improves?|has (?:built|raised|created|developed)|powers|automates|combines|works with)\b|"
    r"(?:It|They) (?:is|are|helps?|connects?|enables?|lets?|allows?|integrates?|supports?|provides?|gives?|makes?)\b|"
    r"Our (?:mission|vision|goal|platform|product|products|software|app|solution|solutions|technology|customers|clients|users|company|AI|service|services|flagship)\b|"
    r"We (?:support|integrate with|connect|empower|help|enable|believe|raised|are backed|provide|offer|partner with|serve|sell|democrati[sz]e|combine|let|are (?:renowned|known|proud|committed|dedicated|an? (?!team)(?:[\w-]+ ){0,5}(?:company|startup|start-up|platform|provider|agency)))\b|"
    r"(?:Used|Trusted|Backed) by\b)"
)
_PRODUCT = re.compile(
    r"^[^a-zA-Z]*(?:At [A-Z][\w.]*(?: [A-Z]\w*)?, )?(?:[Ww]e(?:'re| are) (?!looking|hiring|seeking|searching|using|expect|after)|"
    r"We (?!use|need|want|seek|write|code|run|work|rely|expect|require|hire|deploy|develop|do\b|have|build|operate|employ|like|love|value|care|don't|also|mostly|mainly|primarily)[a-z]+\b|"
    r"(?:The|This) [\w -]{2,40} (?:is|are|was|were|has|have|spans)\b|There(?:'s| is| are)\b|In \d{4}\b|Founded\b|Headquartered\b|(?:His|Her|Their|Its) )"
)
ASKS_CUES = (
    *("stack", "we use", "we're using", "using", "uses", "built in", "built with", "built on", "built using", "written in"),
    *("powered by", "coded in", "we code in", "tech", "technologies", "you will", "you would", "you are", "you bring", "you must"),
    *("you should", "you can", "you have experience", "you'll", "you're", "you'd", "you've", "your role", "your work"),
    *("your skills", "your team", "your day", "your experience", "your mission", "your background", "your job"),
    *("your expertise", "your responsibilities", "looking for", "hiring", "seeking", "searching", "engineer to"),
    *("engineers to", "engineer who", "engineers who", "engineer with", "engineers with", "developer to", "developers to"),
    *("developer who", "developers who", "developer with", "developers with", "role", "position", "join", "experience with"),
    *("experience in", "require", "requires", "required", "requirements", "responsible", "responsibilities", "must"),
    *("candidate", "candidates", "work on", "working on"),
)  # fmt: skip
"""Words of a sentence that asks for somebody, or says what the work is done with."""
WANTS_CUES = (
    *("looking for", "searching for", "seeking", "hiring a", "hiring an", "stack", "proficient", "proficiency"),
    *("experience with", "experience in", "experience using", "experience building", "years of experience", "years experience"),
    *("is required", "are required", "must have", "requirements", "we use", "familiarity with", "familiar with", "fluent in"),
    *("knowledge of", "expertise in", "strong understanding", "solid understanding", "deep understanding", "good understanding"),
    *("understanding of", "strong knowledge", "strong computer", "strong programming", "hands on experience", "in this role"),
    *(
        f"{you} {verb}"
        for you in ("you will", "you'll")
        for verb in ("be", "work", "build", "design", "develop", "use", "lead", "own")
    ),
)  # fmt: skip
"""Words of a sentence that asks for somebody although the company is being described."""


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One of the phrases as whole words, with any one sign between two words."""
    words = "|".join(re.sub(r"[^\w]", "[^a-z0-9_#+@\\\\n]", phrase) for phrase in phrases)
    return re.compile(rf"(?<![a-z0-9_#+@])(?:{words})(?![a-z0-9_#+@])", re.IGNORECASE | re.ASCII)


_ASKS = _any_of(ASKS_CUES)
_WANTS = _any_of(WANTS_CUES)
NEAR = 160
"""Characters to each side of a skill within which a cue speaks for it."""
SENTENCE_END = re.compile(r"(?:;|(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)\.|[!?]) (?=[^a-z ])|; ")


def section_of_sentence(
    passage: Passage, sentence: str, employer: tuple[str, ...], *, technology: bool
) -> Section | None:
    """The section in which a sentence of a passage names a skill; None for text that every advertisement has.

    ``technology`` says whether the skill is a tool, and ``employer`` is the folded name of the company.
    """
    section = passage.section
    if section is Section.TITLE:
        return section
    if is_boilerplate(sentence):
        return None
    if section is Section.COMPANY:
        return Section.UNSECTIONED if wants_somebody(sentence) else section
    if section is Section.UNSECTIONED and describes_employer(sentence, employer, technology=technology):
        return Section.COMPANY
    return section


def section_of_skill(
    section: Section, text: str, sentence: tuple[int, int], place: tuple[int, int], *, technology: bool
) -> Section:
    """The section of one skill, by what its sentence says within ``NEAR`` characters before and after its place."""
    if section is Section.TITLE or section is Section.COMPANY:
        return section
    before = text[_first_word(text, max(sentence[0], place[0] - NEAR), sentence[0], place[0]) : place[0]]
    after = text[place[1] : _last_word(text, place[1], min(sentence[1], place[1] + NEAR), sentence[1])]
    if is_not_needed(before, after) or (not technology and is_field_of_study(before)):
        return Section.COMPANY
    return Section.NICE if is_nice(before, after) else section


def _first_word(text: str, at: int, start: int, end: int) -> int:
    """Where the first whole word begins: half a word could be another word."""
    if at == start:
        return at
    space = text.find(" ", at, end)
    return end if space < 0 else space


def _last_word(text: str, start: int, at: int, end: int) -> int:
    if at == end:
        return at
    space = text.rfind(" ", start, at)
    return start if space < 0 else space


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence is about discrimination, data protection or fraud (rule R3 d)."""
    return _BOILERPLATE.search(sentence) is not None


def is_not_needed(before: str, after: str) -> bool:
    """Whether the words around a skill say that nobody needs it; "a plus, but not required" does not say so."""
    if _NO_RIGHT_BEFORE.search(before) and _NEEDED.search(after):
        return True
    if _NOT_BEFORE.search(before):
        return True
    match = _NOT_AFTER.search(after)
    return match is not None and not (_SOFTENED.search(before) or _SOFTENED.search(match.group()))


def is_field_of_study(before: str) -> bool:
    """Whether a concept stands in a list of degrees: who has studied statistics need not have done statistics."""
    match = _STUDY.search(before)
    return match is not None and _NOT_STUDIED.search(match["fields"]) is None


def is_nice(before: str, after: str) -> bool:
    """Whether the words around a skill make it a nice-to-have; a cue in brackets speaks for what is in them."""
    sentence = before + "\0" + after
    if "(" in sentence:
        sentence = _without_other_brackets(before, after)
    skill = sentence.find("\0")
    return any(_speaks_for(match, sentence, skill) for match in _NICE.finditer(sentence))


def _speaks_for(cue: re.Match[str], sentence: str, skill: int) -> bool:
    if _NOT_FOR_NICE.search(sentence, max(0, cue.start() - 16), cue.end()):
        return False
    return cue.start() < skill or _FORWARD.match(sentence, cue.start()) is None


_FORWARD = re.compile(r"(?:preferably|ideally),? \w", re.IGNORECASE)
"""Cues that speak for what follows them."""


_BRACKET = re.compile(r"\([^()]*\)")


def _without_other_brackets(before: str, after: str) -> str:
    opened = before.rfind("(")
    if opened > before.rfind(")"):
        closed = after.find(")")
        if closed >= 0:
            inside = before[opened:] + "\0" + after[: closed + 1]
            if _NICE.search(inside):
                return inside
    tail = _BRACKET.match(after.lstrip())
    kept = tail.group() if tail else ""
    return _BRACKET.sub(" ", before) + "\0" + kept + _BRACKET.sub(" ", after)


def describes_employer(sentence: str, employer: tuple[str, ...], *, technology: bool) -> bool:
    """Whether a sentence tells what the employer is and sells and asks nothing (rule R3 f).

    What a company builds says nothing about a concept; with which tools it builds does.
    """
    return not asks_something(sentence) and is_about_employer(sentence, employer, technology=technology)


def asks_something(sentence: str) -> bool:
    """Whether one of ``ASKS_CUES`` stands in a sentence."""
    return _ASKS.search(sentence) is not None


def is_about_employer(sentence: str, employer: tuple[str, ...], *, technology: bool) -> bool:
    """Whether a sentence begins like one about a company, its people or its product."""
    if "|" in sentence or (technology and _MADE_WITH.search(sentence)):
        return False
    if _EMPLOYER.match(sentence) or "'s mission " in sentence:
        return True
    if employer and fold(sentence[:_OPENING]).lstrip(" *•").startswith(employer[0]):
        return True
    return not technology and _PRODUCT.match(sentence) is not None


_MADE_WITH = re.compile(
    r"\b(?:builds?|built|building|runs?|running|written|developed|made|uses?)\b.{0,80}\b(?:in|on|with|using)\b"
)
_OPENING = 40


def wants_somebody(sentence: str) -> bool:
    """Whether a sentence asks for somebody although it stands where the company is described."""
    return _WANTS.search(sentence) is not None
