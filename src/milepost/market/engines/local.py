"""One process, or all cores of one computer: batches in, parts out."""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from milepost.errors import UsageError
from milepost.market.ads import Ad
from milepost.market.engines.parts import BATCH_ADS, Batch, make_batches, mention_rows, part_path, write_part
from milepost.market.extract import Extractor, build_extractor
from milepost.market.sources import Rejected, files_in, iterate_ads
from milepost.model.skills import SkillTree

Report = Callable[[float], None]
"""Called with the rows that are done, advertisements or not: half a row when it is read, half when it is searched."""

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
) -> None:
    """Read the files into parts in ``folder``; parts that are there already are not made again.

    ``UsageError`` where the folder holds the parts of other files, columns or skills.
    """
    folder.mkdir(parents=True, exist_ok=True)
    claim_folder(folder, paths, tree, columns=columns)
    batches = _missing(make_batches(_all_rows(paths, columns, report)), folder, report)
    if workers <= 1:
        extractor = build_extractor(tree)
        for batch in batches:
            _write(batch, folder, extractor, report)
        return
    _write_on_cores(batches, folder, tree, workers=workers, report=report)


def claim_folder(
    folder: Path, paths: Sequence[Path], tree: SkillTree, *, columns: Mapping[str, str] | None
) -> None:
    """Note what the parts of a folder are made from; refuse a folder that holds the parts of something else."""
    mark = folder / "corpus.json"
    surfaces = sorted(
        (skill.id, skill.name, *(alias.text for alias in skill.aliases)) for skill in tree.skills.values()
    )
    claim = {
        "batch": BATCH_ADS,
        "columns": dict(sorted((columns or {}).items())),
        "files": [{"name": path.name, **_fingerprint(path)} for path in _files_of(paths)],
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


def _files_of(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in files_in(path)]


def _fingerprint(path: Path) -> dict[str, object]:
    """Size, and a digest of the first and last megabyte: enough to notice another file."""
    size = path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as file:
        digest.update(file.read(_SAMPLE_BYTES))
        file.seek(max(0, size - _SAMPLE_BYTES))
        digest.update(file.read(_SAMPLE_BYTES))
    return {"bytes": size, "sha256": digest.hexdigest()}


def _all_rows(
    paths: Iterable[Path], columns: Mapping[str, str] | None, report: Report
) -> Iterator[Ad | Rejected]:
    for path in paths:
        for row in iterate_ads(path, columns=columns):
            yield row
            report(0.5)


def _missing(batches: Iterable[Batch], folder: Path, report: Report) -> Iterator[Batch]:
    for batch in batches:
        if part_path(folder, batch.number).exists():
            report(_half(batch))
        else:
            yield batch


def _write(batch: Batch, folder: Path, extractor: Extractor, report: Report = lambda _: None) -> None:
    report(len(batch.rejected) / 2)
    rows, broken = mention_rows(_reported(batch.ads, report), extractor)
    write_part(folder, batch.number, rows, (*batch.rejected, *broken))


def _reported(ads: Iterable[Ad], report: Report) -> Iterator[Ad]:
    for ad in ads:
        yield ad
        report(0.5)


def _half(batch: Batch) -> float:
    return (len(batch.ads) + len(batch.rejected)) / 2


def _write_on_cores(
    batches: Iterator[Batch], folder: Path, tree: SkillTree, *, workers: int, report: Report
) -> None:
    """Keep every worker busy, with two batches waiting for each, so that memory stays flat."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare, initargs=(tree,)) as pool:
        running: set[Future[float]] = set()
        for batch in batches:
            running.add(pool.submit(_work, batch, folder))
            if len(running) >= 2 * workers:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    report(each.result())
        for each in running:
            report(each.result())


def _prepare(tree: SkillTree) -> None:
    _extractor[:] = [build_extractor(tree)]


def _work(batch: Batch, folder: Path) -> float:
    _write(batch, folder, _extractor[0])
    return _half(batch)
