"""Names: the base IRI, prefixes, checked terms of the ontology, IRIs of things and slugs.

Prefixes come from `ontology/prefixes.ttl`, terms from the ontology's Turtle files: nothing is spelled twice.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.resources import ontology_dir

DEFAULT_BASE = "https://w3id.org/cfm-kg/"
"""The base of every IRI in the shipped files."""

_FILES = 64


def _setting() -> str:
    base = os.environ.get("CFM_KG_BASE", DEFAULT_BASE)
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*/", base):
        raise CfmError(
            f"CFM_KG_BASE is {base!r}",
            why="the base of all names must be an absolute IRI that ends in a slash",
            remedy="set it to something like https://example.org/kg/, or unset it",
        )
    return base


BASE = _setting()
"""The base of every IRI that this run writes: the environment's CFM_KG_BASE, or the default."""

_THINGS = BASE + "id/"
REGISTRY_GRAPH = BASE + "graph/registry"
PROVENANCE_GRAPH = BASE + "graph/provenance"
FACTS_GRAPH = BASE + "graph/facts"
"""Holds the merged facts in stores whose default graph is all graphs together."""


def shipped_text(path: Path) -> str:
    """A shipped data file's text, its names moved to this run's base. Raises CfmError if unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CfmError("a data file cannot be read", where=str(path), why=str(error)) from error
    return text if BASE == DEFAULT_BASE else text.replace(DEFAULT_BASE, BASE)


def shipped_triples(path: Path) -> list[ox.Triple]:
    """The triples of a shipped Turtle file. Raises CfmError that names file and line where it is broken."""
    try:
        return list(_triples(shipped_text(path)))
    except SyntaxError as error:
        raise CfmError("this is not valid Turtle", where=f"{path}:{error.lineno}", why=error.msg) from error


@lru_cache(_FILES)
def _triples(turtle: str) -> tuple[ox.Triple, ...]:
    """Several stages read the same files: each text is parsed once."""
    return tuple([quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)])


@cache
def prefixes() -> Mapping[str, str]:
    """Prefix → namespace, sorted by prefix."""
    found: dict[ox.NamedNode | ox.BlankNode, dict[str, str]] = {}
    for triple in shipped_triples(ontology_dir() / "prefixes.ttl"):
        if isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode | ox.BlankNode):
            found.setdefault(triple.subject, {})[triple.predicate.value] = triple.object.value
    pairs = {row[SH("prefix")]: row[SH("namespace")] for row in found.values() if SH("prefix") in row}
    return MappingProxyType(dict(sorted(pairs.items())))


@cache
def defined_terms() -> frozenset[str]:
    """IRIs of all things that the ontology's files define."""
    return frozenset(
        triple.subject.value
        for path in sorted(ontology_dir().glob("*.ttl"))
        if path.stem != "prefixes"
        for triple in shipped_triples(path)
        if triple.predicate.value == RDF_TYPE and isinstance(triple.subject, ox.NamedNode)
    )


class Namespace:
    """A namespace of another vocabulary: `RDFS("label")` is the term's IRI."""

    def __init__(self, iri: str) -> None:
        self.iri = iri

    def __call__(self, name: str) -> str:
        """The IRI of the term `name`."""
        return self.iri + name


class OntologyNamespace(Namespace):
    """The project's own namespace, which refuses names that the ontology does not define."""

    def __init__(self, iri: str) -> None:
        super().__init__(iri)
        self._checked: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The IRI of the term `name`. Raises CfmError where the ontology has no such term."""
        checked = self._checked.get(name)
        return self._check(name) if checked is None else checked

    def _check(self, name: str) -> str:
        iri = self.iri + name
        if iri not in defined_terms():
            raise CfmError(
                f"the ontology has no term cfm:{name}",
                where=str(ontology_dir()),
                remedy="define it in the ontology, or use a term that is there",
            )
        self._checked[name] = iri
        return iri


CFM = OntologyNamespace(BASE + "ontology#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OA = Namespace("http://www.w3.org/ns/oa#")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SH = Namespace("http://www.w3.org/ns/shacl#")

RDF_TYPE = RDF("type")
RDFS_LABEL = RDFS("label")
OWL_SAME_AS = OWL("sameAs")
SKOS_PREF_LABEL = SKOS("prefLabel")
SKOS_ALT_LABEL = SKOS("altLabel")
SKOS_HIDDEN_LABEL = SKOS("hiddenLabel")
DCTERMS_TITLE = DCTERMS("title")

# ------------------------------------------------------------------ names of things

_FROM = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я "
_TO = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya "
_FROM += "і ї є ґ ў ө ү ұ қ ң һ ә ғ ҷ ҳ ӣ ӯ"
_TO += "i yi ye g w o u u q n h a gh j h i u"
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ə": "a", "þ": "th"}
LETTERS: dict[int, str] = str.maketrans(
    {a: b.strip("-") for a, b in zip(_FROM.split(), _TO.split(), strict=True)} | _LATIN
)
"""Letters in place of which others are put, before marks are taken off."""
_BETWEEN = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """A name as lower-case ASCII words joined by hyphens; Cyrillic is transliterated.

    >>> slug("Sirojiddin Muhriddin"), slug("Сергей Лавров"), slug("João d'Ávila")
    ('sirojiddin-muhriddin', 'sergey-lavrov', 'joao-davila')
    """
    folded = text.lower() if text.isascii() else _romanised(text)
    return _BETWEEN.sub("-", folded.replace("'", "").replace("`", "")).strip("-")


def _romanised(text: str) -> str:
    """A text's letters as lower-case ASCII ones; what has none is left out."""
    latin = unicodedata.normalize("NFC", text).lower().translate(LETTERS)
    return unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()


def thing(kind: str, *path: str) -> str:
    """The IRI of a thing: `thing("meeting", "csto-cfm", "2021")`. Raises ValueError for an empty part."""
    if not kind or not path or "" in path:
        raise ValueError(f"the name of a thing needs a kind and a slug: {(kind, *path)!r}")
    return f"{_THINGS}{kind}/{'/'.join(path)}"


def local(iri: str) -> str:
    """The last part of an IRI, after the last slash or hash."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
