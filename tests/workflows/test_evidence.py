"""Five CVs of invented people in five formats, labelled by hand before they were read, and files made to harm."""

import datetime as dt
import json
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
import typst

from milepost.errors import UsageError
from milepost.model.people import EvidenceKind
from milepost.workflows.evidence import choose, enter_proposals, propose_from_cv
from milepost.workflows.keeping import undo_change
from milepost.workflows.year import Occasion

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cv-samples"
DAY = dt.date(2026, 12, 6)
AT = Occasion(None, lambda: dt.datetime(2026, 12, 6, 18, tzinfo=dt.UTC), DAY)

PLAIN = """\
Mario Rossi
mario.rossi@example.com | +39 333 1234567

Summary
Backend engineer with six years of Python and Go.

Technical Skills
Languages: Python, Go, SQL, R
Tools: Docker, Kubernetes, Terraform, Spark

Experience
Acme, Senior Engineer, Mar 2021 – present
- Served a PyTorch model with FastAPI on Kubernetes for 2 million users
- Introduced CI/CD with GitHub Actions
Old Corp, Engineer, Jan 2015 - Jun 2018
- Maintained Java services
- Ray of sunshine award for the go-to colleague

Certifications
AWS Certified Machine Learning Specialty, 2023
"""
PLAIN_SKILLS = {
    "python",
    "go",
    "sql",
    "r-language",
    "docker",
    "kubernetes",
    "terraform",
    "spark",
    "pytorch",
    "fastapi",
    "ci-cd",
    "java",
    "aws",
}

MARKDOWN = """\
# Ayşe Yılmaz

## Berufserfahrung
**Data Scientist**, Beispiel GmbH, 2019 – heute
- Churn-Modell mit XGBoost und scikit-learn, A/B-Test mit 40.000 Kunden
- dbt-Modelle auf Snowflake

## Kenntnisse
pandas, NumPy, SQL, MLflow, Airflow, Git

## Hobbys
Schach, Rust entfernen an alten Motorrädern
"""
MARKDOWN_SKILLS = {
    "gradient-boosting",
    "scikit-learn",
    "ab-testing",
    "dbt",
    "snowflake",
    "pandas",
    "sql",
    "experiment-tracking",
    "workflow-orchestration",
    "git",
}

TWO_COLUMNS = """\
#set page(margin: 1.5cm)
#set text(size: 9pt)
= Li Wei
#columns(2)[
== Skills
PyTorch, CUDA, vLLM, TensorRT

C++, Python

Kubernetes

#colbreak()
== Experience
Inference engineer, Example AI, 2022 – present

- Cut p99 latency by 40 % with speculative decoding and quantization
- Profiled kernels with Nsight

Intern, Sample Lab, 2020 – 2021

- Trained ResNet classifiers in TensorFlow
]
"""
TWO_COLUMNS_SKILLS = {
    "pytorch",
    "cuda",
    "vllm",
    "tensorrt",
    "cpp",
    "python",
    "kubernetes",
    "speculative-decoding",
    "quantization",
    "gpu-profiling",
    "tensorflow",
}

TABLE_ROWS = (
    ("Skills", "LangChain, RAG, Pinecone, prompt engineering"),
    ("Experience", "LLM engineer, Demo Ltd, 2023 – present"),
    ("", "Built an evaluation harness with LLM-as-a-judge and Langfuse"),
    ("Education", "MSc Statistics, 2021"),
)
TABLE_SKILLS = {
    "llm-frameworks",
    "rag",
    "vector-databases",
    "prompt-engineering",
    "llm-as-judge",
    "llm-observability",
    "statistics",
}

EUROPASS = """\
<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
<Identification><PersonName><FirstName>Zoë</FirstName><Surname>Kubernetes</Surname></PersonName></Identification>
<WorkExperienceList><WorkExperience><Position><Label>Data engineer</Label></Position>
<Activities>Built pipelines with Kafka and Spark on AWS</Activities></WorkExperience></WorkExperienceList>
<Skills><Computer><Description>Python, Airflow, PostgreSQL</Description></Computer></Skills>
</LearnerInfo></SkillsPassport>
"""
EUROPASS_SKILLS = {
    "kafka",
    "spark",
    "aws",
    "python",
    "workflow-orchestration",
    "relational-databases",
    "data-pipelines",
}


def write_two_columns(path):
    source = path.with_suffix(".typ")
    source.write_text(TWO_COLUMNS, encoding="utf-8")
    typst.compile(str(source), output=str(path))


def write_table(path):
    document = docx.Document()
    document.add_heading("Olu Adeyemi", 0)
    table = document.add_table(rows=0, cols=2)
    for left, right in TABLE_ROWS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right
    document.save(str(path))


