"""One self-contained HTML page: no request to anywhere, no script, light and dark."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context
from markupsafe import Markup, escape

from milepost.model import language as tongue
from milepost.model.comparison import Comparison, LivedYear, YearComparison
from milepost.model.plans import Plan
from milepost.pictures import draw_priority_matrix, draw_roadmap, draw_t_shape
from milepost.publish.sheet import make_sheet
from milepost.publish.view import RoadmapView


def render_page(view: RoadmapView) -> str:
    """A person's whole roadmap as one HTML file; everything a person wrote is escaped."""
    plan = view.plan
    roadmap = draw_roadmap(plan, away=view.away) if isinstance(plan, Plan) and plan.quarters else ""
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            sheet=make_sheet(view),
            # Why Markup: the pictures escape their own text; see pictures.canvas.
            t_shape=Markup(draw_t_shape(view.report.t_shape, after=view.after)),  # noqa: S704
            matrix=Markup(draw_priority_matrix(view.report)),  # noqa: S704
            roadmap=Markup(roadmap),  # noqa: S704
        )
    )


def render_comparison(comparison: Comparison) -> str:
    """People side by side: a column a person, a row a dimension, ``n`` in the first sentence."""
    return environment().get_template("comparison.html.j2").render(comparison=comparison)


def render_years(comparison: YearComparison) -> str:
    """Recorded years side by side: what to doubt, the table, when each move was made, and the six findings."""
    longest = max([12.0, *(month for year in comparison.years for month in _months(year))])
    return environment().get_template("years.html.j2").render(comparison=comparison, longest=longest)


def _months(year: LivedYear) -> list[float]:
    both = (year.move.months_functional, year.move.months_formal) if year.move else ()
    return [month for month in both if month is not None]


@cache
def environment() -> Environment:
    """The templates of all pages."""
    found = Environment(
        loader=PackageLoader("milepost.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[InternationalizationExtension],
    )
    words: Any = found  # Why: the extension gives it methods that its type does not know
    words.install_gettext_callables(
        lambda message: tongue.language().message(message),
        lambda one, many, number: tongue.language().messages(one, many, number),
        newstyle=True,
    )
    found.filters |= FILTERS
    found.globals["english"] = _english
    return found


def _english() -> str:
    """The attribute of an element whose words are content, which is English."""
    return Markup("") if tongue.language().is_english else Markup(' lang="en"')


# Why the context in each: without it Jinja works a constant out once, in whichever language came first.
@pass_context
def _content(_: Context, words: object) -> str:
    """Content inside a page: marked where the page is in another language."""
    if tongue.language().is_english or not words:
        return escape(words)
    return Markup('<bdi lang="en">{}</bdi>').format(words)


@pass_context
def _mixed(_: Context, words: str) -> str:
    """A text with isolated content inside, which becomes a mark of the page."""
    return Markup(_ISOLATED.sub(r'<bdi lang="en">\1</bdi>', str(escape(words))))  # noqa: S704 - escaped before


@pass_context
def _day(_: Context, when: dt.date) -> str:
    return tongue.day(when)


@pass_context
def _weekday(_: Context, when: dt.date) -> str:
    return tongue.weekday(when)


@pass_context
def _decimal(_: Context, value: float, decimals: int | None = None) -> str:
    return tongue.decimal(value, decimals)


@pass_context
def _percent(_: Context, share: float, decimals: int = 0) -> str:
    return tongue.percent(share, decimals)


_ISOLATED = re.compile(f"{tongue.ISOLATE}([^{tongue.ISOLATE}{tongue.RELEASE}]*){tongue.RELEASE}")
FILTERS: dict[str, Callable[..., str]] = {
    "content": _content,
    "mixed": _mixed,
    "day": _day,
    "weekday": _weekday,
    "decimal": _decimal,
    "percent": _percent,
}
"""What templates say in the language of the page."""
