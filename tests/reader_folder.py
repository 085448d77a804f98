"""What a reader of the pages has in the folder: files of their own, made on the spot, all invented."""

import shutil
import subprocess
from pathlib import Path

import typst

from taxonomies.downloads import ELEMENTS, ESCO, LADDER, TECHNOLOGY, packed  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "src" / "milepost" / "content"
AD = "{title}\nCompany: {company}\nRequirements\n- Python, SQL and {must}\n- Docker and MLOps\nNice to have\n- {nice}\n"
ADS = (
    ("ML Engineer", "Sea", "machine learning", "Kubernetes"),
    ("Machine Learning Engineer", "Hill", "PyTorch", "Valkey"),
    ("ML Engineer, Forecasting", "Lake", "deep learning", "Spark"),
)
CV = """\
Robin Example
Summary
Data analyst with four years of Python and SQL.

Skills
Python, SQL, Docker, scikit-learn, pandas, Git, PostgreSQL

Experience
Sea Ltd, Analyst, Mar 2022 – present
- Trained and deployed a churn model with scikit-learn and Docker
"""
EMPLOYER = """\
milepost: 1
employer: Northwind
joined: 2025-06-01
openings:
  - {role: ml-infrastructure-engineer, team: Training platform, level: L4}
ladder: [L3, L4, L5]
policy: {tenure_months: 12, notice_weeks: 4, posting_required: true}
"""
MAIL = """\
From ada@example.org Mon Nov  2 09:00:00 2026
From: Ada <ada@example.org>
Date: Mon, 2 Nov 2026 09:00:00 +0000
Subject: ML Engineer
Content-Type: text/plain; charset=utf-8

ML Engineer at Brook. Requirements: Python, Kubernetes and PyTorch. Nice to have: Spark.

"""
PAGE = """\
<!doctype html><html><head><title>ML Engineer</title><script type="application/ld+json">
{"@context": "https://schema.org", "@type": "JobPosting", "title": "ML Engineer",
 "hiringOrganization": {"@type": "Organization", "name": "Pond"}, "datePosted": "2026-10-01",
 "description": "<p>Requirements</p><ul><li>Python and Docker</li><li>Deep learning</li></ul>"}
</script></head><body></body></html>
"""


def furnish(folder: Path) -> None:
    """Everything that a block of any page names, but for the reader's own person file."""
    (folder / "ads").mkdir()
    for number, (title, company, must, nice) in enumerate(ADS):
        text = AD.format(title=title, company=company, must=must, nice=nice)
        (folder / "ads" / f"{number}.txt").write_text(text, encoding="utf-8")
    rows = "\n".join(f'{t},"Requirements: Python and {m}. Nice to have: {n}.",{c}' for t, c, m, n in ADS)
    (folder / "postings.csv").write_text(f"title,description,employer\n{rows}\n", encoding="utf-8")
    (folder / "saved-page.html").write_text(PAGE, encoding="utf-8")
    (folder / "mails.mbox").write_text(MAIL, encoding="utf-8")
    (folder / "company.yaml").write_text(EMPLOYER, encoding="utf-8")
    (folder / "cv.pdf").write_bytes(_pdf(folder / "cv.typ", CV))
    answers = "\n".join(
        ",".join(str((n * 7 + item * 3) % 5 > item % 3) for item in range(6)) for n in range(60)
    )
    table = answers.replace("True", "1").replace("False", "0")
    (folder / "answers.csv").write_text(f"a,b,c,d,e,f\n{table}\n", encoding="utf-8")
    (folder / "team").mkdir()
    for name in ("alex", "jordan"):
        shutil.copy(CONTENT / "years" / f"{name}.yaml", folder / "team" / f"{name}.yaml")
    shutil.copy(CONTENT / "people" / "jordan.yaml", folder / "jordan.yaml")
    _download(folder)
    for place in (folder / "projects" / "rag", folder.parent / "experiments"):
        _repository(place)


def _download(folder: Path) -> None:
    """What a reader fetched from others: ESCO, O*NET, a framework and a ladder, in their form."""
    packed(folder / "esco-en.zip", {"skills_en.csv": ESCO})
    tables = {"Technology Skills.txt": TECHNOLOGY, "Content Model Reference.txt": ELEMENTS}
    for name, text in {f"db_text/{name}": text for name, text in tables.items()}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    rows = "".join(
        f"Senior {role} engineer,Python,4\nSenior {role} engineer,Docker,3\n"
        for role in ("data", "machine learning")
    )
    (folder / "roles.csv").write_text(f"Role,Skill,Level\n{rows}", encoding="utf-8")
    (folder / "engineeringladders").mkdir()
    ladder = LADDER.replace("TL5 - Torch Lead 5", "D5 - Developer 5")
    (folder / "engineeringladders" / "Developer.md").write_text(ladder, encoding="utf-8")


def _pdf(source: Path, text: str) -> bytes:
    source.write_text(
        "\n\n".join(f"#text[{line}]" if line else "" for line in text.splitlines()), encoding="utf-8"
    )
    made = typst.compile(str(source))
    source.unlink()
    assert isinstance(made, bytes)
    return made


def _repository(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "README.md").write_text("# Experiments\n", encoding="utf-8")
    (place / "train.py").write_text("import torch\nfrom sklearn.metrics import f1_score\n", encoding="utf-8")
    (place / "Dockerfile").write_text("FROM python:3.12\nRUN pip install torch\n", encoding="utf-8")
    author = ("-c", "user.name=Robin", "-c", "user.email=me@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), (*author, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", *command], cwd=place, check=True, capture_output=True)
