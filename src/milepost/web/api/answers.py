"""What every address of the API shares: problems, bodies, versions, writes that happen once."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from threading import Lock
from typing import Annotated

from fastapi import Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from milepost.errors import UsageError
from milepost.web.pages import Changed, Subject

MOST_REMEMBERED = 1000
MOST_ADS = 500
PROBLEM = "application/problem+json"
_CONTENT: dict[str, object] = {"content": {PROBLEM: {"schema": {"type": "object"}}}}
PROBLEMS: dict[int | str, dict[str, object]] = {
    code: {"description": words, **_CONTENT}
    for code, words in {
        400: "The request cannot be read",
        403: "Another site asks",
        404: "Nobody of that name",
        405: "Not this method here",
        409: "Changed meanwhile",
        412: "If-Match names another version",
        413: "Too large",
        421: "Another host",
        422: "The input has problems; each with its place and the next step",
    }.items()
}
Document = dict[str, object]


def problem(
    request: Request,
    status: int,
    title: str,
    hint: str,
    problems: Sequence[Mapping[str, object]] = (),
) -> Response:
    """An error as RFC 9457 has it, with the next step and every problem."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": hint,
        "instance": request.url.path,
        "problems": list(problems),
    }
    return JSONResponse(body, status, media_type=PROBLEM)


class Body(BaseModel):
    """A request: unknown fields are refused, so that a typing mistake is seen."""

    model_config = ConfigDict(extra="forbid")


class AdsBody(Body):
    """Advertisements as plain text; they are counted and not kept."""

    ads: list[Annotated[str, Field(max_length=100_000)]] = Field(min_length=1, max_length=MOST_ADS)
    role: str | None = None


class Remembered:
    """The answers to writes by their idempotency key, for as long as the server runs."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], tuple[str, Document]] = OrderedDict()
        self._lock = Lock()

    def once(self, key: str | None, request: Request, body: Body, work: Callable[[], Document]) -> Document:
        """Do the work, or give the answer it had before; another request under the same key is refused."""
        if key is None:
            return work()
        asked = blake2b(f"{request.url.path} {body.model_dump_json()}".encode(), digest_size=16).hexdigest()
        where = (request.url.path, key)
        with self._lock:
            if where in self._answers:
                before, answer = self._answers[where]
                if before != asked:
                    raise UsageError(
                        "this Idempotency-Key was used for another request", hint="Choose a fresh key."
                    )
                return answer
            answer = work()
            self._answers[where] = (asked, answer)
            while len(self._answers) > MOST_REMEMBERED:
                self._answers.popitem(last=False)
            return answer


REMEMBERED = Remembered()
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]+$")]
Match = Annotated[str | None, Header(alias="If-Match", max_length=200)]


def etag_of(text: str) -> str:
    """The version of a text, as ETag and If-Match have it."""
    return f'"{blake2b(text.encode(), digest_size=12).hexdigest()}"'


def require(about: Subject, match: str | None) -> None:
    """Refuse a write that started from another version."""
    if match is not None and match not in ("*", etag_of(about.load().loaded.text)):
        raise Changed(
            "the person was changed meanwhile; nothing was overwritten",
            hint="Read it again, then repeat the change.",
        )
