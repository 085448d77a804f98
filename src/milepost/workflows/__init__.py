"""What a person can ask for, one function each: load, work out, save, return.

One file per group of verbs; no rule about the domain lives here.
"""

from milepost.workflows.exports import export_person, export_plan
from milepost.workflows.people import Loaded, check_files, load_person
from milepost.workflows.roadmap import Roadmap, Wishes, make_gaps, make_levels, make_roadmap
from milepost.workflows.workspace import delete_person, import_files, list_people

__all__ = [
    "Loaded",
    "Roadmap",
    "Wishes",
    "check_files",
    "delete_person",
    "export_person",
    "export_plan",
    "import_files",
    "list_people",
    "load_person",
    "make_gaps",
    "make_levels",
    "make_roadmap",
]
