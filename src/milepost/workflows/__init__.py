"""What a person can ask for, one function each: load, work out, save, return.

One file per group of verbs; no rule about the domain lives here.
"""

from milepost.workflows.people import (
    Loaded,
    check_files,
    export_person,
    import_files,
    load_person,
)
from milepost.workflows.roadmap import Roadmap, make_gaps, make_levels, make_roadmap

__all__ = [
    "Loaded",
    "Roadmap",
    "check_files",
    "export_person",
    "import_files",
    "load_person",
    "make_gaps",
    "make_levels",
    "make_roadmap",
]
