"""The board of the hype guard as one page: small curves, and the table behind them."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from milepost.pictures.trend_board import Curve, draw_trends
from milepost.publish.page import environment


def render_trends(
    *, source: str, as_of: str, rows: Sequence[Mapping[str, str]], curves: Sequence[Curve]
) -> str:
    """A page without any request; ``rows`` are the table, one mapping of texts a skill."""
    return (
        environment()
        .get_template("trends.html.j2")
        .render(source=source, as_of=as_of, rows=rows, board=Markup(draw_trends(curves)))  # noqa: S704 - escapes its own text
    )
