"""What the readers of CVs take from each format, with the place of every line, and what they leave alone."""

import datetime as dt
import json
import zipfile

import docx
import pytest
import typst
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from invented_cvs import LINKEDIN, write_export, write_two_columns  # type: ignore[import-not-found]
from milepost.files.cv import Part, read_cv
from milepost.files.cv.dates import find_span, read_span
from milepost.files.cv.headings import part_of
from milepost.files.cv.layout import without_contacts
from milepost.files.cv.level_words import level_of_word

PASSPORT = """\
<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
<Identification><PersonName><FirstName>Zoë</FirstName><Surname>Kubernetes</Surname></PersonName>
<Photo><Data>aGFsbG8=</Data></Photo></Identification>
<WorkExperienceList><WorkExperience>
  <Period><From year="2017" month="--03"/><To year="2020" month="--11" day="---05"/><Current>false</Current></Period>
  <Position><Label>Data engineer</Label></Position>
  <Activities>&lt;ul&gt;&lt;li&gt;Pipelines with Kafka&lt;/li&gt;&lt;li&gt;Spark on AWS&lt;/li&gt;&lt;/ul&gt;</Activities>
  <Employer><Name>Blue Lagoon</Name></Employer>
</WorkExperience></WorkExperienceList>
<EducationList><Education><Period><From year="2012"/><To year="2016"/></Period><Title>MSc Statistics</Title></Education></EducationList>
<Skills><Linguistic><MotherTongueList/></Linguistic>
<Computer><Description>Python, Airflow</Description></Computer></Skills>
<AchievementList>
  <Achievement><Title><Code>projects</Code><Label>Projects</Label></Title>
    <Description>&lt;p&gt;Tidewatch, 2022: https://example.org/tide&lt;/p&gt;</Description></Achievement>
  <Achievement><Title><Code>references</Code></Title><Description>Ask Ada about Rust</Description></Achievement>
</AchievementList>
</LearnerInfo></SkillsPassport>
"""
CANDIDATE = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
  xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">
<CandidatePerson><PersonName><oa:GivenName>Rust</oa:GivenName></PersonName><hr:BirthDate>1990-01-01</hr:BirthDate></CandidatePerson>
<CandidateProfile languageCode="en">
  <hr:ExecutiveSummary>&lt;p&gt;Builds RAG systems.&lt;/p&gt;</hr:ExecutiveSummary>
  <EmploymentHistory><EmployerHistory><hr:OrganizationName>Databricks Fan Club</hr:OrganizationName>
    <PositionHistory><PositionTitle typeCode="FREETEXT">AI Engineer</PositionTitle>
      <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2021-04</hr:FormattedDateTime></eures:StartDate>
      <hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
      <oa:Description>&lt;ol&gt;&lt;li&gt;Guardrails for a chatbot&lt;/li&gt;&lt;/ol&gt;</oa:Description>
    </PositionHistory></EmployerHistory></EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>U</hr:OrganizationName>
    <AttendancePeriod><StartDate><hr:FormattedDateTime>2015</hr:FormattedDateTime></StartDate>
    <EndDate><hr:FormattedDateTime>2019-06-30</hr:FormattedDateTime></EndDate></AttendancePeriod>
    <EducationDegree><hr:DegreeName>BSc Informatics</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></EducationHistory>
  <PublicationHistory><Publication><Title>On retrieval</Title><Year>2023</Year><Link>https://doi.org/10.1/x</Link></Publication></PublicationHistory>
  <PersonQualifications>
    <PersonCompetency><CompetencyID>ita</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID></PersonCompetency>
    <PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID><hr:CompetencyName>Python</hr:CompetencyName>
      <hr:ProficiencyLevel><hr:ScoreText>Advanced</hr:ScoreText></hr:ProficiencyLevel></PersonCompetency>
  </PersonQualifications>
  <Skills><DigitalSkills><DigitalSkillsGroup><Title>Cloud</Title><DigitalSkill>Docker</DigitalSkill></DigitalSkillsGroup></DigitalSkills></Skills>
