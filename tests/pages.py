"""The pages for readers, their blocks, and the commands in them with what is shown below each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = (
    ROOT / "README.md",
    *sorted(page for page in DOCS.rglob("*.md") if DOCS / "decisions" not in page.parents),
)
FENCED = re.compile(r"^( *)```(.*)\n((?:.*\n)*?)\1```$", re.MULTILINE)
PROMPT = "$ "


@dataclass(frozen=True)
class Block:
    """What stands between two fences: its page, the line of its first fence, its language and its text."""

    page: str
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Shown:
    """One command as it is typed, where it stands, and the lines that the page shows below it."""

    page: str
    line: int
    command: str
    output: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}: {self.command}"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path, *languages: str) -> list[Block]:
    """The blocks of a page, in order; without a language those of all."""
    text = page.read_text(encoding="utf-8")
    found = (
        Block(name_of(page), text.count("\n", 0, fence.start()) + 1, fence[2].strip(), fence[3])
        for fence in FENCED.finditer(text)
    )
    return [block for block in found if not languages or block.language in languages]


def commands_of(page: Path) -> Iterator[Shown]:
    """Every command of the console blocks of a page; a line that no command owns is an error."""
    for block in blocks_of(page, "console"):
        lines = block.text.splitlines()
        assert lines, f"{block.place}: an empty block"
        assert lines[0].startswith(PROMPT), f"{block.place}: a console block begins with `{PROMPT}command`"
        at = 0
        while at < len(lines):
            first, command = at, lines[at].removeprefix(PROMPT)
            while command.endswith("\\"):
                at += 1
                command = command[:-1].rstrip() + " " + lines[at].strip()
            at = end = at + 1
            while end < len(lines) and not lines[end].startswith(PROMPT):
                end += 1
            yield Shown(block.page, block.line + 1 + first, command, tuple(lines[at:end]))
            at = end
