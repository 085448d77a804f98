"""Estimated levels: one joint Gaussian over all skills of a person."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milepost.model.people import EvidenceKind

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EvidenceWeight:
    """One piece of evidence as the estimate used it.

    ``observed`` is the value on the 0–5 scale, ``weight`` how many levels the estimate of
    its own skill moves per level of this piece (K_ii of the Kalman gain), ``z`` the
    leave-one-out residual in standard deviations.
    """

    kind: EvidenceKind
    observed: float
    weight: float
    z: float
    date: str
    title: str
    rater: str


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """The three fields that are never merged: claimed, evidenced, and the estimate.

    ``low`` and ``high`` bound the 90 % interval, mean ± 1.645 sd clipped to 0..5.
    ``conflict`` is empty, or says which pieces of evidence disagree.
    """

    skill: str
    claimed: float | None
    evidenced: float | None
    mean: float
    sd: float
    low: float
    high: float
    evidence: tuple[EvidenceWeight, ...] = ()
    conflict: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of one person on one day.

    ``mean`` (shape n) and ``covariance`` (shape n × n) are over the skills in ``order``;
    they are what joint draws for the stability of a ranking need.
    """

    person: str
    as_of: str
    order: tuple[str, ...]
    mean: FloatArray
    covariance: FloatArray
    skills: Mapping[str, SkillLevel]
