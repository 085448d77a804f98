"""Whether a write may happen: never, when the user says yes to it, or always."""

import inspect
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, get_type_hints

from mcp.server.elicitation import AcceptedElicitation, ElicitationResult
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Elicit, Resolve
from pydantic import BaseModel, Field

Document = dict[str, object]
Tool = Callable[..., Awaitable[Document]]
Question = Callable[..., str]
"""Some arguments of a tool by name → what is written, in words; empty where nothing is."""
READ_ONLY = (
    "This server only reads. Its user can start it with `milepost mcp --writes ask`; nothing was changed."
)
ANSWER = "agreement"


class Writes(StrEnum):
    """What a server may write: nothing, what the user agrees to each time, or whatever is asked."""

    NO = "no"
    ASK = "ask"
    YES = "yes"


class Agreement(BaseModel):
    """What the user is asked."""

    agreed: bool = Field(description="Yes, write this into the person's file.")


def guard(tool: Tool, question: Question, writes: Writes) -> Tool:
    """The tool with its write allowed, refused, or asked for each time.

    Asking is a parameter that the protocol fills in before the tool runs: the model never
    sees it and cannot answer it.
    """
    if writes is Writes.YES:
        return tool
    return _refusing(tool, question) if writes is Writes.NO else _asking(tool, question)


def _refusing(tool: Tool, question: Question) -> Tool:
    async def refused(**given: object) -> Document:
        if _asked(question, given):
            raise ToolError(READ_ONLY)
        return await tool(**given)

    return _dressed(refused, tool, {})


def _asking(tool: Tool, question: Question) -> Tool:
    def ask(**given: object) -> Elicit[Agreement] | Agreement:
        words = question(**given)
        return Elicit(f"{words} Write it?", Agreement) if words else Agreement(agreed=True)

    ask.__signature__ = inspect.signature(question)  # type: ignore[attr-defined]
    ask.__annotations__ = {**get_type_hints(question), "return": Elicit[Agreement] | Agreement}

    async def agreed(**given: object) -> Document:
        answer = given.pop(ANSWER)
        if not (isinstance(answer, AcceptedElicitation) and answer.data.agreed):
            raise ToolError("The user did not agree; nothing was changed.")
        return await tool(**given)

    return _dressed(agreed, tool, {ANSWER: Annotated[ElicitationResult[Agreement], Resolve(ask)]})


def _asked(question: Question, given: dict[str, object]) -> str:
    return question(**{name: given[name] for name in inspect.signature(question).parameters})


def _dressed(wrapped: Tool, tool: Tool, more: dict[str, object]) -> Tool:
    """The wrapped tool under the name, words and arguments of the one inside it."""
    signature = inspect.signature(tool)
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hint)
        for name, hint in more.items()
    ]
    wrapped.__name__, wrapped.__doc__ = tool.__name__, tool.__doc__
    wrapped.__signature__ = signature.replace(parameters=[*signature.parameters.values(), *added])  # type: ignore[attr-defined]
    wrapped.__annotations__ = {**get_type_hints(tool, include_extras=True), **more}
    return wrapped
