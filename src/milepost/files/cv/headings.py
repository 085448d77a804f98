"""Which line of a CV opens a section, and what the section is about, in eight languages."""

import re
import unicodedata

from milepost.files.cv.entries import Part

_WORDS: dict[Part, tuple[str, ...]] = {
    Part.SKILLS: (
        "skills", "technical skills", "core skills", "key skills", "skills and tools", "skills and technologies",
        "skills & tools", "skills & technologies", "technologies", "tools", "tools and technologies", "tech stack",
        "technology stack", "stack", "competencies", "core competencies", "technical competencies", "expertise",
        "areas of expertise", "technical expertise", "toolbox", "toolkit", "technical proficiencies", "proficiencies",
        "digital skills", "professional skills", "it skills", "computer skills", "programming", "programming skills",
        "programming languages", "software", "software skills", "technical summary", "skill set", "skillset",
        "hard skills", "soft skills", "personal skills", "skills summary", "technical knowledge", "knowledge",
        "what i work with", "job-related skills", "ml skills", "research areas", "research interests",
        "kenntnisse", "fähigkeiten", "fachkenntnisse", "it-kenntnisse", "edv-kenntnisse", "kompetenzen", "skills und tools",
        "technische kenntnisse", "programmiersprachen", "kenntnisse und fähigkeiten", "technologien",
        "compétences", "compétences techniques", "compétences informatiques", "outils", "langages",
        "habilidades", "competencias", "conocimientos", "aptitudes", "habilidades técnicas", "competencias técnicas",
        "tecnologías", "competenze", "competenze tecniche", "competenze digitali", "competências",
        "competências técnicas", "vaardigheden", "competenties", "technische vaardigheden", "umiejętności",
        "kompetenser", "tekniska färdigheter", "färdigheter",
    ),
    Part.LANGUAGES: ("languages", "sprachen", "langues", "idiomas", "lingue", "línguas", "talen", "języki", "språk"),
    Part.WORK: (
        "experience", "work experience", "professional experience", "employment", "employment history", "work history",
        "career", "career history", "work", "positions", "professional background", "relevant experience",
        "industry experience", "research experience", "academic positions", "appointments", "academic appointments",
        "teaching", "teaching experience", "volunteering", "volunteer experience", "volunteer", "internships",
        "freelance", "leadership experience", "engineering experience", "selected experience", "military service",
        "berufserfahrung", "beruflicher werdegang", "werdegang", "berufliche erfahrung", "praktika", "berufspraxis",
        "expérience", "expériences", "expérience professionnelle", "expériences professionnelles", "parcours professionnel",
        "experiencia", "experiencia laboral", "experiencia profesional", "esperienza", "esperienze",
        "esperienza lavorativa", "esperienza professionale", "esperienze professionali", "experiência",
        "experiência profissional", "werkervaring", "ervaring", "doświadczenie", "doświadczenie zawodowe",
        "arbetslivserfarenhet", "erfarenhet",
    ),
    Part.PROJECTS: (
        "projects", "personal projects", "side projects", "selected projects", "open source", "open-source",
        "open source projects", "open-source projects", "open source contributions", "open source work", "portfolio",
        "key projects", "academic projects", "research projects", "software projects", "notable projects", "contributions",
        "projects and open source", "projects & open source", "selected work",
        "projekte", "eigene projekte", "ausgewählte projekte", "projets", "projets personnels", "proyectos",
        "proyectos personales", "progetti", "projetos", "projecten", "projekty", "projekt",
    ),
    Part.PUBLICATIONS: (
        "publications", "selected publications", "papers", "patents", "talks", "invited talks", "presentations",
        "conference papers", "writing", "articles", "publications and talks", "publications & talks", "talks and writing",
        "speaking", "conferences", "veröffentlichungen", "publikationen", "vorträge", "publicaciones", "pubblicazioni",
        "publicações", "publicaties", "publikacje", "publikationer", "brevets", "patente",
    ),
    Part.CERTIFICATES: (
        "certifications", "certificates", "certification", "licenses and certifications", "licenses & certifications",
        "certifications and licenses", "training and certifications", "courses and certifications", "credentials",
        "certifications & training", "certifications and training", "professional certifications", "licences",
        "courses & certifications", "zertifikate", "zertifizierungen", "weiterbildung", "weiterbildungen", "certificats",
        "certificaciones", "certificados", "certificazioni", "certificações", "certificaten", "certyfikaty",
        "certifieringar", "kurse und zertifikate",
    ),
    Part.EDUCATION: (
        "education", "academic background", "education and training", "academic education", "studies", "coursework",
        "relevant coursework", "courses", "training", "qualifications", "degrees", "ausbildung", "studium", "bildung",
        "bildungsweg", "schulbildung", "formation", "formations", "études", "educación", "formación",
        "formación académica", "estudios", "istruzione", "istruzione e formazione", "formazione", "educação", "formação",
        "formação académica", "formação acadêmica", "opleiding", "opleidingen", "edukacja", "wykształcenie", "utbildning",
    ),
    Part.SUMMARY: (
        "summary", "profile", "about", "about me", "professional summary", "objective", "personal statement", "overview",
        "career summary", "executive summary", "introduction", "highlights", "bio", "professional profile", "headline",
        "research statement", "profil", "kurzprofil", "über mich", "zusammenfassung", "profil professionnel", "à propos",
        "résumé", "perfil", "perfil profesional", "sobre mí", "resumen", "profilo", "profilo personale", "perfil profissional",
        "resumo", "profiel", "over mij", "samenvatting", "podsumowanie", "o mnie", "om mig",
    ),
    Part.ASIDE: (
        "language skills", "spoken languages", "interests", "hobbies", "hobbies and interests", "activities",
        "references", "referees", "contact", "contact details", "contact information", "personal details", "personal data",
        "personal information", "awards", "honors", "honours", "awards and honors", "awards & honors", "selected honors",
        "achievements", "honors and awards", "honours and awards", "scholarships", "grants", "service",
        "academic service", "professional service", "memberships", "affiliations", "links", "miscellaneous", "other",
        "additional information", "extracurricular activities", "driving licence", "hobbies & interests", "media",
        "sprachkenntnisse", "interessen", "hobbys", "referenzen", "kontakt", "persönliche daten", "auszeichnungen",
        "sonstiges", "loisirs", "centres d'intérêt", "références", "contacts", "coordonnées", "distinctions",
        "intereses", "aficiones", "referencias", "contacto", "datos personales", "premios", "interessi",
        "referenze", "contatti", "dati personali", "premi", "interesses", "referências", "contato", "prémios",
        "taalvaardigheid", "hobby's", "referenties", "persoonlijke gegevens", "zainteresowania",
        "referencje", "kontakt", "nagrody", "intressen", "referenser", "utmärkelser",
    ),
}  # fmt: skip
_PARTS = {word: part for part, words in _WORDS.items() for word in words}

