"""How long the models are searched, in the solver's own deterministic units."""

from dataclasses import dataclass

from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Effort:
    """Deterministic limits of the three models (solver units, about seconds).

    The selection also stops when its value is within ``near_enough`` of the bound.
    """

    select: float = 0.6
    arrange: float = 0.8
    place: float = 0.05
    seed: int = 1
    near_enough: float = 0.002


def make_solver(limit: float, seed: int) -> cp_model.CpSolver:
    """One worker with a seed and a deterministic limit: the same input gives the same bytes."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = limit
    return solver
