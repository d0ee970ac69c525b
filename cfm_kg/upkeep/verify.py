"""Whether what was built is whole: quotes, names, shapes, orphans, and the store against the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.rebuild import entry_quads_among
from cfm_kg.store import open_store
from cfm_kg.validate import validate_quads
from cfm_kg.vocab import BASE, CFM, OA, PROVENANCE_GRAPH, RDF_TYPE, REGISTRY_GRAPH

_DEFAULT = ox.DefaultGraph()
_PROVENANCE, _REGISTRY = ox.NamedNode(PROVENANCE_GRAPH), ox.NamedNode(REGISTRY_GRAPH)
_ID = BASE + "id/"
_NAME = re.compile(r"[a-z][a-z-]*(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)+\Z")
_FORMS = {
    "article": re.compile(r"article/[0-9a-f]{16}\Z"),
    "claim": re.compile(r"claim/[0-9a-z]+(?:-\d+)?\Z"),
    "meeting": re.compile(r"meeting/[a-z0-9-]+/(?:\d{4}(?:-\d\d(?:-\d\d)?)?|undated)[a-z0-9~-]*\Z"),
}
_PARTS = ("participation", "document", "tally", "intervention")
"""Kinds of things that make no sense unless something names them."""
_TEXTS = 64


@dataclass(frozen=True, slots=True, order=True)
class Defect:
    """Something that is not as it should be. `check` is one of `CHECKS`."""

    check: str
    thing: str
    what: str


def verify(folder: Path) -> list[Defect]:
    """All defects of a build's folder, in stable order. Raises CfmError where there is no store."""
    store = open_store(folder / "store")
    return sorted({defect for check in CHECKS.values() for defect in check(store, folder)})


def _quotes(store: ox.Store, folder: Path) -> Iterator[Defect]:
    """Each claim's quote stands in the stored text at its offsets."""

    @lru_cache(_TEXTS)
    def text_of(digest: str) -> str | None:
        try:
            return (folder / "texts" / f"{digest}.txt").read_bytes().decode()
        except (OSError, ValueError):
            return None

    rows = store.query(
        f"SELECT ?claim ?digest ?exact ?start ?end WHERE {{ GRAPH <{PROVENANCE_GRAPH}> {{"
        f" ?claim a <{CFM('Claim')}> OPTIONAL {{ ?claim <{OA('exact')}> ?exact ; <{OA('start')}> ?start ;"
        f" <{OA('end')}> ?end ; <{CFM('article')}> ?article . ?article <{CFM('sha256')}> ?digest }} }} }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        claim, digest, *said = (getattr(term, "value", "") for term in row)
        if not digest:
            yield Defect("quotes", claim, "it has no quote with offsets and an article that is described")
        elif (text := text_of(digest)) is None:
            yield Defect("quotes", claim, f"the text of its article is missing: texts/{digest}.txt")
        elif text[int(said[1]) : int(said[2])] != said[0]:
            yield Defect("quotes", claim, f"{said[0]!r} is not what the text says there")


def _names(store: ox.Store, folder: Path) -> Iterator[Defect]:
    """Every name has its form, and nothing is without a name."""
    seen = set[str]()
    for quad in store:
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, ox.BlankNode):
                yield Defect("names", str(term), "it has no name: there are no blank nodes here")
            elif isinstance(term, ox.NamedNode) and term.value not in seen:
                seen.add(term.value)
                if term.value.startswith(_ID) and not _is_name(term.value[len(_ID) :]):
                    yield Defect("names", term.value, "this is not the form of such a name")


def _is_name(path: str) -> bool:
    return bool(_FORMS.get(path.partition("/")[0], _NAME).match(path))


def _shapes(store: ox.Store, folder: Path) -> Iterator[Defect]:
    """No shape is violated."""
    judged = [quad for graph in (_DEFAULT, _PROVENANCE) for quad in _of(store, graph)]
    for finding in validate_quads(judged).of("Violation"):
        yield Defect("shapes", finding.focus, f"{finding.message} ({finding.shape})")


def _of(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return iter(store.quads_for_pattern(None, None, None, graph))


def _orphans(store: ox.Store, folder: Path) -> Iterator[Defect]:
    """Nothing is named that nobody describes, nor described without belonging to anything."""
    described = {quad.subject for graph in (_DEFAULT, _REGISTRY) for quad in _of(store, graph)}
    named = {quad.object for quad in _of(store, _DEFAULT)}
    for term in named - described:
        if isinstance(term, ox.NamedNode) and term.value.startswith(_ID):
            yield Defect("orphans", term.value, "facts name it, and nothing describes it")
    for term in {quad.subject for quad in _of(store, _DEFAULT)} - named:
        if isinstance(term, ox.NamedNode) and term.value.startswith(tuple(f"{_ID}{k}/" for k in _PARTS)):
            yield Defect("orphans", term.value, "nothing names it")
    yield from _orphaned_articles(store, folder)


def _orphaned_articles(store: ox.Store, folder: Path) -> Iterator[Defect]:
    kind, digest = ox.NamedNode(RDF_TYPE), ox.NamedNode(CFM("sha256"))
    found = store.quads_for_pattern(None, kind, ox.NamedNode(CFM("Article")), _PROVENANCE)
    articles = {quad.subject for quad in found}
    for graph in store.named_graphs():
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(_ID) and graph not in articles:
            yield Defect("orphans", graph.value, "the graph of an article that nothing describes")
    texts = {
        f"{getattr(quad.object, 'value', '')}.txt"
        for quad in store.quads_for_pattern(None, digest, None, _PROVENANCE)
    }
    for path in sorted((folder / "texts").glob("*.txt")):
        if path.name not in texts:
            yield Defect("orphans", f"texts/{path.name}", "the text of no article")


def _files(store: ox.Store, folder: Path) -> Iterator[Defect]:
    """The store holds what the files say, but for entries that came or went since."""
    held = set(store)
    quads = _parsed(folder / "graph.nq")
    if quads is None:
        yield Defect("files", "graph.nq", "it is missing, or is no N-Quads")
        return
    lacking = quads - held - entry_quads_among(quads)
    foreign = held - quads - entry_quads_among(held)
    yield from (Defect("files", str(quad), "graph.nq says so, the store does not") for quad in lacking)
    yield from (Defect("files", str(quad), "the store says so, graph.nq does not") for quad in foreign)
    if _parsed(folder / "graph.trig") != quads:
        yield Defect("files", "graph.trig", "it does not say what graph.nq says")
    if _parsed(folder / "graph.ttl") != {quad for quad in quads if quad.graph_name == _DEFAULT}:
        yield Defect("files", "graph.ttl", "it does not say what the default graph of graph.nq says")


def _parsed(path: Path) -> set[ox.Quad] | None:
    try:
        return set(ox.parse(path=str(path)))
    except (OSError, SyntaxError, ValueError):
        return None


CHECKS: Mapping[str, Callable[[ox.Store, Path], Iterator[Defect]]] = {
    "quotes": _quotes,
    "names": _names,
    "shapes": _shapes,
    "orphans": _orphans,
    "files": _files,
}
"""The checks by name."""
