"""What people should look at: conflicts, things that may be one, names not told, claims of low confidence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from cfm_kg.dates import PartialDate
from cfm_kg.disagreements import Disagreement, disagreements
from cfm_kg.fuse import Decision, Verdict
from cfm_kg.review.people import look_alikes
from cfm_kg.review.report import Left, Told
from cfm_kg.vocab import CFM, PROVENANCE_GRAPH, RDF, RDF_TYPE, prefixes

LOW = 0.85
"""Claims of less confidence are to be looked at, where nothing else is said."""
_MOST = 20_000
"""So many of them at most, the least sure first."""
_CLAIMS = """
SELECT ?claim ?confidence ?article ?start ?end ?rule WHERE {{ GRAPH <{graph}> {{
  ?claim cfm:confidence ?confidence . FILTER(?confidence < {below})
  ?claim cfm:article ?article ; oa:start ?start ; oa:end ?end ; cfm:rule ?rule .
}} }} ORDER BY ?confidence ?article ?start ?claim LIMIT {most}
"""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be looked at; `key` tells it from all others."""

    kind: str
    key: str
    reason: str
    things: tuple[str, ...] = ()
    """Two that may be one."""
    claims: tuple[str, ...] = ()
    """Claims of one rule on the same words."""
    article: str = ""
    left: Left | None = None
    """Words that could not be told: no decision helps, the registry or an entry does."""
    conflict: Disagreement | None = None

    @property
    def decidable(self) -> bool:
        """Whether a decision can settle it."""
        return self.left is None


def queue(store: ox.Store, told: Told, low: float = LOW) -> tuple[Item, ...]:
    """All that a build leaves to people: what most depends on comes first. Claims are of less than `low`."""
    return (
        *(_conflict(one) for one in disagreements(store) if one.is_open()),
        *_pairs(told),
        *_names(store, told),
        *_claims(store, low),
    )


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _conflict(one: Disagreement) -> Item:
    return Item("conflict", one.conflict.rpartition("/")[2], one.criterion, conflict=one)


def _pairs(told: Told) -> Iterator[Item]:
    """Of more than two things the first with each of the others."""
    for apart in told.apart:
        first, *others = apart.things
        reason = apart.reason + (f", and {apart.more} more" if apart.more else "")
        for other in others:
            yield Item("pair", _key(first, other), reason, (first, other))


def _names(store: ox.Store, told: Told) -> Iterator[Item]:
    for alike in look_alikes(store):
        reason = f"the registry does not know the first, and the names sound alike ({alike.score:.0f} %)"
        yield Item("name", _key(alike.person, alike.other), reason, (alike.person, alike.other))
    for article, words in sorted(told.left.items()):
        for left in words:
            if left.quote:
                yield Item("name", _key(article, left), left.reason, article=article, left=left)


def _claims(store: ox.Store, low: float) -> Iterator[Item]:
    """Claims that one rule read from the same words are one item."""
    text = _CLAIMS.format(graph=PROVENANCE_GRAPH, below=low, most=_MOST)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    found = store.query(text, prefixes=dict(prefixes()))
    assert isinstance(found, ox.QuerySolutions)
    for row in found:
        claim, *where = (str(getattr(term, "value", "")) for term in row)
        groups[tuple(where)].append(claim)
    for (confidence, article, start, end, rule), claims in groups.items():
        reason = f"rule {rule} is right in {float(confidence):.0%} of its cases"
        yield Item("claim", _key(article, start, end, rule), reason, claims=tuple(claims), article=article)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is decided: pairs of things, properties of things, claims, and claims that are wrong."""

    pairs: frozenset[frozenset[str]]
    facts: frozenset[tuple[str, str]]
    claims: frozenset[str]
    wrong: frozenset[str]

    @classmethod
    def by(cls, decisions: Iterable[Decision]) -> Ruled:
        """What these decisions settle."""
        found = list(decisions)
        return cls(
            frozenset(frozenset((a, b)) for one in found for a in one.things for b in one.things if a < b),
            frozenset(
                (one.subject, one.predicate)
                for one in found
                if one.subject and one.predicate and not one.claims
            ),
            frozenset(claim for one in found for claim in one.claims),
            frozenset(claim for one in found if one.verdict is Verdict.WRONG for claim in one.claims),
        )

    def rest(self, item: Item) -> Item | None:
        """What is left of an item; None where it is settled."""
        if item.things:
            return None if frozenset(item.things) in self.pairs else item
        if item.claims:
            claims = tuple(claim for claim in item.claims if claim not in self.claims)
            return replace(item, claims=claims) if claims else None
        if item.conflict is not None:
            sides = {(s.property, s.value) for s in item.conflict.sides if s.claim not in self.wrong}
            settled = (item.conflict.subject, item.conflict.property) in self.facts or len(sides) < 2
            return None if settled else item
        return item


def noted(store: ox.Store) -> dict[str, Decision]:
    """The decisions that the build knew, by their names, as far as they tell what they settle."""
    graph, kind = ox.NamedNode(PROVENANCE_GRAPH), ox.NamedNode(CFM("EditorialDecision"))
    names = [quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), kind, graph)]
    return {name.value: _noted(store, name) for name in names if isinstance(name, ox.NamedNode)}


def _noted(store: ox.Store, name: ox.NamedNode) -> Decision:
    said: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(name, None, None, ox.NamedNode(PROVENANCE_GRAPH)):
        said[quad.predicate.value].append(str(getattr(quad.object, "value", "")))

    def one(iri: str) -> str:
        return next(iter(said[iri]), "")

    return Decision(
        iri=name.value,
        verdict=Verdict(one(CFM("verdict"))),
        by=one(CFM("decidedBy")),
        on=PartialDate.parse(one(CFM("decidedOn"))),
        reason=one(CFM("reason")),
        things=tuple(said[CFM("concerns")]),
        subject=one(RDF("subject")) or None,
        predicate=one(RDF("predicate")) or None,
        claims=tuple(said[CFM("claim")]),
    )
