"""`/read`: an article is pasted or dropped, and shown with what would be read from it. Nothing is stored."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import msgspec
import pyoxigraph as ox
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.errors import CfmError
from cfm_kg.model import Node
from cfm_kg.serve.linked.site import Site
from cfm_kg.serve.pages.article import LONGEST
from cfm_kg.serve.pages.highlight import (
    KINDS,
    Open,
    Said,
    by_subject,
    in_order,
    kind_of,
    numbered,
    segments,
)
from cfm_kg.serve.pages.showing import fresh, shown
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.readers.extracted import Extracted, Stated
from cfm_kg.serve.readers.question import Extract
from cfm_kg.serve.refusal import HttpError

FORMATS = {"txt": "Text", "html": "HTML", "md": "Markdown"}
_LARGEST = 1_000_000
"""So many bytes of an article the page takes."""
_SHOWN = 2_000
"""So many claims are shown at most."""
_SECTIONS = {
    "Meeting": "Meetings",
    "Participation": "Who took part",
    "Person": "People",
    "Document": "Documents",
    "Chairmanship": "Chairmanships",
    "Tally": "Counts",
    "Intervention": "Who spoke",
}
"""Classes of things that claims are about, in the order of the page."""


class Names:
    """The names that the article's things bear, and links to those of them that the store knows."""

    def __init__(self, site: Site, view: View, labels: dict[str, str]) -> None:
        self.root = site.root
        self._site, self._view, self._labels = site, view, labels

    def label(self, iri: str) -> str:
        """The name of a thing."""
        return self._labels.get(iri) or self._view.label(iri)

    def told(self, value: Node) -> str:
        """A value in words."""
        return self.label(value) if isinstance(value, str) else value.value

    def href(self, iri: str) -> str:
        """The address of what the store knows; empty for what is new."""
        return self._site.href(iri) if self.knows(iri) else ""

    def knows(self, iri: str) -> bool:
        """Whether the store says something of a thing."""
        return next(iter(self._view.store.quads_for_pattern(ox.NamedNode(iri), None, None)), None) is not None


def form(explorer: Explorer, request: Request) -> Response:
    """The empty form."""
    told: dict[str, Any] = {"text": "", "kind": "txt", "formats": FORMATS, "found": None, "error": None}
    return shown(explorer, request, "read.html", explorer.view(), **told, name="")


async def drop(explorer: Explorer, request: Request) -> Response:
    """What would be read from the form's article."""
    content, kind, name = await _article(request)
    view, error, told = explorer.view(), None, dict[str, Any](found=None)
    try:
        if not content.strip():
            raise HttpError(400, "there is no article", remedy="paste a text, or choose a file")
        if len(content) > _LARGEST:
            why = f"it has {len(content):,} bytes, and {_LARGEST:,} are taken"
            raise HttpError(413, "the article is too long for this page", why=why, remedy="cfm-kg extract")
        readers: Readers = request.app.state.checkers
        async with readers.answer(Extract(content, name)) as answer:
            found = msgspec.json.decode(await answer.body(), type=Extracted)
        told = _told(explorer, view, found)
    except CfmError as wrong:
        error = wrong
    status = 200 if error is None else error.status if isinstance(error, HttpError) else 422
    text = content.decode("utf-8", "replace") if name.startswith("pasted.") else ""
    told |= {"text": text, "kind": kind, "formats": FORMATS, "error": error, "name": name}
    return fresh(explorer, "read.html", view, status, **told)


async def _article(request: Request) -> tuple[bytes, str, str]:
    """The form's file where one was chosen, else its text; its format, and a name that tells it."""
    async with request.form(max_files=1, max_fields=10) as sent:
        file, text, kind = sent.get("file"), sent.get("article"), sent.get("format")
        kind = kind if isinstance(kind, str) and kind in FORMATS else "txt"
        if isinstance(file, UploadFile) and file.filename:
            return await file.read(), kind, PurePosixPath(file.filename).name[:200]
        return str(text or "").replace("\r\n", "\n").encode(), kind, f"pasted.{kind}"


def _told(explorer: Explorer, view: View, found: Extracted) -> dict[str, Any]:
    names = Names(explorer.site, view, found.labels)
    claims = in_order([_said(one) for one in found.claims])[:_SHOWN]
    missed = numbered([Open(one.quote, one.start, one.end, one.reason, one.detail) for one in found.missed])
    sections = [(title, _of_class(claims, found.classes, name)) for name, title in _SECTIONS.items()]
    others = [pair for pair in by_subject(claims) if found.classes.get(pair[0]) not in _SECTIONS]
    return {
        "found": found,
        "names": names,
        "segments": list(segments(found.text[:LONGEST], claims, missed)),
        "cut": len(found.text) > LONGEST,
        "sections": [(title, things) for title, things in (*sections, ("Other", others)) if things],
        "kinds": [kind for kind in (*KINDS, "other") if any(one.kind == kind for one in claims)],
        "unresolved": missed,
        "number": len(found.claims),
    }


def _said(one: Stated) -> Said:
    return Said(
        one.iri,
        kind_of(one.predicate),
        one.subject,
        one.predicate,
        one.value,
        one.quote,
        one.start,
        one.end,
        one.rule,
        f"{one.confidence:.2f}",
        one.resolutions,
    )


def _of_class(claims: list[Said], classes: dict[str, str], name: str) -> list[tuple[str, list[Said]]]:
    return by_subject([one for one in claims if classes.get(one.subject) == name])
