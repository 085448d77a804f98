"""One self-contained HTML page: no request to anywhere, no script, light and dark."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

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
    return Environment(
        loader=PackageLoader("milepost.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
