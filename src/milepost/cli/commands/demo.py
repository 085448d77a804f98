"""``milepost demo [--out DIR]``"""

from pathlib import Path

import click

from milepost.cli.commands.gaps import print_gaps
from milepost.cli.plan_text import print_infeasible, print_plan
from milepost.cli.terminal import console, json_option, plain_table, print_json
from milepost.model.comparison import Comparison
from milepost.model.plans import Plan
from milepost.publish.schema import comparison_document, gaps_document, plan_document


@click.command(epilog="Example: milepost demo --out roadmaps")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Write HTML pages and PDFs here."
)
@json_option
def command(out: Path | None, as_json: bool) -> None:
    """Run the main job for Alex, Jordan and Sam: T, focus, plan and comparison.

    The three are illustrative: the case study gives no scores. With --out one HTML page
    and one PDF a person are written, and a page that compares them.
    """
    from milepost.workflows.demo import run_demo

    demo = run_demo(out, report=lambda text: click.echo(f"{text} …", err=True))
    if as_json:
        people = [{"gaps": gaps_document(r.report), "plan": plan_document(r.plan)} for r in demo.roadmaps]
        print_json({"people": people, "comparison": comparison_document(demo.comparison)})
        return
    shown = console()
    for roadmap in demo.roadmaps:
        shown.rule(f"[bold]{roadmap.person.name}: {roadmap.role.name}[/bold]", characters="═")
        print_gaps(roadmap.report)
        shown.print()
        if isinstance(roadmap.plan, Plan):
            print_plan(roadmap.plan)
        else:
            print_infeasible(roadmap.plan)
        shown.print()
    print_comparison(demo.comparison)
    for path in demo.written:
        click.echo(f"wrote {path}", err=True)


def print_comparison(comparison: Comparison) -> None:
    """One row a dimension, one column a person."""
    out = console()
    out.rule("[bold]Comparison[/bold]", characters="═")
    table = plain_table("", *comparison.people)
    for row in comparison.rows:
        table.add_row(row.dimension, *row.cells, end_section=True)
    table.padding = (0, 2, 1, 0)
    out.print(table)
    for note in comparison.notes:
        out.print(note)
