"""Stage 8: judge facts by the shapes. What does not conform is named with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cfm_kg.quads import Fact, Triple
from cfm_kg.validate.check import check, check_facts, claimed_properties, idle_shapes, terms
from cfm_kg.validate.conforming import SetAside, Validator, conforming, written
from cfm_kg.validate.data import Data, read_files
from cfm_kg.validate.facts import plain
from cfm_kg.validate.report import SEVERITIES, Finding, ValidationReport, short

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = [
    "SEVERITIES",
    "Finding",
    "SetAside",
    "ValidationReport",
    "Validator",
    "claimed_properties",
    "conforming",
    "idle_shapes",
    "short",
    "terms",
    "validate",
    "validate_facts",
    "validate_quads",
    "written",
]


def validate(data: Graph | Path | str | Iterable[Path | str], *, reference: bool = True) -> ValidationReport:
    """Judge an rdflib graph, or one or several RDF files together, by the shipped shapes.

    Of files with named graphs the merged facts, provenance and registry are judged, not each article's graph.
    With `reference`, what the shipped concepts and registry say of the things named counts as known.
    Raises CfmError, naming file, line and reason, where a file cannot be read.
    """
    if isinstance(data, Path | str):
        return check(read_files([Path(data)]), reference=reference)
    from rdflib import Graph

    if isinstance(data, Graph):
        from cfm_kg.validate.graphs import from_rdflib

        return check(Data(from_rdflib(data)), reference=reference)
    return check(read_files([Path(path) for path in data]), reference=reference)


def validate_quads(
    quads: Iterable[ox.Quad | ox.Triple], *, reference: bool = True, sieve: bool = True
) -> ValidationReport:
    """Judge quads as one graph, whatever their graph names: pass the merged facts and their provenance.

    With `sieve`, nodes that a quick look finds in order do not reach pySHACL; the findings are the same.
    """
    triples = tuple(dict.fromkeys(one.triple if isinstance(one, ox.Quad) else one for one in quads))
    return (
        check_facts(plain(triples), reference=reference)
        if sieve
        else check(Data(triples), reference=reference)
    )


def validate_facts(facts: Iterable[Fact], context: Iterable[Triple] = ()) -> ValidationReport:
    """Judge plain facts as one graph, as `validate_quads` does.

    `context` holds further triples that are leant on and not judged.
    """
    return check_facts([(s, p, o) for s, p, o, _ in facts], list(context))
