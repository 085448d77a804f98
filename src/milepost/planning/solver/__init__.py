"""The only door to OR-Tools: selection, arrangement and placing in weeks by CP-SAT.

Three small models instead of one large one (docs/decisions/0006): a selection that gives
the value and its proven bound, an arrangement of the selected activities into quarters
that reads well, and a placing of each quarter into weeks. A fourth keeps as much of an
old plan as a stated share of the value allows (docs/decisions/0016). Every model is solved
by one worker with a deterministic limit, so the same input gives the same bytes.
"""

from milepost.planning.solver.arrangement import arrange
from milepost.planning.solver.choice import Clash
from milepost.planning.solver.effort import Effort
from milepost.planning.solver.keeping import Wanted, keep
from milepost.planning.solver.selection import Selection, select
from milepost.planning.solver.timeline import Option, Task, Timetable, sequence
from milepost.planning.solver.weeks import place

__all__ = [
    "Clash",
    "Effort",
    "Option",
    "Selection",
    "Task",
    "Timetable",
    "Wanted",
    "arrange",
    "keep",
    "place",
    "select",
    "sequence",
]
