"""What is asked of the candidate, and how: odd headings, inline cues, negations, products and customers."""

import pytest

from milepost.market.sections import Asked


def asked(mentions, skill="python"):
    order = [Asked.CONTEXT, Asked.NICE, Asked.DUTY, Asked.MUST]
    return max(
        (mention.asked for mention in mentions if mention.skill == skill), key=order.index, default=None
    )


@pytest.mark.parametrize(
    ("heading", "how"),
    [
        ("What you'll bring", Asked.MUST),
        ("What You’ll Bring:", Asked.MUST),
        ("📈 Requirements", Asked.MUST),
        ("**Who you are**", Asked.MUST),
        ("Let's talk about what you need to excel:", Asked.MUST),
        ("To thrive in this role, you need to have:", Asked.MUST),
        ("Tech stack", Asked.MUST),
        ("Our stack", Asked.MUST),
        ("Technologies", Asked.MUST),
        ("Wat vragen wij", Asked.MUST),
        ("Ihr Profil", Asked.MUST),
        ("A day in the life", Asked.DUTY),
        ("Let's talk about what you'll do:", Asked.DUTY),
        ("In this role, you will", Asked.DUTY),
        ("The impact you will have", Asked.DUTY),
        ("Nice-to-haves", Asked.NICE),
        ("🚀 Bonus Points", Asked.NICE),
        ("You might also have", Asked.NICE),
        ("Preferred", Asked.NICE),
        ("Ways to stand out from the crowd:", Asked.NICE),
        ("In addition, the following would be an advantage:", Asked.NICE),
        ("Strong candidates may also have", Asked.NICE),
        ("About Acme", Asked.CONTEXT),
        ("Why join us?", Asked.CONTEXT),
        ("What you will NOT be doing", Asked.CONTEXT),
        ("What you don't need", Asked.CONTEXT),
        ("Compensation and bonus", Asked.CONTEXT),
    ],
)
def test_a_heading_says_how_the_items_below_it_are_asked(read, heading, how):
    assert asked(read(f"About us\nWe sell shoes.\n\n{heading}\n- Python\n", company="Acme")) is how


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Python is a plus", Asked.NICE),
        ("Python would be great", Asked.NICE),
        ("Ideally some Python", Asked.NICE),
        ("Experience with Python (nice to have)", Asked.NICE),
        ("Python helpful but not required", Asked.NICE),
        ("Python preferred, but not required", Asked.NICE),
        ("5 years of Java (Kotlin a plus) and Python", Asked.MUST),
        ("Years in Python, preferably in a startup", Asked.MUST),
        ("Python; annual bonus 10 %", Asked.MUST),
        ("You don't need Python", Asked.CONTEXT),
        ("No experience with Python needed", Asked.CONTEXT),
        ("Python is not required", Asked.CONTEXT),
        ("No prior Python experience required", Asked.CONTEXT),
        ("We do not use Python", Asked.CONTEXT),
        ("Degree in statistics, or Python", Asked.MUST),
    ],
)
def test_the_words_around_a_skill_weigh_more_than_its_section(read, text, how):
    assert asked(read(f"Requirements:\n- {text}\n- English")) is how


def test_a_field_of_study_is_no_skill_that_is_asked(read):
    found = read(
        "Requirements:\n- Master's degree in Computer Science, Statistics or Machine Learning\n- Python"
    )
    assert asked(found, "statistics") is asked(found, "machine-learning") is Asked.CONTEXT
    found = read("Requirements:\n- Master's degree in physics and experience with machine learning")
    assert asked(found, "machine-learning") is Asked.MUST


@pytest.mark.parametrize(
    "text",
    [
        "Our customers use Snowflake, Databricks and Python.",
        "Acme's platform connects Snowflake, Databricks and Python.",
        "Acme is a company that helps teams with Databricks and Python.",
        "It connects to a number of databases (Databricks, Python).",
        "Used by companies like Stripe, Databricks and Python shops.",
    ],
)
def test_products_customers_and_partners_are_context(read, text):
    found = read(f"Acme | Engineer | Remote\n{text}\nWe use Rust, Go and Postgres.", company="Acme")
    assert asked(found, "databricks") in (None, Asked.CONTEXT)
    assert asked(found, "rust") is Asked.DUTY


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Python or Rust", {"python", "rust"}),
        ("Python/Rust/Go", {"python", "rust", "go"}),
        ("Python · Rust · Docker", {"python", "rust", "docker"}),
        ("Python+Rust", {"python", "rust"}),
        ("<li>Python</li><li>Rust &amp; Docker</li>", {"python", "rust", "docker"}),
        ("Python | Rust", {"python", "rust"}),
    ],
)
def test_lists_are_read_whatever_divides_them(read, text, skills):
    found = read(f"Requirements:\n- {text}")
    assert {mention.skill for mention in found} == skills
    assert {mention.asked for mention in found} == {Asked.MUST}


def test_labels_before_a_colon_hold_for_their_own_line_where_they_are_asides(read):
    text = (
        "Requirements: Rust\nNice to have: Docker\nWe write Python.\nLocation: Kubernetes Street\n\nTerraform"
    )
    found = {mention.skill: mention.asked for mention in read(text)}
    assert found == {
        "rust": Asked.MUST,
        "docker": Asked.NICE,
        "python": Asked.MUST,
        "kubernetes": Asked.CONTEXT,
        "terraform": Asked.MUST,
    }


def test_headings_buried_in_a_text_without_line_breaks_are_found(read):
    flat = (
        "Acme is a shop of shoes for Databricks people, and it has been one for many years in many towns all over "
        "the world, as everybody knows.Responsibilities Build services in Python and talk to people about them every "
        "day of the week.Requirements Rust is what we write.Preferred Qualifications: Docker and such things that make "
        "images.Benefits Kubernetes courses."
    )
    found = {mention.skill: mention.asked for mention in read(flat, company="Acme")}
    assert found["python"] is Asked.DUTY
    assert found["rust"] is Asked.MUST
    assert found["docker"] is Asked.NICE
    assert found["kubernetes"] is Asked.CONTEXT
    assert found.get("databricks") in (None, Asked.CONTEXT)


def test_a_cue_glued_to_the_next_heading_still_counts(read):
    flat = f"Acme sells shoes. {'It does so in many towns. ' * 12}Requirements: Rust, and Docker a plusBenefits Gym and fruit."
    found = {mention.skill: mention.asked for mention in read(flat)}
    assert found["docker"] is Asked.NICE


def test_text_that_every_advertisement_has_names_no_skills(read):
    assert read("We are an equal opportunity employer and hire Python people regardless of race.") == ()
    assert read("See our privacy policy on Python.") == ()
