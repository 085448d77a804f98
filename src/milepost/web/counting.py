"""A set of advertisements, counted in a process of its own."""

from milepost.model.stages import Tell
from milepost.web.errands import Errand
from milepost.workflows.corpus import CorpusDemand, measure_corpus


def count(errand: Errand, tell: Tell) -> CorpusDemand:
    """What the file or folder that was typed asks for."""
    column = errand.text("column")
    return measure_corpus(
        errand.text("source"),
        errand.desk / "count",
        role=errand.text("role"),
        columns={"text": column} if column else None,
        tell=tell,
    )
