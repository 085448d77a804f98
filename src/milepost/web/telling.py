"""What the pure packages say in words of a closed list, in the language of the page.

Their other sentences (reasons, findings, notes of a solve) are content and stay English.
"""

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from milepost.model.agenda import Agenda
from milepost.model.language import content, day, decimal, gettext, language, marked, ngettext
from milepost.model.plans import Plan
from milepost.model.skills import LEVEL_NAMES
from milepost.model.stages import STAGES
from milepost.pictures.trend_board import VERDICTS
from milepost.publish.progress_page import STATES
from milepost.web.errands import CANCELLED, READY, REFUSED, STOPPED, Work
from milepost.workflows.boards import BASES
from milepost.year.agenda import BEHIND
from milepost.year.practice import LAST_ERROR, NEXT_TIME, NO_FEEDBACK, TOO_EASY, TOO_HARD

RESULTS = {"pass": marked("reached"), "part": marked("in part"), "fail": marked("not reached")}
EVIDENCE = {
    "artefact": marked("an artefact at an address"),
    "test": marked("a graded test or task that I passed"),
    "reviewer": marked("a reviewer's word"),
    "waiver": marked("nothing: a waiver, which stays visible and earns nothing"),
}
"""What closes an activity."""
CHANGES = {
    "add-role": marked("a role of your own"),
    "add-skill": marked("a skill of your own"),
    "ads": marked("advertisements"),
    "answer": marked("an answer of a test"),
    "ask": marked("an asked-for rating"),
    "assess": marked("the result of a test"),
    "card": marked("a card"),
    "cards": marked("cards of what was missed"),
    "checkin": marked("a check-in"),
    "choose": marked("a decision about an activity"),
    "consider": marked("a weighed thing"),
    "done": marked("a closed activity"),
    "edit": marked("a change of the file"),
    "evidence": marked("findings as evidence"),
    "log": marked("a session"),
    "pause": marked("a pause"),
    "plan": marked("an accepted plan"),
    "rate": marked("ratings"),
    "publish": marked("what is public"),
    "recheck": marked("a second look"),
    "replan": marked("an accepted replan"),
    "resume": marked("the end of a pause"),
    "review": marked("a reviewed card"),
    "skip": marked("a skipped activity"),
    "task": marked("the result of a practical task"),
}
"""What an undo takes back, by the verb that is kept."""
ENDS = {
    READY: marked("It is done."),
    REFUSED: marked("It could not be done."),
    STOPPED: marked("It was stopped."),
    CANCELLED: marked("It was cancelled."),
}
"""How long work ends."""
ADVICE = (TOO_EASY, TOO_HARD, NO_FEEDBACK)
QUOTING = {NEXT_TIME: "fix", LAST_ERROR: "error"}
"""Sentences around words of the person, and the name of their place."""
CLOSED = frozenset(
    (*RESULTS.values(), *STAGES, *EVIDENCE.values(), *ADVICE, *VERDICTS, *STATES, *LEVEL_NAMES, *BASES)
)


def told(words: str) -> str:
    """Words of the closed list in the language of the page; anything else as content."""
    if words in CLOSED:
        return gettext(words)
    for sentence, name in QUOTING.items():
        start, _, end = sentence.partition(f"%({name})s")
        if words.startswith(start) and words.endswith(end):
            return gettext(sentence, **{name: words.removeprefix(start).removesuffix(end)})
    return content(words)


def change_words(verb: str) -> str:
    """What a kept verb did."""
    return gettext(CHANGES[verb]) if verb in CHANGES else content(verb)


def tell_notes(agenda: Agenda, plan: Plan | None) -> list[str]:
    """The notes of a day, with the pages where something is done about them."""
    if plan is None:
        return [gettext("No plan is accepted yet: the plan page makes one.")]
    notes = {
        "paused": gettext("You are on a pause: nothing is expected. The button below ends it."),
        "before": ngettext(
            "The plan starts on %(date)s, tomorrow.",
            "The plan starts on %(date)s, in %(num)s days.",
            (plan.start - agenda.as_of).days,
            date=day(plan.start),
        ),
        "after": gettext("The plan is over. The progress page shows how it went."),
        "away": gettext("You are away this week: nothing is planned."),
        "review": gettext("A review week: close the milestone, look at the quarter, rest."),
    }
    found = [notes[agenda.kind]] if agenda.kind in notes else []
    if agenda.weeks_behind >= BEHIND and agenda.kind not in ("paused", "before"):
        found.append(
            gettext(
                "Work of about %(weeks)s weeks ago is still open. The plan page moves it; nothing is lost.",
                weeks=decimal(agenda.weeks_behind, 0),
            )
        )
    return found


def tell_work(work: Work) -> str:
    """How far long work is, or how it ended."""
    if work.state in ENDS:
        return gettext(ENDS[work.state])
    if work.whole:
        return gettext(
            "%(stage)s: %(done)s of %(whole)s",
            stage=told(work.step),
            done=decimal(min(work.done, work.whole)),
            whole=decimal(work.whole),
        )
    if work.done:
        return gettext("%(stage)s: %(done)s", stage=told(work.step), done=decimal(work.done))
    return told(work.step)


@pass_context
def told_filter(_: Context, words: str) -> str:
    """The same inside a page, where content is marked.

    Why a context that is not used: Jinja would work out a filter of constant words once, for every language.
    """
    said = told(words)
    if said == words or language().is_english:
        return escape(said)
    return Markup('<bdi lang="en">{}</bdi>').format(words) if said == content(words) else escape(said)
