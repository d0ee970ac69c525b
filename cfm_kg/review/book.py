"""The file of what reviewers decide: each decision an entry that may be taken out again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from cfm_kg.errors import CfmError
from cfm_kg.fuse import Decision, Verdict, load_decisions
from cfm_kg.model import Literal, Node
from cfm_kg.quads import Triple, quads, triples
from cfm_kg.store import write_turtle
from cfm_kg.vocab import CFM, RDF, RDF_TYPE, XSD, shipped_triples, thing

FILE = "review.ttl"
PREFIX = "review-"
"""How the names of decisions begin that are made here."""
_HEAD = """\
# What was decided on the review page of `cfm-kg serve`. Each entry may be taken out again, here or there;
# the page writes the file anew, without other comments. seeds/decisions/README.md tells the form.
"""
_LOCK, _SECONDS = ".lock", 10


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a decision says, before anybody has signed it."""

    verdict: Verdict
    things: tuple[str, ...] = ()
    keeps: str | None = None
    fact: Triple | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """By whom, on which day (ISO 8601) and why something is decided."""

    by: str
    on: str
    reason: str


class Book:
    """The decisions of a folder, of which those of one file are made and taken back here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / FILE

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions of the folder, the earliest first. Raises CfmError where an entry is faulty."""
        return load_decisions([self.folder]) if self.folder.is_dir() else ()

    def own(self) -> tuple[Decision, ...]:
        """Those that were made here and may be taken back."""
        named = thing("decision", PREFIX)
        return tuple(one for one in self.decisions() if one.iri.startswith(named))

    def add(self, rulings: Sequence[Ruling], signed: Signed) -> str:
        """Write rulings as decisions; returns the name that they bear together.

        Raises CfmError where the same is decided already, an entry would be faulty, or the file cannot be
        written.
        """
        stem = _stem(rulings, signed.on)
        entries = list[Triple]()
        for number, ruling in enumerate(rulings, 1):
            name = thing("decision", stem if len(rulings) == 1 else f"{stem}-{number}")
            entries += _entry(name, ruling, signed)
        added = {subject for subject, _, _ in entries}

        def with_them(old: list[Triple]) -> list[Triple]:
            if any(subject in added for subject, _, _ in old):
                raise CfmError("this is decided already", where=str(self.file), remedy="undo that first")
            return [*old, *entries]

        self._change(with_them)
        return stem

    def withdraw(self, stem: str) -> int:
        """Take back the decisions that bear a name together; returns how many they were.

        Raises CfmError where there are none, or the file cannot be written.
        """
        known = {one.iri for one in self.own()}
        gone = {iri for iri in known if stem_of(iri) == stem}
        if not gone:
            raise CfmError("there is no such decision to undo", where=str(self.file))
        self._change(lambda old: [triple for triple in old if triple[0] not in gone])
        return len(gone)

    def _change(self, changed: Callable[[list[Triple]], list[Triple]]) -> None:
        """Put another file in place, once the reader of decisions has found it sound."""
        try:
            with self._alone(), TemporaryDirectory(prefix=".new-", dir=self.folder) as scratch:
                old = list(triples(shipped_triples(self.file))) if self.file.exists() else []
                new = Path(scratch) / FILE
                new.write_bytes(_HEAD.encode() + write_turtle(quads(changed(old))))
                load_decisions([new.parent])
                os.replace(new, self.file)
        except OSError as error:
            raise CfmError(
                "the decision cannot be kept", where=str(self.file), why=error.strerror or str(error)
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(str(self.folder / _LOCK), timeout=_SECONDS):
                yield
        except Timeout as error:
            raise CfmError(
                "another process is writing decisions", where=str(self.folder), remedy="try again"
            ) from error


def stem_of(iri: str) -> str:
    """The name that a decision bears together with those made in one go."""
    name = iri.rpartition("/")[2]
    head, _, number = name.rpartition("-")
    return head if len(number) < _DIGITS and number.isdecimal() else name


_DIGITS = 10


def _stem(rulings: Sequence[Ruling], on: str) -> str:
    told = repr([(r.verdict.value, r.things, r.keeps, r.fact, r.claims) for r in rulings])
    digest = hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]
    return f"{PREFIX}{on}-{rulings[0].verdict.value}-{digest}"


def _entry(name: str, ruling: Ruling, signed: Signed) -> Iterator[Triple]:
    yield name, RDF_TYPE, CFM("EditorialDecision")
    yield name, CFM("verdict"), Literal(ruling.verdict.value)
    yield from ((name, CFM("concerns"), iri) for iri in ruling.things)
    if ruling.keeps:
        yield name, CFM("keeps"), ruling.keeps
    if ruling.fact:
        parts: tuple[tuple[str, Node], ...] = tuple(
            zip(("subject", "predicate", "object"), ruling.fact, strict=True)
        )
        yield from ((name, RDF(part), value) for part, value in parts)
    yield from ((name, CFM("claim"), iri) for iri in ruling.claims)
    yield name, CFM("decidedBy"), Literal(signed.by)
    yield name, CFM("decidedOn"), Literal(signed.on, XSD("date"))
    yield name, CFM("reason"), Literal(signed.reason)
