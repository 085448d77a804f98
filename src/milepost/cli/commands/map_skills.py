"""``milepost map-skills PATH``"""

from itertools import groupby
from pathlib import Path

import click
from rich.markup import escape

from milepost.cli.terminal import Amount, console, json_option, now, plain_table, print_json, progress
from milepost.publish.taxonomy_schema import links_document
from milepost.workflows.taxonomies import Mapped, map_to_taxonomy, own_skills


@click.command(epilog="Example: milepost map-skills esco.zip --out esco-links.yaml")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--own", metavar="PERSON", help="Also the skills that this person added.")
@click.option("--threshold", type=Amount(0, 1), metavar="C", help="Accept from this confidence on (0.8).")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the links to edit."
)
@click.option("--all", "everything", is_flag=True, help="Show every candidate, not the best of each skill.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    path: Path,
    own: str | None,
    threshold: float | None,
    out: Path | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Link skills to your own download of ESCO or O*NET.

    PATH is the folder, zip file or table as you downloaded it; nothing is fetched. Every link has
    a confidence with its reason. What is less sure is only proposed: set `accept: true` in the
    file where you agree. `milepost export-skills --links FILE` uses what is accepted.
    """
    added = own_skills(own, workspace=workspace, now=now)
    with progress("Reading and comparing"):
        mapped = map_to_taxonomy(path, own=added, threshold=threshold, out=out)
    if as_json:
        print_json(links_document(mapped.taxonomy, mapped.links, unlinked=mapped.unlinked))
    else:
        _print(mapped, everything=everything)
    if out is not None:
        click.echo(f"wrote {out}; nothing else was changed", err=True)


def _print(mapped: Mapped, *, everything: bool) -> None:
    taxonomy, links = mapped.taxonomy, mapped.links
    table = plain_table("Skill", f"In {taxonomy.name}", ">Sure", "Why")
    ranked = sorted(links.links, key=lambda each: each.skill)
    shown = [list(candidates) for _, candidates in groupby(ranked, key=lambda each: each.skill)]
    for candidates in sorted(shown, key=lambda each: (-each[0].confidence, each[0].skill)):
        for place, each in enumerate(candidates if everything else candidates[:1]):
            mark = "" if each.accept else " ?"
            table.add_row(
                each.skill if not place else "",
                escape(each.label),
                f"{each.confidence:.2f}{mark}",
                escape(each.basis),
            )
    console().print(table)
    accepted = sum(each.accept for each in links.links)
    click.echo(
        f"{accepted} accepted from {links.threshold:g} on, {len(shown) - accepted} skills proposed (?): please "
        f"confirm. {len(mapped.unlinked)} have no candidate among {len(taxonomy.concepts)} concepts."
    )
    for note in taxonomy.notes:
        click.echo(f"Note: {note}.")
    click.echo(taxonomy.credit)
