"""``milepost count ADS…``"""

from pathlib import Path

import click

from milepost.cli.market_text import as_columns
from milepost.cli.terminal import console, counter, json_option, plain_table, print_json
from milepost.files.content import load_catalogue
from milepost.market.engines.tally import ANY_ROLE
from milepost.workflows.counting import Counted, Engine, count_corpus

SHOWN = 15


@click.command(epilog="Example: milepost count corpus/*.jsonl.gz --out counts --workers 4")
@click.argument("ads", nargs=-1, required=True, metavar="ADS...", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder of the counts; the same folder goes on after a stop.",
)
@click.option("--workers", type=click.IntRange(1, 512), metavar="N", help="Processes (default: 1).")
@click.option(
    "--engine",
    type=click.Choice([each.value for each in Engine]),
    default=Engine.LOCAL.value,
    show_default=True,
    help="This computer, or Spark.",
)
@click.option(
    "--columns", multiple=True, metavar="FIELD=COLUMN", help="Where a table keeps text, title, company, date."
)
@json_option
def command(
    ads: tuple[Path, ...],
    out: Path,
    workers: int | None,
    engine: str,
    columns: tuple[str, ...],
    as_json: bool,
) -> None:
    """Count a corpus of any size into dated counts by month, skill and role.

    Memory stays flat, a broken row is put aside with its reason, and a run that was stopped goes
    on where it was. The counts hold no text. Then: `milepost trend DIR --role ROLE`.
    """
    chosen = Engine(engine)
    processes = workers if workers is not None else (0 if chosen is Engine.SPARK else 1)
    with counter("advertisements") as report:
        counted = count_corpus(
            ads, out, engine=chosen, workers=processes, columns=as_columns(columns), report=report
        )
    if counted.count.rejected:
        click.echo(
            f"Put aside: {counted.count.rejected} rows, with reasons in {out / 'rejected.csv'}", err=True
        )
    if as_json:
        print_json(counted.document)
    else:
        _print(counted)
    click.echo(f"wrote {out}; then: milepost trend {out}", err=True)


def _print(counted: Counted) -> None:
    count, pack = counted.count, counted.count.demand
    span = f", {pack.first_date} to {pack.last_date}" if pack.last_date else ""
    click.echo(
        f"{count.read} advertisements, {pack.ads} without repeats, of {pack.companies} companies{span}."
    )
    if count.undated:
        click.echo(f"{count.undated} have no day and are in no month.")
    names = load_catalogue().tree.skills
    table = plain_table("Skill", ">Ads", ">Companies")
    most = sorted(pack.skills.items(), key=lambda each: (-each[1].weighted_ads, each[0]))
    for skill, found in most[:SHOWN]:
        table.add_row(names[skill].name if skill in names else skill, str(found.ads), str(found.companies))
    console().print(table)
    click.echo(
        f"{len(pack.skills)} skills, {len(count.whole.months)} months, {sum(role != ANY_ROLE for role in count.roles)} roles by title."
    )
