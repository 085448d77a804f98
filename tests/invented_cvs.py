"""Five CVs of invented people in five layouts, and by hand what a fair reader finds in each.

``NAMED`` are the skills of the tree that the CV says its person has, labelled before any of them was read by
Milepost. Names, employers and addresses are made up.
"""

import csv
import io
import zipfile
from pathlib import Path

TYPST = """\
#set page(margin: 1.5cm)
#set text(size: 9pt)
#grid(columns: (32%, 1fr), gutter: 1cm)[
  = Nadia Okonkwo
  nadia.okonkwo\\@example.org \\
  +49 170 5550199 \\
  Rotterdam
  == Skills
  *Languages* \\ Python, SQL, Go \\
  *ML* \\ PyTorch, scikit-learn, XGBoost, MLflow \\
  *Platform* \\ Docker, Kubernetes, Terraform, GitHub Actions, AWS
  == Languages
  English (C2), Igbo (native), Dutch (B1)
  == Interests
  Bouldering, reinforcement learning of dogs
][
  == Experience
  *Senior ML Engineer, Brightwater Logistics* #h(1fr) Mar 2022 – present
  - Moved forty demand forecasting models from notebooks to Airflow pipelines with model monitoring in Grafana
  - Cut inference cost by 38 % by quantization and dynamic batching on Triton Inference Server
  - Mentored three junior engineers
  *Data Engineer, Kestrel Insurance* #h(1fr) Sep 2018 – Feb 2022
  - Built Kafka and Spark pipelines that feed a Snowflake warehouse, modelled in dbt
  - Migrated the old scheduler from Jenkins to Dagster
  == Projects
  *Tidewatch* #h(1fr) 2023 \\
  #link("https://github.com/example-okonkwo/tidewatch")[Code] \\
  Anomaly detection on harbour sensors with a transformer, served by FastAPI
  == Education
  MSc Statistics, University of Lagoon #h(1fr) 2016 – 2018
]
"""
TWO_COLUMNS = frozenset(
    (
        *("python", "sql", "go", "pytorch", "scikit-learn", "gradient-boosting", "experiment-tracking", "docker"),
        *("kubernetes", "terraform", "ci-cd", "aws", "machine-learning", "time-series", "workflow-orchestration"),
        *("model-monitoring", "prometheus-grafana", "quantization", "triton-inference-server", "mentoring", "kafka"),
        *("spark", "snowflake", "dbt", "anomaly-detection", "transformers", "fastapi", "statistics", "data-pipelines"),
        *("cloud-cost", "inference-optimization"),
    )
)  # fmt: skip


def write_two_columns(folder: Path) -> Path:
    """A PDF with a side column, set with typst; the project's address is a link that is not shown."""
    import typst

    source = folder / "cv.typ"
    source.write_text(TYPST, encoding="utf-8")
    path = folder / "okonkwo.pdf"
    path.write_bytes(typst.compile(str(source)))
    return path


TABLES = frozenset(
    (
        *("computer-vision", "object-detection", "segmentation", "opencv", "pytorch", "tensorrt", "onnx", "cpp"),
        *("python", "cuda", "edge-inference", "three-d-vision", "git", "linux", "image-classification", "docker"),
        *("dataset-curation", "deep-learning", "technical-leadership"),
    )
)  # fmt: skip


