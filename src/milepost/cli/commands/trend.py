"""``milepost trend [ADS…]``"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.table import Table

from milepost.cli.terminal import console, json_option, plain_table, print_json, progress
from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.market.trends import IGNORE, VERDICTS
from milepost.model.trends import Attention, Verdict
from milepost.pictures.trend_board import Curve
from milepost.publish.trend_page import render_trends
from milepost.workflows.boards import Board, board_document, make_board

MEANINGS = {
    "adopt": "learn deeply",
    "trial": "a project with an end",
    "watch": "read only, look again later",
    "hold": "keep what you know, learn no more",
    "ignore": "nothing yet",
}
MOST_IGNORED = 8


@click.command(epilog="Example: milepost trend --role ml-engineer")
@click.argument("ads", nargs=-1, type=click.Path(path_type=Path))
@click.option("--role", metavar="ROLE", help="Inside this role where there are counts; else it is a gate.")
@click.option("--skill", metavar="SKILL", help="Only this skill, opened to its numbers.")
@click.option("--as-of", metavar="MONTH", help="Use nothing after this month or day, such as 2024-05.")
@click.option("--picture", type=click.Path(path_type=Path), metavar="FILE", help="Write the board as a page.")
@json_option
def command(
    ads: tuple[Path, ...],
    role: str | None,
    skill: str | None,
    as_of: str | None,
    picture: Path | None,
    as_json: bool,
) -> int:
    """Show the hype guard's board: adopt, trial, watch, hold or ignore.

    From dated advertisements or a folder of `milepost count`; without any, from the shipped
    monthly counts. The first line says whose advertisements were counted. The rule was tested on the decisions of 2013 to 2021: docs/method.md says how it did.
    """
    with progress("Counting months"):
        board = make_board(ads, role=role, skill=skill, as_of=_month(as_of))
    if picture is not None:
        picture.write_text(_page(board), encoding="utf-8")
        click.echo(f"Wrote {picture}", err=True)
    if as_json:
        print_json(board_document(board))
    elif skill:
        _print_one(board)
    else:
        _print(board)
    return 0


def names() -> dict[str, str]:
    """The names of skills by id."""
    return {skill.id: skill.name for skill in load_catalogue().tree.skills.values()}


def _month(text: str | None) -> str | None:
    if text is None:
        return None
    month = text[:7]
    if (
        len(month) != 7
        or month[4] != "-"
        or not (month[:4] + month[5:]).isdigit()
        or not 1 <= int(month[5:]) <= 12
    ):
        raise UsageError(f"--as-of {text!r} is not a month", hint="Write it as 2024-05, or as a day.")
    return month


def _print(board: Board) -> None:
    known = names()
    click.echo(f"As of {board.as_of}. Basis: {board.basis}. Counted from {board.source}.")
    for name in VERDICTS:
        own = [v for v in board.verdicts if v.verdict == name]
        if not own:
            continue
        click.echo(f"\n{name.upper()}: {MEANINGS[name]}")
        console().print(_table(own[:MOST_IGNORED] if name == IGNORE else own, known, board.attention))
        if name == IGNORE and len(own) > MOST_IGNORED:
            click.echo(f"… and {len(own) - MOST_IGNORED} more")
    for note in board.notes:
        click.echo(note)


def _cells(verdict: Verdict) -> tuple[str, str, str]:
    t = verdict.trend
    z = "–" if t.z is None else f"{t.z:+.1f}"
    return f"{t.share:.1%}", z, "–" if t.peak_ratio is None else f"{t.peak_ratio:.0%}"


def _page(board: Board) -> str:
    known = names()
    shown = [v for v in board.verdicts if v.verdict != IGNORE]
    rows = []
    for v in board.verdicts:
        share, z, peak = _cells(v)
        name = known.get(v.term, v.term)
        rows.append({"name": name, "verdict": v.verdict, "share": share, "z": z, "peak": peak, "why": v.why})
    curves = [
        Curve(
            known.get(v.term, v.term),
            v.verdict,
            tuple(m.month for m in board.series.get(v.term, ())),
            tuple(m.naming / m.ads for m in board.series.get(v.term, ()) if m.ads),
        )
        for v in shown
    ]
    return render_trends(source=board.source, as_of=board.as_of, rows=rows, curves=curves)


def _table(verdicts: Sequence[Verdict], known: dict[str, str], attention: Mapping[str, Attention]) -> Table:
    talked = any(v.term in attention for v in verdicts)
    table = plain_table(
        "Skill", ">Share", ">Trend z", ">Of peak", ">Months", *([">Talked about"] if talked else [])
    )
    for v in verdicts:
        cells = [known.get(v.term, v.term), *_cells(v), str(v.trend.months)]
        table.add_row(*cells, *([_talk(attention.get(v.term))] if talked else []))
    return table


def _talk(found: Attention | None) -> str:
    """Share of the trending repositories of a year, and its growth on the year before."""
    if found is None:
        return "–"
    return f"{found.share:.1%}" + (f" {found.growth:+.0%}" if found.growth is not None else "")


def _print_one(board: Board) -> None:
    verdict = board.verdicts[0]
    t = verdict.trend
    click.echo(f"{names().get(verdict.term, verdict.term)}: {verdict.verdict} ({MEANINGS[verdict.verdict]})")
    click.echo(f"  {verdict.why}")
    click.echo(f"  {t.naming} of {t.ads} ads in the last twelve months to {t.as_of}; {t.months} months known")
    if t.slope is not None and t.z is not None:
        click.echo(f"  trend {t.slope:+.2f} logits a year, z {t.z:+.1f} (quasi-binomial, 24 months)")
    if t.peak_ratio is not None:
        click.echo(f"  last six months at {t.peak_ratio:.0%} of its highest six")
    click.echo(f"  basis: {board.basis}, counted from {board.source}")
    if (talk := board.attention.get(verdict.term)) is not None:
        click.echo(f"  talked about: {_talk(talk)} of trending repositories, year to {talk.last_month}")
    for note in board.notes:
        click.echo(f"  {note}")
