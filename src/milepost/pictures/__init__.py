"""Values → accessible SVG text, the same for a browser, a printer and Typst."""

from milepost.pictures.priority_matrix import draw_priority_matrix
from milepost.pictures.roadmap import draw_roadmap
from milepost.pictures.t_shape import draw_t_shape

__all__ = ["draw_priority_matrix", "draw_roadmap", "draw_t_shape"]
