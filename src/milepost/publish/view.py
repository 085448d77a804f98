"""What one published roadmap is made from."""

import datetime as dt
from dataclasses import dataclass, field

from milepost.model.activities import Catalogue
from milepost.model.gaps import GapReport, TShape
from milepost.model.levels import Levels
from milepost.model.people import Away, Person
from milepost.model.plans import Infeasible, Plan
from milepost.model.roles import Role
from milepost.model.settings import Settings


@dataclass(frozen=True)
class RoadmapView:
    """One person, one role, one plan (or why none fits), with the names of everything in them.

    ``after`` is the T that the plan leads to; ``as_of`` is the day printed on the page.
    """

    person: Person
    role: Role
    levels: Levels
    report: GapReport
    plan: Plan | Infeasible
    after: TShape | None
    catalogue: Catalogue
    as_of: dt.date
    settings: Settings = field(default_factory=Settings)

    @property
    def away(self) -> tuple[Away, ...]:
        """The days on which nothing is planned."""
        return self.person.capacity.away if self.person.capacity else ()

    def skill(self, skill: str) -> str:
        """The name of a skill, or its id where the catalogue does not know it."""
        known = self.catalogue.tree.skills.get(skill)
        return known.name if known else skill

    def area(self, area: str) -> str:
        """The name of an area."""
        known = self.catalogue.tree.areas.get(area)
        return known.name if known else area

    def activity(self, activity: str) -> str:
        """The title of an activity, or of one round of it (``id~2``)."""
        if isinstance(self.plan, Plan):
            for planned in self.plan.activities:
                if planned.id == activity:
                    return planned.title
        known = self.catalogue.activities.get(activity.partition("~")[0])
        return known.title if known else activity
