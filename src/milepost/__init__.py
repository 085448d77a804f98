"""Milepost: a career roadmap system for AI engineers.

The public library. Names are loaded on first use, so that ``import milepost`` stays as
light as bare Python:

- ``load_catalogue`` reads what Milepost knows about skills, roles and activities;
- ``read_person`` reads a person file, or returns every problem in it;
- ``estimate_levels``, ``rank_gaps``, ``solve_plan`` are the pure steps of the main line,
  ``violations`` checks a plan again in plain Python;
- ``make_levels``, ``make_gaps``, ``make_roadmap`` do the same from a person in one call;
- ``measure_demand`` counts advertisements, ``compare_routes`` weighs inside against outside moves,
  ``judge_trends`` asks the hype guard;
- ``compare_plans`` puts the roadmaps of several people side by side.
"""

from importlib import import_module

__version__ = "0.1.0"

_PLACES = {
    "Brief": "milepost.planning.brief",
    "Catalogue": "milepost.model.activities",
    "GapReport": "milepost.model.gaps",
    "Infeasible": "milepost.model.plans",
    "Levels": "milepost.model.levels",
    "MilepostError": "milepost.errors",
    "Person": "milepost.model.people",
    "Plan": "milepost.model.plans",
    "Problem": "milepost.errors",
    "Settings": "milepost.model.settings",
    "compare_plans": "milepost.compare",
    "compare_routes": "milepost.workflows.routes",
    "estimate_levels": "milepost.levels",
    "judge_trends": "milepost.workflows.boards",
    "load_catalogue": "milepost.files.content",
    "make_gaps": "milepost.workflows.roadmap",
    "make_levels": "milepost.workflows.roadmap",
    "make_roadmap": "milepost.workflows.roadmap",
    "measure_demand": "milepost.workflows.market",
    "rank_gaps": "milepost.gaps",
    "read_person": "milepost.files.person",
    "solve_plan": "milepost.planning.solve",
    "violations": "milepost.planning.rules",
}
_NAMES = {"judge_trends": "make_board", "measure_demand": "measure_market", "rank_gaps": "rank"}

__all__ = ["__version__", *sorted(_PLACES)]  # noqa: PLE0604 - the table above is the list


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it, on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'milepost' has no attribute {name!r}")
    value = getattr(import_module(_PLACES[name]), _NAMES.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
