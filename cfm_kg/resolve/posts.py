"""Posts: found in the registry, or named after role and holder."""

from __future__ import annotations

from cfm_kg.model import Evidence, Literal, Resolution
from cfm_kg.registry import Registry
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.vocab import CFM, RDF_TYPE, RDFS_LABEL, local, thing

GENERIC = frozenset(thing("role", slug) for slug in ("minister", "head-of-delegation", "chairman"))
"""What says by itself not which post somebody has."""


class PostBook:
    """Names posts and states who held them."""

    def __init__(self, book: ClaimBook, registry: Registry) -> None:
        self._book = book
        self._registry = registry
        self._named: dict[str, tuple[str, str | None]] = {}

    def post(self, role: str, country: str | None, organization: str | None) -> str | None:
        """The IRI of a post; None where it belongs to nobody that is known."""
        holder = country or organization
        if holder is None:
            return None
        known = self._registry.post(role, holder)
        if known is not None:
            return known.iri
        iri = thing("post", local(holder), local(role))
        self._named[iri] = (role, None if country else organization)
        self._book.describe(iri, RDF_TYPE, CFM("Post"))
        self._book.describe(iri, CFM("role"), role)
        self._book.describe(iri, CFM("country" if country else "organization"), holder)
        label = f"{self._label(role)} of {self._label(holder)}"
        self._book.describe(iri, RDFS_LABEL, Literal(label, language="en"))
        return iri

    def described(self, post: str) -> tuple[str | None, str | None]:
        """The role of a post that was named, and the organisation for which it is held."""
        known = self._registry.posts.get(post)
        return (known.role, known.organization) if known is not None else self._named.get(post, (None, None))

    def held(self, person: str, post: str, evidence: Evidence, resolution: Resolution) -> None:
        """State that a person holds a post."""
        self._book.claim(person, "heldPost", post, evidence, (resolution,))

    def _label(self, iri: str) -> str:
        for things in (self._registry.concepts, self._registry.countries, self._registry.organizations):
            if iri in things:
                return things[iri].label
        return local(iri).replace("-", " ")
