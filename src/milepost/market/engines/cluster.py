"""Spark: the same batches spread over the machines of a cluster, and the same parts.

The driver reads the files and cuts the batches, so that every engine counts the same rows; the extraction, which
takes most of the time, runs on the workers with ``mapInArrow``. A run that one engine began another can finish.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from milepost.errors import UsageError
from milepost.market.ads import Ad
from milepost.market.engines.local import Report, missing_batches
from milepost.market.engines.parts import Batch, Row, mention_rows, write_part
from milepost.market.extract import Extractor, build_extractor
from milepost.market.sources import Rejected
from milepost.model.skills import SkillTree

BATCHES_PER_WORKER = 2
"""Batches of one round for each worker: what the driver holds, and what a kill can cost."""
AD_FIELDS = ("id", "title", "company", "date", "text", "source", "level")
ROW_FIELDS = ("ad", "company", "date", "opening", "text", "roles", "skill")
SCHEMA = f"number int, {', '.join(f'{name} string' for name in ROW_FIELDS)}, weight double, broken string"
_extractor: list[Extractor] = []
"""The extractor of a Python worker of Spark, built once."""


def write_parts_on_cluster(
    paths: Sequence[Path],
    folder: Path,
    tree: SkillTree,
    *,
    workers: int = 0,
    columns: Mapping[str, str] | None = None,
    report: Report = lambda _: None,
) -> None:
    """Read the files into parts in ``folder`` on Spark; parts that are there already are not made again.

    An existing session or what ``spark-submit`` set up is used; else Spark runs on this computer with
    ``workers`` (0: all cores). ``UsageError`` where PySpark or Java is missing.
    """
    batches = missing_batches(paths, folder, tree, columns=columns, report=report)
    first = next(batches, None)
    if first is None:
        return
    session = _session(workers)
    width = BATCHES_PER_WORKER * max(1, session.sparkContext.defaultParallelism)
    waiting = [first]
    while True:
        waiting += islice(batches, width - len(waiting))
        if not waiting:
            return
        _run(session, waiting, folder, tree)
        for batch in waiting:
            report(len(batch.ads))
        waiting = []


def _session(workers: int) -> Any:
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError as fault:
        raise UsageError(
            "the Spark engine needs PySpark", hint="Install it: pip install 'milepost[cluster]'."
        ) from fault
    if shutil.which("java") is None:
        raise UsageError(
            "the Spark engine needs Java", hint="Install Java 17 or newer, or use --engine local."
        )
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    builder = SparkSession.builder.appName("milepost count").config("spark.ui.showConsoleProgress", "false")
    master = f"local[{workers}]" if workers else SparkConf().get("spark.master", "local[*]")
    builder = builder.master(master)
    if master.startswith("local"):
        # Why: Spark takes the python3 of the path, which may be another one, without Milepost.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _run(session: Any, batches: Sequence[Batch], folder: Path, tree: SkillTree) -> None:
    """One round: the batches as a table, out to the workers, and back as parts in the order of their numbers."""
    import pyarrow as pa

    ads = [(batch.number, ad) for batch in batches for ad in batch.ads]
    found: dict[int, tuple[list[Row], list[Rejected]]] = {batch.number: ([], []) for batch in batches}
    if ads:
        table = pa.table(
            {
                "number": pa.array([number for number, _ in ads], pa.int32()),
                **{
                    name: pa.array([_plain(getattr(ad, name)) for _, ad in ads], pa.string())
                    for name in AD_FIELDS
                },
            }
        )
        frame = session.createDataFrame(table).repartitionByRange(len(batches), "number")
        for record in frame.mapInArrow(_mapper(tree), SCHEMA).toArrow().to_batches():
            _collect(record.to_pylist(), found)
    for batch in batches:
        rows, broken = found[batch.number]
        write_part(folder, batch.number, rows, (*batch.rejected, *broken))


def _plain(text: str) -> str:
    """A text that Arrow can carry: half of a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _collect(
    records: Sequence[Mapping[str, Any]], found: Mapping[int, tuple[list[Row], list[Rejected]]]
) -> None:
    for record in records:
        rows, broken = found[record["number"]]
        if record["broken"]:
            broken.append(Rejected(record["ad"], 0, record["broken"]))
        else:
            ad, company, date, opening, text, roles, skill = (record[name] for name in ROW_FIELDS)
            rows.append((ad, company, date, opening, text, roles, skill, record["weight"]))


def _mapper(tree: SkillTree) -> Any:
    """The function that runs on the workers: tables of advertisements in, tables of mentions out."""

    def extract(tables: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        if not _extractor:
            _extractor.append(build_extractor(tree))
        for table in tables:
            out: list[tuple[Any, ...]] = []
            for number, records in groupby(table.to_pylist(), key=lambda record: record["number"]):
                ads = [Ad(*(record[name] for name in AD_FIELDS)) for record in records]
                rows, broken = mention_rows(ads, _extractor[0])
                out += [(number, *row, "") for row in rows]
                out += [(number, each.path, *[""] * 6, 0.0, each.reason) for each in broken]
            names = ("number", *ROW_FIELDS, "weight", "broken")
            kinds = (pa.int32(), *[pa.string()] * len(ROW_FIELDS), pa.float64(), pa.string())
            columns = list(zip(*out, strict=True)) if out else [()] * len(names)
            yield pa.RecordBatch.from_arrays(
                [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)],
                names=list(names),
            )

    return extract
