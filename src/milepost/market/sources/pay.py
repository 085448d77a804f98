"""What an advertisement pays, read from a field or found in the text; amounts that are no pay are left alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from milepost.market.ads import Pay

_SIGNS: Mapping[str, str] = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD",
    "HK$": "HKD", "R$": "BRL", "USD$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "zł": "PLN",
    "RS": "INR", "RS.": "INR", "EURO": "EUR", "EUROS": "EUR", "DOLLARS": "USD", "POUNDS": "GBP", "PLN": "PLN", "FR.": "CHF",
}  # fmt: skip
_CODES_WORDS = """
AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS INR JPY MXN NOK NZD PLN SEK SGD USD ZAR
"""
_CODES = frozenset(_CODES_WORDS.split())
_LARGE_UNITS = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"})
"""Currencies in which an amount from 10,000 on without a period is a year's pay."""
_LEAST_A_YEAR = 10_000
_MOST = {"hour": 1_000, "day": 5_000, "week": 25_000, "month": 100_000, "year": 5_000_000}
_LEAST = {"hour": 4, "day": 30, "week": 100, "month": 300, "year": 5_000}
"""Outside of these an amount in a large unit is no pay but an allowance, a budget or a turnover."""
_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (period, re.compile(words, re.IGNORECASE))
    for period, words in (
        (
            "hour",
            r"(?:/|\bper |\ban? |\bpro )\s?(?:hours?|hr|h|uur|stunde)\b|\bhourly\b|\bp/?h\b|\bper uur\b|\bph\b",
        ),
        (
            "day",
            r"(?:/|\bper |\ba |\bpro )\s?(?:days?|d|dag|tag)\b|\bdaily\b|\bday rate\b|\bp/?d\b|\bdagtarief\b",
        ),
        ("week", r"(?:/|\bper |\ba |\bpro )\s?(?:weeks?|wk|woche)\b|\bweekly\b"),
        (
            "month",
            r"(?:/|\bper |\ba |\bpro )\s?(?:months?|mo|mth|maand|monat)\b|\bmonthly\b|\bp/?m\b|\bmaandelijks\b|\bmonatlich\b|\bmtl\b",
        ),
        (
            "year",
            r"(?:/|\bper |\ba |\bpro )\s?(?:years?|yr|y|annum|jaar|jahr)\b|\bannual(?:ly|i[sz]ed)?\b|\byearly\b|\bp\.?a\b|"
            r"\bannum\b|\bj\xe4hrlich\b|\bjaarlijks\b|\bLPA\b",
        ),
    )
)
_CURRENCY = r"(?:(?:US|CAD?|C|AU?|NZ|S|HK|R|USD)?\$|[€£₹¥]|(?:USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|JPY|SEK|NOK|DKK|PLN|CZK|BRL|Rs\.?)\b)"
_AFTER = r"(?:USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|JPY|CNY|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|AED|ILS|[Ee]uros?|EURO|dollars|pounds|zł|[€£])(?!\w)"
_AMOUNT = r"\d{1,3}(?:[.,'\u2019 \xa0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"
_MULTIPLE = r"(?:\s?[kK](?![a-zA-Z])|\s?(?:lakhs?|lacs?|LPA)(?![a-zA-Z]))?(?:,-|,\u2013|\.-)?"
_TO = r"\s{0,3}(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|to|and|up to|bis|tot|en|und|through|until|–|~|\.\.)\s{0,3}"
_MONEY = re.compile(
    rf"(?<![\w.,$€£])(?P<c1>{_CURRENCY})?\s?(?P<low>{_AMOUNT})(?P<k1>{_MULTIPLE})\s?(?P<a1>{_AFTER})?"
    rf"(?:(?:\s?/\s?(?:yr|year|hr|hour|month|day))?{_TO}(?P<c2>{_CURRENCY})?\s?(?P<high>{_AMOUNT})(?P<k2>{_MULTIPLE})\s?(?P<a2>{_AFTER})?)?"
    r"(?![\w%]|\s?(?:[mMbB]n?\b|mm\b|million|billion|trillion|mln|mio|bio)|[.,]\d)"
)
_PAY_WORD = re.compile(
    r"salar|\bpay\b|\bpaid\b|\bpaying\b|compensation|\bcomp\b|\bbase\b|\bOTE\b|on.target|\brates?\b|remuneration|\bwages?\b|"
    r"gehalt|salaris|verg\xfctung|\bearn|\bCTC\b|hiring range|\brange\b|\bTC\b|\bgross\b|\bbruto\b|\bbrutto\b|\bLPA\b|\bequity\b",
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    r"stipend|allowance|bonus|budget|voucher|reimburs|sign.?on|referral|credits?\b|401|per diem|\bmeals?\b|\bgym\b|internet|"
    r"\bARR\b|\bMRR\b|revenue|funding|\brais(?:ed|ing)\b|customers|\busers?\b|valu(?:ed|ation)|worth|invest|\bsales of\b|deals?\b|grants?\b|"
    r"wellness|relocation|contribution|up to .{0,20} (?:towards|for)|savings?\b|\bcosts?\b|prize|premium|seed\b|\bseries [a-f]\b|"
    r"tuition|education|training|learning|commut|travel|equipment|home office|\bmatch|employees|companies|donat|turnover|"
    r"transaction|assets|spend|equity of|insurance|\bfee\b|deductible|laptop|perks?\b|pto\b|quota|threshold|requests?",
    re.IGNORECASE,
)
_MAY_PAY = re.compile(rf"[$€£₹¥]|\d\s?k\b|\b{_AFTER}|lakh|lpa\b|\b(?:CHF|Rs)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[ \t]*[-•*] )")
_SALARY = re.compile(
    r"salar|compensation|remuneration|gehalt|verg\xfctung|\bpay\b(?! attention)", re.IGNORECASE
)
_NEXT_PART = re.compile(r"\+|\bplus\b|\band\b|[,;(|]")
_MOST_AMOUNTS = 500
"""Numbers that are looked at in one text; no advertisement has a tenth as many amounts."""
_RANGE_LOOK = 60
_AFTER_LOOK = 45


