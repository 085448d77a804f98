"""Personal data out of a text: mail addresses, phone numbers, and the names of people to write to.

What stands for them is ``<email>``, ``<phone>`` and ``<name>``. Web addresses stay, but for the name in a profile.
Names in running prose that nothing points to are not recognised.
"""

import re
from collections.abc import Iterable

from milepost.market.sources.people_names import without_names

EMAIL = "<email>"
PHONE = "<phone>"

_MAIL = re.compile(
    r"(?:mailto:)?(?<![\w.+%'-])[\w.+%'-]++ ?@ ?(?:(?:[\w-]++\.)+[A-Za-z]\w*+|[A-Za-z][\w-]*+\.{2,})"
    r"(?:\?[\w=&%+.-]*)?"
)
_AT = r"\s{0,2}[\[({<]\s?(?:at|AT|At|@)\s?[\])}>]\s{0,2}"
_DOT = r"(?:\s{0,2}[\[({<]\s?(?:dot|DOT|Dot|\.)\s?[\])}>]\s{0,2}|\s{1,2}(?:dot|DOT)\s{1,2}|\.)"
_HIDDEN_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]++{_AT}[\w-]++(?:{_DOT}[\w-]++)*"
    r"|(?<![\w.+-])[\w.+-]++\s{1,2}(?:at|AT)\s{1,2}[\w-]++(?:\s{1,2}(?:dot|DOT)\s{1,2}[\w-]++)+"
)
_SPOKEN_MAIL = re.compile(
    r"(?<![\w.+@/-])([a-z][a-z0-9._+-]{1,40}) at (?!(?:www|docs|jobs|careers|blog|www2)\.)([a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,2} ?\. ?"
    r"(?:com|org|net|io|ai|co|dev|edu|de|nl|fr|es|it|eu|us|ch|at|be|ca|uk|in|me|xyz|tech|app))\b(?![/\w])"
)
_ORDINARY_WORDS_WORDS = """
a an and apply at available before build code company contact content data detailed details
developer developers directly do engineer engineering engineers find found going here hiring hosted
info is it job learn learning life live login look made member model models more now of offer on
online opening openings opportunities opportunity or out page platform play position positions
posted product products profile python read role roles scale see shown site software sql stack start
started team teams tech that them there this up us visit website work worked working you
"""
_ORDINARY_WORDS = frozenset(_ORDINARY_WORDS_WORDS.split())
"""Words that stand before "at example.com" without being a mail box; "jobs" and "careers" are mail boxes."""
_BRACKETED_AT = re.compile(r"[\[({<]\s?(?:[aA][tT]|@)\s?[\])}>]")
_PROFILE_SITES = ("linkedin.com/", "xing.com/", "wa.me/", "t.me/")
_PROFILE = re.compile(
    r"((?:linkedin\.com/(?:in|pub)|xing\.com/profile|wa\.me|t\.me)/)[\w%+.~-]++", re.IGNORECASE
)

_CANDIDATE = re.compile(
    r"(?:[+(]{1,2} ?)?\d{1,4}(?: ?\(\d{1,4}\)[ .-]?)?(?:(?:\)[ .-]?| ?[\-/\u2010\u2011\u2013] ?|[. ])?\d){3,}"
)
_LABELLED = re.compile(
    r"\b(?:tel(?:ephone|efoon|efon|\xe9phone)?|t\xe9l|phone|mobile|mobil|mobiel|cell|fax|whats ?app|sms|handy|"
    r"telefoonnummer|call|bel|dial)\b\.?(?: ?(?:us|me|number|no\.?|nr\.?|at|on)\b){0,2} ?[:.#]? ?$",
    re.IGNORECASE,
)
_SHAPES = re.compile(
    r"(?P<abroad>\(?\+ ?\(?[1-9].{6,30})"
    r"|(?P<national>\(?0(?=[\d)]).{7,26})"
    r"|(?P<american>(?:\+?1[ .\-]{1,2})?(?:\([2-9]\d\d\)[ .\-]{0,3}|[2-9]\d\d[ .\-\u2010\u2011]{1,2})"
    r"[2-9]\d\d[ .\-\u2010\u2011]{1,2}\d{4})"
    r"|(?P<bare>[6-9]\d{9})"
)
_AMERICAN = re.compile(r"(?<!\d)(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?!\d)")
_LEAST = {"abroad": 8, "national": 9, "american": 10, "bare": 10}
_NO_START = re.compile(r"(?:[\w.,$€£¥₹/=#@:-]|\d )$")
_NO_END = re.compile(r"[%@]|[.,-]\d|(?!x\d)\w|(?:[ ]?(?:EUR|USD|GBP|CHF|[€£$₹]))")
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)(?!\d)")
_IDENTIFIES = re.compile(
    r"(?:\bid|\breq\w*|\bref\w*|#|\bno|\bnr|\bcode|\bjob|number|posting)\W{0,3}$", re.IGNORECASE
)
_FEWEST_DIGITS = 7
_MOST_DIGITS = 15
_LOOK_BACK = 40