def write_tables(folder: Path) -> Path:
    """A DOCX whose whole page is tables: labels beside values, and jobs beside dates."""
    import docx

    document = docx.Document()
    document.add_heading("NGUYỄN THỊ HỒNG ÁNH", 0)
    document.add_paragraph("Đà Nẵng · hong.anh@example.org · (+84) 90 555 01 23")
    document.add_heading("Profile", 1)
    document.add_paragraph(
        "Computer vision engineer with 6 years of experience in object detection for inspection lines."
    )
    document.add_heading("Technical skills", 1)
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        ("Vision", "OpenCV, image segmentation, 3D reconstruction"),
        ("Deep learning", "PyTorch (advanced), TensorRT, ONNX"),
        ("Programming", "C++, Python (6 years), CUDA (basic)"),
        ("Tools", "Git, Linux, Docker, Blender"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.add_heading("Work experience", 1)
    jobs = document.add_table(rows=0, cols=2)
    for when, title, items in (
        (
            "04/2021 – now",
            "Lead Vision Engineer, Sông Hàn Robotics",
            (
                "Technical lead of a team of five for defect detection on textile",
                "Deployed YOLO models on Jetson boards with 30 ms latency",
                "Set up the labelling guidelines and the active learning loop",
            ),
        ),
        (
            "06/2018 – 03/2021",
            "Software Engineer, Mekong Imaging",
            ("Image classification of X-ray pictures with TensorFlow replaced by PyTorch",),
        ),
    ):
        cells = jobs.add_row().cells
        cells[0].text = when
        cells[1].text = title
        for item in items:
            cells[1].add_paragraph(item, style="List Bullet")
    document.add_heading("References", 1)
    document.add_paragraph("Trần Văn Bình, CTO and Kubernetes expert, binh@example.org")
    path = folder / "nguyen.docx"
    document.save(str(path))
    return path


TEXT = """\
TOMASZ WIŚNIEWSKI-HALL
Leeds | t.wisniewski@example.org | 07700 900461

S U M M A R Y
Research engineer. 4 years of experience with JAX and large-scale training.
Eager to learn Rust. No experience with Kubernetes.

EMPLOYMENT

2022 - present    Research Engineer, Halden Institute
   * Trained 3B-parameter language models with FSDP and tensor parallelism on
     a 64-GPU Slurm cluster
   * Wrote the evaluation harness: LLM-as-a-judge with human annotation as the
     reference
   * Profiled kernels with Nsight; wrote two Triton kernels

2019 - 2022       Machine Learning Scientist, Anthropic Gardens Ltd
   * Recommender systems for a plant shop: two-tower retrieval, learning to
     rank with LambdaMART, A/B tests
   * Pipelines in Apache Beam, later moved from Hadoop to BigQuery

PUBLICATIONS

Wiśniewski-Hall T. (2023). Scaling laws for small multilingual models.
   arXiv: https://arxiv.org/abs/2399.00001

EDUCATION

2015 - 2019   MSci Mathematics and Statistics, University of Harrowgate
              Dissertation: Bayesian optimisation of ferry timetables

SKILLS

Expert: Python, JAX
Intermediate: C++, PyTorch
Basic: R, Go

LANGUAGES

English, Polish

INTERESTS

Computer vision of birds, chess, reading papers about whales
"""
PLAIN = frozenset(
    (
        *("jax", "distributed-training", "large-language-models", "sharded-training", "model-parallelism", "slurm"),
        *("llm-evaluation", "llm-as-judge", "human-evaluation", "gpu-profiling", "cuda", "recommender-systems"),
        *("two-tower-retrieval", "learning-to-rank", "ab-testing", "data-pipelines", "bigquery", "scaling-laws"),
        *("statistics", "bayesian-methods", "python", "cpp", "pytorch", "r-language", "go", "machine-learning"),
    )
)  # fmt: skip

MARKDOWN = """\
# Jürgen Großmann-Öztürk

Aachen, <juergen@example.org>

## Profil

Softwarearchitekt für KI-Anwendungen auf Basis von Large Language Models.

## Berufserfahrung

### Lindenhof Versicherung — Senior AI Engineer
*Januar 2023 – heute*

- Aufbau eines RAG-Systems mit LangChain, Qdrant und Azure OpenAI
- Guardrails und Prompt-Injection-Tests für den Chatbot
- Einführung von Langfuse für das Tracing

### Sonnenfeld GmbH — Backend-Entwickler
*03/2017 – 12/2022*

- Microservices in Java (Spring Boot) und Kotlin, Kafka, PostgreSQL
- CI/CD mit GitLab CI, Betrieb auf OpenShift und Kubernetes

## Projekte

- **[Aktenfinder](https://gitlab.com/example-oeztuerk/aktenfinder)** (2024): Semantische Suche über Akten mit
  Embeddings und Elasticsearch
- **Wetterfrosch** (2021): Zeitreihen mit Prophet in Python

## Zertifikate

- Microsoft Certified: Azure AI Engineer Associate, Mai 2023
- Certified Kubernetes Administrator (2021)
- Rettungsschwimmer Silber (2010)

## Kenntnisse

- Python (sehr gut), Java – 8 Jahre, TypeScript (Grundkenntnisse)
- Docker, Terraform, Prometheus, SQL
- Mentoring, Scrum

## Sprachen

Deutsch, Türkisch, Englisch
"""
GERMAN = frozenset(
    (
        *("large-language-models", "rag", "llm-frameworks", "vector-databases", "llm-apis", "guardrails", "llm-security"),
        *("llm-observability", "microservices", "java", "web-frameworks", "kafka", "relational-databases", "ci-cd"),
        *("kubernetes", "semantic-search", "embeddings", "search-engines", "time-series", "python", "azure", "typescript"),
        *("docker", "terraform", "prometheus-grafana", "sql", "mentoring", "project-delivery", "conversational-ai"),
    )
)  # fmt: skip

LINKEDIN = {
    "Connections.csv": 'Notes:\n"When exporting, you may see missing data"\n\nFirst Name,Last Name\nRust,Kafka\n',
    "messages.csv": "FROM,TO,CONTENT\nA,B,we use Kubernetes\n",
    "Profile.csv": "First Name,Last Name,Headline,Summary\nAmélie,Castañeda,Analytics engineer,"
    '"I turn messy data into dashboards people trust.\nMostly SQL and dbt."\n',
    "Skills.csv": "Name\nSQL\ndbt\nLooker\nPandas\nStakeholder Management\nWatercolour\n",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Databricks Fan Club,Analytics Engineer,"Data modelling in BigQuery; data quality checks with Great Expectations",Lyon,May 2021,\n'
    "Marché Bleu,Data Analyst,Forecasting of sales in R and Excel; built Tableau dashboards,Lyon,Sep 2017,Apr 2021\n",
    "Projects.csv": "Title,Description,Url,Started On,Finished On\n"
    "Vélo counts,Causal inference on bike lanes with Python,https://example.org/velo,Jan 2022,Mar 2022\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n"
    "dbt Analytics Engineering Certification,https://example.org/c,dbt Labs,Jun 2023,,\n",
    "Courses.csv": "Name,Number\nBayesian Statistics,\n",
}
EXPORT = frozenset(
    (
        *("sql", "dbt", "business-intelligence", "pandas", "stakeholder-work", "data-modelling", "bigquery"),
        *("data-quality", "time-series", "r-language", "causal-inference", "python", "bayesian-methods", "statistics"),
    )
)  # fmt: skip


def write_export(folder: Path) -> Path:
    """A LinkedIn export as a zip file, with byte-order marks as LinkedIn writes them."""
    path = folder / "Basic_LinkedInDataExport.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in LINKEDIN.items():
            packed.writestr(name, b"\xef\xbb\xbf" + text.encode())
    return path


def read_rows(text: str) -> list[list[str]]:
    """The rows of one of its files."""
    return list(csv.reader(io.StringIO(text)))


def write_all(folder: Path) -> dict[str, tuple[Path, frozenset[str]]]:
    """The five CVs as files, each with the skills that it names."""
    (folder / "wisniewski.txt").write_text(TEXT, encoding="utf-8")
    (folder / "grossmann.md").write_text(MARKDOWN, encoding="utf-8")
    return {
        "two columns (PDF)": (write_two_columns(folder), TWO_COLUMNS),
        "tables (DOCX)": (write_tables(folder), TABLES),
        "plain text": (folder / "wisniewski.txt", PLAIN),
        "German Markdown": (folder / "grossmann.md", GERMAN),
        "LinkedIn export": (write_export(folder), EXPORT),
    }
