"""Gaps × activities × hours → a dated plan that keeps every rule, or what would make one fit."""

from milepost.planning.brief import Brief, make_problem
from milepost.planning.replan import replan
from milepost.planning.rules import violations
from milepost.planning.solve import solve_plan

__all__ = ["Brief", "make_problem", "replan", "solve_plan", "violations"]
