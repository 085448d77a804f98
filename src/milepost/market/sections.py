"""Which part of an advertisement a line belongs to: what is asked, what is done, what is merely said.

Method-market 2.1: a short line without a bullet that reads like a heading opens a section; words such as
"is a plus" make their own sentence a nice-to-have wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from milepost.market.ads import is_bullet


class Section(StrEnum):
    """The part of an advertisement in which a skill is named."""

    MUST = "must"
    DUTY = "duty"
    NICE = "nice"
    COMPANY = "company"
    TITLE = "title"
    UNSECTIONED = "unsectioned"


class Asked(StrEnum):
    """How a skill is asked of the candidate."""

    MUST = "must"
    DUTY = "duty"
    NICE = "nice"
    CONTEXT = "context"


WEIGHTS = {
    Section.MUST: 1.0,
    Section.TITLE: 1.0,
    Section.DUTY: 0.75,
    Section.UNSECTIONED: 0.75,
    Section.NICE: 0.4,
    Section.COMPANY: 0.15,
}
"""Section weight W of method-market 2.1."""

ASKED = {
    Section.MUST: Asked.MUST,
    Section.TITLE: Asked.MUST,
    Section.DUTY: Asked.DUTY,
    Section.UNSECTIONED: Asked.DUTY,
    Section.NICE: Asked.NICE,
    Section.COMPANY: Asked.CONTEXT,
}

_LONGEST_HEADING = 70
_HEADINGS: tuple[tuple[Section, re.Pattern[str]], ...] = tuple(
    (section, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for section, words in (
        (
            Section.NICE,
            r"nice[ -]to[ -]have\w*|preferred|bonus|desired|desirable|plus|pluses|stand out|good to have|"
            r"optional|ideally|even better|extra credit|strong candidates may also|additional (?:skills|experience)|"
            r"great to have|would be (?:nice|great)|advantage\w*",
        ),
        (
            Section.COMPANY,
            r"about (?:us|the company|the team|our \w+|[A-Z]\w+(?: [A-Z]\w+)?)|who we are|our (?:mission|story|values|"
            r"culture|company|benefits|vision)|benefits|perks|why (?:join|work|us|you|we)\b.*|what we offer|we offer|"
            r"compensation|salary|pay (?:range|transparency)|equal (?:employment )?opportunity.*|eeo.*|diversity.*|"
            r"what(?:'|’)?s in it for you|life at .*|company (?:overview|description)|total rewards|"
            r"how (?:to|we) (?:apply|hire)|(?:interview|hiring|application) process|additional information|who are we|what we do|how we work|our people|"
            r"the team|health|well[ -]?being|relocation|accommodations?|logistics|next steps|learn more|hybrid work\w*|"
            r"what (?:we|you) (?:can )?(?:offer|expect from us)\b.*|"
            r"what you(?:'|’)ll (?:get|receive)|privacy.*",
        ),
        (
            Section.MUST,
            r"requirements?|required|qualifications?|must[ -]haves?|must|minimum|basic qualifications|skills|"
            r"what (?:you|we)(?:(?:'|’)ll|(?:'|’)re| will| are)? ?(?:need|bring|look\w*|expect|require)\b.*|who you are|you have|you(?:'|’)ve|"
            r"about you|you bring|looking for|your (?:profile|background|skills|experience)|experience|"
            r"good fit|great fit|ideal candidate|we(?:'|’)d love|you are|you might be|"
            r"(?:tech|technology|our) stack|technologies|education|what you(?:'|’)ve|expertise|competenc\w+|"
            r"your expertise|what makes you|knowledge|the skill set|essential|technical stack|you should (?:apply|have)\b.*",
        ),
        (
            Section.DUTY,
            r"responsibilit\w+|duties|what you(?:(?:'|’)ll| will)(?: be)? (?:do|doing|build|work\w*|own)\b.*|"
            r"the role|the job|your (?:role|mission|impact|tasks?|work)|you will|you(?:'|’)ll|day[ -]to[ -]day|"
            r"role (?:overview|summary|description)|job (?:summary|description|overview)|about the (?:role|job|position|"
            r"opportunity)|position (?:summary|overview)|key (?:tasks|areas)|in this role|what you do|overview|summary|"
            r"opportunity|projects|impact|focus areas|accountabilities|a typical day|what will you do|day in the life|"
            r"essential functions|description|role purpose|your job",
        ),
    )
)
_ABOUT_PERSON = re.compile(
    r"\babout you\b|(?:thrive|succe\w+|fit) (?:in|for) (?:this|the) role|(?:looking|look) for\b|thrive here if",
    re.IGNORECASE,
)
_ABOUT_ROLE = re.compile(
    r"\babout (?:the|this|your) (?:role|job|position|opportunity|work)\b|\bwhy this role\b|essential (?:functions|duties)",
    re.IGNORECASE,
)
_NICE_CUE = re.compile(
    r"\b(?:(?:is|are|be|as|considered|huge|big|strong|definite|added|major)(?: an?)? (?:big |huge |strong |definite |"
    r"major |real |added )?(?:plus|bonus|advantage)|a plus|nice[ -]to[ -]haves?|preferred|preferably|bonus(?: points)?|"
    r"desirable|desired|ideally|advantageous|not required|good to have|would be (?:nice|great|helpful))\b",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"equal[ -]opportunity|regardless of (?:race|age|gender|color|their)|race, (?:color|religion|ethnicity)|"
    r"protected veteran|reasonable accommodation|\bcookies?\b.{0,80}\b(?:use|accept|policy|consent|website)|"
    r"privacy (?:policy|notice)|background check|enable javascript|affirmative action|fair chance|e-verify|"
    r"(?:receive|recruit|accept)\w* (?:any )?unsolicited|submitting (?:your|an) application|"
    r"automated employment decision|may use (?:artificial intelligence|ai)|personal (?:data|information)\b.{0,120}\b(?:appl|recruit|"
    r"candidate|privacy|process|collect)|(?:recruitment|job) (?:fraud|scam)"
)
_TELLTALES = (
    *(
        "equal",
        "regardless",
        "race,",
        "veteran",
        "accommodation",
        "cookie",
        "privacy",
        "background check",
        "enable",
    ),
    *(
        "affirmative",
        "fair chance",
        "e-verify",
        "unsolicited",
        "application",
        "automated",
        "may use",
        "personal",
    ),
    *("fraud", "scam"),
)
_NICE_TELLTALES = (
    *("plus", "bonus", "advantage", "nice", "preferred", "preferably", "desirable", "desired", "ideally"),
    *("not required", "good to have", "would be"),
)
_ITEM = re.compile(
    r"(?:strong(?! plus| candidates)|experienced?,? (?:with|in|of|building|working|using|developing|designing|shipping)|proven|"
    r"excellent|knowledge of|familiar\w*|proficien\w+|ability|(?:good|great)(?! to have| fit| benefits)|solid|deep|"
    r"expertise (?:in|with)|understanding|hands[ -]on|demonstrated|bachelor\S*|master\S*|degree|fluen\w+|"
    r"working (?:experience|knowledge)|at least|\d)\b.* \w+",
    re.IGNORECASE,
)
"""How an item of a list without bullets begins; such a line opens no section."""
_FLAT_LINE = 600
_FLAT_HEADING = re.compile(
    r"(?<=[.;:!?)\w]) (?=(?:Key |Core |Your |Main |Minimum |Basic |Required |Preferred |Additional |About the )?"
    r"(?:Responsibilities|Requirements|Qualifications|Nice[ -]to[ -]have\w*|About (?:you|the role|the team|us)|"
    r"(?:Role|Skills|Experience|Job Description|Benefits|What you(?:'|’)ll do|What you(?:'|’)ll (?:need|bring)|"
    r"What we offer|Who you are|You may be a good fit if you|Strong candidates may also(?: have)?)):)"
    r"|(?<=:) (?=[A-Z])|(?<=[.!?]) (?=(?:About the role|About you|Responsibilities|Requirements|Qualifications|"
    r"You may be a good fit if|Strong candidates may also|What you(?:'|’)ll do|What we offer|Why join us|"
    r"The role|Logistics|Benefits|Annual Salary|Nice to have) )"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z(•*-])")


def sectioned(lines: Iterable[str]) -> Iterator[tuple[Section, str]]:
    """Each sentence of an advertisement with its section, a heading with the section it opens; no boilerplate."""
    section = Section.UNSECTIONED
    for line in lines:
        for piece in _unfolded(line):
            opened = _opened(piece, section)
            if opened is not None:
                section = opened
            if _is_boilerplate(piece):
                continue
            for sentence in _SENTENCE.split(piece):
                yield (Section.NICE if _is_nice(sentence, section) else section), sentence


def _is_nice(sentence: str, section: Section) -> bool:
    if section is Section.COMPANY or not _has(sentence.casefold(), _NICE_TELLTALES):
        return False
    return _NICE_CUE.search(sentence) is not None


def _is_boilerplate(line: str) -> bool:
    folded = line.casefold()
    return _has(folded, _TELLTALES) and _BOILERPLATE.search(folded) is not None


def _has(folded: str, words: tuple[str, ...]) -> bool:
    """A cheap look before a dear pattern."""
    return any(word in folded for word in words)


def _unfolded(line: str) -> list[str]:
    """A text without any line break, cut before the headings that are buried in it."""
    return _FLAT_HEADING.split(line) if len(line) > _FLAT_LINE else [line]


def _opened(line: str, section: Section) -> Section | None:
    """The section that a heading opens; None for a line that is no heading."""
    text = line.strip().strip("*#_=: ")
    if not _may_be_heading(line, text):
        return None
    if _ABOUT_PERSON.search(text):
        return Section.MUST
    if _ABOUT_ROLE.search(text):
        return Section.DUTY
    for kind, words in _HEADINGS:
        if words.search(text):
            return kind
    if section is Section.COMPANY and line.rstrip().endswith(":"):
        return Section.UNSECTIONED
    return None


def _may_be_heading(line: str, text: str) -> bool:
    if not text or len(text) >= _LONGEST_HEADING or is_bullet(line):
        return False
    if line.rstrip().endswith(":"):
        return True
    words = text.split()
    if text[-1] in ".,;!" or len(words) > 9 or _ITEM.match(text):
        return False
    capitals = sum(word[:1].isupper() for word in words)
    return text[0].isupper() and ("," not in text) and (capitals >= len(words) / 2 or len(words) <= 6)
