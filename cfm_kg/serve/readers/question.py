"""What a reader process is asked, and in which media types it answers."""

from __future__ import annotations

from dataclasses import dataclass

RESULTS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""Media types of rows and truths, the preferred first."""
GRAPHS = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
"""Media types of triples, the preferred first."""
HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query, and the media type of its answer: one of RESULTS or of GRAPHS, by its form.

    Where graphs are named, they alone are the dataset (SPARQL 1.1 Protocol, 2.1.4), whatever the query says.
    """

    text: str
    media: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A named query with its parameters as texts. The media type may be HTML as well."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    media: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of the store; the default graph where it has no name."""

    iri: str | None
    media: str


@dataclass(frozen=True, slots=True)
class Check:
    """An entry to be checked: its bytes, its format by suffix, and the report's format by name."""

    content: bytes
    kind: str
    name: str
    report: str
    media: str


@dataclass(frozen=True, slots=True)
class Fix:
    """An entry of which is asked what could be mended without thought; the answer is a `Mended` as JSON."""

    content: bytes
    kind: str
    name: str
    media: str = "application/json"


@dataclass(frozen=True, slots=True)
class Extract:
    """An article of which is asked what it says; nothing is stored. The answer is an `Extracted` as JSON."""

    content: bytes
    name: str
    media: str = "application/json"


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update. Where graphs are named, they are what its patterns are matched with."""

    text: str
    using_graphs: tuple[str, ...] = ()
    using_named_graphs: tuple[str, ...] = ()
    media: str = "text/plain"


Asked = Question | Named | Graph | Check | Fix | Extract | Update
"""Whatever can be asked."""
