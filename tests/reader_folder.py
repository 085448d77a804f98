"""What a reader of the pages has in the folder: files of their own, made on the spot, all invented."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import typst

from milepost.files.content import load_catalogue
from milepost.files.items_content import load_items
from milepost.publish.request_form import FORMAT
from pages import DOCS, ROOT, blocks_of  # type: ignore[import-not-found]
from taxonomies.downloads import ELEMENTS, ESCO, LADDER, TECHNOLOGY, packed  # type: ignore[import-not-found]

CONTENT = ROOT / "src" / "milepost" / "content"
TODAY = "2026-11-23"
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


LETTER = {"format": FORMAT, "person": "Robin", "rater": "Kim", "kind": "peer", "levels": {"python": 3}}
GITHUB = """\
#!/bin/sh
echo "$*" >> "$HOME/gh-asked.txt"
case "$*" in *"--input -"*) cat >> "$HOME/gh-given.jsonl"; echo >> "$HOME/gh-given.jsonl";; esac
"""
"""Stands where GitHub's own `gh` would ask the network, and keeps what it is given."""

WATCH = """\
import os, sys
from pathlib import Path

def watch(event, given):
    place = given[0] if event == "socket.getaddrinfo" else given[1] if event == "socket.connect" else None
    host = place[0] if isinstance(place, tuple) else place
    if event == "socket.connect" and not isinstance(place, tuple):
        return  # a socket of this computer
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        with Path(__file__).with_name("asked-elsewhere.txt").open("a") as file:
            file.write(f"{host}\\n")
        raise OSError(f"{host} is not this computer")

sys.addaudithook(watch)
"""
"""Loaded by every Python that a command starts: a name or an address of another computer is noted and refused."""


class Reader:
    """A folder with a reader's files, and the shell in it: one day, one workspace, no other computer."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "here"
        self.tools = place / "tools"
        self.folder.mkdir()
        self.tools.mkdir()
        furnish(self.folder)
        (self.tools / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
        (self.tools / "gh").write_text(GITHUB, encoding="utf-8")
        (self.tools / "gh").chmod(0o755)
        path = (str(self.tools), str(Path(sys.executable).parent), os.environ["PATH"])
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.environment = {
            **kept, "HOME": str(self.folder), "PATH": os.pathsep.join(path), "MILEPOST_TODAY": TODAY, "COLUMNS": "80",
            "MILEPOST_WORKSPACE": str(self.folder / "workspace.sqlite"),
            "PYTHONPATH": os.pathsep.join((str(self.tools), str(ROOT / "src"))),
            "OPENBLAS_NUM_THREADS": "1",  # the matrices are small, and a machine may have any number of cores
            "XDG_CACHE_HOME": str(place.parent / "cache"),  # all readers of a run share what is only cached
        }  # fmt: skip

    def run(self, command: str, *, typed: str = "", folder: Path | None = None):
        """A command line in the shell; what is typed stands ready on standard input."""
        return subprocess.run(
            ["sh", "-c", command], cwd=folder or self.folder, env=self.environment, input=typed,
            capture_output=True, text=True, encoding="utf-8", timeout=200, check=False,
        )  # fmt: skip

    def start(self, *words: str):
        """A command that stays, as a process of its own."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(words, cwd=self.folder, env=self.environment, stdout=quiet, stderr=quiet)

    def asked_elsewhere(self) -> str:
        """The names and addresses of other computers that a command asked for."""
        noted = self.tools / "asked-elsewhere.txt"
        return noted.read_text(encoding="utf-8") if noted.exists() else ""


def furnish(folder: Path) -> None:
    """Everything that a block of any page names, but for the reader's own person file."""
    _advertisements(folder)
    _other_people(folder)
    _taxonomies(folder)
    (folder / "cv.pdf").write_bytes(_pdf(folder / "cv.typ", CV))
    (company,) = blocks_of(DOCS / "routes.md", "yaml")
    (folder / "company.yaml").write_text(company.text, encoding="utf-8")
    for place in (folder / "projects" / "rag", folder.parent / "experiments"):
        _repository(place)


def _advertisements(folder: Path) -> None:
    (folder / "ads").mkdir()
    for number, (title, company, must, nice) in enumerate(ADS):
        text = AD.format(title=title, company=company, must=must, nice=nice)
        (folder / "ads" / f"{number}.txt").write_text(text, encoding="utf-8")
    rows = "\n".join(f'{t},"Requirements: Python and {m}. Nice to have: {n}.",{c}' for t, c, m, n in ADS)
    (folder / "postings.csv").write_text(f"title,description,employer\n{rows}\n", encoding="utf-8")
    (folder / "saved-page.html").write_text(PAGE, encoding="utf-8")
    (folder / "mails.mbox").write_text(MAIL, encoding="utf-8")
    (folder / "voice").mkdir()
    for number in range(6):
        text = AD.format(
            title="Voice AI Engineer", company=f"Wave {number}", must="PyTorch", nice="Kubernetes"
        )
        (folder / "voice" / f"{number}.txt").write_text(text, encoding="utf-8")
    _corpus(folder / "corpus")


def _corpus(folder: Path) -> None:
    """Two years of dated advertisements, a compressed file a year."""
    folder.mkdir()
    for year in (2024, 2025):
        with gzip.open(folder / f"{year}.jsonl.gz", "wt", encoding="utf-8") as file:
            for number in range(360):
                title, _, must, nice = ADS[number % len(ADS)]
                company = f"Bay {number}"
                text = AD.format(title=title, company=company, must=must, nice=nice)
                day = f"{year}-{number % 12 + 1:02}-15"
                file.write(json.dumps({"title": title, "company": company, "date": day, "text": text}) + "\n")


def _other_people(folder: Path) -> None:
    """Recorded years of colleagues, the word of one, a table of answers, and a class that shares its answers."""
    (folder / "team").mkdir()
    for name in ("alex", "jordan"):
        shutil.copy(CONTENT / "years" / f"{name}.yaml", folder / "team" / f"{name}.yaml")
    shutil.copy(CONTENT / "people" / "jordan.yaml", folder / "jordan.yaml")
    (folder / "milepost-answer.json").write_text(json.dumps(LETTER), encoding="utf-8")
    table = "\n".join(",".join(str(int(_right(n, item))) for item in range(6)) for n in range(60))
    (folder / "answers.csv").write_text(f"a,b,c,d,e,f\n{table}\n", encoding="utf-8")
    (folder / "class").mkdir()
    items = list(load_items(load_catalogue(), "llm-applications").values())[:4]
    for n in range(30):
        answers = "".join(
            f"  - {{item: {item.id}, option: {item.key if _right(n, at) else (item.key + 1) % 4}}}\n"
            for at, item in enumerate(items)
        )
        text = (
            f"milepost: 1\nname: Pupil {n}\nshare_answers: true\n"
            f"tests:\n- date: 2026-11-01\n  area: llm-applications\n  seed: 1\n  answers:\n{answers}"
        )
        (folder / "class" / f"{n}.yaml").write_text(text, encoding="utf-8")


def _right(person: int, item: int) -> bool:
    return (person * 7 + item * 3) % 5 > item % 3


def _taxonomies(folder: Path) -> None:
    """What a reader fetched from others: ESCO, O*NET, a framework and a ladder, in their form."""
    packed(folder / "esco-en.zip", {"skills_en.csv": ESCO})
    (folder / "db_text").mkdir()
    for name, text in {"Technology Skills": TECHNOLOGY, "Content Model Reference": ELEMENTS}.items():
        (folder / "db_text" / f"{name}.txt").write_text(text, encoding="utf-8")
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
