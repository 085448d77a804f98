"""Employer files → ``Employer``: open roles and the rules of moving inside, every problem at once."""

from pathlib import Path

from milepost.errors import InvalidInput
from milepost.files.faults import Faults
from milepost.files.references import catalogue_names
from milepost.files.tables import Table
from milepost.files.yaml_text import read_bounded, read_yaml
from milepost.model.activities import Catalogue
from milepost.model.routes import Employer, Opening

EMPLOYER_KEYS = ("milepost", "employer", "joined", "openings", "ladder", "policy", "sponsor")
POLICY_KEYS = ("tenure_months", "notice_weeks", "posting_required")


def read_employer(path: Path, *, catalogue: Catalogue) -> Employer:
    """The employer that a file describes; ``InvalidInput`` with every problem of it."""
    sheet = read_yaml(read_bounded(path), path=str(path))
    if sheet.root is None:
        raise InvalidInput(sheet.problems)
    faults = Faults(sheet)
    employer = _employer(Table(faults, sheet.root, "", EMPLOYER_KEYS))
    faults.settle(catalogue_names(catalogue))
    if problems := faults.problems():
        raise InvalidInput(problems)
    return employer


def _employer(table: Table) -> Employer:
    table.need("employer", hint="Add `employer: …`, a name for this file; it is shown to nobody else.")
    policy = table.table("policy", POLICY_KEYS)
    return Employer(
        name=table.text("employer"),
        openings=tuple(_opening(row) for row in table.tables("openings", ("role", "team", "level"))),
        joined=table.day("joined"),
        tenure_months=(policy.number("tenure_months", 0, 120) if policy else None) or 0.0,
        notice_weeks=(policy.number("notice_weeks", 0, 52) if policy else None) or 0.0,
        posting_required=policy.flag("posting_required") if policy else False,
        sponsor=table.flag("sponsor"),
        ladder=table.texts("ladder"),
    )


def _opening(row: Table) -> Opening:
    row.need("role")
    return Opening(row.name("role", "role"), row.text("team"), row.text("level"))
