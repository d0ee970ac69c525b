"""Claims: triples with their quotes, named by what they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cfm_kg.model import Claim, Document, Evidence, Node, Resolution
from cfm_kg.resolve.confidence import confidence
from cfm_kg.vocab import CFM, thing


class ClaimBook:
    """Collects the claims and descriptions of one article, each once."""

    def __init__(self, document: Document, article: str) -> None:
        self._document = document
        self._article = article
        self._claims: dict[tuple[str, str, Node], Claim] = {}
        self._properties: set[tuple[str, str]] = set()
        self._used: dict[str, int] = {}
        self._entities: dict[tuple[str, str, Node], None] = {}

    def claim(
        self,
        subject: str,
        name: str,
        value: Node,
        evidence: Evidence,
        resolutions: Iterable[Resolution] = (),
        predicate: str | None = None,
    ) -> None:
        """State `subject cfm:name value`; what is stated already keeps its first evidence."""
        predicate = predicate or CFM(name)
        key = (subject, predicate, value)
        if key in self._claims:
            return
        self._properties.add((subject, predicate))
        span = evidence.span
        self._claims[key] = Claim(
            self._name(predicate, span.start, span.end),
            subject,
            predicate,
            value,
            span,
            self._document.quote(span),
            evidence.rule,
            confidence(evidence.rule),
            tuple(resolutions),
        )

    def describe(self, subject: str, predicate: str, value: Node) -> None:
        """Describe a thing that claims name."""
        self._entities[subject, predicate, value] = None

    def stated(self, subject: str, predicate: str, value: Node) -> bool:
        """Whether this is claimed already."""
        return (subject, predicate, value) in self._claims

    def has(self, subject: str, predicate: str) -> bool:
        """Whether a subject has some value of a property already."""
        return (subject, predicate) in self._properties

    def claims(self) -> tuple[Claim, ...]:
        """All claims in the order of their making."""
        return tuple(self._claims.values())

    def entities(self) -> tuple[tuple[str, str, Node], ...]:
        """All descriptions."""
        return tuple(self._entities)

    def _name(self, predicate: str, start: int, end: int) -> str:
        """By article, predicate and span; a further claim on the same words gets a number."""
        digest = hashlib.sha256(f"{self._article} {predicate} {start} {end}".encode()).hexdigest()[:16]
        number = self._used[digest] = self._used.get(digest, 0) + 1
        return thing("claim", digest if number == 1 else f"{digest}-{number}")
