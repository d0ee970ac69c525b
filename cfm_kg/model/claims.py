"""Triples that an article states, with their quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from cfm_kg.model.shared import Dropped, Span
from cfm_kg.model.text import Document


class Literal(NamedTuple):
    """An RDF literal: lexical form with a datatype's IRI or a language tag."""

    value: str
    datatype: str | None = None
    language: str | None = None


Node = str | Literal
"""An IRI, or a literal."""


class Resolution(msgspec.Struct, frozen=True, gc=False):
    """Why a wording became an entity: the candidates considered and why each was taken or not."""

    wording: str
    entity: str
    reason: str
    rejected: tuple[tuple[str, str], ...] = ()


class Claim(msgspec.Struct, frozen=True, gc=False):
    """One triple that an article states, with its exact quote."""

    iri: str
    subject: str
    predicate: str
    object: Node
    span: Span
    exact: str
    rule: str
    confidence: float
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: claims, and the entities they need to be understood.

    `entities` are subject, predicate, object triples that describe what claims name (labels, types,
    posts of people the registry does not know): they carry no claim of their own.
    """

    document: Document
    article: str
    """IRI of the article, which is also the name of its graph."""
    claims: tuple[Claim, ...]
    entities: tuple[tuple[str, str, Node], ...]
    dropped: tuple[Dropped, ...] = ()