def without_personal_data(text: str, *, names: Iterable[str] = ()) -> str:
    """The text without mail addresses, phone numbers and the names of contacts; ``names`` are known to be such.

    Figures that are no phone numbers stay: versions, years, dates and pay.

    >>> without_personal_data("Questions? Contact Jane Doe at jane@example.com or +1 415 555 0100. Python 3.11.7")
    'Questions? Contact <name> at <email> or <phone>. Python 3.11.7'
    """
    return without_names(_without_telephones(_without_addresses(text)), known=names)


def _without_addresses(text: str) -> str:
    if "@" in text:
        text = _MAIL.sub(EMAIL, text)
    folded = text.casefold()
    if _BRACKETED_AT.search(text) or " dot " in folded:
        text = _HIDDEN_MAIL.sub(EMAIL, text)
    if " at " in text:
        text = _SPOKEN_MAIL.sub(_unless_ordinary, text)
    if any(site in folded for site in _PROFILE_SITES):
        text = _PROFILE.sub(r"\1<name>", text)
    return text


def _unless_ordinary(found: re.Match[str]) -> str:
    return found.group() if found.group(1) in _ORDINARY_WORDS else EMAIL


def _without_telephones(text: str) -> str:
    return _CANDIDATE.sub(_unless_figure, text)


def _unless_figure(found: re.Match[str]) -> str:
    number = found.group()
    before = found.string[max(0, found.start() - _LOOK_BACK) : found.start()]
    word = before.rpartition(" ")[2].rpartition("\n")[2]
    if "://" in word or "www." in word:
        return number
    if sum(map(str.isdigit, number)) > _MOST_DIGITS:
        return _AMERICAN.sub(PHONE, number)
    if not _is_telephone(number):
        return number
    if _LABELLED.search(before):
        return PHONE
    after = found.string[found.end() : found.end() + 4]
    unopened = number.removeprefix("(") if number.count("(") > number.count(")") else number
    if not _is_written_as_telephone(number, unopened, before=before, after=after):
        return number
    return PHONE if unopened == number else f"({PHONE}"


def _is_written_as_telephone(number: str, unopened: str, *, before: str, after: str) -> bool:
    """Whether a number without a label has the shape of one, and nothing around it says otherwise."""
    shape = _SHAPES.fullmatch(number) or _SHAPES.fullmatch(unopened)
    if shape is None or _NO_START.search(before) or _NO_END.match(after):
        return False
    if sum(map(str.isdigit, number)) < _LEAST[shape.lastgroup or "abroad"]:
        return False
    return not shape.group("bare") or not (_IDENTIFIES.search(before) or number.endswith("000"))


def _is_telephone(number: str) -> bool:
    """Whether digits and separators are no date, no years and no round amount."""
    groups = _DIGITS.findall(number)
    if not _FEWEST_DIGITS <= sum(map(len, groups)) <= _MOST_DIGITS or _DATE.search(number):
        return False
    if all(len(group) == 4 and "1900" <= group < "2100" for group in groups):
        return False
    return "000" not in groups
