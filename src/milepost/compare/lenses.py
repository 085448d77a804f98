"""Four ways to look at what paid: each weighs its share of the credit against its share of the hours."""

from collections.abc import Callable, Sequence

from milepost.compare.advantage import strong_areas
from milepost.compare.recorded import Recorded
from milepost.compare.work import Work
from milepost.model.activities import BUILDING_KINDS, ActivityKind
from milepost.model.comparison import Lens

MADE = BUILDING_KINDS | {ActivityKind.WRITING, ActivityKind.TALK}
LEADING = frozenset({ActivityKind.LEADERSHIP, ActivityKind.MENTORING})
BUSINESS_AREAS = frozenset({"ai-leadership", "domain-knowledge"})
BUSINESS_SKILLS = frozenset({"stakeholder-work"})

BUILT, PUBLIC, STRENGTHS, BUSINESS = "built", "public", "strengths", "business"
TITLES = {
    BUILT: "things made rather than courses taken",
    PUBLIC: "public work that others verified",
    STRENGTHS: "work in areas of starting strength",
    BUSINESS: "work with the business and with people",
}
RULES = {
    BUILT: "projects, reproductions, contributions, writing, talks and work on the job",
    PUBLIC: "work with a public artefact that somebody else used, reviewed, accepted or cited",
    STRENGTHS: "work that practises a skill of an area in which strengths carried half of the role's demand at the start",
    BUSINESS: "leading and mentoring, and work that practises leadership, domain knowledge or stakeholder work",
}


def measure_lenses(
    year: Recorded, works: Sequence[Work], credit: Sequence[tuple[str, float, Work | None]]
) -> tuple[Lens, ...]:
    """Share of the credit and share of the hours of each kind of work; none where no points were given."""
    points = [(work, share) for _, share, work in credit]
    given = sum(share for _, share in points)
    hours = sum(work.hours or 0.0 for work in works)
    if not given or not hours:
        return ()
    return tuple(
        Lens(
            lens,
            TITLES[lens],
            sum(share for work, share in points if work is not None and seen(work)) / given,
            sum(work.hours or 0.0 for work in works if seen(work)) / hours,
        )
        for lens, seen in _questions(year).items()
    )


def _questions(year: Recorded) -> dict[str, Callable[[Work], bool]]:
    areas = strong_areas(year)

    def rests_on_strength(work: Work) -> bool:
        return work.activity is not None and any(
            year.tree.skills[gain.skill].area in areas for gain in work.activity.gains
        )

    def meets_business(work: Work) -> bool:
        activity = work.activity
        return activity is not None and (
            activity.kind in LEADING
            or any(
                gain.skill in BUSINESS_SKILLS or year.tree.skills[gain.skill].area in BUSINESS_AREAS
                for gain in activity.gains
            )
        )

    def was_made(work: Work) -> bool:
        return work.activity.kind in MADE if work.activity is not None else bool(work.artefacts)

    return {
        PUBLIC: lambda work: work.verified_publicly,
        BUILT: was_made,
        STRENGTHS: rests_on_strength,
        BUSINESS: meets_business,
    }
