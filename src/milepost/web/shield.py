"""What stands before every page: the right host, a bounded request, safe headers, and forms of our own only."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from milepost.model.language import decimal, gettext

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
MOST_BYTES = 4_000_000
KEY_BYTES = 32
ONCE_BYTES = 8
COOKIE = "milepost"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_SITE = frozenset({"same-origin", "none"})
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cache-control": "no-store",
}
_SESSION = re.compile(r"[0-9a-f]{32}\Z")


class Shield:
    """Refuses other hosts (DNS rebinding), requests of other sites, and bodies above the bound.

    Every visitor has a random session in a cookie that no script can read; a form carries
    a token that belongs to it and to one rendering of the page.
    """

    def __init__(self, app: ASGIApp, *, key: bytes, port: int) -> None:
        self._app, self._key = app, key
        self._hosts = {*LOOPBACK, *(f"{host}:{port}" for host in LOOPBACK)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        session, fresh = _session(headers)
        scope.setdefault("state", {})["seal"] = Seal(self._key, session)
        counted = _Counted(receive)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found.setdefault(name, value)
                if fresh:
                    found.append(
                        "set-cookie",
                        f"{COOKIE}={session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000",
                    )
            await send(message)

        await self._app(scope, counted, answer)

    def _refusal(self, method: str, headers: Mapping[str, str]) -> PlainTextResponse | None:
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse(
                gettext("This address is not Milepost's own. Open it as http://127.0.0.1."), 421
            )
        if int(headers.get("content-length", "0") or 0) > MOST_BYTES:
            return PlainTextResponse(
                gettext("This is larger than %(most)s bytes. Send less at once.", most=decimal(MOST_BYTES)),
                413,
            )
        if method in UNSAFE and not self._is_own(headers):
            return PlainTextResponse(
                gettext("This request came from another site; nothing was changed."), 403
            )
        return None

    def _is_own(self, headers: Mapping[str, str]) -> bool:
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return False
        return headers.get("sec-fetch-site", "none") in OWN_SITE


class _Counted:
    """The body of a request, cut off above the bound where no length was stated."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes = receive, 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MOST_BYTES:
            return {"type": "http.disconnect"}
        return message


def _session(headers: Mapping[str, str]) -> tuple[str, bool]:
    """The session of the visitor, and whether it is a fresh one."""
    jar: SimpleCookie = SimpleCookie()
    jar.load(headers.get("cookie", ""))
    known = jar[COOKIE].value if COOKIE in jar else ""
    return (known, False) if _SESSION.match(known) else (secrets.token_hex(16), True)


def load_key(folder: Path) -> bytes:
    """The secret behind the tokens of forms; kept, so that a form outlives the server."""
    path = folder / "web.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
        fresh.replace(path)
    return path.read_bytes()


@dataclass(frozen=True)
class Seal:
    """What makes a form one of ours: the secret of this computer and the session of the visitor."""

    key: bytes
    session: str

    def token(self) -> str:
        """The token of one rendering of a page: a number used once, and its HMAC-SHA-256 under the key."""
        once = secrets.token_hex(ONCE_BYTES)
        return once + self._mac(once)

    def fits(self, given: str) -> bool:
        """Whether a form carries a token of this session."""
        once, mac = given[: 2 * ONCE_BYTES], given[2 * ONCE_BYTES :]
        return hmac.compare_digest(mac.encode(), self._mac(once).encode())

    def _mac(self, once: str) -> str:
        return hmac.new(self.key, f"{self.session}:{once}".encode(), hashlib.sha256).hexdigest()
