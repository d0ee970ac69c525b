"""What of the facts conforms: what a shape forbids is set aside, and the rest is judged again."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.validate.report import Finding, ValidationReport

_ROUNDS = 8
"""Setting facts aside may make others fail that lean on them; more rounds than this point to a defect."""

Validator = Callable[[Sequence[ox.Quad]], ValidationReport]


@dataclass(frozen=True, slots=True)
class SetAside:
    """Facts kept out of the graph because a shape forbids them."""

    finding: Finding
    quads: tuple[ox.Quad, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts as a report writes them."""
        return tuple(f"{quad.triple} ." for quad in self.quads)


def conforming(
    judged: list[ox.Quad], validator: Validator, known: Container[str]
) -> tuple[list[ox.Quad], ValidationReport, list[SetAside]]:
    """The quads that conform, the last report on them, and what was set aside, in stable order.

    What is wrong in a thing `known` to the registry is only reported, unless one fact is at fault: no
    article said the rest. Raises CfmError where no end is in sight.
    """
    aside: list[SetAside] = []
    for _ in range(_ROUNDS):
        report, taken = validator(judged), set[ox.Quad]()
        violations = report.of("Violation")
        touching = _touching(judged, {finding.focus for finding in violations})
        for finding in violations:
            about = [quad for quad in touching[finding.focus] if quad not in taken]
            found = _offending(about, finding, whole=finding.focus not in known)
            if found:
                aside.append(SetAside(finding, tuple(sorted(found, key=str))))
                taken |= found
        if not taken:
            return judged, report, sorted(aside, key=lambda one: (one.finding.order, one.facts))
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
