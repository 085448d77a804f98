"""Rules R0 to R5 of method-market 1.5, each with the examples that it was written for."""

import pytest

from milepost.market.sections import Asked, Section


def skills(mentions):
    return {mention.skill for mention in mentions}


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("We use Python, Go and PostgreSQL.", "go"),
        ("Backend (Go) and a small team", "go"),
        ("Experience in Python, R, SQL", "r-language"),
        ("Systems code in Rust, C and C++", "cpp"),
        ("Data pipelines with Airflow, Spark, Kafka", "spark"),
        ("Distributed compute with Ray, PyTorch", "ray"),
        ("Kernels in CUDA, Triton and PyTorch", "triton-inference-server"),
        ("Our stack: AWS Lambda, DynamoDB", "serverless"),
        ("We build AI agents for clinics; you test agents.", "ai-agents"),
        ("Models for NLP, CV and ranking", "computer-vision"),
        ("Fine-tuning transformers on GPUs", "transformers"),
        ("Services expose REST endpoints", "rest-apis"),
        ("Kubernetes, Helm, Terraform", "kubernetes"),
        ("Strong communication skills", "communication"),
    ],
)
def test_an_ambiguous_name_counts_where_its_context_asks_for_the_skill(read, text, skill):
    assert skill in skills(read(text))


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("We closed our Series C round and use Python", "cpp"),
        ("Objective-C and Java for the C-suite; C Corp", "cpp"),
        ("Our R&D team works with Python, SQL", "r-language"),
        ("The R & D office, Python, SQL", "r-language"),
        ("Own the go-to-market of our Python product, SQL", "go"),
        ("Python, SQL; we go live and go further with Java", "go"),
        ("Send your CV, GitHub, NLP portfolio", "computer-vision"),
        ("Résumé/CV: Python, NLP", "computer-vision"),
        ("Python, Django, React, WebGL, V-Ray, MySQL", "ray"),
        ("You need to enable JavaScript to run this app.", "typescript"),
        ("Our travel agents use Python and our LLM", "ai-agents"),
        ("You excel in Python, SQL", "business-intelligence"),
        ("We react quickly to SQL, Python", "react"),
        ("Backed by Greylock, Spark Capital, Sequoia; Kafka", "spark"),
        ("A cutting-edge AI company", "edge-inference"),
        ("You will scale AI products with Python", "dataset-curation"),
    ],
)
def test_an_ambiguous_name_is_dropped_where_it_means_something_else(read, text, skill):
    assert skill not in skills(read(text))


def test_c_plus_plus_is_one_surface_form_and_never_the_letter(read):
    assert [mention.surface for mention in read("Modern C++ and C#, with Python")] == ["modern c++", "python"]


def test_a_surface_form_inside_a_word_or_an_address_does_not_count(read):
    assert read("pythonista, digital, https://example.com/python/sql, rust_belt and @docker") == ()


def test_the_longest_match_wins_and_hides_the_shorter_one(read):
    assert skills(read("We run SQL Server in production")) == {"relational-databases"}
    assert [mention.surface for mention in read("Apps in React Native, Swift")] == ["react native"]


def test_a_space_matches_a_hyphen_and_a_line_wrapped_at_a_fixed_width(read):
    wrapped = "You have ten years of work in our field with machine\nlearning models and some more with large language\nmodels in use."
    assert {"machine-learning", "large-language-models"} <= skills(read(wrapped))
    assert "machine-learning" in skills(read("machine-learning systems"))


def test_a_heading_after_the_longest_line_of_a_short_advertisement_is_a_heading(read):
    text = "Requirements:\n- Python and Kubernetes\nNice to have\n- vLLM"
    asked = {mention.skill: mention.asked.value for mention in read(text)}
    assert (asked["python"], asked["kubernetes"], asked["vllm"]) == ("must", "must", "nice")


def test_the_name_of_the_employer_is_not_a_demand(read):
    text = "Temporal enables developers.\nWe use Go, Temporal, PostgreSQL and Kafka"
    assert "workflow-orchestration" in skills(read(text))
    assert "workflow-orchestration" not in skills(read(text, company="Temporal Technologies"))


def test_customers_investors_and_former_employers_are_not_a_demand(read):
    assert "databricks" not in skills(
        read("Used by companies like Stripe, Databricks and others, with Python")
    )
    assert "databricks" not in skills(read("Join Databricks today"))
    assert "databricks" in skills(read("You know Python, Databricks and SQL"))


def test_a_generic_name_never_counts_for_a_brand(read):
    assert skills(read("Infrastructure as code and observability")) == {
        "infrastructure-as-code",
        "observability",
    }


AD = """About Us:
We sell a product built on Kubernetes.

What you'll do:
- Build services in Python
- Docker is a plus

Requirements:
- SQL and Git; Terraform preferred

Nice to have:
- Rust

Equal opportunity: regardless of race, we accept Scala developers.
"""


def test_each_section_gives_its_own_weight(read):
    found = {
        mention.skill: (mention.section, mention.asked) for mention in read(AD, title="PyTorch Engineer")
    }
    assert found == {
        "pytorch": (Section.TITLE, Asked.MUST),
        "kubernetes": (Section.COMPANY, Asked.CONTEXT),
        "python": (Section.DUTY, Asked.DUTY),
        "docker": (Section.NICE, Asked.NICE),
        "sql": (Section.MUST, Asked.MUST),
        "git": (Section.MUST, Asked.MUST),
        "terraform": (Section.NICE, Asked.NICE),
        "rust": (Section.NICE, Asked.NICE),
    }


def test_a_text_without_headings_is_a_duty(read):
    (mention,) = read("We write Python.")
    assert (mention.section, mention.asked) == (Section.UNSECTIONED, Asked.DUTY)
