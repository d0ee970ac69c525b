"""What a build keeps between runs, as bytes that carry their own checksum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from cfm_kg.fuse import Conflict, Origin, Statement
from cfm_kg.model import Literal, Node, Reading
from cfm_kg.quads import Triple
from cfm_kg.validate import Finding

T = TypeVar("T")
_SUM = 8
Row = tuple[str, str, str | tuple[str, str | None, str | None], str | None]
"""A statement without its origin: subject, predicate, object, claim."""


class DamagedError(Exception):
    """Kept bytes are not what was written, or were written by another program: start anew."""


def pack(value: object) -> bytes:
    """A value as bytes, checksum first."""
    content = msgspec.msgpack.encode(value)
    return blake2b(content, digest_size=_SUM).digest() + content


def unpack(data: object, kind: type[T]) -> T:
    """The value that was packed. Raises DamagedError where these are not the bytes that were."""
    if not isinstance(data, bytes) or blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
        raise DamagedError("a checksum differs")
    try:
        return msgspec.msgpack.decode(data[_SUM:], type=kind)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise DamagedError(str(error)) from error


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a shape keeps out of the graph: the finding, and the facts as the report writes them."""

    finding: Finding
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What validation said of some quads: findings, facts set aside, and the terms that shapes aim at."""

    findings: tuple[Finding, ...] = ()
    aside: tuple[SetAside, ...] = ()
    active: tuple[str, ...] = ()
    """Classes and properties that occur: a shape that aims at none of any is idle."""


@dataclass(frozen=True, slots=True)
class Article:
    """What of one article the whole build needs: the rest is in its reading."""

    iri: str
    file: str
    sha256: str
    row: str
    """Its part of the report, as JSON."""
    claims: int
    dropped: tuple[tuple[str, int], ...]
    spans: int
    """How many spans were dropped while reading."""
    names: tuple[str, ...]
    """All things that it names and the registry does not know."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one article says of the things of one group."""

    article: str
    source: str
    published: int
    """The day, as an ordinal."""
    issued: tuple[str, str | None] | None
    """The day of publication as the article's provenance has it: lexical form and datatype."""
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, reading: Reading, statements: list[Statement]) -> Fragment:
        """The fragment of these statements of an article."""
        origin, publication = Origin.of(reading), reading.document.publication
        issued = (str(publication.date), publication.date.datatype) if publication else None
        return cls(origin.article, origin.source, origin.published.toordinal(), issued, _rows(statements))

    def having(self, statements: Iterable[Statement]) -> Fragment:
        """A fragment of the same article with other statements."""
        return replace(self, rows=_rows(statements))

    def statements(self) -> list[Statement]:
        """The statements again."""
        origin = Origin(self.article, self.source, date.fromordinal(self.published))
        return [Statement(s, p, _node(o), origin, claim) for s, p, o, claim in self.rows]


def _rows(statements: Iterable[Statement]) -> tuple[Row, ...]:
    return tuple((s.subject, s.predicate, _packed(s.object), s.claim) for s in statements)


def _packed(node: Node) -> Any:
    return node if isinstance(node, str) else (node.value, node.datatype, node.language)


def _node(packed: Any) -> Node:
    return packed if isinstance(packed, str) else Literal(*packed)


@dataclass(frozen=True, slots=True)
class Told:
    """What a group adds to report, reference and provenance."""

    conflicts: tuple[Conflict, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    mentions: tuple[str, ...] = ()
    """Things of the registry."""
    applied: tuple[str, ...] = ()
    """Decisions that changed something."""
    facts: tuple[Triple, ...] = ()
    """What articles say of things of the registry: written together with the registry's own facts."""
    checked: Checked = Checked()
