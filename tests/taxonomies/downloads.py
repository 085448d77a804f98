"""Invented downloads in the form of the real ones: ESCO as CSV, O*NET as text and Excel, frameworks, ladders."""

import zipfile

ESCO = """\
conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description
KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/0001,http://data.europa.eu/esco/skill-type/knowledge,cross-sector,Zorbix (computer programming),"Zorbix 3
zorbixing",,released,2026-01-01,,,,"Two lines,
with a comma"
KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/0002,http://data.europa.eu/esco/skill-type/skill,cross-sector,juggle torches,handle burning torches,,released,2026-01-01,,,,Keeps them up
KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/0003,http://data.europa.eu/esco/skill-type/skill,cross-sector,old thing,,,obsolete,2026-01-01,,,,Gone
KnowledgeSkillCompetence,http://data.europa.eu/esco/group/0004,,,not a skill,,,released,2026-01-01,,,,Gone
"""
ESCO_DE = """\
conceptUri,preferredLabel,altLabels
http://data.europa.eu/esco/skill/0001,Zorbix (Computerprogrammierung),Zorbix
"""
TECHNOLOGY = """\
O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand
15-0000.00\tApache Zorbix\t43230000\tData base software\tY\tN
15-0001.00\tApache Zorbix\t43230000\tData base software\tY\tN
15-0001.00\t"Quoted" editor software\t43230000\tEditors\tN\tN
"""
ELEMENTS = """\
Element ID\tElement Name\tDescription
2.A\tBasic Skills\tA group
2.A.1.a\tTorch Reading\tReads torches
2.C.3.a\tJuggling\tKeeps things up
1.A.1.a\tVerbal Abilities\tNo skill
"""
FRAMEWORK = """\
Role Family,Role,Role Description,Role Level,Role Level Description,Skill Name,Skill Description,Skill Level,Skill Level Description,Role Type
Data,Torch engineer,Builds torches. And more.,Torch engineer,Builds torches. And more.,Data modelling,Models,Working,"You can:
- model simple things",
Data,Torch engineer,Builds torches.,Torch engineer,Builds torches.,Systems integration,Joins,Awareness,You can: - explain joins,
Data,Torch engineer,Builds torches.,Torch engineer,Builds torches.,Torch juggling,Juggles,Expert,You can: - juggle,
Data,Torch engineer,Builds torches.,Senior torch engineer,Leads torches.,Data modelling,Models,Practitioner,You can: - model,
Data,Torch engineer,Builds torches.,Senior torch engineer,Leads torches.,Testing,Tests,Fabulous,You can: - test,
Data,Torch engineer,Builds torches.,NOT IN USE,NOT IN USE,Testing,Tests,NOT IN USE,NOT IN USE,
"""
COMPANY = (
    "Role;Skill;Level\nPlatform engineer;Kubernetes;4\nPlatform engineer;k8s;L2\nPlatform engineer;Docker;9\n"
)
LADDER = """\
# Torch Lead

Leads [the torches](x.md) of a team.

| Level | Senior |
| :---: | :---: |
| 4 | Yes |

## TL4 - Torch Lead 4

* **Masters**: knows every torch
* **Mentors**: mentors others
* **Glows**: glows in the dark

## TL5 - Torch Lead 5

* **Leads**: leads the fire
* **Community**: known everywhere

# Other Pages

* [**Introduction**](README.md)
"""


def packed(path, files):
    """A zip file of some texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def workbook(path, rows, *, sheet=None):
    """A small Excel workbook: texts shared, every other row written in place, numbers as numbers."""
    strings = sorted({cell for row in rows for cell in row})
    shared = "".join(f"<si><t>{_xml(text)}</t></si>" for text in strings)
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for at, text in enumerate(row):
            place = f'r="{chr(65 + at)}{number}"'
            if number % 2:
                cells.append(f'<c {place} t="s"><v>{strings.index(text)}</v></c>')
            else:
                cells.append(f'<c {place} t="inlineStr"><is><t>{_xml(text)}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    body = sheet or f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
    files = {"xl/sharedStrings.xml": f"<sst {space}>{shared}</sst>", "xl/worksheets/sheet1.xml": body}
    return packed(path, files)


def _xml(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")
