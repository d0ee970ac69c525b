"""The page of an article: its text with the words that claims rest on, or only the quotes."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.description import Description
from cfm_kg.explanation import explanations
from cfm_kg.model import Resolution
from cfm_kg.quads import node
from cfm_kg.review.report import told
from cfm_kg.serve.linked.pages import page
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
from cfm_kg.serve.pages.kept import UnfinishedError
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.vocab import CFM, DCTERMS, OA, OWL_SAME_AS, PROVENANCE_GRAPH, RDF

_MOST = 2_000
"""So many claims are shown at most."""
LONGEST = 200_000
"""So many characters of a text are shown at most."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


def article(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described article."""
    view, folder = explorer.view(), explorer.site.settings.store.parent
    claims, unresolved = _claims(view, found.iri, folder), _unresolved(view, found.iri, folder)
    text = text_of(folder, view.one(found.iri, "sha256"))
    if text is not None and any(text[one.start : one.end] != one.quote for one in claims):
        text = None  # of another build: its offsets do not fit
    unresolved = [one for one in unresolved if text is None or text[one.start : one.end] == one.quote]
    return page(
        explorer.site,
        "pages/article.html",
        view=view,
        thing=found,
        json_ld=json_ld,
        path=path,
        language=next(view.stated(found.iri, DCTERMS("language")), ""),
        publisher=next(view.stated(found.iri, DCTERMS("publisher")), ""),
        issued=next(view.stated(found.iri, DCTERMS("issued")), ""),
        source=next(view.stated(found.iri, DCTERMS("source")), ""),
        segments=None if text is None else list(segments(text[:LONGEST], claims, unresolved)),
        cut=text is not None and len(text) > LONGEST,
        subjects=by_subject(claims),
        unresolved=unresolved,
        kinds=[kind for kind in (*KINDS, "other") if any(one.kind == kind for one in claims)],
        number=len(claims),
    )


def _claims(view: View, iri: str, folder: Path) -> list[Said]:
    """The article's claims in the order of its text."""
    names = set(islice(view.subjects("article", iri), _MOST))
    known = explanations(names, folder)
    return in_order(
        [claim_of(view, name, known[name].resolutions if name in known else ()) for name in names]
    )


def claim_of(view: View, iri: str, resolutions: tuple[Resolution, ...] = ()) -> Said:
    """A claim by its name, its subject under the name that the merged facts have for it.

    `resolutions` tell how its names were resolved, where that is known.
    """
    graph = ox.NamedNode(PROVENANCE_GRAPH)
    quads = view.store.quads_for_pattern(ox.NamedNode(iri), None, None, graph)
    known = {quad.predicate.value: node(quad.object) for quad in quads}

    def text(name: str) -> str:
        value = known.get(name, "")
        return value if isinstance(value, str) else value.value

    predicate = text(RDF("predicate"))
    return Said(
        iri=iri,
        kind=kind_of(predicate),
        subject=_merged(view, text(RDF("subject"))),
        predicate=predicate,
        value=known.get(RDF("object"), ""),
        quote=text(OA("exact")),
        start=int(text(OA("start")) or 0),
        end=int(text(OA("end")) or 0),
        rule=text(CFM("rule")),
        confidence=text(CFM("confidence")),
        resolutions=resolutions,
    )


def _merged(view: View, iri: str) -> str:
    """The name that the merged facts have for what an article names."""
    return next(view.stated(iri, OWL_SAME_AS), iri) if "/id/" in iri else iri


def _unresolved(view: View, iri: str, folder: Path) -> list[Open]:
    """What the build's report says of words that it could not tell; nothing until it is read."""
    try:
        left = view.keep("told", lambda: told(folder)).left.get(iri, ())
    except UnfinishedError:
        return []
    return numbered([Open(w.quote, w.start, w.end, w.reason, w.detail) for w in left if w.quote])


def text_of(folder: Path, digest: str) -> str | None:
    """The stored text of an article; None where texts are not kept."""
    if not _DIGEST.match(digest):
        return None
    try:
        return (folder / "texts" / f"{digest}.txt").read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
