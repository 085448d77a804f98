"""From what a repository shows to proposals: one a skill, with the commit and line that show it best."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from milepost.files.repository.history import History, month_span
from milepost.files.repository.rule import Amount, Judgement, judge_amounts
from milepost.files.repository.showing import Best, Showings
from milepost.files.repository.signs import Sign
from milepost.files.repository.words import counted
from milepost.model.people import EvidenceKind
from milepost.model.proposals import Proposal

TEST_SKILL = "software-testing"
NAMED_SIGNS = 4
SHOWN_ID = 12
"""Signs of a commit's name that are shown."""


def make_proposals(name: str, history: History, showings: Showings) -> tuple[Proposal, ...]:
    """One proposal for each skill that the person's files show, the highest level first, then the most commits.

    Where there is too little for a level, it is None: the person gives it.
    """
    by_skill: dict[str, list[Sign]] = defaultdict(list)
    for sign in showings.signs:
        by_skill[sign.skill].append(sign)
    tests = len(set().union(*(showings.signs[sign].blobs for sign in by_skill.get(TEST_SKILL, ()))))
    found: list[tuple[int, Proposal]] = []
    for skill, signs in by_skill.items():
        limits = sorted({sign.most for sign in signs})
        amounts = [
            (limit, showings.amount([s for s in signs if s.most >= limit], history)) for limit in limits
        ]
        judgement = judge_amounts(amounts, tests=tests)
        proposal = _proposal(name, skill, signs, judgement, history, showings)
        found.append((amounts[0][1].commits, proposal))
    found.sort(key=lambda pair: (-(pair[1].level or 0), -pair[0], pair[1].skill))
    return tuple(proposal for _, proposal in found)


def _proposal(
    name: str, skill: str, signs: list[Sign], judgement: Judgement, history: History, showings: Showings
) -> Proposal:
    allowed = sorted(
        (sign for sign in signs if sign.most >= judgement.most),
        key=lambda sign: (-len(showings.signs[sign].commits), sign.id),
    )
    amount = showings.amount(allowed, history)
    commits = set().union(*(showings.signs[sign].commits for sign in allowed))
    best = _best(allowed, showings)
    kinds = _named(allowed)
    return Proposal(
        skill=skill,
        kind=EvidenceKind.SIGNAL,
        title=f"Repository {name}: {kinds} in {counted(amount.files, 'file')}",
        where=f"{best.path}{best.spot.place} at {history.ids[best.commit][:SHOWN_ID]} in {name}",
        quote=best.spot.quote,
        level=judgement.level,
        date=_newest_day(commits, history),
        why=_why(amount, commits, kinds, judgement, history),
    )


def _best(signs: list[Sign], showings: Showings) -> Best:
    found = [best for sign in signs if (best := showings.signs[sign].best) is not None]
    return min(found, key=lambda best: (-best.commits, best.path))


def _named(signs: list[Sign]) -> str:
    names = list(dict.fromkeys(sign.name for sign in signs))
    more = f" and {len(names) - NAMED_SIGNS} more" if len(names) > NAMED_SIGNS else ""
    return ", ".join(names[:NAMED_SIGNS]) + more


def _newest_day(commits: Iterable[int], history: History) -> dt.date | None:
    newest = max((history.days[commit] for commit in commits), default=0)
    return dt.date.fromordinal(newest) if newest else None


def _why(amount: Amount, commits: set[int], kinds: str, judgement: Judgement, history: History) -> str:
    months = history.months_of(commits)
    span = f" ({month_span(months)})" if months else ""
    over = f" in {counted(len(months), 'month')}{span}" if months else ", none with a date that can be right"
    return (
        f"{counted(amount.commits, 'commit')} of yours{over} on {counted(amount.files, 'file')} with {kinds}. "
        f"{judgement.words} It shows use, not how well: accept, change or reject it."
    )
