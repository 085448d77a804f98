"""Gaps × activities × hours → a dated plan that keeps every rule, or what would make one fit.

Nothing is imported here: a brief or a rule is needed more often than the solver.
"""
