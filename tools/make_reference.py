"""The reference pages of the documentation, made from the code: names, settings, tools, addresses, documents.

`make docs` writes them; a test holds the committed pages to the code.
"""

import asyncio
import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mcp import Client
from mcp.types import Prompt, ResourceTemplate, Tool

import milepost
from milepost.mcp.server import make_server
from milepost.model.settings import table
from milepost.web.app import make_app
from milepost.workflows.home import Home

ROOT = Path(__file__).resolve().parents[1]
MOST_INDENT = 6


def write_reference(folder: Path) -> None:
    """Write every reference page into the folder; pages that did not change are not touched."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reference().items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def reference() -> dict[str, str]:
    """Every reference page by name."""
    pages = {
        "library": library(),
        "settings": settings(),
        "mcp": tools(),
        "api": addresses(),
        "documents": documents(),
    }
    return {
        name: re.sub(r"\n{3,}", "\n\n", "\n".join(lines).rstrip()) + "\n" for name, lines in pages.items()
    }


def library() -> Iterator[str]:
    """Every public name, by autodoc."""
    yield "# The library, name by name\n"
    yield "Made from the docstrings of this version. [The example](../library.md) shows them at work.\n"
    for name in (each for each in milepost.__all__ if not each.startswith("__")):
        value = getattr(milepost, name)
        options = "\n   :members:\n   :undoc-members:" if isinstance(value, type) else ""
        yield f"## {name}\n\n```{{eval-rst}}\n.. {_directive(value)}:: milepost.{name}{options}\n```\n"


def _directive(value: object) -> str:
    if isinstance(value, type):
        return "autoexception" if issubclass(value, Exception) else "autoclass"
    return "autofunction"


def settings() -> Iterator[str]:
    """Every constant with its default, its basis and its meaning."""
    yield "# Every setting\n"
    yield "`milepost settings` prints the same. A basis is *book*, *data* or *assumption*.\n"
    yield "| setting | default | meaning | basis |\n|---|---:|---|---|"
    for row in table():
        yield f"| `{row.name}` | {row.value:g} | {_cell(row.meaning)} | {_cell(row.basis)} |"


def tools() -> Iterator[str]:
    """Every MCP tool, resource and prompt, as the server describes itself to a client."""
    with TemporaryDirectory() as folder:
        home = Home(str(Path(folder) / "none.sqlite"), _no_clock, _no_day, {})
        found = asyncio.run(_described(home))
    yield "# The MCP server, tool by tool\n"
    yield "`milepost mcp` offers these to a language model. No tool changes a score or a piece of evidence.\n"
    for tool in found.tools:
        writes = (
            "" if tool.annotations and tool.annotations.read_only_hint else " (writes, where it is allowed)"
        )
        yield f"## {tool.name}\n\n{_prose(tool.description)}{writes}\n"
        yield from _arguments(tool.input_schema)
    yield "## Resources\n"
    yield from (f"- `{each.uri_template}`: {_prose(each.description)}" for each in found.resources)
    yield "\n## Prompts\n"
    yield from (f"- `{each.name}`: {_prose(each.description)}" for each in found.prompts)


@dataclass(frozen=True)
class Described:
    """What an MCP server tells its clients about itself."""

    tools: list[Tool]
    resources: list[ResourceTemplate]
    prompts: list[Prompt]


async def _described(home: Home) -> Described:
    async with Client(make_server(home)) as client:
        return Described(
            (await client.list_tools()).tools,
            (await client.list_resource_templates()).resource_templates,
            (await client.list_prompts()).prompts,
        )


def _arguments(schema: Mapping[str, Any]) -> Iterator[str]:
    needed = schema.get("required", ())
    for name, about in schema.get("properties", {}).items():
        default = "" if name in needed else f" (default: `{json.dumps(about.get('default'))}`)"
        yield f"- `{name}`: {_type(about)}{default}"
    yield ""


def addresses() -> Iterator[str]:
    """Every address of the API, from its own OpenAPI document."""
    with TemporaryDirectory() as folder:
        home = Home(str(Path(folder) / "none.sqlite"), _no_clock, _no_day, {})
        document = make_app(home, folder=Path(folder), port=8765).openapi()
    yield "# The API, address by address\n"
    yield "Below `http://127.0.0.1:PORT` of `milepost serve`; `/api/v1/openapi.json` says the same to a machine.\n"
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            yield f"## {verb.upper()} {path}\n"
            yield _prose(operation.get("description") or operation.get("summary") or "") + "\n"
            for each in operation.get("parameters", ()):
                need = "needed" if each.get("required") else "optional"
                yield f"- `{each['name']}` ({each['in']}, {need}): {_type(each['schema'])}"
            yield "- answers: " + ", ".join(operation["responses"]) + "\n"


def documents() -> Iterator[str]:
    """Every JSON document of the contract with its fields."""
    yield "# The JSON documents\n"
    yield "What `--json`, the API and the MCP tools give. The schemas themselves are in `docs/schemas`.\n"
    for path in sorted((ROOT / "docs" / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        yield f"## {path.name.partition('.')[0]}\n"
        yield _prose(schema.get("description", schema.get("title", ""))) + "\n"
        yield from _fields(schema, schema, "")
        yield ""


def _fields(schema: Mapping[str, Any], whole: Mapping[str, Any], indent: str) -> Iterator[str]:
    schema = _followed(schema, whole)
    for name, about in schema.get("properties", {}).items():
        field = _followed(about, whole)
        meaning = f": {_prose(field['description'])}" if field.get("description") else ""
        yield f"{indent}- `{name}` ({_type(field)}){meaning}"
        if len(indent) < MOST_INDENT:
            yield from _fields(field.get("items", field), whole, indent + "  ")


def _followed(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """The definition that a ``$ref`` inside the document leads to."""
    place = schema.get("$ref", "")
    if not place.startswith("#/"):
        return schema
    found: Any = whole
    for part in place[2:].split("/"):
        found = found[part]
    return _followed(found, whole)


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a field in words."""
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" if value != "" else "empty" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    kind = schema.get("type", "object")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _prose(text: str | None) -> str:
    return " ".join((text or "").replace("``", "`").split())


def _cell(text: str) -> str:
    return _prose(text).replace("|", "\\|")


def _no_clock() -> dt.datetime:
    raise AssertionError("describing a server needs no clock")


def _no_day() -> dt.date:
    raise AssertionError("describing a server needs no day")


if __name__ == "__main__":
    write_reference(ROOT / "docs" / "reference")
