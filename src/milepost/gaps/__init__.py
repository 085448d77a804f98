"""Levels × role × demand → T-shape, gaps, priorities and the focus of three to five.

Priority is the case study's: gap severity × career impact. What the book leaves open (a
closed gap, ties, how many skills make a focus, how stable all of it is) follows the
method note; each function names its source.
"""

from milepost.gaps.impact import impact_band, impact_from_pack, wilson_interval
from milepost.gaps.ranking import rank
from milepost.gaps.severity import expected_gap, severity
from milepost.gaps.t_shape import measure_t_shape
from milepost.gaps.targets import chosen_specialisations, target_level
from milepost.gaps.why import Reason, explain_gap

__all__ = [
    "Reason",
    "chosen_specialisations",
    "expected_gap",
    "explain_gap",
    "impact_band",
    "impact_from_pack",
    "measure_t_shape",
    "rank",
    "severity",
    "target_level",
    "wilson_interval",
]
