"""From sources to a finished graph: read each article, then emit, fuse and validate all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec
import pyoxigraph as ox

from cfm_kg.compiled import compiled
from cfm_kg.emit import Reference, article_quads, provenance_facts
from cfm_kg.emit.reference import packed
from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision, Fusion, fuse, load_decisions, provenance_triples
from cfm_kg.ingest import REMEDY, Refused
from cfm_kg.model import Literal, Reading, Source
from cfm_kg.quads import Fact, Triple, as_stored, quads_of, reference_quads, triples
from cfm_kg.resources import decisions_dir, ontology_dir, registry_dir
from cfm_kg.validate import SetAside, ValidationReport, Validator, conforming, validate_facts
from cfm_kg.vocab import CFM, PROVENANCE_GRAPH


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that could not be read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Build:
    """All that a build made.

    `merged` is the default graph: merged facts, and what the registry says of the things they mention.
    `quads` is the whole data set: `merged`, provenance, one graph an article, and the registry.
    """

    readings: tuple[Reading, ...]
    unread: tuple[Unread, ...]
    fusion: Fusion
    validation: ValidationReport
    set_aside: tuple[SetAside, ...]
    merged: tuple[ox.Quad, ...]
    quads: tuple[ox.Quad, ...]


@cache
def shipped_reference() -> tuple[ox.Quad, ...]:
    """The shipped registry and concepts as quads of the registry's graph."""
    return reference_quads([*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"])


class Known(msgspec.Struct, frozen=True):
    """What the shipped registry says, as plain values that can be kept."""

    facts: dict[str, msgspec.Raw]
    """As `cfm_kg.emit.reference.packed` makes them."""
    parents: dict[str, str]
    """Bodies with what they belong to."""


@cache
def known() -> Known:
    """The shipped registry and concepts by subject."""
    return compiled("triples", Known, _known)


def _known() -> Known:
    registry = shipped_reference()
    facts = {iri: msgspec.Raw(data) for iri, data in packed(triples(registry)).items()}
    return Known(facts, organizations(registry))


@cache
def reference() -> Reference:
    """The shipped registry and concepts, to describe things from."""
    return Reference(known().facts)


def read_all(found: Iterable[Source | Refused]) -> Iterator[Reading | Unread]:
    """What each article says, or why it could not be read, one by one."""
    from cfm_kg.reading import read  # with all that reads behind it: often there is nothing to read

    for source in found:
        if isinstance(source, Refused):
            yield Unread(source.name, source.reason)
            continue
        try:
            yield read(source)
        except CfmError as error:
            yield Unread(source.name, reason(error, source.name))


def reason(error: CfmError, name: str) -> str:
    """An error in one line, as refusals are told."""
    what = error.what if error.where in (None, name) else f"{error.where}: {error.what}"
    why = f": {error.why}" if error.why else ""
    return what + why + (f"{REMEDY}{error.remedy}" if error.remedy else "")


def assemble(
    outcomes: Iterable[Reading | Unread],
    registry: Sequence[ox.Quad] | None = None,
    validator: Validator = validate_facts,
    decisions: Sequence[Decision] | None = None,
) -> Build:
    """Emit, fuse and validate. The same outcomes in any order give the same build.

    Human `decisions`, those shipped if None, come before the rules of fusing. Raises CfmError where a
    claim's quote is not in its text.
    """
    everything = list(outcomes)
    unread = sorted((o for o in everything if isinstance(o, Unread)), key=lambda o: (o.name, o.reason))
    copies = sorted(
        (o for o in everything if isinstance(o, Reading)), key=lambda r: (r.article, r.document.name)
    )
    readings = list({reading.article: reading for reading in reversed(copies)}.values())[::-1]
    registry = shipped_reference() if registry is None else registry
    reference = Reference.of(triples(registry))
    decisions = load_decisions([decisions_dir()]) if decisions is None else decisions
    fusion = fuse(readings, reference, decisions, organizations(registry))
    provenance = [fact for reading in readings for fact in provenance_facts(reading)]
    provenance += ((*said, PROVENANCE_GRAPH) for said in (*_names(copies), *provenance_triples(fusion)))
    conform, validation, set_aside = conforming(
        [*_merged(fusion, reference), *provenance], validator, reference
    )
    judged = quads_of(conform)
    merged = tuple(quad for quad in as_stored(judged) if isinstance(quad.graph_name, ox.DefaultGraph))
    said = [quad for reading in readings for quad in article_quads(reading, reference)]
    return Build(
        tuple(readings),
        tuple(unread),
        fusion,
        validation,
        tuple(set_aside),
        merged,
        tuple(as_stored([*judged, *said, *registry])),
    )


def _names(copies: Iterable[Reading]) -> Iterator[Triple]:
    """The file names of each article: the same bytes may lie in several files."""
    for reading in copies:
        yield reading.article, CFM("sourceFile"), Literal(reading.document.name)


def organizations(registry: Iterable[ox.Quad]) -> dict[str, str]:
    """Bodies with what they belong to."""
    part_of = ox.NamedNode(CFM("partOf"))
    return {str(s): str(o) for s, _, o in triples(q for q in registry if q.predicate == part_of)}


def _merged(fusion: Fusion, reference: Reference) -> list[Fact]:
    mentioned = {node for fact in fusion.facts for node in (fact[0], fact[2]) if isinstance(node, str)}
    return [(*fact, "") for fact in dict.fromkeys((*fusion.facts, *reference.described(mentioned)))]
