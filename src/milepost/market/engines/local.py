"""One process, or all cores of one computer: batches in, parts out."""

import hashlib
import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from milepost.errors import UsageError
from milepost.market.ads import Ad
from milepost.market.engines.parts import BATCH_ADS, Batch, make_batches, mention_rows, part_path, write_part
from milepost.market.extract import Extractor, build_extractor
from milepost.market.sources import Rejected, all_files, stream_ads
from milepost.model.skills import SkillTree

Report = Callable[[int], None]
"""Called with the number of advertisements that are done."""
Seen = Callable[[Ad | Rejected], None]
"""Called with each row when it is read, long before its batch is done."""

_SAMPLE_BYTES = 1 << 20
_extractor: list[Extractor] = []
"""The extractor of this worker process, built once by ``_prepare``."""


def write_parts(
    paths: Sequence[Path],
    folder: Path,
    tree: SkillTree,
    *,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    report: Report = lambda _: None,
    seen: Seen = lambda _: None,
) -> None:
    """Read the files into parts in ``folder``; parts that are there already are not made again.

    ``UsageError`` where the folder holds the parts of other files, columns or skills.
    """
    batches = missing_batches(paths, folder, tree, columns=columns, report=report, seen=seen)
    if workers <= 1:
        extractor = build_extractor(tree)
        for batch in batches:
            _write(batch, folder, extractor, report)
        return
    _write_on_cores(batches, folder, tree, workers=workers, report=report)


def missing_batches(
    paths: Sequence[Path],
    folder: Path,
    tree: SkillTree,
    *,
    columns: Mapping[str, str] | None,
    report: Report,
    seen: Seen = lambda _: None,
) -> Iterator[Batch]:
    """The batches whose part is not there yet, read one at a time; the others are reported as done."""
    folder.mkdir(parents=True, exist_ok=True)
    claim_folder(folder, paths, tree, columns=columns)
    for left in folder.glob(".part-*.new"):
        left.unlink(missing_ok=True)
    for batch in make_batches(_shown(stream_ads(paths, columns=columns), seen)):
        if part_path(folder, batch.number).exists():
            report(len(batch.ads))
        else:
            yield batch


def claim_folder(
    folder: Path, paths: Sequence[Path], tree: SkillTree, *, columns: Mapping[str, str] | None
) -> None:
    """Note what the parts of a folder are made from; refuse a folder that holds the parts of something else."""
    mark = folder / "corpus.json"
    surfaces = sorted(
        (skill.id, skill.name, *(alias.text for alias in skill.aliases)) for skill in tree.skills.values()
    )
    files = all_files(paths)
    claim = {
        "format": 2,
        "batch": BATCH_ADS,
        "columns": dict(sorted((columns or {}).items())),
        "files": len(files),
        "sha256": _fingerprint(files),
        "skills": hashlib.sha256(json.dumps(surfaces).encode()).hexdigest(),
    }
    text = json.dumps(claim, indent=2, sort_keys=True) + "\n"
    if mark.exists() and mark.read_text(encoding="utf-8") != text:
        raise UsageError(
            f"{folder} holds the count of other files, columns or skills",
            hint="Choose another folder with --out, or remove this one.",
        )
    if not mark.exists() and any(folder.glob("part-*.parquet")):
        raise UsageError(
            f"{folder} holds parts of an unknown corpus", hint="Choose another folder with --out."
        )
    fresh = mark.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(mark)


def _fingerprint(files: Sequence[Path]) -> str:
    """One digest of the name, the size and the first and last megabyte of every file: enough to notice another."""
    digest = hashlib.sha256()
    for path in files:
        size = path.stat().st_size if path.is_file() else -1
        digest.update(f"{path.name}\n{size}\n".encode("utf-8", "surrogatepass"))
        if size >= 0:
            with path.open("rb") as file:
                digest.update(file.read(_SAMPLE_BYTES))
                file.seek(max(0, size - _SAMPLE_BYTES))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()


def _shown(rows: Iterator[Ad | Rejected], seen: Seen) -> Iterator[Ad | Rejected]:
    for row in rows:
        seen(row)
        yield row


def _reported(ads: Sequence[Ad], report: Report) -> Iterator[Ad]:
    for ad in ads:
        yield ad
        report(1)


def _write(batch: Batch, folder: Path, extractor: Extractor, report: Report = lambda _: None) -> None:
    rows, broken = mention_rows(_reported(batch.ads, report), extractor)
    write_part(folder, batch.number, rows, (*batch.rejected, *broken))


def _write_on_cores(
    batches: Iterator[Batch], folder: Path, tree: SkillTree, *, workers: int, report: Report
) -> None:
    """Keep every worker busy, with two batches waiting for each, so that memory stays flat."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare, initargs=(tree,)) as pool:
        running: set[Future[int]] = set()
        for batch in batches:
            running.add(pool.submit(_work, batch, folder))
            if len(running) >= 2 * workers:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    report(each.result())
        for each in running:
            report(each.result())


def _prepare(tree: SkillTree) -> None:
    """Why the watch: a worker whose parent was killed would wait for its next batch for ever."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _extractor[:] = [build_extractor(tree)]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: Batch, folder: Path) -> int:
    _write(batch, folder, _extractor[0])
    return len(batch.ads)
