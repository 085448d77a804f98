"""Every constant of Milepost in one table, each with its basis.

``Settings()`` holds the defaults; ``dataclasses.replace`` makes other ones. The basis is
``book`` (the case study), ``data`` (measured, dated, sourced) or ``assumption`` (ours,
editable). ``table()`` lists them for the documentation and for ``milepost settings``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from milepost.model.people import EvidenceKind


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """How one kind of evidence relates to the level s (method-assessment, section 2.1).

    y = m0 + bias + slope·(s − m0) + leniency of the rater + noise. ``leniency_sd`` 0 means
    that no person's leniency is in it.
    """

    bias: float
    slope: float
    leniency_sd: float
    noise_sd: float


EVIDENCE_MODELS: Mapping[EvidenceKind, EvidenceModel] = {
    EvidenceKind.SELF: EvidenceModel(0.40, 0.40, 0.65, 0.95),
    EvidenceKind.SELF_ANCHORED: EvidenceModel(0.30, 0.55, 0.55, 0.80),
    EvidenceKind.PEER: EvidenceModel(0.25, 0.50, 0.50, 0.80),
    EvidenceKind.MANAGER: EvidenceModel(0.15, 0.55, 0.50, 0.75),
    EvidenceKind.EXPERT: EvidenceModel(0.0, 0.80, 0.30, 0.60),
    EvidenceKind.TASK: EvidenceModel(0.0, 1.0, 0.0, 0.80),
    EvidenceKind.ARTEFACT: EvidenceModel(0.0, 0.50, 0.0, 0.80),
    EvidenceKind.SIGNAL: EvidenceModel(0.0, 0.30, 0.0, 0.80),
    EvidenceKind.CERTIFICATE: EvidenceModel(0.20, 0.35, 0.0, 0.85),
    EvidenceKind.TEST: EvidenceModel(0.0, 1.0, 0.0, 0.0),
}
"""Defaults reasoned from the correlations of method-assessment 2.9; a test brings its own variance."""

A = "assumption"
B = "book"
D = "data"


def _setting(value: float, basis: str, meaning: str) -> float:
    """One row of the table: the default with what it means and what it rests on."""
    chosen: float = field(default=value, metadata={"basis": basis, "meaning": meaning})
    return chosen


def _count(value: int, basis: str, meaning: str) -> int:
    chosen: int = field(default=value, metadata={"basis": basis, "meaning": meaning})
    return chosen


@dataclass(frozen=True, slots=True)
class Settings:
    """The constants behind every number, with their defaults."""

    prior_mean: float = _setting(2.0, A, "level expected of a skill nobody has said anything about")
    prior_sd: float = _setting(1.2, A, "standard deviation of that expectation, in levels")
    correlation_in_area: float = _setting(0.4, A, "prior correlation of two skills of one area")
    correlation_across: float = _setting(0.2, A, "prior correlation of two skills of different areas")
    interval_z: float = _setting(1.645, A, "half width of the 90 % interval in standard deviations")
    decay_half_life_months: float = _setting(
        12.0, A, "months until half of the losable part of an idle skill is lost"
    )
    decay_kept_share: float = _setting(0.5, A, "share of a level that idleness never takes")
    idle_variance_per_month: float = _setting(
        0.03, A, "variance added per month to an idle skill, in levels²"
    )
    ageing_variance_per_month: float = _setting(0.01, A, "variance added per month since the newest evidence")
    conflict_z: float = _setting(2.0, A, "leave-one-out residual from which evidence is flagged")
    look_again_z: float = _setting(1.5, A, "leave-one-out residual from which a second look is suggested")
    conflict_degrees: float = _setting(
        4.0, A, "degrees of freedom of the Student-t weight of flagged evidence"
    )

    test_standard_error: float = _setting(0.35, A, "standard error of ability at which a test stops")
    test_longest: int = _count(15, A, "most items of a test")
    randomesque: int = _count(5, A, "most informative items among which the next one is drawn")
    test_noise: float = _setting(
        0.36, D, "variance of an uncalibrated test's result, in levels², at a standard error of .45"
    )
    minutes_rating: float = _setting(3.0, A, "minutes of an anchored rating with an example")
    minutes_test: float = _setting(15.0, A, "minutes of an adaptive test")
    minutes_task: float = _setting(45.0, A, "minutes of a graded practical task")
    minutes_artefact: float = _setting(30.0, A, "minutes to have an artefact looked at with a rubric")
    minutes_peer: float = _setting(10.0, A, "minutes of asking a colleague, yours and theirs")
    resume_days: int = _count(14, A, "days within which a test that was begun is gone on with")
    repeat_days: int = _count(90, A, "days before the same item is asked again")

    closed_gap: float = _setting(0.25, A, "a gap below this many levels counts as closed")
    foundation_target: float = _setting(3.0, A, "target level of a foundation area")
    junior_foundation_target: float = _setting(2.5, A, "target level of a foundation area for a junior role")
    specialisation_target: float = _setting(4.0, A, "target level of a chosen specialisation")
    breadth_of_t: float = _setting(0.8, A, "breadth from which a shape counts as broad")
    deep_level: float = _setting(4.0, A, "area level that counts as deep")
    other_specialisation_cap: float = _setting(
        3.0, B, "highest level planned in a specialisation that was not chosen"
    )
    most_specialisations: int = _count(2, B, "specialisations a person deepens at once")

    impact_cut_2: float = _setting(0.03, A, "demand from which impact is 2")
    impact_cut_3: float = _setting(0.10, A, "demand from which impact is 3")
    impact_cut_4: float = _setting(0.25, A, "demand from which impact is 4")
    impact_cut_5: float = _setting(0.50, A, "demand from which impact is 5")
    pack_pseudo_ads: float = _setting(5.0, D, "pseudo-ads of the role pack in a demand measured from own ads")
    strength_pseudo_ads: float = _setting(2.0, A, "pseudo-ads behind the strength of a mention")
    strength_prior: float = _setting(0.75, A, "strength expected of a mention, that of an unsectioned one")
    pass_coverage: float = _setting(0.60, A, "coverage of an ad at which half of the applications would pass")
    pass_width: float = _setting(0.08, A, "width of that pass, in coverage")
    paid_ads: int = _count(50, A, "ads with pay that must name a skill before pay is shown beside it")
    role_fewest_ads: int = _count(5, A, "ads below which no role is made from them")
    role_pseudo_ads: float = _setting(
        10.0, D, "pseudo-ads of the nearest shipped roles in a role made from own ads"
    )
    few_ads: int = _count(30, A, "below this many ads the interval of an impact is pointed out")
    wide_bands: int = _count(3, A, "an impact whose interval spans this many bands asks for more ads")

    focus_fewest: int = _count(3, B, "fewest skills in the focus")
    focus_most: int = _count(5, B, "most skills in the focus")
    stability_draws: int = _count(1000, A, "joint draws behind the stability of the focus")
    close_call: float = _setting(0.60, A, "stability below which a place in the focus is a close call")

    tau_broad: float = _setting(250.0, A, "hours constant τ of a broad skill")
    tau_narrow: float = _setting(100.0, A, "hours constant τ of a narrow skill")
    highest_learnable: float = _setting(4.8, A, "level above which the hours formula is not used")
    hours_uncertainty: float = _setting(2.0, A, "hours are shown from h divided by this to h times this")
    plan_load: float = _setting(0.70, A, "share of the stated hours of a quarter that a plan may fill")

    default_weeks: int = _count(52, B, "weeks of a plan")
    longest_weeks: int = _count(156, A, "most weeks of a plan")
    quarter_weeks: int = _count(13, B, "weeks of a quarter, the last of which is for review")
    shortest_quarter: int = _count(6, A, "weeks from which a rest of the horizon is a quarter of its own")
    most_at_once: int = _count(2, A, "activities in progress in one week")
    room_to_arrange: float = _setting(
        0.01, A, "share of the plan hours left free so that the quarters read well"
    )
    watch_list_share: float = _setting(0.10, A, "share of the hours that watch-listed skills may take")
    most_rounds: int = _count(
        1, A, "rounds of one repeatable activity in one plan; variety before repetition"
    )
    public_per_quarter: int = _count(1, B, "public artefacts a quarter")
    milestones_per_quarter: int = _count(1, B, "evidence-gated milestones a quarter")

    replan_tolerance: float = _setting(
        0.02, A, "share of the value still to come that a replan gives up to change little"
    )
    catch_up_load: float = _setting(
        0.85, A, "share of the hours left in the running quarter that a replan may fill to catch up"
    )
    least_left: float = _setting(
        0.20, A, "share of its hours that started, unfinished work still takes at least"
    )

    market_adopt: float = _setting(
        0.02, D, "lower bound of a share from which the whole market has adopted a term"
    )
    market_trial: float = _setting(
        0.005, D, "lower bound of a share from which a term may be tried, whole market"
    )
    market_notice: float = _setting(0.002, D, "share from which a rising term is watched, whole market")
    role_adopt: float = _setting(0.05, A, "as market_adopt, inside one role")
    role_trial: float = _setting(0.02, A, "as market_trial, inside one role")
    role_notice: float = _setting(0.01, A, "as market_notice, inside one role")
    trend_months: int = _count(12, A, "months below which no trend is worked out")
    trend_ads: int = _count(300, A, "ads below which no trend is worked out")
    recheck_days: int = _count(90, A, "days until something on the watch list is looked at again")
    gate_share: float = _setting(
        0.03, A, "share of the person's own ads from which a new thing may enter the plan"
    )

    transfer_draws: int = _count(
        400, A, "seeded draws behind the interval of a transfer share and a scenario"
    )
    search_weeks: float = _setting(16.0, A, "median weeks of a search outside")
    search_spread: float = _setting(0.6, A, "sd of the logarithm of a search or of a way inside")
    inside_weeks: float = _setting(6.0, A, "median weeks of a move inside once a sponsor exists")
    sponsor_weeks: float = _setting(10.0, A, "weeks to win a sponsor")

    pace_sd: float = _setting(
        0.25, A, "sd of the logarithm of the person's own pace, shared by all activities"
    )
    missed_week: float = _setting(0.08, A, "chance that a working week is missed altogether")
    activity_sd: float = _setting(
        0.45, A, "sd of the logarithm of one activity's actual over planned hours, beside the pace"
    )
    pace_prior_weeks: float = _setting(12.0, A, "weeks that the stated share of missed weeks is worth")
    repetitions: int = _count(7, D, "sessions with feedback from which a micro-skill counts as practised")
    mastery_chance: float = _setting(0.85, A, "chance of a pass, at mean − 1 sd, that mastery takes")
    card_seconds: float = _setting(12.0, A, "seconds that one card takes")
    card_minutes_per_day: float = _setting(10.0, A, "most minutes of cards on one day")
    card_retention: float = _setting(
        0.90, B, "share of cards that should still be known when they come again"
    )
    overhead_minutes: float = _setting(15.0, B, "minutes a week that Milepost itself may take, cards apart")
    finish_runs: int = _count(2000, A, "simulated years behind the finish dates")

    def tau(self, *, broad: bool) -> float:
        """Hours constant τ of hours(a→b) = τ ln((5 − a)/(5 − b))."""
        return self.tau_broad if broad else self.tau_narrow

    @property
    def impact_cuts(self) -> tuple[float, float, float, float]:
        """The demands from which impact is 2, 3, 4 and 5."""
        return (self.impact_cut_2, self.impact_cut_3, self.impact_cut_4, self.impact_cut_5)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One constant: its name, default, basis and meaning."""

    name: str
    value: float
    basis: str
    meaning: str


def table() -> tuple[SettingRow, ...]:
    """Every constant with its default, basis and meaning, in the order of the method."""
    defaults = Settings()
    return tuple(
        SettingRow(row.name, getattr(defaults, row.name), row.metadata["basis"], row.metadata["meaning"])
        for row in fields(Settings)
    )
