"""`/review`: what a build leaves to people, one by one; each decision is an entry of a file, and undoable.

Nothing changes in the store: decisions hold from the next build on, and the page says so.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cfm_kg.errors import CfmError
from cfm_kg.fuse import FOLDER, Decision
from cfm_kg.review.book import PREFIX, Book, Signed, stem_of
from cfm_kg.review.queue import Item, Ruled, noted, queue
from cfm_kg.review.report import Told, told
from cfm_kg.serve.pages.cards import Cards
from cfm_kg.serve.pages.deciding import rulings
from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.showing import asked_of, fresh
from cfm_kg.serve.pages.signing import COOKIE, Session, Signing
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.serve.refusal import HttpError
from cfm_kg.vocab import thing

KINDS = {
    "conflict": "Conflicts",
    "pair": "Perhaps one",
    "name": "Names",
    "claim": "Unsure claims",
}
"""Kinds of items, in the order of the queue."""
_DECIDED = "decided"
_SIZE = 20
_NEXT = re.compile(r"[0-9a-z-]{1,40}\Z")
_FIELDS = 60


@dataclass(frozen=True, slots=True)
class Made:
    """Decisions that were made in one go and bear one name."""

    stem: str
    decisions: tuple[Decision, ...]
    waits: bool
    """Whether the store's build did not know them yet."""
    warnings: tuple[str, ...] = ()
    """Why the build could not apply them in whole."""


@dataclass(frozen=True, slots=True)
class State:
    """The queue at this moment."""

    items: tuple[Item, ...]
    made: tuple[Made, ...]
    taken_back: int
    """How many decisions still hold in the store and are in the file no more."""


