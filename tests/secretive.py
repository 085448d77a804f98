"""A person file with a secret in every field that nobody chose to show, and a way to look through a site."""

import html
import io
import re
import zlib
from pathlib import Path
from urllib.parse import unquote

import pypdf

_PLANTED = """\
milepost: 1   # $SECRET in a comment
name: Mika Lund
illustrative: $SECRET invented
target: {role: ml-engineer, route: outside, by: 2027-11-28}
capacity: {hours_per_week: 13.5, start: 2026-11-30, away: [{from: 2027-07-05, to: 2027-07-18}]}
specialisations: [distributed-training]
ads: [ads/$SECRET.txt]
ratings:
  python: {level: 4, example: "$SECRET keeps three services", date: 2026-11-01}
  zebra-tool: {level: 3, example: "$SECRET and more"}
skills:
  zebra-tool: {name: $SECRET, area: programming, aliases: ["$SECRET"], meaning: "$SECRET"}
evidence:
  - {skill: python, kind: artefact, level: 4, date: 2026-05-01, title: "$SECRET cluster", url: "https://$SECRET.example.org/$SECRET", verified: used-by-others}
  - {skill: python, kind: manager, level: 3, rater: $SECRET, date: 2026-09-15, title: $SECRET}
  - {skill: python, kind: peer, level: 3, rater: $SECRET}
  - {skill: python, kind: expert, level: 3, rater: $SECRET}
  - {skill: python, kind: test, mean: 0.6, variance: 0.16, title: "$SECRET"}
  - {skill: python, kind: certificate, level: 3, title: "$SECRET"}
impact: {rag: {adjust: -1, reason: $SECRET does not use it}}
watch: [{thing: $SECRET, decision: watch, reason: $SECRET, source: $SECRET, displaces: $SECRET}]
tests:
  - {date: 2026-11-01, area: programming, answers: [{item: $SECRET, option: 1, note: $SECRET}]}
year:
  checkins: [{date: 2026-12-06, hours: 7.5, note: $SECRET, moved: $SECRET, blocked: $SECRET, next: $SECRET}]
  sessions:
    - {date: 2026-12-01, skill: python, activity: $SECRET, micro_skill: $SECRET, goal: $SECRET, minutes: 60, error: $SECRET, fix: $SECRET}
  steps: [{date: 2026-12-02, activity: $SECRET, kind: finished, reason: $SECRET, proof: {kind: reviewer, by: $SECRET, text: $SECRET, url: "https://$SECRET.example.org"}}]
  pauses: [{from: 2026-12-24, to: 2026-12-26, reason: $SECRET}]
  cards: [{id: one, skill: python, front: $SECRET, back: $SECRET, made: 2026-12-01, source: $SECRET}]
  artefacts:
    - {date: 2026-05-01, title: A cache that forgets, kind: $SECRET, url: "https://example.org/cache", public: true, verified: accepted, activity: $SECRET, by: [$SECRET, $SECRET]}
    - {date: 2026-06-01, title: $SECRET, kind: blog-post, url: "https://example.org/$SECRET", public: false, by: [$SECRET]}
  milestones:
    - {quarter: 1, accepted: 2027-02-20, title: $MILESTONE, evidence: $EVIDENCE, if_then: $SECRET, proof: {kind: artefact, text: $SECRET, by: $SECRET, checked: $SECRET, url: "https://$SECRET.example.org/a"}}
    - {quarter: 2, title: $SECRET, evidence: $SECRET}
    - {quarter: 3, accepted: 2027-05-01, title: $SECRET, evidence: $SECRET, proof: {kind: waiver, text: $SECRET}}
outcomes: [{kind: role-change, role: ml-engineer, employer: $SECRET, credit: {$SECRET: 60}, learned: $SECRET}]
"""  # fmt: skip
ALL = "publish: {about: I keep things running., t: true, milestones: true, learning: true, roadmap: true, private: [Initech]}\n"


def planted(*, chosen: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of the person file and every secret in it; milestones are secret where they are not chosen."""
    left = iter(f"Zq{number:03d}kestrel" for number in range(1, 1000))
    used: list[str] = []

    def fresh(_match: re.Match[str]) -> str:
        used.append(next(left))
        return used[-1]

    text = _PLANTED
    if chosen:
        text = text.replace("$MILESTONE", "The cache is used").replace("$EVIDENCE", "Ten users wrote back")
    text = re.sub(r"\$(?:SECRET|MILESTONE|EVIDENCE)", fresh, text)
    return text + chosen, tuple(used)


def words_of(folder: Path) -> str:
    """Everything that can be read out of a folder: raw, unescaped, unfolded, unpacked, in small letters."""
    found = []
    for file in sorted(folder.rglob("*")):
        data = file.read_bytes()
        raw = data.decode("utf-8", "replace")
        found += [file.name, raw, html.unescape(raw), unquote(raw), re.sub(r"\r?\n[ \t]", "", raw)]
        found.append(data.decode("utf-16-be", "replace"))
        if data.startswith(b"%PDF"):
            found += _pdf(data)
        if data.startswith(b"\x89PNG"):
            found += _png(data)
    return "\n".join(found).casefold()


def _pdf(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    found = [page.extract_text() for page in reader.pages]
    found.append(str(reader.metadata))
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            found.append(stream.decode("latin-1"))
    return found


def _png(data: bytes) -> list[str]:
    """Names and contents of the chunks that are no picture."""
    found, at = [], 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8].decode("latin-1")
        found.append(kind if kind == "IDAT" else kind + data[at + 8 : at + 8 + size].decode("latin-1"))
        at += 12 + size
    return found
