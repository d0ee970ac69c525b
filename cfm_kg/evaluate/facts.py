"""What a graph says, article by article, in the terms that gold facts are written in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.evaluate.gold import ACTIONS, FORMATS, STATUSES
from cfm_kg.vocab import CFM, DCTERMS, RDF, RDFS, SKOS, local

GRAPH_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}
"""The formats that can carry one graph an article, by file suffix."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person with a post, for a country or an organisation."""

    name: str
    post: str
    country: str | None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that a meeting handled."""

    title: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A number of documents that the article states."""

    type: str
    count: int
    status: str | None


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting as one article's graph has it."""

    body: str
    date: str | None = None
    place: str | None = None
    country: str | None = None
    format: str | None = None
    status: str | None = None
    chair: str | None = None
    countries: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    documents: tuple[FoundDocument, ...] = ()
    counts: tuple[FoundCount, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundTurn:
    """A country's turn at the head of an organisation."""

    organization: str
    country: str
    year: str | None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """All that one article's graph says."""

    published: str | None = None
    meetings: tuple[FoundMeeting, ...] = ()
    persons: tuple[FoundPerson, ...] = ()
    turns: tuple[FoundTurn, ...] = ()


@dataclass(slots=True)
class _Index:
    """Values by subject and property; sorted, so that what is read first does not depend on the file."""

    values: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    subjects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, subject: str, predicate: str, value: str) -> None:
        self.values[subject, predicate].add(value)
        self.subjects[predicate].add(subject)

    def all(self, subject: str, predicate: str) -> list[str]:
        return sorted(self.values.get((subject, predicate), ()))

    def one(self, subject: str, predicate: str) -> str | None:
        return min(self.values.get((subject, predicate), ()), default=None)


@dataclass(frozen=True, slots=True)
class _View:
    """One article's graph before the background of everything else that the file says."""

    article: _Index
    everything: _Index

    def value(self, subject: str, predicate: str) -> str | None:
        return self.article.one(subject, predicate) or self.everything.one(subject, predicate)

    def country(self, node: str | None) -> str | None:
        if node is None:
            return None
        return self.everything.one(node, CFM("isoCode")) or local(node).upper()

    def name(self, node: str | None) -> str | None:
        if node is None:
            return None
        label = self.value(node, RDFS("label")) or self.value(node, SKOS("prefLabel"))
        return label or local(node).replace("-", " ")


def read_facts(path: Path) -> dict[str, FoundArticle]:
    """What each article's graph says, by the stem of the article's file name. Raises CfmError."""
    graphs: dict[str, _Index] = defaultdict(_Index)
    everything = _Index()
    for quad in _quads(path):
        subject, predicate, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
        everything.add(subject, predicate, value)
        graphs[getattr(quad.graph_name, "value", "")].add(subject, predicate, value)
    source = CFM("sourceFile")
    return {
        Path(name).stem: _article(article, _View(graphs[article], everything))
        for article in sorted(everything.subjects[source])
        for name in everything.all(article, source)
    }


def _quads(path: Path) -> Iterable[ox.Quad]:
    rdf_format = GRAPH_FORMATS.get(path.suffix)
    if rdf_format is None:
        raise CfmError(
            f"a graph to evaluate cannot be a {path.suffix or 'suffixless'} file",
            where=str(path),
            why="it must carry one named graph an article",
            remedy=f"give the graph.nq of a build ({', '.join(GRAPH_FORMATS)} can be read)",
        )
    if not path.is_file():
        raise CfmError("there is no such graph file", where=str(path), remedy="run `cfm-kg build` first")
    try:
        yield from ox.parse(path=str(path), format=rdf_format)
    except SyntaxError as error:
        line = getattr(error, "lineno", None)
        raise CfmError("the graph cannot be read", where=f"{path}:{line}", why=str(error.msg)) from error


def _text(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(node) if isinstance(node, ox.Triple) else node.value


def kebab(name: str) -> str:
    """`InPerson` as `in-person`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _concept(node: str | None) -> str:
    return kebab(local(node)) if node else ""


def _known(node: str | None, names: tuple[str, ...]) -> str | None:
    name = _concept(node)
    return name if name in names else None


def _article(iri: str, view: _View) -> FoundArticle:
    published = view.everything.one(iri, DCTERMS("issued"))
    meetings = [m for m in sorted(view.article.subjects[CFM("body")]) if _is_meeting(m, view)]
    posts = [
        (person, post)
        for person in sorted(view.article.subjects[CFM("heldPost")])
        for post in view.article.all(person, CFM("heldPost"))
    ]
    turns = [
        node
        for node in sorted(view.article.subjects[RDF("type")])
        if CFM("Chairmanship") in view.article.all(node, RDF("type"))
    ]
    return FoundArticle(
        published=published[:10] if published else None,
        meetings=tuple(_meeting(m, view) for m in meetings),
        persons=tuple(_person(person, post, view) for person, post in posts),
        turns=tuple(_turn(turn, view) for turn in turns),
    )


def _is_meeting(node: str, view: _View) -> bool:
    return CFM("Meeting") in view.everything.all(node, RDF("type"))


def _meeting(node: str, view: _View) -> FoundMeeting:
    graph = view.article
    documents = (
        _document(document, action, view)
        for action in ACTIONS
        for document in graph.all(node, CFM("approvedDraft" if action == "approved-draft" else action))
    )
    return FoundMeeting(
        body=local(graph.one(node, CFM("body")) or ""),
        date=graph.one(node, CFM("date")),
        place=view.name(graph.one(node, CFM("place"))),
        country=view.country(graph.one(node, CFM("hostCountry"))),
        format=_known(graph.one(node, CFM("meetingFormat")), FORMATS),
        status=_known(graph.one(node, CFM("meetingStatus")), STATUSES),
        chair=view.name(graph.one(node, CFM("chair"))),
        countries=_distinct(view.country(c) for c in graph.all(node, CFM("participantCountry"))),
        participants=_distinct(view.name(p) for p in graph.all(node, CFM("participant"))),
        documents=tuple(documents),
        counts=tuple(_count(tally, view) for tally in graph.all(node, CFM("tally"))),
    )


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name is not None}))


def _document(node: str, action: str, view: _View) -> FoundDocument:
    title = view.value(node, DCTERMS("title")) or ""
    return FoundDocument(title, _concept(view.value(node, CFM("documentType"))), action)


def _count(node: str, view: _View) -> FoundCount:
    kind = _concept(view.article.one(node, CFM("documentType")))
    action = _known(view.article.one(node, CFM("action")), ACTIONS)
    stated = view.article.one(node, CFM("statedCount")) or ""
    return FoundCount(kind, int(stated) if stated.isdecimal() else 0, action)


def _person(node: str, post: str, view: _View) -> FoundPerson:
    role = local(view.everything.one(post, CFM("role")) or post).replace("-", " ")
    return FoundPerson(view.name(node) or "", role, view.country(view.everything.one(post, CFM("country"))))


def _turn(node: str, view: _View) -> FoundTurn:
    year = view.article.one(node, CFM("year"))
    organization = local(view.article.one(node, CFM("organization")) or "")
    country = view.country(view.article.one(node, CFM("country"))) or ""
    return FoundTurn(organization, country, year[:4] if year else None)
