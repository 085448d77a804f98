"""Names of people in an advertisement, by what points to them: "Contact:", a greeting, a signature, a mail address."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

NAME = "<name>"

_WORD = r"[A-Z\xc0-\xd6\xd8-\xde\u0100-\u017f](?:[a-z\xdf-\xf6\xf8-\xff\u0100-\u017f]+|['\u2019][A-Z])[\w'\u2019-]{0,30}"
_BETWEEN = r"(?:(?:van|von|de|der|den|del|la|le|bin|al|ten|ter|zu) ){0,2}"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Dhr|Mevr|Mw|Herrn?|Frau)\.? )?"
_ONE = rf"{_TITLE}{_WORD}(?: [A-Z]\.)?(?: {_BETWEEN}{_WORD}){{0,2}}"
_FULL = rf"{_TITLE}{_WORD}(?: [A-Z]\.)?(?: {_BETWEEN}{_WORD}){{1,2}}"
_OFFICES = (
    *("founder", "cto", "ceo", "cfo", "coo", "cpo", "vp", "head of", "recruiter", "manager", "talent", "hr"),
    *("director", "tech lead", "people", "president", "chief"),
)
_OFFICE = (
    r"(?:co-?founders?|founders?|CTO|CEO|CFO|COO|CPO|VP\b[ \w]{0,20}|head of[ \w]{1,20}|(?:senior |corporate |technical |lead )?"
    r"recruiter|hiring manager|engineering manager|talent[ \w]{0,25}|HR[ \w]{0,20}|director[ \w]{0,20}|tech lead|"
    r"people[ \w]{0,20}|president|chief[ \w]{0,25})"
)
_MARK = r"(?:email>|phone>)"


@dataclass(frozen=True, slots=True)
class _Cue:
    """A pattern with the groups ``cue`` and ``name``, and words without which a line cannot match it."""

    telltales: tuple[str, ...]
    pattern: re.Pattern[str]
    first_line: bool = True


_CUES: tuple[_Cue, ...] = (
    _Cue(
        (
            *(
                "contact",
                "ansprech",
                "kontakt",
                "hiring ",
                "recruit",
                "talent ",
                "hr ",
                "posted by",
                "job poster",
            ),
            *("report", "line manager", "supervisor", "signed"),
        ),
        re.compile(
            r"(?P<cue>\b(?i:contact(?: person| details)?|contactpersoon|ansprechpartner(?:in)?|ansprechperson|kontakt|"
            r"point of contact|hiring (?:manager|contact|lead)|recruiter|recruiting contact|talent (?:partner|"
            r"acquisition(?: partner)?)|hr (?:contact|manager|partner)|posted by|job poster|reports? to|reporting to|"
            rf"line manager|supervisor|signed) ?[:\u2013-] ?)(?P<name>{_ONE})"
        ),
    ),
    _Cue(
        (
            "contact",
            "reach",
            "in touch",
            "ask for",
            "wenden sie",
            "cv to",
            "resume to",
            "application to",
            "posted by",
            "interview with",
            "report",
        ),
        re.compile(
            r"(?P<cue>\b(?i:contact|reach(?:ing)? out to|get in touch with|in contact with|ask for|"
            r"neem contact op met|contact opnemen met|wenden sie sich an|(?:cv|resume|application) to|posted by|"
            rf"interview with|report(?:s|ing)? to) (?:(?:our|the|de|onze) )?(?:{_OFFICE}[ ,]{{1,2}})?)(?P<name>{_FULL})"
        ),
    ),
    _Cue(
        (
            *(f"{whose} {office}" for whose in ("our", "the", "my") for office in _OFFICES),
            "our lead",
            "the lead",
            "our senior",
            "our corporate",
            "our technical",
            "our co",
            "the co",
        ),
        re.compile(rf"(?P<cue>\b(?:[Oo]ur|[Tt]he|[Mm]y) {_OFFICE},? )(?P<name>{_FULL})"),
    ),
    _Cue(
        ("<email>", "<phone>"),
        re.compile(rf"(?P<cue>)\b(?P<name>{_FULL})(?=(?: at|:|,| is|,? via| on)? ?[(<\[]{{0,2}}{_MARK})"),
    ),
    _Cue(
        ("<email>", "<phone>"),
        re.compile(
            r"(?P<cue>\b(?i:contact|reach(?:ing)? out to|e-?mail|mail|ask for|call|ping|write|message|talk to|bel|"
            rf"speak (?:to|with)|questions\?) (?:me |us )?)(?P<name>{_ONE})(?=[^\n]{{0,30}}<{_MARK})"
        ),
    ),
    _Cue(
        ("i'm", "i\u2019m", "i am", "name is", "name's", "name\u2019s", "ich bin", "ik ben"),
        re.compile(
            r"(?P<cue>\b(?:I['\u2019]m|I am|i'm|[Mm]y name is|[Mm]y name['\u2019]s|[Ii]ch bin|[Ii]k ben) )"
            rf"(?P<name>{_ONE})(?=,| and |\.| \(| -| \u2013|\u2014| the | one of | from | here|$|!)"
        ),
    ),
    _Cue(
        (" here", ", i'm", ", i\u2019m", ", i am", *(f", {office}" for office in _OFFICES)),
        re.compile(
            rf"(?P<cue>^[ \t]*(?:[Tt]his is )?)(?P<name>{_ONE})(?= here(?:$|[,.!:(–-]| from| at| \(| -)|, (?:{_OFFICE}|I['\u2019]m|I am) )"
        ),
    ),
    _Cue(
        _OFFICES,
        re.compile(
            rf"(?P<cue>^[ \t]*[-\u2013\u2014~*]{{0,2}}[ \t]?)(?P<name>{_FULL})(?= ?[,(] ?(?i:{_OFFICE})\b)"
        ),
        first_line=False,
    ),
    _Cue(
        _OFFICES,
        re.compile(
            rf"(?P<cue>^[ \t]*[-\u2013\u2014~]{{1,2}}[ \t]?)(?P<name>{_ONE})(?=(?:, ?| ?\()(?i:{_OFFICE})\b)"
        ),
        first_line=False,
    ),
    _Cue(
        ("hi ", "hello ", "dear ", "hey ", "beste ", "hallo ", "hoi ", "liebe", "geachte ", "sehr geehrte"),
        re.compile(
            r"(?P<cue>^[ \t]*(?i:hi|hello|dear|hey|beste|hallo|hoi|liebe[rs]?|geachte|sehr geehrter?) )"
            rf"(?P<name>{_ONE})(?= ?[,!:\u2013-])"
        ),
    ),
)
_SIGN_OFF = re.compile(
    r"\s{0,8}(?:best|(?:kind|best|warm) regards|regards|thanks|thank you|many thanks|cheers|sincerely|"
    r"yours(?: sincerely| truly)?|met vriendelijke groet(?:en)?|groeten|mit freundlichen gr\xfc\xdfen|"
    r"meet the (?:hiring )?team|meet your recruiter|job poster|message the (?:recruiter|job poster)|"
    r"(?:viele|liebe|beste) gr\xfc\xdfe)\s?[,.!]?\s{0,8}",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"(?P<cue>^[ \t]*[-\u2013\u2014~]{{0,2}} ?)(?P<name>{_ONE})(?=[ \t]*(?:$|,|\||\())")
_LONGEST_SIGN_OFF = 40
_NO_NAME_WORDS = """
apache hadoop airflow spark kafka docker terraform rust
mail message tweet text hit come talk chat dm pm analytics tribe nda
a about account acquisition additionally administrator ai all also alternatively amazon an analyst
and annual anthropic any anyone api apis apple applicants application applications apply april
architect are area artificial as ask associate associates at audit august available avp aws azure
back backend based be been bei benefits best board brand build business but can candidate candidates
career careers center centre check cheers chief city click client cloud co code collaboration com
commerce committee community company compensation compliance computer connecting consultant contact
content contract coordinator core corp corporate currently customer cv das data databricks day
december deep delivery deloitte department deputy design designer desk details developer developers
development devops digital directly director diversity division do dont drop each early eastern
education een ein eine electronics email employment en engineer engineering engineers enterprise
equal eu europe european every everyone evp excellence executive executives experience february
federal feel fields finally finance financial first folks follow for founder founders founding free
friday friends front frontend full fullstack fully general generative germany get github give global
gm gmbh google group growth hackernews hackers had harvard has have he head health hello help hence
her here het hey hi high hire hiring his hn however hr human hybrid i ibm if ihr in inc india info
information infrastructure innovation inside institute intel intelligence intern international
interview interviews investment is it january java jij job jobs join july june just key kubernetes
lab labs language lead leader leaders leadership learn learning legal let limited line linkedin
linux ll llc llm llms local london looking machine management manager managers march marketing may
media medical met meta microsoft might mit ml mobile model models monday monthly more must naar
national netflix network new nobody north note november now nvidia october oder office officer on
online only ons onsite onze open openai operations opportunity or oracle other our outside owner
part partner partners partnership path people performance personally phone ping planning platform
please plus policy position positions post practice practices president principal privacy process
product production professional program project projects python quality quarterly question questions
ready real recruiter recruiters recruiting recruitment regards region regional relations remote
reporting research researcher resources responsible resume risk robotics role roles sales salesforce
san saturday science scientist scientists sde secretary security see send senior september series
service services she shift shoot should sie simply sincerely sister site skills so software solution
solutions somebody south specialist specifically sponsor spotify sre stack staff staffing
stakeholders stanford start startup strategy street strong studio submit success sunday supervisor
supply support svp swe system systems take talent team teams tech technical technologies technology
test thanks the their there these they things this those thursday thus time title to today tools top
total training tuesday uber uk und united university unser us usa user vice visa visit voor vp was
we web website wednesday weekly west what when where who why wij will wir with work working works
world would write yc york you your zoom
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
"""Words that are in no name of a person but in many capitalised phrases of advertisements."""
_SHORTENED = re.compile(r"['\u2019](?:re|ve|ll|s|m|d|t)\b", re.IGNORECASE)
_TITLES = re.compile(_TITLE)