def write_linkedin(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Skills.csv", "\ufeffName\nPython\nMachine Learning\nDocker\n")
        archive.writestr(
            "Positions.csv",
            'Company Name,Title,Description,Location,Started On,Finished On\nX,ML engineer,"Shipped a feature store with Feast",,Jan 2020,Jun 2022\n',
        )
        archive.writestr(
            "Certifications.csv",
            "Name,Url,Authority,Started On,Finished On\nCertified Kubernetes Administrator,https://example.org/c,CNCF,Mar 2023,\n",
        )
        archive.writestr(
            "Connections.csv", "Notes:\n\nFirst Name,Last Name,Email\nSecret,Friend,secret@example.org\n"
        )
        archive.writestr("messages.csv", "FROM,CONTENT\nSecret,TensorFlow gossip\n")


LINKEDIN_SKILLS = {"python", "machine-learning", "docker", "feature-stores", "kubernetes"}
CVS = {
    "plain.txt": (lambda path: path.write_text(PLAIN, encoding="utf-8"), PLAIN_SKILLS),
    "deutsch.md": (lambda path: path.write_text(MARKDOWN, encoding="utf-8"), MARKDOWN_SKILLS),
    "columns.pdf": (write_two_columns, TWO_COLUMNS_SKILLS),
    "table.docx": (write_table, TABLE_SKILLS),
    "europass.xml": (lambda path: path.write_text(EUROPASS, encoding="utf-8"), EUROPASS_SKILLS),
    "linkedin.zip": (write_linkedin, LINKEDIN_SKILLS),
}


def found_in(path):
    return {proposal.skill for proposal in propose_from_cv(path).proposals}


def test_precision_and_recall_over_the_cvs_are_above_nine_in_ten(tmp_path):
    right = found = wanted = 0
    misses = {}
    for name, (write, skills) in CVS.items():
        path = tmp_path / name
        write(path)
        said = found_in(path)
        right, found, wanted = right + len(said & skills), found + len(said), wanted + len(skills)
        misses[name] = (sorted(skills - said), sorted(said - skills))
    assert right / wanted >= 0.9, misses
    assert right / found >= 0.9, misses


@pytest.mark.parametrize("name", CVS)
def test_every_proposal_shows_words_that_stand_in_the_cv_and_no_level_is_invented(tmp_path, name):
    path = tmp_path / name
    CVS[name][0](path)
    for proposal in propose_from_cv(path).proposals:
        assert proposal.quote
        assert proposal.where
        assert proposal.level is None, "none of these says a level word"
        assert "@" not in proposal.quote
        assert not any(private in proposal.quote for private in ("Rossi", "Zoë", "Secret", "Li Wei"))


def test_a_skill_of_an_entry_that_ended_is_marked_as_idle_since_then(tmp_path):
    path = tmp_path / "cv.txt"
    path.write_text(PLAIN, encoding="utf-8")
    by_skill = {p.skill: p for p in propose_from_cv(path).proposals if p.kind is not EvidenceKind.CERTIFICATE}
    assert by_skill["java"].date == dt.date(2018, 6, 28)
    assert by_skill["pytorch"].date is None
    assert by_skill["pytorch"].kind is EvidenceKind.SELF_ANCHORED
    assert by_skill["terraform"].kind is EvidenceKind.SELF


def test_a_level_word_is_taken_by_the_stated_rule_and_said(tmp_path):
    path = tmp_path / "resume.json"
    document = {
        "basics": {"name": "X", "email": "x@example.org"},
        "skills": [{"name": "Python", "level": "Expert"}, {"name": "Docker", "level": "wizard"}],
        "projects": [
            {"name": "ragbench", "description": "A benchmark of RAG systems", "url": "https://example.org/r"}
        ],
        "certificates": [{"name": "AWS Certified Developer", "date": "2023-05"}],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    found = {(p.skill, p.kind): p for p in propose_from_cv(path).proposals}
    assert found["python", EvidenceKind.SELF].level == 4
    assert "taken for 4" in found["python", EvidenceKind.SELF].why
    assert found["docker", EvidenceKind.SELF].level is None
    assert found["rag", EvidenceKind.ARTEFACT].url == "https://example.org/r"
    assert found["aws", EvidenceKind.CERTIFICATE].date == dt.date(2023, 5, 28)


@pytest.mark.skipif(not SHARED.exists(), reason=f"the sample CVs are not here: {SHARED}")
def test_three_layouts_of_one_cv_give_the_same_skills():
    layouts = [found_in(path) for path in sorted((SHARED / "rendercv").glob("John_Doe_*.pdf"))]
    assert len(layouts) == 3
    common = set.intersection(*layouts)
    assert len(common) >= 15
    assert all(len(each - common) <= 3 for each in layouts), [sorted(each - common) for each in layouts]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text("milepost: 1\nname: Mika   # me\nratings: {python: 2}\n", encoding="utf-8")
    return path


def test_what_is_accepted_is_one_change_that_undo_takes_back_and_nothing_comes_twice(file, tmp_path):
    cv = tmp_path / "cv.txt"
    cv.write_text(PLAIN, encoding="utf-8")
    findings = propose_from_cv(cv)
    numbers = {p.skill: n for n, p in enumerate(findings.proposals, start=1)}
    words = f"{numbers['pytorch']}=3,{numbers['java']}=3.5,{numbers['docker']},{numbers['python']}=5"
    entered = enter_proposals(str(file), choose(findings, words), at=AT)
    assert {p.skill for p in entered.written} == {"pytorch", "java"}
    assert [p.skill for p in entered.without_level] == ["docker"]
    assert [p.skill for p in entered.already] == ["python"], "the own number is never overwritten"
    ratings = {r.skill: r for r in AT.load(str(file)).loaded.person.ratings}
    assert (ratings["python"].level, ratings["pytorch"].level) == (2, 3)
    assert "2 million users" in ratings["pytorch"].example
    assert ratings["java"].last_used == dt.date(2018, 6, 28)
    again = enter_proposals(str(file), choose(findings, words), at=AT)
    assert again.written == ()
    undo_change(AT.load(str(file)), workspace=None, now=AT.now)
    assert file.read_text(encoding="utf-8").endswith("ratings: {python: 2}\n")


@pytest.mark.parametrize("words", ["0", "99", "x", "1=9", "1=2.3", "", "1=nan"])
def test_a_choice_that_means_nothing_is_refused(tmp_path, words):
    cv = tmp_path / "cv.txt"
    cv.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(UsageError):
        choose(propose_from_cv(cv), words)


def encrypted_pdf(path):
    write_two_columns(path.with_name("open.pdf"))
    writer = pypdf.PdfWriter(clone_from=path.with_name("open.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)


def scanned_pdf(path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(path)


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 200_000_000)


def entities(path):
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><x>&a11;</x>', encoding="utf-8"
    )


def deep_json(path):
    path.write_text('{"skills": ' + "[" * 200_000, encoding="utf-8")


def old_word(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000)


def outside_entity(path):
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x><Skills>&e;</Skills></x>',
        encoding="utf-8",
    )


HARMFUL = {
    "locked.pdf": (encrypted_pdf, "encrypted"),
    "scan.pdf": (scanned_pdf, "scan"),
    "bomb.docx": (bomb, "unpacks to more"),
    "bomb.zip": (bomb, "unpacks to more"),
    "entities.xml": (entities, "read safely"),
    "outside.xml": (outside_entity, "read safely"),
    "deep.json": (deep_json, "JSON"),
    "old.docx": (old_word, "old or encrypted Word"),
    "fake.docx": (lambda path: path.write_text("just text", encoding="utf-8"), "what its name says"),
    "empty.txt": (lambda path: path.write_bytes(b""), "empty"),
    "junk.txt": (lambda path: path.write_bytes(bytes(range(32)) * 500), "no text"),
    "junk.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"\0" * 5000), "broken"),
    "large.txt": (lambda path: path.write_bytes(b"x" * 21_000_000), "bytes"),
    "other.json": (lambda path: path.write_text('{"a": 1}', encoding="utf-8"), "no JSON Resume"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_bad_file_gets_a_clear_word(tmp_path, name):
    path = tmp_path / name
    make, word = HARMFUL[name]
    make(path)
    with pytest.raises(UsageError, match=word) as refused:
        propose_from_cv(path)
    assert refused.value.hint


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        propose_from_cv(tmp_path / "nothing.pdf")
    with pytest.raises(UsageError, match="folder"):
        propose_from_cv(tmp_path)


def test_utf_16_and_windows_letters_are_read(tmp_path):
    for encoding in ("utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes("Skills\nPython, Kubernetes – café\n".encode(encoding))
        assert found_in(path) >= {"python", "kubernetes"}


def test_connections_and_messages_of_an_export_are_not_even_opened(tmp_path):
    path = tmp_path / "linkedin.zip"
    write_linkedin(path)
    opened = zipfile.ZipFile(path)
    assert "messages.csv" in opened.namelist()
    assert "tensorflow" not in found_in(path)
    assert not any("Secret" in p.quote for p in propose_from_cv(path).proposals)