class Review:
    """The pages of one server."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        settings = explorer.site.settings
        self.signing = Signing(settings)
        self._folder = settings.store.parent
        self._own = self._folder / FOLDER
        self._book = Book(settings.decisions or self._own)

    # ------------------------------------------------------------------ what is shown

    def page(self, request: Request) -> Response:
        """The queue, or a part of it."""
        return self._shown(request, asked_of(request))

    def _shown(
        self, request: Request, asked: dict[str, str], status: int = 200, error: CfmError | None = None
    ) -> Response:
        view, state = self._explorer.view(), self._state()
        session = self.signing.session(request)
        kind = asked.get("kind", "") if asked.get("kind") in (*KINDS, _DECIDED) else ""
        asked = {"kind": kind, "page": asked.get("page", ""), "done": asked.get("done", "")}
        items = [one for one in state.items if kind in ("", one.kind)]
        rows = part(items if kind != _DECIDED else (), asked, f"{self._explorer.site.root}review", _SIZE)
        made = part(state.made if kind == _DECIDED else (), asked, f"{self._explorer.site.root}review", _SIZE)
        return fresh(
            self._explorer,
            "review.html",
            view,
            status,
            error=error,
            kind=kind,
            kinds=KINDS,
            counts=Counter(one.kind for one in state.items),
            open=sum(one.decidable for one in state.items),
            rows=rows,
            cards=Cards(view, self._folder).of(rows.rows),
            made=made,
            decided=len(state.made),
            waiting=sum(one.waits for one in state.made) + state.taken_back,
            done=next((one for one in state.made if one.stem == asked["done"]), None),
            session=session,
            writable=self.signing.open,
            form_token=self.signing.form_token(session) if session else "",
            book=self._book.file,
            elsewhere=self._book.folder != self._own,
            folder=self._folder,
        )

    def _state(self) -> State:
        view, own = self._explorer.view(), self._book.decisions()
        items = ready(self._explorer, view)
        known = view.keep("decisions", lambda: noted(view.store))
        names = {one.iri for one in own}
        ours = thing("decision", PREFIX)
        gone = [iri for iri in known if iri.startswith(ours) and iri not in names]
        elsewhere = [one for iri, one in known.items() if iri not in names and not iri.startswith(ours)]
        ruled = Ruled.by([*own, *elsewhere])
        left = tuple(rest for rest in map(ruled.rest, items) if rest is not None)
        warned = {one.decision: one.warnings for one in self._told(view).decisions}
        mine = [one for one in own if one.iri.startswith(ours)]
        return State(left, tuple(_made(mine, known, warned)), len(gone))

    def _told(self, view: View) -> Told:
        return view.keep("told", lambda: told(self._folder))

    # ------------------------------------------------------------------ what is decided

    async def decide(self, request: Request) -> Response:
        """Write a decision, and show what comes next."""

        from cfm_kg.entries.change import now  # what checks entries is much code

        def write(sent: FormData, session: Session) -> str:
            item = next((one for one in self._state().items if one.key == _field(sent, "key")), None)
            if item is None:
                raise HttpError(409, "this is no longer open", remedy="see what is decided, or go on")
            choice, other = _field(sent, "choice"), _field(sent, "other")
            chosen = [str(key) for key in sent.getlist("claim")]
            ruled = rulings(self._explorer.view(), item, choice, chosen, other)
            reason = _field(sent, "reason") or f"Seen in review: {choice.partition('-')[0]}."
            stem = self._book.add(ruled, Signed(session.by, now()[:10], reason))
            after = _field(sent, "next")
            return self._address(sent, done=stem) + (f"#i-{after}" if _NEXT.match(after) else "")

        return await self._taken(request, write)

    async def undo(self, request: Request) -> Response:
        """Take a decision back, and show the queue again."""

        def write(sent: FormData, session: Session) -> str:
            self._book.withdraw(_field(sent, "stem"))
            return self._address(sent)

        return await self._taken(request, write)

    async def _taken(self, request: Request, write: Any) -> Response:
        async with request.form(max_files=0, max_fields=_FIELDS) as sent:
            try:
                session = self.signing.writer(sent, request)
                address = await asyncio.to_thread(write, sent, session)
            except CfmError as error:
                return await self._refused(request, sent, error)
        return RedirectResponse(address, 303)

    async def sign_in(self, request: Request) -> Response:
        """Begin a session."""
        response = RedirectResponse(f"{self._explorer.site.root}review", 303)
        async with request.form(max_files=0, max_fields=_FIELDS) as sent:
            try:
                self.signing.sign_in(sent, request, response)
            except CfmError as error:
                return await self._refused(request, sent, error)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session in this browser."""
        response = RedirectResponse(f"{self._explorer.site.root}review", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    async def _refused(self, request: Request, sent: FormData, error: CfmError) -> Response:
        """The page again with what is wrong; plain words for who sends no browser's form."""
        if "authorization" in request.headers:
            raise error
        status = error.status if isinstance(error, HttpError) else 409
        asked = {name: _field(sent, name) for name in ("kind", "page")}
        return await asyncio.to_thread(self._shown, request, asked, status, error)

    def _address(self, sent: FormData, **more: str) -> str:
        told = {name: _field(sent, name) for name in ("kind", "page")} | more
        told = {name: value for name, value in told.items() if value}
        return f"{self._explorer.site.root}review" + (f"?{urlencode(told)}" if told else "")


def ready(explorer: Explorer, view: View) -> tuple[Item, ...]:
    """The queue as the build left it, made once a state."""
    settings = explorer.site.settings
    report = view.keep("told", lambda: told(settings.store.parent))
    return view.keep("queue", lambda: queue(view.store, report, settings.unsure))


def _made(
    own: Sequence[Decision], known: Container[str], warned: Mapping[str, tuple[str, ...]]
) -> Iterator[Made]:
    """Decisions by the name that they bear together, the latest first."""
    found: dict[str, list[Decision]] = {}
    for one in own:
        found.setdefault(stem_of(one.iri), []).append(one)
    for stem, some in reversed(found.items()):
        warnings = dict.fromkeys(words for one in some for words in warned.get(one.iri, ()))
        yield Made(stem, tuple(some), any(one.iri not in known for one in some), tuple(warnings))


def _field(sent: FormData, name: str) -> str:
    value = sent.get(name)
    return " ".join(value.split())[:1_000] if isinstance(value, str) else ""