</CandidateProfile></Candidate>
"""


def read_text(tmp_path, text, name="cv.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_cv(path)


def entries_of(cv, part):
    return [entry for entry in cv.entries if entry.part is part]


def everything(cv):
    """All text that a reader keeps."""
    return " ".join(
        text
        for entry in cv.entries
        for text in (entry.title, entry.url, *(f"{line.text} {line.where}" for line in entry.lines))
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "ongoing"),
    [
        ("Engineer, June 2023 – present", (2023, 6, 1), None, True),
        ("2019-03 to 2021-04", (2019, 3, 1), (2021, 4, 30), False),
        ("03/2017 – heute", (2017, 3, 1), None, True),
        ("Sept 2018 – May 2023 Princeton", (2018, 9, 1), (2023, 5, 31), False),
        ("janvier 2019 à mars 2020", (2019, 1, 1), (2020, 3, 31), False),
        ("enero de 2019 - actualidad", (2019, 1, 1), None, True),
        ("1 March 2020 - 15 April 2021", (2020, 3, 1), (2021, 4, 15), False),
        ("2015–17", (2015, 1, 1), (2017, 12, 31), False),
        ("seit 2020", (2020, 1, 1), None, True),
        ("styczeń 2020 – obecnie", (2020, 1, 1), None, True),
        ("Feb 2024", None, (2024, 2, 29), False),
        ("31.12.2021", None, (2021, 12, 31), False),
        ("Certified Administrator (2021)", None, (2021, 12, 31), False),
    ],
)
def test_the_days_of_a_line(text, first, last, ongoing):
    found = find_span(text)
    assert found is not None
    assert found.span.first == (dt.date(*first) if first else None)
    assert found.span.last == (dt.date(*last) if last else None)
    assert found.span.ongoing is ongoing


@pytest.mark.parametrize(
    "text", ["", "2 years", "served 2000 users/s", "v2.2021", "$2000", "2021%", "31/31/2020"]
)
def test_no_days_where_there_are_none(text):
    found = find_span(text)
    assert found is None or found.span.ongoing is False


@given(st.dates(dt.date(1960, 1, 1), dt.date(2040, 12, 31)), st.integers(0, 5000))
def test_a_span_of_iso_days_is_read_back(first, days):
    last = first + dt.timedelta(days=days)
    assert read_span(first.isoformat(), last.isoformat()).last == last
    found = find_span(f"Somewhere, {first.isoformat()} – {last.isoformat()}")
    assert found is not None
    assert (found.span.first, found.span.last) == (first, last)


@given(st.text())
def test_no_line_is_too_odd_for_dates_headings_or_contacts(text):
    find_span(text)
    part_of(text)
    without_contacts(text)
    level_of_word(text)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("SKILLS", Part.SKILLS), ("## Technical Skills ##", Part.SKILLS), ("**Berufserfahrung**", Part.WORK),
        ("E D U C A T I O N", Part.EDUCATION), ("Certifications:", Part.CERTIFICATES), ("✦ Projects", Part.PROJECTS),
        ("Publications & Talks", Part.PUBLICATIONS), ("Compétences techniques", Part.SKILLS), ("3. Hobbies", Part.ASIDE),
        ("I have skills", None), ("Skills: Python", None), ("", None),
    ],
)  # fmt: skip
def test_headings(line, part):
    assert part_of(line) is part


def test_mail_and_telephone_go_and_years_stay():
    assert without_contacts("a.b@example.org, +49 (0)170 5550188, 2019 - 2021") == "…, …, 2019 - 2021"


def test_contact_and_references_are_dropped_by_the_reader(tmp_path):
    cv = read_text(tmp_path, "Skills\nPython\nReferences\nAda Example, ada@example.org\nHobbies\nChess\n")
    assert everything(cv) == "  Python line 2"


def test_wrapped_items_are_one_line_at_their_first_place(tmp_path):
    text = "Experience\nEngineer, X, 2020 - 2021\n- Built a feature store\n  with Feast\n- Did more\n"
    (entry,) = read_text(tmp_path, text).entries
    assert [(line.text, line.where) for line in entry.lines[1:]] == [
        ("- Built a feature store with Feast", "line 3"),
        ("- Did more", "line 5"),
    ]


def test_dates_behind_the_items_belong_to_the_job_above(tmp_path):
    text = (
        "Experience\nEngineer, X\n• Spark\n• Kafka\nBerlin\nMay 2020 – June 2021\n1 year 2 months\n"
        "Analyst, Y\n• SQL\nBonn\n2018 – 2019\n"
    )
    jobs = read_text(tmp_path, text).entries
    assert [(job.title, job.span.last) for job in jobs] == [
        ("Engineer, X", dt.date(2021, 6, 30)),
        ("Analyst, Y", dt.date(2019, 12, 31)),
    ]


def test_a_profile_on_a_code_host_is_no_work(tmp_path):
    text = "Projects\n\nOne\nhttps://github.com/example\n\nTwo\ngithub.com/example/two\n"
    assert [entry.url for entry in read_text(tmp_path, text).entries] == [
        "",
        "https://github.com/example/two",
    ]


def test_a_pdf_of_two_columns_keeps_them_apart_and_finds_the_hidden_link(tmp_path):
    cv = read_cv(write_two_columns(tmp_path))
    assert [(job.title, job.span.ongoing) for job in entries_of(cv, Part.WORK)] == [
        ("Senior ML Engineer, Brightwater Logistics", True),
        ("Data Engineer, Kestrel Insurance", False),
    ]
    (project,) = entries_of(cv, Part.PROJECTS)
    assert project.url == "https://github.com/example-okonkwo/tidewatch"
    assert project.lines[0].where.startswith("page 1, line ")


def test_a_europass_pdf_is_read_by_the_xml_that_it_carries(tmp_path):
    source = tmp_path / "cv.typ"
    source.write_text(
        "= Somebody\nNothing that the XML says, and long enough to be text of a page", encoding="utf-8"
    )
    typst.compile(str(source), output=str(tmp_path / "plain.pdf"))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "plain.pdf"))
    writer.add_attachment("attachment.xml", CANDIDATE.encode())
    writer.write(tmp_path / "cv.pdf")
    cv = read_cv(tmp_path / "cv.pdf")
    assert cv.kind == "europass"
    assert "Docker" in everything(cv)


def test_the_old_europass(tmp_path):
    cv = read_text(tmp_path, PASSPORT, "cv.xml")
    (job,) = entries_of(cv, Part.WORK)
    assert (job.title, job.span.first, job.span.last) == (
        "Data engineer",
        dt.date(2017, 3, 1),
        dt.date(2020, 11, 5),
    )
    assert [line.text for line in job.lines[1:]] == ["Pipelines with Kafka", "Spark on AWS"]
    assert [entry.lines[0].text for entry in entries_of(cv, Part.SKILLS)] == ["Python, Airflow"]
    (project,) = entries_of(cv, Part.PROJECTS)
    assert (project.url, project.span.last) == ("https://example.org/tide", dt.date(2022, 12, 31))
    assert entries_of(cv, Part.EDUCATION)[0].span.last == dt.date(2016, 12, 31)
    assert not any(
        private in everything(cv) for private in ("Zoë", "Kubernetes", "aGFsbG8", "Ada", "Blue Lagoon")
    )


def test_the_europass_of_today(tmp_path):
    cv = read_text(tmp_path, CANDIDATE, "cv.xml")
    (job,) = entries_of(cv, Part.WORK)
    assert (job.title, job.span.first, job.span.ongoing) == ("AI Engineer", dt.date(2021, 4, 1), True)
    assert job.lines[1].text == "Guardrails for a chatbot"
    skills = [(entry.lines[0].text, entry.level) for entry in entries_of(cv, Part.SKILLS)]
    assert ("Python", "Advanced") in skills
    assert ("Docker", "") in skills
    (paper,) = entries_of(cv, Part.PUBLICATIONS)
    assert (paper.title, paper.url, paper.span.last) == (
        "On retrieval",
        "https://doi.org/10.1/x",
        dt.date(2023, 12, 31),
    )
    assert entries_of(cv, Part.SUMMARY)[0].lines[0].text == "Builds RAG systems."
    assert not any(private in everything(cv) for private in ("Rust", "1990", "language", "Databricks"))


def test_json_resume_with_level_words_places_and_days(tmp_path):
    document = {
        "basics": {"name": "Somebody", "email": "x@example.org", "summary": "Likes Go."},
        "work": [{"name": "X", "position": "Engineer", "startDate": "2020-02", "highlights": ["Used Spark"]}],
        "skills": [{"name": "ML", "level": "Advanced", "keywords": ["PyTorch"]}],
        "certificates": [{"name": "CKA", "date": "2023-05"}],
        "projects": [{"name": "P", "url": "javascript:alert(1)", "endDate": "2021"}],
    }
    cv = read_text(tmp_path, json.dumps(document), "cv.json")
    assert [(e.lines[0].text, e.lines[0].where, e.level) for e in entries_of(cv, Part.SKILLS)] == [
        ("ML", "skills[0].name", "Advanced"),
        ("PyTorch", "skills[0].keywords[0]", "Advanced"),
    ]
    (job,) = entries_of(cv, Part.WORK)
    assert job.span.ongoing
    assert job.lines[-1].where == "work[0].highlights[0]"
    assert entries_of(cv, Part.CERTIFICATES)[0].span.last == dt.date(2023, 5, 31)
    assert entries_of(cv, Part.PROJECTS)[0].url == ""
    assert "Somebody" not in everything(cv)
    assert "example.org" not in everything(cv)


def test_an_export_of_linkedin_is_read_without_people_and_messages(tmp_path):
    path = write_export(tmp_path)
    cv = read_cv(path)
    assert [entry.lines[0].where for entry in entries_of(cv, Part.SKILLS)][:2] == [
        "Skills.csv, row 2",
        "Skills.csv, row 3",
    ]
    assert [(e.title, e.span.ongoing, e.span.last) for e in entries_of(cv, Part.WORK)] == [
        ("Analytics Engineer", True, None),
        ("Data Analyst", False, dt.date(2021, 4, 30)),
    ]
    assert not any(private in everything(cv) for private in ("Rust", "Kubernetes", "Amélie", "Databricks"))


def test_an_unpacked_export_says_the_same_as_the_zip(tmp_path):
    packed = read_cv(write_export(tmp_path))
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in LINKEDIN.items():
        (folder / name).write_text(text, encoding="utf-8-sig")
    assert read_cv(folder).entries == packed.entries


def test_a_preamble_of_notes_before_the_headings_is_passed_over(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Skills.csv", 'Notes:\n"When exporting, some data may be missing"\n\nName\nPython\n')
    assert [entry.lines[0].text for entry in read_cv(path).entries] == ["Python"]


def test_a_docx_with_text_boxes_links_and_bulleted_lists(tmp_path):
    document = docx.Document()
    document.add_heading("Skills", 1)
    paragraph = document.add_paragraph()
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>Python, Docker</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f"<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires='x'>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.add_heading("Projects", 1)
    document.add_paragraph("Tidewatch")
    document.add_paragraph("Streams with Kafka", style="List Bullet")
    path = tmp_path / "cv.docx"
    document.save(str(path))
    cv = read_cv(path)
    assert [entry.lines[0].text for entry in entries_of(cv, Part.SKILLS)] == ["Python, Docker"]
    (project,) = entries_of(cv, Part.PROJECTS)
    assert (project.title, [line.text for line in project.lines[1:]]) == (
        "Tidewatch",
        ["• Streams with Kafka"],
    )


def test_the_format_is_told_by_the_bytes_and_not_by_the_name(tmp_path):
    (tmp_path / "cv.pdf").write_text("Skills\nPython\n", encoding="utf-8")
    assert read_cv(tmp_path / "cv.pdf").kind == "text"
    write_export(tmp_path).rename(tmp_path / "cv.txt")
    assert read_cv(tmp_path / "cv.txt").kind == "linkedin"
