"""From sources to a finished graph: read each article, then emit, fuse and validate all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from cfm_kg.emit import Reference, article_quads, provenance_quads
from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision, Fusion, fuse, load_decisions, provenance_triples
from cfm_kg.ingest import REMEDY, Refused
from cfm_kg.model import Literal, Reading, Source
from cfm_kg.quads import Triple, as_stored, quads, reference_quads, triples
from cfm_kg.reading import read
from cfm_kg.resources import decisions_dir, ontology_dir, registry_dir
from cfm_kg.validate import Finding, ValidationReport, validate_quads
from cfm_kg.vocab import CFM, PROVENANCE_GRAPH

_ROUNDS = 8
"""Setting facts aside may make others fail that lean on them; more rounds than this point to a defect."""

Validator = Callable[[Sequence[ox.Quad]], ValidationReport]


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that could not be read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Facts kept out of the graph because a shape forbids them."""

    finding: Finding
    quads: tuple[ox.Quad, ...]


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


def read_all(found: Iterable[Source | Refused]) -> Iterator[Reading | Unread]:
    """What each article says, or why it could not be read, one by one."""
    for source in found:
        if isinstance(source, Refused):
            yield Unread(source.name, source.reason)
            continue
        try:
            yield read(source)
        except CfmError as error:
            yield Unread(source.name, _reason(error, source.name))


def _reason(error: CfmError, name: str) -> str:
    """An error in one line, as refusals are told."""
    what = error.what if error.where in (None, name) else f"{error.where}: {error.what}"
    why = f": {error.why}" if error.why else ""
    return what + why + (f"{REMEDY}{error.remedy}" if error.remedy else "")


def assemble(
    outcomes: Iterable[Reading | Unread],
    registry: Sequence[ox.Quad] | None = None,
    validator: Validator = validate_quads,
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
    reference = Reference(triples(registry))
    decisions = load_decisions([decisions_dir()]) if decisions is None else decisions
    fusion = fuse(readings, reference, decisions, _organizations(registry))
    provenance = [quad for reading in readings for quad in provenance_quads(reading)]
    provenance += quads((*_names(copies), *provenance_triples(fusion)), PROVENANCE_GRAPH)
    judged, validation, set_aside = _conforming(
        [*_merged(fusion, reference), *provenance], validator, reference
    )
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


def _organizations(registry: Iterable[ox.Quad]) -> dict[str, str]:
    """Bodies with what they belong to."""
    part_of = ox.NamedNode(CFM("partOf"))
    return {str(s): str(o) for s, _, o in triples(q for q in registry if q.predicate == part_of)}


def _merged(fusion: Fusion, reference: Reference) -> list[ox.Quad]:
    mentioned = {node for fact in fusion.facts for node in (fact[0], fact[2]) if isinstance(node, str)}
    return list(dict.fromkeys(quads((*fusion.facts, *reference.described(mentioned)))))


def _conforming(
    judged: list[ox.Quad], validator: Validator, reference: Reference
) -> tuple[list[ox.Quad], ValidationReport, list[SetAside]]:
    """The quads that conform, the last report on them, and what was set aside.

    What is wrong in the registry itself is only reported: no article said it.
    """
    aside: list[SetAside] = []
    for _ in range(_ROUNDS):
        report, taken = validator(judged), set[ox.Quad]()
        violations = report.of("Violation")
        touching = _touching(judged, {finding.focus for finding in violations})
        for finding in violations:
            about = [quad for quad in touching[finding.focus] if quad not in taken]
            found = _offending(about, finding, whole=finding.focus not in reference)
            if found:
                aside.append(SetAside(finding, tuple(sorted(found, key=str))))
                taken |= found
        if not taken:
            return judged, report, aside
        judged = [quad for quad in judged if quad not in taken]
    raise CfmError(
        "the facts do not conform, whatever is set aside",
        why=f"{report.of('Violation')[0].message} ({report.of('Violation')[0].focus})",
        remedy="this is a defect in a rule or a shape: please report it with the articles",
    )


def _touching(judged: Iterable[ox.Quad], things: set[str]) -> Mapping[str, list[ox.Quad]]:
    """The quads that are about each of the things, or lead to it."""
    found: dict[str, list[ox.Quad]] = {thing: [] for thing in things}
    for quad in judged if things else ():
        for name in {getattr(term, "value", "") for term in (quad.subject, quad.object)} & things:
            found[name].append(quad)
    return found


def _offending(touching: Sequence[ox.Quad], finding: Finding, *, whole: bool) -> frozenset[ox.Quad]:
    """The one fact that a finding is about; where it names none, if `whole`, all of and about the thing.

    Only in the graphs that describe the thing: claims about it stay, as articles do say so.
    """
    about = ox.NamedNode(finding.focus)
    graphs = {quad.graph_name for quad in touching if quad.subject == about}
    near = [q for q in touching if about in (q.subject, q.object) and q.graph_name in graphs]
    exact = [
        quad
        for quad in near
        if quad.subject == about and quad.predicate.value == finding.path and _is(quad.object, finding.value)
    ]
    return frozenset(exact or (near if whole else ()))


def _is(term: object, value: str | None) -> bool:
    return isinstance(term, ox.NamedNode | ox.Literal) and term.value == value