@dataclass(frozen=True, slots=True)
class _Amount:
    """One amount or range with the words around it."""

    low: float
    high: float
    currency: str
    period: str
    spelled: str


def find_pay(text: str) -> Pay | None:
    """The pay that a text names: from the lowest to the highest amount of the first currency and period.

    A range counts unless the words around it speak of something else; one amount only beside a word for pay or a
    period. Without a period, amounts from 10,000 on are pay for a year; smaller ones are left out.

    >>> find_pay("Base salary: $120k–$160k plus a $2,000 stipend")
    Pay(low=120000.0, high=160000.0, currency='USD', period='year')
    """
    found = list(_amounts(text, stated=False))
    return _joined(found)


def read_pay(value: str) -> Pay | None:
    """The pay in a field that is known to hold pay; the currency may be missing."""
    return _joined(list(_amounts(value, stated=True)))


def pay_from_numbers(low: object, high: object, currency: str, period: str) -> Pay | None:
    """Pay of two numeric fields with the words for currency and period; None without an amount or a period."""
    numbers = [number for number in (_number(low), _number(high)) if number]
    code = _SIGNS.get(currency.strip().upper(), currency.strip().upper()[:3])
    spelled = _period(f"per {period.strip()}") or _period(period)
    if not spelled and numbers and (code in _LARGE_UNITS or not code) and max(numbers) >= _LEAST_A_YEAR:
        spelled = "year"
    if not numbers or not spelled:
        return None
    return Pay(min(numbers), max(numbers), code, spelled)


def _joined(found: list[_Amount]) -> Pay | None:
    if not found:
        return None
    first = found[0]
    alike = [one for one in found if (one.currency, one.period) == (first.currency, first.period)]
    return Pay(min(one.low for one in alike), max(one.high for one in alike), first.currency, first.period)


def _amounts(text: str, *, stated: bool) -> Iterator[_Amount]:
    looked_at = 0
    for line in _lines(text):
        for found in _MONEY.finditer(line) if stated or _MAY_PAY.search(line) else ():
            looked_at += 1
            if looked_at > _MOST_AMOUNTS:
                return
            amount = _read(found, line, stated=stated)
            if amount is not None:
                yield amount


