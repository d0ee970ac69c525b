"""What an entry is, what a check found in it, and the report that all renderings share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

SEVERITIES = ("Violation", "Warning", "Info")
"""Local names of the SHACL severities, the gravest first."""

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file. Lines and columns count from 1, columns in characters; 0 is unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(map(str, filter(None, (self.file, self.line, self.column))))


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as a file spells it: where its parts stand, and the span of its value in the text."""

    triple: ox.Triple
    subject: Place
    predicate: Place
    value: Place
    span: tuple[int, int] = (0, 0)
    """Start and end of the value in the file's text; equal where it is not known."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One part of a text to be written anew."""

    where: Place
    start: int
    end: int
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an article that a fact came from."""

    article: str
    file: str
    exact: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful. IRIs are written in full."""

    severity: str
    rule: str
    """The shape's IRI, or the name of a check that no shape can make, such as `syntax`."""
    message: str
    where: Place
    focus: str = ""
    path: str | None = None
    value: str | None = None
    value_where: Place | None = None
    constraint: str = ""
    expected: str = ""
    remedy: str = ""
    example: str = ""
    line: str = ""
    """The line of the file itself, where it cannot be read."""
    quote: Quote | None = None

    @property
    def order(self) -> tuple[str, int, int, int, str, str, str, str]:
        """By file and line, the gravest first."""
        spot = self.value_where or self.where
        rank = SEVERITIES.index(self.severity)
        return (
            spot.file,
            spot.line,
            rank,
            spot.column,
            self.focus,
            self.rule,
            self.path or "",
            self.value or "",
        )


@dataclass(frozen=True, slots=True)
class Before:
    """Findings about things that the entries touch, which were there without the entries."""

    rule: str
    severity: str
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that a check has to say about some entries."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    before: tuple[Before, ...] = ()
    idle_shapes: tuple[str, ...] = ()
    triples: int = 0
    new: int = 0
    """How many of the triples the store does not hold yet."""
    touched: int = 0
    """How many things were checked: those of the entries, and neighbours that they touch."""

    def of(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    def counts(self) -> dict[str, int]:
        """How many findings of each severity, zeros included."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def conforms(self, *, strict: bool = False) -> bool:
        """Whether nothing is wrong; where `strict`, nothing doubtful either."""
        return not self.of("Violation") and not (strict and self.of("Warning"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was read: its statements with their places, and what is wrong with the file itself.

    Triples are spelled as a store spells them: numbers in their canonical form.
    """

    name: str
    sha256: str
    content: bytes
    text: str
    kind: str
    """The suffix of its format, without the dot: `ttl`, `trig`, `nq`, `nt`, `jsonld` or `csv`."""
    quads: tuple[ox.Quad, ...] = ()
    written: tuple[Written, ...] = ()
    lost: tuple[Written, ...] = ()
    """What the text says and no statement of the entry does, as a text that is the value."""
    problems: tuple[Finding, ...] = ()
    fixes: tuple[Fix, ...] = ()
    """What reading it found to need no thought to mend."""
    unread: frozenset[tuple[str, str]] = frozenset()
    """Things and properties whose values could not be read: that they lack them is no finding of its own."""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def place(self, subject: str, path: str | None = None, value: str | None = None) -> Place | None:
        """Where a subject first stands, or its property, or that with this value; None where it does not."""
        for one in self.written:
            if name_of(one.triple.subject) != subject:
                continue
            if path is None:
                return one.subject
            if one.triple.predicate.value == path and value in (None, name_of(one.triple.object)):
                return one.value
        return None

    def last(self, subject: str, path: str) -> Place | None:
        """Where the last value of a subject's property stands; None where it has none."""
        places = [
            one.value
            for one in self.written
            if one.triple.predicate.value == path and name_of(one.triple.subject) == subject
        ]
        return places[-1] if places else None


def name_of(term: object) -> str:
    """An IRI, a literal's text, or a blank node's label, as findings give it."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return str(term)
