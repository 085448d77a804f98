"""What was typed into a form that could not be done: shown again, to be corrected or taken along."""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

from milepost.model.language import gettext, marked

LONG = 60
WORDS = {
    "address": marked("Where it will be"),
    "answer": marked("Answer"),
    "back": marked("Answer"),
    "blocked": marked("What stood in the way"),
    "by": marked("Name, for a reviewer"),
    "confidence": marked("How sure of the milestone, 0 to 10"),
    "day": marked("Day"),
    "error": marked("What went wrong"),
    "fix": marked("Next time"),
    "front": marked("Question"),
    "goal": marked("Goal of this session"),
    "hours": marked("Hours"),
    "level": marked("Level it shows"),
    "minutes": marked("Minutes"),
    "moved": marked("What moved"),
    "next": marked("First thing next week: when, where, what"),
    "note": marked("Note"),
    "reason": marked("Why"),
    "say": marked("In a line: what it shows, or why it is waived"),
    "source": marked("Where you met it"),
    "text": marked("Text"),
    "thing": marked("What it is"),
    "until": marked("Until (empty: open)"),
    "url": marked("Address, for an artefact"),
}
"""What the fields that are typed into are called; what was chosen goes along unseen."""
ADDRESSES = {"undo"}
"""Forms in which nothing is typed, although a field has a name of the above."""


@dataclass(frozen=True)
class Typed:
    """One field as it was sent; ``label`` is empty for what was chosen and not typed."""

    name: str
    value: str
    label: str

    @property
    def long(self) -> bool:
        """Whether it takes more than a line."""
        return len(self.value) > LONG or "\n" in self.value


def typed_in(request: Request) -> tuple[Typed, ...]:
    """The fields of the form that this request brought; none where nothing was typed."""
    form: FormData | None = getattr(request.state, "form", None)
    if form is None or request.url.path.rpartition("/")[2] in ADDRESSES:
        return ()
    found = tuple(
        Typed(name, value, gettext(WORDS[name]) if WORDS.get(name) else "")
        for name, value in form.multi_items()
        if isinstance(value, str) and name != "token"
    )
    return found if any(each.label and each.value for each in found) else ()
