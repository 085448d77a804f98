"""The hype guard against what happened: verdicts of 2013 to 2021, looked at two to three years later."""

import csv
import gzip
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.tables import figure, print_table
from milepost.market.trends import VERDICTS, is_replaced, judge, measure_trend
from milepost.model.trends import Month, Trend

SHARED = Path(__file__).resolve().parents[2] / "shared"
TERMS = SHARED / "data" / "hn-term-trends-2011-2026" / "hiringtrends_terms_monthly_2011-2024.csv.gz"
DECISIONS = [f"{year}-{month:02d}" for year in range(2013, 2022) for month in (1, 7)][:17]
TUNING_ENDS = "2018-12"
RESAMPLES = 400
NOT_SKILLS = frozenset(
    (
        *("Remote", "Onsite", "Hybrid", "Junior", "Senior", "Staff", "Principal", "Full Stack", "Front End", "Back End"),
        *("Agile", "Scrum", "Open Source", "Fintech", "Security", "Express", "Processing", "Compass", "Phoenix", "Storm"),
        *("Flux", "Struts", "Apollo", "Aurora", "Crystal", "Varnish", "Assembly", "Asp", "Vi", "Shell", "Pig", "Scheme", "Cloud"),
    )
)  # fmt: skip
"""Terms that are no skill, or mostly an ordinary word: the counts have no rules for meanings."""

SUCCESSORS = {
    "CoffeeScript": "TypeScript", "Backbone": "React", "AngularJS": "React", "Angular 2": "React", "jQuery": "React",
    "Knockout": "React", "Ember": "React", "Hadoop": "Spark", "MapReduce": "Spark", "Mesos": "Kubernetes",
    "Chef": "Terraform", "Puppet": "Terraform", "Vagrant": "Docker", "Objective-C": "Swift", "SVN": "Git",
    "Keras": "PyTorch", "TensorFlow": "PyTorch", "CouchDB": "Postgresql", "Heroku": "AWS", "Perl": "Python",
    "Redux": "TypeScript", "Solr": "Elasticsearch", "PhantomJS": "Selenium", "OpenStack": "Kubernetes",
}  # fmt: skip
"""Terms with the one that took their place, entered by hand as a person would; known by 2018."""

NAMED = (
    ("Docker", "2014-07"), ("Docker", "2015-01"), ("Kubernetes", "2016-07"), ("Kubernetes", "2018-01"),
    ("Blockchain", "2018-07"), ("Blockchain", "2019-07"), ("web3", "2021-12"), ("VR", "2016-07"), ("VR", "2017-07"),
    ("Bitcoin", "2014-07"), ("Bitcoin", "2015-07"), ("Hadoop", "2015-01"), ("Hadoop", "2016-07"),
    ("CoffeeScript", "2014-01"), ("CoffeeScript", "2015-01"), ("jQuery", "2014-01"), ("jQuery", "2015-07"),
    ("Keras", "2018-07"), ("Mesos", "2016-07"), ("Angular 2", "2017-07"),
)  # fmt: skip

Series = Mapping[str, Sequence[Month]]


@dataclass(frozen=True, slots=True)
class Decision:
    """One term on one day: its verdict, its trend, and what came of it."""

    term: str
    as_of: str
    verdict: str
    trend: Trend
    age: float
    share_later: float
    durable: bool
    collapsed: bool


def report() -> None:
    """Print verdicts against outcomes, by period, with named cases; without the counts nothing can be said."""
    if not TERMS.exists():
        print("\nHype guard: skipped, the term counts of ../shared are not here")
        return
    series = read_series()
    plain = decide(series, successors={})
    better = decide(series, successors=SUCCESSORS)
    _print_verdicts("Rule v2, all decisions", plain)
    tuning = [d for d in plain if d.as_of <= TUNING_ENDS]
    _print_verdicts(f"Rule v2, to {TUNING_ENDS} (tuning years)", tuning)
    _print_verdicts("With successors, tuning years", [d for d in better if d.as_of <= TUNING_ENDS])
    _print_verdicts("Rule v2, 2019 and later (untouched)", [d for d in plain if d.as_of > TUNING_ENDS])
    _print_verdicts(
        "With successors, 2019 and later (untouched)", [d for d in better if d.as_of > TUNING_ENDS]
    )
    _print_baselines(plain)
    _print_named(series)