def _lines(text: str) -> Iterator[str]:
    """Lines with a digit, together with the line below, since amounts are wrapped; paragraphs stay apart."""
    if not any(sign in text for sign in "0123456789"):
        return
    for paragraph in _PARAGRAPH.split(text):
        yield paragraph.replace("\n", " ")


def _read(found: re.Match[str], line: str, *, stated: bool) -> _Amount | None:
    currency = _currency(found)
    around = line[max(0, found.start() - _RANGE_LOOK) : found.start()]
    behind = line[found.end() : found.end() + _AFTER_LOOK]
    is_range = found.group("high") is not None
    thousands = bool(found.group("k1").strip() or (found.group("k2") or "").strip())
    if not stated and not _is_pay(currency, around, behind, is_range=is_range, thousands=thousands):
        return None
    low, high = _bounds(found)
    period = _nearest_period(around, behind, stated=stated) or _period(found.group())
    return _plausible(low, high, currency, period, spelled=found.group())


def _plausible(low: float, high: float, currency: str, period: str, *, spelled: str) -> _Amount | None:
    large = currency in _LARGE_UNITS or not currency
    if large and high >= _LEAST_A_YEAR and period in ("", "hour", "day", "week"):
        period = "year"
    if not period or low <= 0 or high < low:
        return None
    if large and not (_LEAST[period] <= low and high <= _MOST[period]):
        return None
    return _Amount(low, high, currency, period, spelled)


def _is_pay(currency: str, around: str, behind: str, *, is_range: bool, thousands: bool) -> bool:
    """Whether the words just before and just after speak of pay, or at least of nothing else."""
    near = around.rpartition(". ")[2][-45:]
    after = _NEXT_PART.split(behind, maxsplit=1)[0][:22]
    if _NOT_PAY.search(after) or _last(_NOT_PAY, near[-28:]) > _last(_SALARY, near[-28:]):
        return False
    named = _PAY_WORD.search(near) or _PAY_WORD.search(behind.partition(". ")[0][:30])
    if not currency:
        return bool(_SALARY.search(near) or (thousands and is_range and named))
    return is_range or ((named is not None or bool(_period(behind[:14]))) and not near.rstrip().endswith("+"))


def _last(words: re.Pattern[str], text: str) -> int:
    """Where the last of some words begins; -1 where there is none."""
    return max((found.start() for found in words.finditer(text)), default=-1)


def _nearest_period(around: str, behind: str, *, stated: bool) -> str:
    return _period(behind[: 40 if stated else 22]) or _period(around[-40:])


def _period(words: str) -> str:
    places = [
        (found.start(), period)
        for period, pattern in _PERIODS
        if (found := pattern.search(words)) is not None
    ]
    return min(places)[1] if places else ""


def _currency(found: re.Match[str]) -> str:
    """A code beats a sign: "$120,000 CAD" are Canadian dollars."""
    written = [(found.group(name) or "").strip().upper() for name in ("a2", "a1", "c1", "c2")]
    known = [_SIGNS.get(sign, sign if sign in _CODES else "") for sign in written if sign]
    return next((code for code in known if code), "")


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    low = _amount(found.group("low"), found.group("k1"))
    if found.group("high") is None:
        return low, low
    high = _amount(found.group("high"), found.group("k2"))
    if found.group("k2").strip() and not found.group("k1").strip() and low < 1000:
        low *= high / _amount(found.group("high"), "")
    elif found.group("k1").strip() and not found.group("k2").strip() and high < 1000:
        high *= 1000
    return low, high


def _amount(digits: str, multiple: str) -> float:
    number = _number(digits) or 0.0
    unit = multiple.strip().rstrip(",-–.").casefold()
    if unit == "k":
        return number * 1000
    return number * 100_000 if unit else number


def _number(value: object) -> float | None:
    """A number in English or continental writing: a mark before three digits groups thousands."""
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e12 else None
    text = re.sub(r"[ \xa0\u202f'\u2019]", "", str(value or ""))
    if not re.fullmatch(r"\d[\d.,]*", text):
        return None
    whole = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text)
    whole = whole.rstrip(".,").replace(",", ".")
    return float(whole) if whole.count(".") <= 1 else None
