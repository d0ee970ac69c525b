"""What of the facts conforms: what a shape forbids is set aside, and the rest is judged again."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.errors import CfmError
from cfm_kg.model import Node
from cfm_kg.quads import Fact, line_of
from cfm_kg.validate.report import Finding, ValidationReport

_ROUNDS = 8
"""Setting facts aside may make others fail that lean on them; more rounds than this point to a defect."""

Validator = Callable[[Sequence[Fact]], ValidationReport]


@dataclass(frozen=True, slots=True)
class SetAside:
    """Facts kept out of the graph because a shape forbids them."""

    finding: Finding
    quads: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts as a report writes them."""
        return tuple(map(written, self.quads))


def written(fact: Fact) -> str:
    """A fact as a report writes it: without its graph."""
    return line_of((*fact[:3], ""))


def conforming(
    judged: list[Fact], validator: Validator, known: Container[str]
) -> tuple[list[Fact], ValidationReport, list[SetAside]]:
    """The facts that conform, the last report on them, and what was set aside, in stable order.

    What is wrong in a thing `known` to the registry is only reported, unless one fact is at fault: no
    article said the rest. Raises CfmError where no end is in sight.
    """
    aside: list[SetAside] = []
    for _ in range(_ROUNDS):
        report, taken = validator(judged), set[Fact]()
        violations = report.of("Violation")
        touching = _touching(judged, {finding.focus for finding in violations})
        for finding in violations:
            about = [fact for fact in touching[finding.focus] if fact not in taken]
            found = _offending(about, finding, whole=finding.focus not in known)
            if found:
                aside.append(SetAside(finding, tuple(sorted(found, key=line_of))))
                taken |= found
        if not taken:
            return judged, report, sorted(aside, key=lambda one: (one.finding.order, one.facts))
        judged = [fact for fact in judged if fact not in taken]
    raise CfmError(
        "the facts do not conform, whatever is set aside",
        why=f"{report.of('Violation')[0].message} ({report.of('Violation')[0].focus})",
        remedy="this is a defect in a rule or a shape: please report it with the articles",
    )


def _touching(judged: Iterable[Fact], things: set[str]) -> Mapping[str, list[Fact]]:
    """The facts that are about each of the things, or lead to it."""
    found: dict[str, list[Fact]] = {thing: [] for thing in things}
    for fact in judged if things else ():
        for name in {fact[0], _text(fact[2])} & things:
            found[name].append(fact)
    return found


def _offending(touching: Sequence[Fact], finding: Finding, *, whole: bool) -> frozenset[Fact]:
    """The one fact that a finding is about; where it names none, if `whole`, all of and about the thing.

    Only in the graphs that describe the thing: claims about it stay, as articles do say so.
    """
    about = finding.focus
    graphs = {graph for subject, _, _, graph in touching if subject == about}
    near = [fact for fact in touching if about in (fact[0], fact[2]) and fact[3] in graphs]
    exact = [
        fact
        for fact in near
        if fact[0] == about and fact[1] == finding.path and _text(fact[2]) == finding.value
    ]
    return frozenset(exact or (near if whole else ()))


def _text(value: Node) -> str:
    return value if isinstance(value, str) else value.value
