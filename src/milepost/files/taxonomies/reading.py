"""A path → the taxonomy that it holds: ESCO or O*NET, told by its tables."""

from pathlib import Path

from milepost.files.taxonomies.bounds import refuse
from milepost.files.taxonomies.download import find_tables
from milepost.files.taxonomies.esco import find_skills, read_esco
from milepost.files.taxonomies.onet import find_onet, read_onet
from milepost.model.taxonomies import Taxonomy

WANTED = (
    "ESCO: the folder, zip file or table with `skills_en.csv`; O*NET: the database as text or Excel, "
    "with `Technology Skills`. Both are free to download from their own sites."
)


def read_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy of a download; ``InvalidInput`` says what is wrong with which file and column."""
    tables = find_tables(path)
    skills = find_skills(tables)
    if skills is not None:
        return read_esco(skills)
    found = find_onet(tables)
    if found:
        return read_onet(found)
    names = ", ".join(each.name for each in tables[:5]) + (", …" if len(tables) > 5 else "")
    raise refuse(str(path), f"holds neither ESCO nor O*NET (found: {names})", WANTED)
