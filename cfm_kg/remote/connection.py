"""HTTP to a remote store: credentials, a time limit, and patience with a busy server."""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO, Any, NoReturn

from cfm_kg.errors import CfmError
from cfm_kg.remote.credentials import VARIABLE, Credentials

_CHUNK = 1 << 16
_BUSY = frozenset({429, 500, 502, 503, 504})
# What Virtuoso says with 500 although asking again gives the same: faulty SPARQL, no permission, wrong value.
_FINAL = re.compile(r"Virtuoso (?:37000|42000|42001|22\d{3}|S0022) Error")
_TORN = (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_MEANING = {
    400: "the server does not understand the request",
    401: "the server wants credentials, or other ones",
    403: "the server does not permit this",
    404: "the server has nothing at this address",
    405: "the address does not take this kind of request",
    413: "the request is too large for the server",
    429: "the server is asked too often",
}
_REMEDY = {
    400: "check the query, and whether the address is that of a SPARQL endpoint",
    401: f"set {VARIABLE}USER and {VARIABLE}PASSWORD, or {VARIABLE}TOKEN, or use --credentials FILE",
    403: "use the credentials of somebody who may do this",
    404: "check the address: servers differ in its path (docs/remote.md)",
    405: "check the address: servers differ in its path (docs/remote.md)",
    413: "send less at once, for example with --batch 500",
    429: "try again later",
}


class HttpError(CfmError):
    """A server's refusal, with its status."""

    def __init__(self, status: int, where: str, text: str) -> None:
        super().__init__(
            _MEANING.get(status, "the server cannot do this now" if status >= 500 else "the server refuses")
            + f" (HTTP {status})",
            where=where,
            why=" ".join(re.sub(r"<[^>]*>", " ", text).split())[:300] or None,
            remedy=_REMEDY.get(status, "try again later, or ask those who run the server"),
        )
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: status, the media type without parameters, and the body."""

    status: int
    media_type: str
    body: bytes
    most_rows: int | None = None
    """The number of rows after which the server stops, where it tells."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Credentials and data must not go elsewhere than where they were sent."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> NoReturn:
        """Refuse."""
        raise CfmError(
            "the server redirects to another address",
            where=req.full_url,
            remedy=f"use {newurl} if you trust it",
        )


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest that answers the last challenge beforehand, so that large bodies are not sent twice."""

    _challenge: dict[str, str] | None = None

    def retry_http_digest_auth(self, req: urllib.request.Request, auth: str) -> Any:
        """Answer a challenge, and remember it."""
        items = urllib.request.parse_http_list(auth.partition(" ")[2])
        self._challenge = urllib.request.parse_keqv_list([item for item in items if item])
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        """Authorize a request by the last challenge."""
        if self._challenge and (answer := self.get_authorization(req, self._challenge)):
            req.add_unredirected_header("Authorization", f"Digest {answer}")
        return req

    https_request = http_request


class Connection:
    """Sends requests. `timeout` is in seconds and counts for each request; `attempts` includes the first."""

    def __init__(
        self,
        credentials: Credentials | None = None,
        timeout: float = 60.0,
        attempts: int = 5,
        pause: Callable[[float], None] = time.sleep,
        heard: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._credentials = credentials or Credentials()
        self._passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        # without a password, these would hide what a server's 401 says
        logins = (
            _Digest(self._passwords),
            urllib.request.HTTPBasicAuthHandler(self._passwords),
        )
        self._opener = urllib.request.build_opener(_NoRedirect(), *(logins if self._credentials.user else ()))
        self._timeout = timeout
        self._attempts = attempts
        self._pause = pause
        self.heard = heard

    def send(self, request: urllib.request.Request, attempts: int | None = None) -> Answer:
        """The answer to a request, asked again while the server is busy. Raises CfmError."""
        self._authorize(request)
        for attempt in range(1, (attempts or self._attempts) + 1):
            try:
                return self._once(request)
            except urllib.error.HTTPError as error:
                text = error.read(_CHUNK).decode(errors="replace")
                failure = HttpError(error.code, request.full_url.partition("?")[0], text)
                final = (
                    error.code not in _BUSY or _FINAL.search(text) or attempt == (attempts or self._attempts)
                )
                if final:
                    raise failure from error
                seconds = _seconds(error.headers, attempt)
                self.heard(f"{failure.what}: trying again in {seconds:.0f} s")
                self._pause(seconds)
            except (OSError, http.client.HTTPException, ValueError) as error:
                reason = error.reason if isinstance(error, urllib.error.URLError) else error
                if not isinstance(reason, _TORN) or attempt == (attempts or self._attempts):
                    raise self._failed(request, error) from error
                self._pause(_FIRST_PAUSE * 2 ** (attempt - 1))
        raise AssertionError("the last attempt returns or raises")

    def greet(self, url: str) -> None:
        """Let a server ask for credentials before anything large is sent to it. Raises CfmError."""
        try:
            self.send(urllib.request.Request(url, method="HEAD"))
        except HttpError as error:
            if error.status in (401, 403):
                raise

    def _authorize(self, request: urllib.request.Request) -> None:
        given = self._credentials
        if given.token:
            request.add_unredirected_header("Authorization", f"Bearer {given.token}")
        elif given.user and given.password:
            self._passwords.add_password(None, request.full_url, given.user, given.password)

    def _once(self, request: urllib.request.Request) -> Answer:
        until = time.monotonic() + self._timeout
        with self._opener.open(request, timeout=self._timeout) as response:
            parts: list[bytes] = []
            while part := response.read(_CHUNK):
                parts.append(part)
                if time.monotonic() > until:
                    raise TimeoutError
            rows = str(response.headers.get("X-SPARQL-MaxRows", ""))
            return Answer(
                response.status,
                response.headers.get_content_type(),
                b"".join(parts),
                int(rows) if rows.isdigit() else None,
            )

    def _failed(self, request: urllib.request.Request, error: Exception) -> CfmError:
        where = request.full_url.partition("?")[0]
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return CfmError(
                f"the server did not answer within {self._timeout:g} s",
                where=where,
                remedy="allow more with --timeout SECONDS, or ask for less",
            )
        if isinstance(reason, ValueError):  # urllib knows Basic and Digest only
            return CfmError(
                "the server wants another kind of credentials",
                where=where,
                why=str(reason),
                remedy=_REMEDY[401],
            )
        return CfmError(
            "the server cannot be reached",
            where=where,
            why=getattr(reason, "strerror", None) or str(reason) or type(reason).__name__,
            remedy="check the address and that the server runs",
        )


def _seconds(headers: Message, attempt: int) -> float:
    """How long to wait: what Retry-After asks, in seconds or as a date, else twice as long each time."""
    asked = (headers.get("Retry-After") or "").strip()
    if asked.isdigit():
        return min(float(asked), _LONGEST_PAUSE)
    try:
        then = parsedate_to_datetime(asked)
    except ValueError:
        return _FIRST_PAUSE * float(2 ** (attempt - 1))
    wait = (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(wait, 0.0), _LONGEST_PAUSE)


def checked_address(url: str) -> str:
    """The address. Raises CfmError where it is none of the web, or holds a password."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CfmError(
            f"{url!r} is not an endpoint's address", remedy="give one such as http://localhost:7878/query"
        )
    if parts.username or parts.password:
        raise CfmError(
            "the address holds a user's name or password",
            why="other users of this computer and its logs would see it",
            remedy=_REMEDY[401],
        )
    return url