LONGEST_HEADING = 48
_MARK_UP = re.compile(r"^#{1,6}\s+|^\*\*|^__|\*\*$|__$|\s*#+$")
_ORNAMENT = re.compile(r"^[\W_\d]+|[\W_]+$")
_SPACED = re.compile(r"(?:\w ){3,}\w\Z")
_UNDERLINE = re.compile(r"[=\-_*~─━═]{3,}\s*\Z")
_RUNS = re.compile(r"  +")


def part_of(line: str) -> Part | None:
    """The part that a heading opens; None where the line is none.

    >>> part_of("## Technical Skills"), part_of("B E R U F S E R F A H R U N G"), part_of("I like skills.")
    (<Part.SKILLS: 'skills'>, <Part.WORK: 'work'>, None)
    """
    if len(line) > LONGEST_HEADING or not line.strip():
        return None
    words = _bare(line)
    if words in _PARTS:
        return _PARTS[words]
    for joint in (" & ", " and ", " und ", " et ", " y ", " e ", " en ", " / ", "/"):
        first, found, second = words.partition(joint)
        if found and first in _PARTS and second in _PARTS:
            return _PARTS[first]
    return None


def is_unknown(line: str) -> bool:
    """Whether a line is a heading by its look (Markdown of the first two ranks) whatever its words are."""
    return re.match(r"#{1,2}\s+\S", line) is not None


def is_underline(line: str) -> bool:
    """Whether a line only underlines the one before."""
    return _UNDERLINE.match(line) is not None


def _bare(line: str) -> str:
    text = unicodedata.normalize("NFC", _MARK_UP.sub("", line.strip()))
    text = _ORNAMENT.sub("", text).strip()
    if _SPACED.match(_RUNS.split(text)[0]):
        text = " ".join(part.replace(" ", "") for part in _RUNS.split(text))
    return text.casefold().replace("’", "'")
