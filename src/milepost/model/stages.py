"""How far a long piece of work is, told to whoever waits for it."""

from collections.abc import Callable

from milepost.model.language import marked

Tell = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much of it there is (0: nobody knows yet)."""

WAITING = marked("waiting for its turn")
STARTING = marked("starting")
LEVELS = marked("your levels and gaps")
PLANNING = marked("the best plan that the hours allow")
REPLANNING = marked("what is left of the year, changed as little as its worth allows")
OPENING = marked("opening the repository")
READING = marked("reading the file")
COMMITS = marked("commits read")
CHANGES = marked("your own commits looked into")
VERSIONS = marked("versions of your files read")
LOOKING = marked("rows found")
ROWS = marked("advertisements read")
COUNTING = marked("counting what they ask for")
STAGES = (
    WAITING, STARTING, LEVELS, PLANNING, REPLANNING, OPENING, READING, COMMITS, CHANGES, VERSIONS, LOOKING, ROWS, COUNTING,
)  # fmt: skip
"""Every stage; kept in English, said in the language of the page."""


def tell_nobody(stage: str, done: int, whole: int) -> None:
    """For callers that do not wait."""
