"""What became of a thing: which entries speak of it, since when, and which articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.folder import Folder
from cfm_kg.entries.ledger import Change, Kept, changes, kept
from cfm_kg.entries.model import name_of
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import Facts
from cfm_kg.errors import CfmError
from cfm_kg.store import open_store
from cfm_kg.vocab import BASE, CFM, DCTERMS, PROVENANCE_GRAPH, RDF, prefixes

_PROVENANCE = ox.NamedNode(PROVENANCE_GRAPH)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: an entry came or went, or an article was read that speaks of the thing."""

    when: str
    what: str
    """`added`, `removed` or `article`."""
    who: str
    source: str
    """The file's name."""
    facts: tuple[ox.Triple, ...]


def history(thing: str, store: Path) -> list[Event]:
    """What is known of a thing, by its IRI, `meeting/…` or `prefix:name`. Raises CfmError for none."""
    opened, node = open_store(store), ox.NamedNode(full_name(thing))
    events = [*_articles(opened, node)]
    folder, takings = Folder(store), changes(opened)
    for one in kept(opened):
        said = tuple(sorted(_said(opened, folder, one, node), key=str))
        if said:
            events.append(Event(one.added, "added", one.who, one.file, said))
            if one.removed:
                events.append(Event(one.removed, "removed", _remover(one, takings), one.file, said))
    known = events or any(True for _ in Facts(opened).match(node, None, None))
    if not known:
        raise CfmError(
            f"nothing is known of {node}",
            where=str(store),
            remedy="give the thing's IRI, such as meeting/csto-cfm/2021-05-19",
        )
    return sorted(events, key=lambda event: (event.when, event.what, event.source))


def _remover(one: Kept, takings: Iterable[Change]) -> str:
    return next((c.who for c in takings if c.kind == "remove" and c.when == one.removed), "undone")


def full_name(thing: str) -> str:
    """The IRI that a name stands for. Raises CfmError where it is none."""
    name = thing.strip("<>")
    prefix, colon, rest = name.partition(":")
    if colon and not rest.startswith("//") and prefix in prefixes():
        name = prefixes()[prefix] + rest
    elif not colon:
        name = f"{BASE}id/{name}"
    try:
        return ox.NamedNode(name).value
    except ValueError as error:
        raise CfmError(f"{thing!r} is not the name of a thing", why=str(error)) from error


def _articles(store: ox.Store, node: ox.NamedNode) -> Iterator[Event]:
    by_article: dict[str, list[ox.Triple]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF("subject")), node, _PROVENANCE):
        article = _one(store, quad.subject, CFM("article"))
        predicate, value = (_object(store, quad.subject, RDF(name)) for name in ("predicate", "object"))
        if isinstance(predicate, ox.NamedNode) and value is not None:
            by_article.setdefault(article, []).append(ox.Triple(node, predicate, value))
    for article, facts in by_article.items():
        about = ox.NamedNode(article)
        issued, publisher, file = (
            _one(store, about, name) for name in (DCTERMS("issued"), DCTERMS("publisher"), CFM("sourceFile"))
        )
        yield Event(issued, "article", publisher, file, tuple(sorted(facts, key=str)))


def _said(store: ox.Store, folder: Folder, one: Kept, node: ox.NamedNode) -> Iterator[ox.Triple]:
    if not one.removed:
        graph = ox.NamedNode(one.graph)
        for quad in store.quads_for_pattern(node, None, None, graph):
            yield quad.triple
        for quad in store.quads_for_pattern(None, None, node, graph):
            yield quad.triple
        return
    filed = next((filed for filed in folder.removed() if filed.card.sha256 == one.sha256), None)
    if filed is not None and filed.path.is_file():
        entry = parse_entry(filed.path.read_bytes(), one.file, Facts(store))
        yield from (q.triple for q in entry.quads if node in (q.subject, q.object))


def _object(store: ox.Store, subject: object, predicate: str) -> ox.NamedNode | ox.Literal | None:
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    for quad in store.quads_for_pattern(subject, ox.NamedNode(predicate), None, _PROVENANCE):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            return quad.object
    return None


def _one(store: ox.Store, subject: object, predicate: str) -> str:
    found = _object(store, subject, predicate)
    return "" if found is None else name_of(found)
