"""The progress of a year: its figures with where each comes from, and one page with the two pictures."""

import datetime as dt
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from milepost.model.plans import Finish
from milepost.model.progress import Progress
from milepost.model.settings import Settings
from milepost.model.year import Card
from milepost.pictures.burn_up import draw_burn_up
from milepost.pictures.recall import draw_recall
from milepost.publish.page import environment
from milepost.year.agility import Agility
from milepost.year.retention import cards_by_day, expected_recall, most_cards

DAYS_AHEAD = 60
Row = tuple[str, str, str]
"""What it is, its value, and where it comes from."""


def progress_rows(progress: Progress, finish: Finish) -> list[Row]:
    """The figures of a year in the words of a person."""
    return [
        ("Status", progress.status, "SPI(t): from .9 on track, from .7 slipping"),
        (
            "SPI(t)",
            "–" if progress.spi_t is None else f"{progress.spi_t:.2f}",
            f"{progress.earned_schedule_weeks:.1f} weeks earned / {progress.actual_weeks:.1f} weeks gone",
        ),
        ("Planned value", f"{progress.planned_value:.1f} h", "hours planned by today"),
        ("Earned value", f"{progress.earned_value:.1f} h", "of activities closed by evidence"),
        ("Waived", f"{progress.waived:.1f} h", "closed without evidence: earns nothing"),
        ("Worked", f"{progress.actual_hours:.1f} h", "a week: the larger of check-ins and sessions"),
        ("Effective", f"{progress.effective_hours:.1f} h", "sessions × quality of practice; a report only"),
        ("On plan", _share(progress.on_plan_ratio), "of logged session hours"),
        ("Public artefacts", str(progress.public_artefacts), "one a quarter is the aim"),
        (
            "Finish, half",
            finish.p50.isoformat(),
            f"{finish.runs} simulated rests of the year, seed {finish.seed}",
        ),
        ("Finish, 80 %", finish.p80.isoformat(), f"pace {progress.pace.factor:.2f} × planned hours"),
        ("Finish, 95 %", finish.p95.isoformat(), f"{progress.pace.missed_week:.0%} of weeks missed"),
    ]


def agility_rows(agility: Agility, names: Mapping[str, str]) -> list[Row]:
    """Learning agility in the words of a person; only what was recorded has a row."""
    rows: list[Row] = []
    if agility.hours_per_level is not None:
        rows.append(
            (
                "Hours a level",
                f"{agility.hours_per_level:.0f} h",
                "effective hours / levels gained by evidence",
            )
        )
    rows += [
        (
            f"Hours a level, quarter {number}",
            "–" if value is None else f"{value:.0f} h",
            "the same, of that quarter",
        )
        for number, value in agility.by_quarter.items()
        if any(other is not None for other in agility.by_quarter.values())
    ]
    for skill, days in agility.days_to_artefact.items():
        rows.append(
            (f"First artefact: {names.get(skill, skill)}", f"{days} days", "from the first session on it")
        )
    for area, tau in agility.tau.items():
        rows.append(
            (f"τ of {names.get(area, area)}", f"{tau:.0f} h", "refitted; hours(a→b) = τ ln((5−a)/(5−b))")
        )
    if agility.durable_share is not None:
        rows.append(("Lasting", f"{agility.durable_share:.0%}", "of session hours: concepts and languages"))
    return rows


def render_progress(
    person: str,
    progress: Progress,
    finish: Finish,
    *,
    cards: Sequence[Card],
    learned: Sequence[Row],
    today: dt.date,
    settings: Settings | None = None,
) -> str:
    """One page without any request: the burn-up, the cards, and the figures behind them."""
    settings = settings or Settings()
    recall = ""
    if cards:
        recall = draw_recall(
            expected_recall(cards, today=today, days=DAYS_AHEAD, settings=settings),
            cards_by_day(cards, today=today, days=DAYS_AHEAD, settings=settings),
            today=today,
            wanted=settings.card_retention,
            a_day=most_cards(settings),
        )
    return (
        environment()
        .get_template("progress.html.j2")
        .render(
            person=person,
            progress=progress,
            finish=finish,
            rows=progress_rows(progress, finish),
            learned=learned,
            # Why Markup: the pictures escape their own text; see pictures.canvas.
            burn_up=Markup(draw_burn_up(progress, finish)),  # noqa: S704
            recall=Markup(recall),  # noqa: S704
        )
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
