"""What a graph says, article by article, in the terms that gold facts are written in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.evaluate.found import (
    FoundArticle,
    FoundCount,
    FoundDocument,
    FoundMeeting,
    FoundPerson,
    FoundTurn,
)
from cfm_kg.evaluate.gold import ACTIONS, FORMATS, STATUSES
from cfm_kg.vocab import CFM, DCTERMS, RDF, RDFS, SKOS, local

GRAPH_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}
"""The formats that can carry one graph an article, by file suffix."""


@dataclass(slots=True)
class Index:
    """Values by subject and property; sorted, so that what is read first does not depend on the file."""

    values: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    subjects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Take in a triple."""
        self.values[subject, predicate].add(value)
        self.subjects[predicate].add(subject)

    def all(self, subject: str, predicate: str) -> list[str]:
        """The values, sorted."""
        return sorted(self.values.get((subject, predicate), ()))

    def one(self, subject: str, predicate: str) -> str | None:
        """The first value."""
        return min(self.values.get((subject, predicate), ()), default=None)


@dataclass(frozen=True, slots=True)
class View:
    """One article's graph before the background of everything else that the file says."""

    article: Index
    everything: Index

    def value(self, subject: str, predicate: str) -> str | None:
        """One value: the article's own, else anybody's."""
        return self.article.one(subject, predicate) or self.everything.one(subject, predicate)

    def country(self, node: str | None) -> str | None:
        """A country's ISO code."""
        if node is None:
            return None
        return self.everything.one(node, CFM("isoCode")) or local(node).upper()

    def name(self, node: str | None) -> str | None:
        """What a person or place is called."""
        if node is None:
            return None
        label = self.value(node, RDFS("label")) or self.value(node, SKOS("prefLabel"))
        return label or local(node).replace("-", " ")


def read_facts(path: Path) -> dict[str, FoundArticle]:
    """What each article's graph says, by the stem of the article's file name. Raises CfmError."""
    return {stem: _article(iri, view) for stem, (iri, view) in article_views(path).items()}


def article_views(path: Path) -> dict[str, tuple[str, View]]:
    """Each article's IRI and graph, by the stem of its file name. Raises CfmError."""
    graphs: dict[str, Index] = defaultdict(Index)
    everything = Index()
    for quad in _quads(path):
        subject, predicate, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
        everything.add(subject, predicate, value)
        graphs[getattr(quad.graph_name, "value", "")].add(subject, predicate, value)
    source = CFM("sourceFile")
    return {
        Path(name).stem: (article, View(graphs[article], everything))
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


def _article(iri: str, view: View) -> FoundArticle:
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
        meetings=tuple(found_meeting(m, view) for m in meetings),
        persons=tuple(found_person(person, post, view) for person, post in posts),
        turns=tuple(found_turn(turn, view) for turn in turns),
    )


def _is_meeting(node: str, view: View) -> bool:
    return CFM("Meeting") in view.everything.all(node, RDF("type"))


def found_meeting(node: str, view: View) -> FoundMeeting:
    """A meeting as the article has it."""
    graph = view.article
    documents = (
        found_document(document, action, view)
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
        counts=tuple(found_count(tally, view) for tally in graph.all(node, CFM("tally"))),
    )


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name is not None}))


def found_document(node: str, action: str, view: View) -> FoundDocument:
    """A document and what a meeting did with it, an action as gold facts name it."""
    title = view.value(node, DCTERMS("title")) or ""
    return FoundDocument(title, _concept(view.value(node, CFM("documentType"))), action)


def found_count(node: str, view: View) -> FoundCount:
    """A tally."""
    kind = _concept(view.article.one(node, CFM("documentType")))
    action = _known(view.article.one(node, CFM("action")), ACTIONS)
    stated = view.article.one(node, CFM("statedCount")) or ""
    return FoundCount(kind, int(stated) if stated.isdecimal() else 0, action)


def found_person(node: str, post: str, view: View) -> FoundPerson:
    """A person with one post."""
    role = local(view.everything.one(post, CFM("role")) or post).replace("-", " ")
    return FoundPerson(view.name(node) or "", role, view.country(view.everything.one(post, CFM("country"))))


def found_turn(node: str, view: View) -> FoundTurn:
    """A chairmanship."""
    year = view.article.one(node, CFM("year"))
    organization = local(view.article.one(node, CFM("organization")) or "")
    country = view.country(view.article.one(node, CFM("country"))) or ""
    return FoundTurn(organization, country, year[:4] if year else None)