def read_series() -> dict[str, list[Month]]:
    """Monthly counts of every term that is a skill."""
    found: dict[str, list[Month]] = defaultdict(list)
    with gzip.open(TERMS, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["term"] not in NOT_SKILLS:
                found[row["term"]].append(Month(row["month"], int(row["count"]), int(row["n_posts"])))
    return dict(sorted(found.items()))


def decide(series: Series, *, successors: Mapping[str, str]) -> list[Decision]:
    """Every term on every day of decision, with the share of the months 24 to 36 later."""
    found = []
    for as_of in DECISIONS:
        for term, months in series.items():
            trend = measure_trend(months, as_of=as_of)
            heir = successors.get(term)
            replaced = heir is not None and heir in series and is_replaced(months, series[heir], as_of=as_of)
            verdict = judge(term, trend, replaced=replaced).verdict
            later = _share_between(months, _after(as_of, 24), _after(as_of, 36))
            found.append(
                Decision(
                    term, as_of, verdict, trend, _age(months, as_of), later,
                    durable=later >= 0.01 and later >= 0.7 * trend.share,
                    collapsed=trend.share > 0 and later < 0.6 * trend.share,
                )
            )  # fmt: skip
    return found


def _after(month: str, more: int) -> str:
    year, number = int(month[:4]), int(month[5:]) - 1 + more
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def _share_between(months: Sequence[Month], first: str, last: str) -> float:
    inside = [m for m in months if first <= m.month <= last]
    ads = sum(m.ads for m in inside)
    return sum(m.naming for m in inside) / ads if ads else 0.0


def _age(months: Sequence[Month], as_of: str) -> float:
    """Years since the share of six months was first half a percent; 0 before."""
    known = sorted((m for m in months if m.month <= as_of), key=lambda m: m.month)
    for end in range(6, len(known) + 1):
        window = known[end - 6 : end]
        ads = sum(m.ads for m in window)
        if ads and sum(m.naming for m in window) / ads >= 0.005:
            return (len(known) - end) / 12
    return 0.0


def _print_verdicts(title: str, decisions: Sequence[Decision]) -> None:
    rows = []
    for verdict in VERDICTS:
        own = [d for d in decisions if d.verdict == verdict]
        if own:
            low, high = _interval(own)
            rows.append(
                [
                    verdict, str(len(own)), figure(_mean(d.durable for d in own)), f"{low:.2f}–{high:.2f}",
                    figure(_mean(d.collapsed for d in own)),
                    f"{100 * float(np.median([d.trend.share for d in own])):.1f} → {100 * float(np.median([d.share_later for d in own])):.1f} %",
                ]
            )  # fmt: skip
    print_table(title, ("verdict", "n", "durable", "90 %", "collapsed", "median share then → later"), rows)


def _mean(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _interval(decisions: Sequence[Decision]) -> tuple[float, float]:
    """90 % interval of the durable share, terms resampled: decisions on one term are not independent."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for d in decisions:
        groups[d.term].append(d.durable)
    names = sorted(groups)
    rng = np.random.default_rng(1)
    means = []
    for _ in range(RESAMPLES):
        drawn = [
            value for index in rng.integers(len(names), size=len(names)) for value in groups[names[index]]
        ]
        means.append(sum(drawn) / len(drawn))
    return float(np.quantile(means, 0.05)), float(np.quantile(means, 0.95))


def _print_baselines(decisions: Sequence[Decision]) -> None:
    middle = [d for d in decisions if 0.005 <= d.trend.share <= 0.05]
    scores: dict[str, Callable[[Decision], float]] = {
        "our verdict": lambda d: -VERDICTS.index(d.verdict) if d.verdict != "hold" else -2.5,
        "share": lambda d: d.trend.share,
        "peak ratio": lambda d: d.trend.peak_ratio or 0.0,
        "z of the trend": lambda d: d.trend.z or 0.0,
        "growth (slope)": lambda d: d.trend.slope or 0.0,
        "age": lambda d: d.age,
        "radar-like: new and rising": lambda d: (d.trend.slope or 0.0) - 0.3 * d.age,
    }
    rows = [
        [name, figure(_auc(decisions, score)), figure(_auc(middle, score))] for name, score in scores.items()
    ]
    print_table(
        f"AUC for durable: all {len(decisions)} decisions, and the {len(middle)} with a share of .5 to 5 %",
        ("score", "all", ".5–5 %"),
        rows,
    )


def _auc(decisions: Sequence[Decision], score: Callable[[Decision], float]) -> float:
    """Chance that a durable term scores above one that is not; ties count half."""
    values = sorted((score(d), d.durable) for d in decisions)
    good = sum(durable for _, durable in values)
    bad = len(values) - good
    if not good or not bad:
        return math.nan
    ranks, index = 0.0, 0
    while index < len(values):
        end = index
        while end < len(values) and values[end][0] == values[index][0]:
            end += 1
        middle = (index + end + 1) / 2
        ranks += middle * sum(durable for _, durable in values[index:end])
        index = end
    return (ranks - good * (good + 1) / 2) / (good * bad)


def _print_named(series: Series) -> None:
    rows = []
    for term, as_of in NAMED:
        if term not in series:
            continue
        trend = measure_trend(series[term], as_of=as_of)
        heir = SUCCESSORS.get(term)
        replaced = heir is not None and is_replaced(series[term], series[heir], as_of=as_of)
        later = _share_between(series[term], _after(as_of, 24), _after(as_of, 36))
        rows.append(
            [
                term, as_of, judge(term, trend).verdict, judge(term, trend, replaced=replaced).verdict,
                f"{100 * trend.share:.1f}", f"{100 * later:.1f}",
            ]
        )  # fmt: skip
    print_table("Named cases", ("term", "as of", "v2", "with successors", "share %", "later %"), rows)