def without_names(text: str, *, known: Iterable[str] = ()) -> str:
    """The text with ``<name>`` for every name that a cue points to, and for the ``known`` names wherever they stand.

    >>> without_names("Hiring manager: Ada Lovelace. Reports to: Head of Engineering.")
    'Hiring manager: <name>. Reports to: Head of Engineering.'
    """
    for name in sorted(set(known), key=lambda name: (-len(name), name)):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAME, text, flags=re.IGNORECASE)
    folded = text.casefold()
    lines = text.split("\n")
    starts = _line_starts(folded)
    for cue in _CUES:
        for number in _lines_with(cue.telltales, folded, starts):
            if number or cue.first_line:
                lines[number] = cue.pattern.sub(_replaced, lines[number])
    _replace_signatures(lines)
    return "\n".join(lines)


def _line_starts(text: str) -> list[int]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _lines_with(words: tuple[str, ...], folded: str, starts: list[int]) -> list[int]:
    """The numbers of the lines that hold one of the words; far cheaper than to ask every line."""
    numbers: set[int] = set()
    for word in words:
        at = folded.find(word)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            numbers.add(number)
            at = folded.find(word, starts[number + 1]) if number + 1 < len(starts) else -1
    return sorted(numbers)


def _replace_signatures(lines: list[str]) -> None:
    """The line below "Kind regards", one empty line between them at most."""
    for number, line in enumerate(lines):
        if 3 < len(line) < _LONGEST_SIGN_OFF and _SIGN_OFF.fullmatch(line):
            below = number + 2 if not "".join(lines[number + 1 : number + 2]).strip() else number + 1
            if below < len(lines):
                lines[below] = _SIGNATURE.sub(_replaced, lines[below])


def is_person(words: str) -> bool:
    """Whether capitalised words can be the name of a person: none is a word of organisations or of work."""
    plain = _TITLES.sub("", words, count=1)
    parts = plain.replace("-", " ").split()
    if not parts or _SHORTENED.search(plain):
        return False
    return not any(part.strip(".,'\u2019").casefold() in _NO_NAME for part in parts)


def _replaced(found: re.Match[str]) -> str:
    name = found.group("name")
    kept = _longest_name(name)
    return found.group("cue") + NAME + name[len(kept) :] if kept else found.group()


def _longest_name(words: str) -> str:
    """The longest beginning of capitalised words that can be a name; "" where the first two cannot."""
    parts = words.split(" ")
    for count in range(len(parts), 0, -1):
        start = " ".join(parts[:count])
        if is_person(start) and (count > 1 or len(parts) == 1):
            return start
    return ""
