"""Which language an answer is made in: what was asked for, what the visitor chose before, what the browser wants."""

from http.cookies import SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from milepost.model.language import speaking
from milepost.web.languages import choose_language, find_language

COOKIE = "milepost-language"
ASKED = "lang"


class Tongue:
    """Answers pages in the visitor's language; ``?lang=`` is remembered in a cookie. The API speaks English."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with its language."""
        if scope["type"] != "http" or scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get(ASKED, [""])[-1]
        jar: SimpleCookie = SimpleCookie()
        jar.load(headers.get("cookie", ""))
        before = jar[COOKIE].value if COOKIE in jar else ""
        language = choose_language(asked, before, accepted=headers.get("accept-language", ""))
        remember = bool(asked) and find_language(asked) is not None

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                found["content-language"] = language.code
                if remember:
                    kept = f"{COOKIE}={language.code}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"
                    found.append("set-cookie", kept)
            await send(message)

        with speaking(language):
            await self._app(scope, receive, answer)
