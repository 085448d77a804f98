"""Six more CVs of invented people, short ones, labelled by another hand than wrote the rules."""

import zipfile

import docx
import typst

SHORT = """\
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
SHORT_SKILLS = {
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

GERMAN_SHORT = """\
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
GERMAN_SHORT_SKILLS = {
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

SIDE_BY_SIDE = """\
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
SIDE_BY_SIDE_SKILLS = {
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
    source.write_text(SIDE_BY_SIDE, encoding="utf-8")
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
    "plain.txt": (lambda path: path.write_text(SHORT, encoding="utf-8"), SHORT_SKILLS),
    "deutsch.md": (lambda path: path.write_text(GERMAN_SHORT, encoding="utf-8"), GERMAN_SHORT_SKILLS),
    "columns.pdf": (write_two_columns, SIDE_BY_SIDE_SKILLS),
    "table.docx": (write_table, TABLE_SKILLS),
    "europass.xml": (lambda path: path.write_text(EUROPASS, encoding="utf-8"), EUROPASS_SKILLS),
    "linkedin.zip": (write_linkedin, LINKEDIN_SKILLS),
}
