"""Human decisions: what an editor ruled on things, facts and claims, read from Turtle files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cfm_kg.dates import PartialDate
from cfm_kg.errors import CfmError
from cfm_kg.model import Literal, Node
from cfm_kg.quads import Triple, triples
from cfm_kg.resources import decisions_dir
from cfm_kg.vocab import BASE, CFM, RDF, RDF_TYPE, local, shipped_text, shipped_triples

FOLDER = "decisions"
"""What a build's own folder of decisions is called, in the folder of its results."""
_REMEDY = "correct the entry; seeds/decisions/README.md tells the form"


class Verdict(Enum):
    """What an editor may rule."""

    SAME = "same"
    """The things are one."""
    DIFFERENT = "different"
    """The things are never merged."""
    CORRECT = "correct"
    """A value replaces what articles say of a property, or what certain claims say."""
    WRONG = "wrong"
    """A fact, or what certain claims say, is not so."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One ruling, signed and dated. `triples` are its own, for the provenance graph."""

    iri: str
    verdict: Verdict
    by: str
    on: PartialDate
    reason: str
    things: tuple[str, ...] = ()
    keeps: str | None = None
    """Of things that are one, the name that stays."""
    subject: str | None = None
    predicate: str | None = None
    value: Node | None = None
    claims: tuple[str, ...] = ()
    triples: tuple[Triple, ...] = ()

    @property
    def order(self) -> tuple[PartialDate, str]:
        """Where decisions contradict each other, the last by this order holds."""
        return self.on, self.iri


def folders_of(out: Path) -> list[Path]:
    """The folders of decisions that each build into a folder takes: those shipped, and its own if there."""
    own = out / FOLDER
    return [decisions_dir(), own] if own.is_dir() else [decisions_dir()]


def load_decisions(folders: Iterable[Path]) -> tuple[Decision, ...]:
    """The decisions in all `*.ttl` files of the folders, the earliest first.

    Raises CfmError, naming file, line and reason, where a folder is missing or an entry is faulty.
    """
    facts: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    places: dict[str, str] = {}
    for folder in folders:
        if not folder.is_dir():
            raise CfmError(
                "there is no such folder of decisions",
                where=str(folder),
                remedy="give a folder of *.ttl files",
            )
        for path in sorted(folder.glob("*.ttl")):
            _read(path, facts, places)
    found = [_Entry(iri, facts[iri], places[iri]).decision() for iri in sorted(facts)]
    return tuple(sorted(found, key=lambda decision: decision.order))


def _read(path: Path, facts: dict[str, dict[str, list[Node]]], places: dict[str, str]) -> None:
    text = shipped_text(path)
    try:
        stated = list(triples(shipped_triples(path)))
    except TypeError as error:
        raise CfmError(
            "a decision uses a blank node", where=str(path), why=str(error), remedy=_REMEDY
        ) from error
    for subject, predicate, value in stated:
        places.setdefault(subject, f"{path}:{_line(text, subject)}")
        if value not in facts[subject][predicate]:
            facts[subject][predicate].append(value)


def _line(text: str, iri: str) -> int:
    """The line where a name first stands, however it is written; 1 where it cannot be told."""
    spellings = (f"<{iri}>", f"<{iri.removeprefix(BASE + 'id/')}>", f":{local(iri)}")
    found = re.search("|".join(map(re.escape, spellings)), text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a file says of one decision, and where."""

    iri: str
    facts: Mapping[str, Sequence[Node]]
    where: str

    def decision(self) -> Decision:
        if CFM("EditorialDecision") not in self.facts.get(RDF_TYPE, ()):
            raise self._fault(
                f"<{self.iri}> is not a cfm:EditorialDecision", "decisions stand alone in their files"
            )
        verdict = self._verdict()
        made = Decision(
            iri=self.iri,
            verdict=verdict,
            by=self._text("decidedBy"),
            on=self._date(),
            reason=self._text("reason"),
            things=self._names(CFM("concerns")),
            keeps=self._name(CFM("keeps")),
            subject=self._name(RDF("subject")),
            predicate=self._name(RDF("predicate")),
            value=self._one(RDF("object")),
            claims=self._names(CFM("claim")),
            triples=tuple(
                sorted(((self.iri, p, o) for p, found in self.facts.items() for o in found), key=str)
            ),
        )
        self._complete(made)
        return made

    def _fault(self, what: str, why: str) -> CfmError:
        return CfmError(what, where=self.where, why=why, remedy=_REMEDY)

    def _one(self, predicate: str) -> Node | None:
        found = self.facts.get(predicate, ())
        if len(found) > 1:
            raise self._fault(f"the decision has more than one value of {local(predicate)}", "one is allowed")
        return found[0] if found else None

    def _name(self, predicate: str) -> str | None:
        value = self._one(predicate)
        if isinstance(value, Literal):
            raise self._fault(f"{local(predicate)} is {value.value!r}", "it must be an IRI")
        return value

    def _names(self, predicate: str) -> tuple[str, ...]:
        found = self.facts.get(predicate, ())
        wrong = next((value for value in found if isinstance(value, Literal)), None)
        if wrong is not None:
            raise self._fault(f"{local(predicate)} is {wrong.value!r}", "it must be an IRI")
        return tuple(sorted(value for value in found if isinstance(value, str)))

    def _text(self, name: str) -> str:
        value = self._one(CFM(name))
        if not isinstance(value, Literal) or not value.value.strip():
            raise self._fault(
                f"the decision lacks cfm:{name}", "a decision is signed, dated and gives its reason"
            )
        return value.value

    def _date(self) -> PartialDate:
        text = self._text("decidedOn")
        try:
            found = PartialDate.parse(text)
        except ValueError as error:
            raise self._fault(f"cfm:decidedOn is {text!r}", str(error)) from error
        if found.day is None:
            raise self._fault(f"cfm:decidedOn is {text!r}", "it must be a day")
        return found

    def _verdict(self) -> Verdict:
        text = self._text("verdict")
        try:
            return Verdict(text)
        except ValueError as error:
            allowed = ", ".join(verdict.value for verdict in Verdict)
            raise self._fault(f"cfm:verdict is {text!r}", f"it is one of {allowed}") from error

    def _complete(self, made: Decision) -> None:
        """Raises CfmError where the verdict needs what the entry does not say."""
        fact = made.subject is not None and made.predicate is not None and made.value is not None
        if made.verdict in (Verdict.SAME, Verdict.DIFFERENT) and len(made.things) < 2:
            raise self._fault("the decision names fewer than two things", "give each with cfm:concerns")
        if made.keeps is not None and made.keeps not in made.things:
            raise self._fault(
                f"cfm:keeps is <{made.keeps}>", "it must be one of the things that the decision concerns"
            )
        if made.verdict is Verdict.CORRECT and not fact:
            raise self._fault(
                "the correction is incomplete", "it needs rdf:subject, rdf:predicate and rdf:object"
            )
        if made.verdict is Verdict.WRONG and not fact and not made.claims:
            raise self._fault(
                "the decision says not what is wrong",
                "it needs cfm:claim, or rdf:subject, rdf:predicate and rdf:object",
            )
