"""A form that arrives twice is done once: a double click, a reload, a second try after an answer was lost."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.datastructures import UploadFile

from milepost.model.language import gettext

MOST_SENT = 500
MOST_FIELDS = 400
MOST_FILES = 50
SEEN = 303
"""What a form that was done is answered with: another page is shown next."""


class Sent:
    """The forms that were done, by what was sent, and the page each led to.

    Kept in a file, so that a form that is sent again to a server that was killed is known too. A token belongs
    to one rendering of a page: two equal sessions of a day come from two renderings, and both count.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sent.jsonl"
        self._places = _read(self._path)
        self._under_way: dict[str, asyncio.Event] = {}

    async def once(self, request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
        """Do what the form asks for, or show where it led before."""
        known = await _print_of(request)
        while known in self._under_way:
            await self._under_way[known].wait()
        if known in self._places:
            said = gettext("This had been sent already, and is kept once.")
            return RedirectResponse(f"{self._places[known]}?said={quote(said)}", SEEN)
        self._under_way[known] = asyncio.Event()
        try:
            answer = await handle(request)
            if answer.status_code == SEEN:
                self._keep(known, answer.headers["location"].partition("?")[0])
            return answer
        finally:
            self._under_way.pop(known).set()

    def _keep(self, known: str, place: str) -> None:
        self._places[known] = place
        if len(self._places) <= MOST_SENT:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([known, place]) + "\n")
            return
        while len(self._places) > MOST_SENT // 2:
            self._places.popitem(last=False)
        fresh = self._path.with_suffix(".new")
        fresh.write_text("".join(f"{json.dumps(list(each))}\n" for each in self._places.items()), "utf-8")
        fresh.replace(self._path)


def _read(path: Path) -> OrderedDict[str, str]:
    """What was kept; a line that a kill cut short is no form."""
    found: OrderedDict[str, str] = OrderedDict()
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            known, place = json.loads(line)
        except ValueError:
            continue
        found[str(known)] = str(place)
    return found


async def _print_of(request: Request) -> str:
    """What tells one sent form from every other: its address and all that is in it, the token included."""
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    fields = [
        [name, [value.filename, value.size] if isinstance(value, UploadFile) else value]
        for name, value in form.multi_items()
    ]
    return blake2b(json.dumps([request.url.path, fields]).encode(), digest_size=16).hexdigest()


class OnceRoute(APIRoute):
    """The way to a page; what is posted to it is done once."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the check before it, for forms only."""
        handle = super().get_route_handler()
        if "POST" not in (self.methods or ()):
            return handle

        async def once(request: Request) -> Response:
            sent: Sent = request.app.state.sent
            return await sent.once(request, handle)

        return once


def pages_router(prefix: str = "") -> APIRouter:
    """A router for pages and their forms, outside the API's description."""
    return APIRouter(
        prefix=prefix, route_class=OnceRoute, default_response_class=HTMLResponse, include_in_schema=False
    )
