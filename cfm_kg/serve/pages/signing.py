"""Who decides: a name and the server's token, kept in a signed cookie; forms carry a token of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from itsdangerous import BadData, Signer, URLSafeTimedSerializer
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.addresses import public_url
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings

COOKIE = "cfm-kg-review"
_SECONDS = 12 * 60 * 60
_LONGEST = 120
_MISSING = "sign in with a name and the token that the server was started with"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, and what tells this session from others."""

    by: str
    id: str


class Signing:
    """Signing in and out. Cookies are signed with the server's token: another token ends all sessions."""

    def __init__(self, settings: Settings) -> None:
        self.open = settings.writable and bool(settings.token)
        """Whether anybody may decide here."""
        self._token = settings.token or secrets.token_hex()
        self._cookies = URLSafeTimedSerializer(self._token, salt="cfm-kg review session")
        self._forms = Signer(self._token, salt="cfm-kg review form")

    def session(self, request: Request) -> Session | None:
        """The session that a request's cookie tells of; None where it has none, or an old or foreign one."""
        try:
            told = self._cookies.loads(request.cookies.get(COOKIE, ""), max_age=_SECONDS)
            return Session(told["by"], told["id"]) if self.open else None
        except (BadData, KeyError, TypeError):
            return None

    def form_token(self, session: Session) -> str:
        """What forms of a session carry, and no other page can know."""
        return self._forms.get_signature(session.id).decode()

    def sign_in(self, sent: FormData, request: Request, response: Response) -> Session:
        """Begin the session of who gives a name and the token. Raises HttpError (401, 403) for others."""
        self._refuse_closed()
        by, token = _text(sent, "who"), _text(sent, "token")
        if not by or not token:
            raise HttpError(401, "the name or the token is missing", remedy=_MISSING)
        if not self._right(token):
            raise HttpError(403, "this is not the server's token", remedy="ask who runs the server")
        session = Session(by[:_LONGEST], secrets.token_hex(8))
        response.set_cookie(
            COOKIE,
            self._cookies.dumps({"by": session.by, "id": session.id}),
            max_age=_SECONDS,
            httponly=True,
            samesite="strict",
            secure=public_url(request).startswith("https:"),
        )
        return session

    def writer(self, sent: FormData, request: Request) -> Session:
        """Who sends a form: by cookie and the form's own token, or by the server's token in the header.

        Raises HttpError (401, 403) where nobody may.
        """
        self._refuse_closed()
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            if not self._right(token.strip()):
                raise HttpError(403, "this is not the server's token", remedy="ask who runs the server")
            if not _text(sent, "who"):
                raise HttpError(400, "a decision is signed", remedy="send a name as `who`")
            return Session(_text(sent, "who")[:_LONGEST], "")
        session = self.session(request)
        if session is None:
            raise HttpError(401, "you are not signed in, or no longer", remedy=_MISSING)
        if not secrets.compare_digest(_text(sent, "form").encode(), self.form_token(session).encode()):
            raise HttpError(403, "this form is not from your session", remedy="open the review page again")
        return session

    def _right(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self._token.encode())

    def _refuse_closed(self) -> None:
        if not self.open:
            raise HttpError(
                403,
                "this server takes no decisions",
                why="it was started without --writable",
                remedy="ask who runs it",
            )


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
