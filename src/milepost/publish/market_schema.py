"""What advertisements ask for → the plain JSON document of the outside contract."""

from collections.abc import Mapping, Sequence

from milepost.model.gaps import Impact
from milepost.model.roles import DemandPack
from milepost.publish.schema import Document


def _figure(value: float) -> float:
    return round(value, 4) + 0.0


def demand_row(skill: str, impact: Impact, demand: float, *, tag: str, unlock: float | None) -> Document:
    """One skill of the ``demand`` document."""
    return {
        "id": skill,
        "ads": impact.ads,
        "share": _figure(impact.share),
        "low": _figure(impact.share_low),
        "high": _figure(impact.share_high),
        "strength": _figure(impact.strength),
        "demand": _figure(demand),
        "impact": impact.score,
        "impact_low": impact.low,
        "impact_high": impact.high,
        "tag": tag,
        "unlock": None if unlock is None else _figure(unlock),
        "basis": impact.basis,
        "note": impact.note,
    }


def demand_document(
    pack: DemandPack,
    *,
    skills: Sequence[Document],
    unknown: Mapping[str, int],
    pay: Sequence[Document],
    rejected: Sequence[Document],
) -> Document:
    """Counts of a set of advertisements; no text of any of them."""
    return {
        "ads": pack.ads,
        "companies": pack.companies,
        "first_date": pack.first_date,
        "last_date": pack.last_date,
        "skills": list(skills),
        "unknown": [{"term": term, "ads": ads} for term, ads in unknown.items()],
        "pay": list(pay),
        "rejected": list(rejected),
    }
