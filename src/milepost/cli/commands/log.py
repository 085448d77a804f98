"""``milepost log PERSON``"""

import datetime as dt

import click

from milepost.cli.terminal import Amount, as_date, json_option, person_argument, print_json, today
from milepost.cli.year_text import occasion
from milepost.model.year import Feedback, Result, Session


@click.command(
    epilog="Example: milepost log me.yaml rag-chatbot --minutes 60 --goal '20 of 25 questions right' --result part"
)
@person_argument
@click.argument("activity", required=False, default="")
@click.option("--minutes", type=Amount(1, 1440), required=True, help="How long it took.")
@click.option("--goal", default="", help="What you set out to do, so that it can be checked.")
@click.option("--result", type=click.Choice([each.value for each in Result]), help="Against that goal.")
@click.option(
    "--feedback",
    type=click.Choice([each.value for each in Feedback]),
    default=Feedback.NONE.value,
    help="What told you the result.",
)
@click.option("--error", default="", help="What went wrong, in one line.")
@click.option("--fix", default="", help="What you will do differently next time.")
@click.option("--skill", default="", metavar="SKILL", help="The skill that it trained.")
@click.option("--micro-skill", default="", help="The part of the skill, such as 'chunking'.")
@click.option("--difficulty", type=click.IntRange(1, 5), help="1 easy to 5 at the limit.")
@click.option("--date", metavar="DATE", callback=as_date, help="Another day than today.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    activity: str,
    minutes: float,
    goal: str,
    result: str | None,
    feedback: str,
    error: str,
    fix: str,
    skill: str,
    micro_skill: str,
    difficulty: int | None,
    date: dt.date | None,
    as_json: bool,
) -> int:
    """Write down one session of work or practice.

    ACTIVITY is a planned activity, by id or words of its title; without one the session
    counts as off the plan. A session with a goal, a result and feedback is deliberate
    practice, and counts for more.
    """
    from milepost.workflows.year import log_session

    session = Session(
        date=date or today(),
        skill=skill,
        activity=activity,
        micro_skill=micro_skill,
        goal=goal,
        minutes=minutes,
        difficulty=difficulty,
        result=Result(result) if result else None,
        feedback=Feedback(feedback),
        error=error,
        fix=fix,
    )
    logged = log_session(person, session, at=occasion(workspace))
    if as_json:
        print_json({"person": logged.person, "activity": logged.session.activity, "minutes": minutes})
        return 0
    on = f" on {logged.title}" if logged.title else " off the plan"
    click.echo(f"Logged {minutes:g} minutes{on}.")
    if logged.started:
        click.echo("That starts it.")
    for line in logged.advice:
        click.echo(line)
    return 0
