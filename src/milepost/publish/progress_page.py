"""The progress of a year: its figures with where each comes from, and one page with the two pictures."""

import datetime as dt
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from milepost.model.language import content, day, decimal, gettext, marked, ngettext, percent
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
STATES = (marked("nothing due yet"), marked("on track"), marked("slipping"), marked("replan"))
"""What ``Progress.status`` can be."""
Row = tuple[str, str, str]
"""What it is, its value, and where it comes from."""


def progress_rows(progress: Progress, finish: Finish) -> list[Row]:
    """The figures of a year in the words of a person."""
    return [
        (gettext("Status"), gettext(progress.status), gettext("SPI(t): from .9 on track, from .7 slipping")),
        (
            "SPI(t)",
            "–" if progress.spi_t is None else decimal(progress.spi_t, 2),
            gettext(
                "%(earned)s weeks earned / %(gone)s weeks gone",
                earned=decimal(progress.earned_schedule_weeks, 1),
                gone=decimal(progress.actual_weeks, 1),
            ),
        ),
        (gettext("Planned value"), _hours(progress.planned_value), gettext("hours planned by today")),
        (gettext("Earned value"), _hours(progress.earned_value), gettext("of activities closed by evidence")),
        (gettext("Waived"), _hours(progress.waived), gettext("closed without evidence: earns nothing")),
        (
            gettext("Worked"),
            _hours(progress.actual_hours),
            gettext("a week: the larger of check-ins and sessions"),
        ),
        (
            gettext("Effective"),
            _hours(progress.effective_hours),
            gettext("sessions × quality of practice; a report only"),
        ),
        (gettext("On plan"), _share(progress.on_plan_ratio), gettext("of logged session hours")),
        (gettext("Public artefacts"), str(progress.public_artefacts), gettext("one a quarter is the aim")),
        (
            gettext("Finish, half"),
            day(finish.p50),
            gettext(
                "%(runs)s simulated rests of the year, seed %(seed)s", runs=finish.runs, seed=finish.seed
            ),
        ),
        (
            gettext("Finish, 80 %%"),
            day(finish.p80),
            gettext("pace %(factor)s × planned hours", factor=decimal(progress.pace.factor, 2)),
        ),
        (
            gettext("Finish, 95 %%"),
            day(finish.p95),
            gettext("%(share)s of weeks missed", share=percent(progress.pace.missed_week)),
        ),
    ]


def agility_rows(agility: Agility, names: Mapping[str, str]) -> list[Row]:
    """Learning agility in the words of a person; only what was recorded has a row."""
    rows: list[Row] = []
    if agility.hours_per_level is not None:
        rows.append(
            (
                gettext("Hours a level"),
                _hours(agility.hours_per_level, 0),
                gettext("effective hours / levels gained by evidence"),
            )
        )
    rows += [
        (
            gettext("Hours a level, quarter %(number)s", number=number),
            "–" if value is None else _hours(value, 0),
            gettext("the same, of that quarter"),
        )
        for number, value in agility.by_quarter.items()
        if any(other is not None for other in agility.by_quarter.values())
    ]
    for skill, days in agility.days_to_artefact.items():
        rows.append(
            (
                gettext("First artefact: %(skill)s", skill=content(names.get(skill, skill))),
                ngettext("%(num)s day", "%(num)s days", days),
                gettext("from the first session on it"),
            )
        )
    for area, tau in agility.tau.items():
        rows.append(
            (
                gettext("τ of %(area)s", area=content(names.get(area, area))),
                _hours(tau, 0),
                gettext("refitted; hours(a→b) = τ ln((5−a)/(5−b))"),
            )
        )
    if agility.durable_share is not None:
        rows.append(
            (
                gettext("Lasting"),
                percent(agility.durable_share),
                gettext("of session hours: concepts and languages"),
            )
        )
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
    return "–" if value is None else percent(value)


def _hours(value: float, decimals: int = 1) -> str:
    return gettext("%(hours)s h", hours=decimal(value, decimals))
