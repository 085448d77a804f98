"""Verdicts of the hype guard → the plain JSON documents of the outside contract."""

from collections.abc import Mapping, Sequence

from milepost.model.trends import Attention, Verdict
from milepost.publish.schema import Document


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0


def trend_document(
    source: str,
    as_of: str,
    verdicts: Sequence[Verdict],
    notes: Sequence[str],
    *,
    basis: str,
    attention: Mapping[str, Attention],
) -> Document:
    """The board: every verdict with the numbers behind it, and the attention beside it where it is counted."""
    return {
        "source": source,
        "as_of": as_of,
        "basis": basis,
        "verdicts": [
            {**verdict_document(verdict), "attention": _attention(attention.get(verdict.term))}
            for verdict in verdicts
        ],
        "notes": list(notes),
    }


def _attention(found: Attention | None) -> Document | None:
    if found is None:
        return None
    return {"share": _figure(found.share), "growth": _figure(found.growth), "last_month": found.last_month}


def verdict_document(verdict: Verdict) -> Document:
    """One verdict."""
    trend = verdict.trend
    return {
        "skill": verdict.term,
        "verdict": verdict.verdict,
        "share": _figure(trend.share),
        "low": _figure(trend.low),
        "trend_z": _figure(trend.z),
        "slope": _figure(trend.slope),
        "peak_ratio": _figure(trend.peak_ratio),
        "months": trend.months,
        "ads": trend.ads,
        "as_of": trend.as_of,
        "why": verdict.why,
    }
