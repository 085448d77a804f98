"""Count the demand packs again: python tools/make_packs.py [SHARED] [OUT].

SHARED is the folder that holds data/ (default: ../shared beside the project), OUT the folder to write to
(default: the packs of the content). Nothing of an advertisement but counts is written.
"""

import sys
import time
from pathlib import Path

from milepost.files.content import PACKAGED
from milepost.files.shelf import Shelf
from milepost.files.skills_content import read_tree
from milepost.market.ads import distinct_ads
from milepost.market.corpora import EARLIER, RECENT, Corpus, read_corpus
from milepost.market.extract import measure_ads
from milepost.market.packs import Weighed, make_packs, render_pack
from milepost.model.skills import SkillTree

PROJECT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Write one YAML file a role and say what was counted."""
    shared = Path(arguments[0]) if arguments else PROJECT.parent / "shared"
    out = Path(arguments[1]) if len(arguments) > 1 else PACKAGED / "packs"
    started = time.perf_counter()
    tree = read_tree(Shelf(PACKAGED))
    out.mkdir(parents=True, exist_ok=True)
    for pack in make_packs(weigh(RECENT, shared, tree), weigh(EARLIER, shared, tree)):
        (out / f"{pack.role}.yaml").write_text(render_pack(pack), encoding="utf-8")
        print(f"{pack.role}: {pack.ads} ads of {pack.companies} companies, {len(pack.skills)} skills")
    print(f"{time.perf_counter() - started:.1f} s")
    return 0


def weigh(corpora: tuple[Corpus, ...], shared: Path, tree: SkillTree) -> Weighed:
    """The distinct advertisements of some sets with their skill weights."""
    ads = distinct_ads(ad for corpus in corpora for ad in read_corpus(corpus, shared))
    return Weighed(ads, measure_ads(ads, tree))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
