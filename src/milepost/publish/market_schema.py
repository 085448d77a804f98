"""What advertisements ask for → the plain JSON document of the outside contract."""

from collections.abc import Mapping, Sequence

from milepost.model.gaps import Impact
from milepost.model.role_drafts import DraftTarget, RoleDraft
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


def target_row(target: DraftTarget, *, ads: int, share: float, low: float, high: float) -> Document:
    """One target of the ``make-role`` document, with the advertisements behind it."""
    return {
        "skill": target.skill,
        "level": target.level,
        "confidence": target.confidence,
        "accept": target.accept,
        "ads": ads,
        "share": _figure(share),
        "low": _figure(low),
        "high": _figure(high),
        "reason": target.reason,
    }


def made_role_document(
    draft: RoleDraft,
    *,
    targets: Sequence[Document],
    nearest: Sequence[tuple[str, float]],
    warnings: Sequence[str],
    file: str,
) -> Document:
    """A role proposed from advertisements: every target, the nearest shipped roles, and what to be wary of."""
    role, pack = draft.role, draft.role.pack
    return {
        "id": role.id,
        "name": role.name,
        "seniority": role.seniority.value,
        "ads": pack.ads if pack else 0,
        "companies": pack.companies if pack else 0,
        "source": draft.source,
        "basis": draft.basis,
        "specialisations": list(role.specialisations),
        "nearest": [{"role": id_, "similarity": _figure(near)} for id_, near in nearest],
        "targets": list(targets),
        "unmapped": [{"name": each.name, "why": each.why} for each in draft.unmapped],
        "warnings": list(warnings),
        "file": file,
    }


def corpus_document(
    pack: DemandPack,
    impacts: Mapping[str, Impact],
    *,
    counts: Mapping[str, int],
    months: Document,
    roles: Mapping[str, Document],
) -> Document:
    """The counts of a corpus, over all of it and by month, in all and by role."""
    return {
        **counts,
        "source": pack.source,
        "ads": pack.ads,
        "companies": pack.companies,
        "first_date": pack.first_date,
        "last_date": pack.last_date,
        "skills": [
            {
                "id": skill,
                "ads": impact.ads,
                "companies": pack.skills[skill].companies,
                "share": _figure(impact.share),
                "low": _figure(impact.share_low),
                "high": _figure(impact.share_high),
                "strength": _figure(impact.strength),
                "impact": impact.score,
            }
            for skill, impact in impacts.items()
        ],
        "months": months,
        "roles": dict(roles),
    }
