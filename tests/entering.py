"""A small store for tests of entries: the shipped registry and some facts that were stored before."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries import Checked, Finding, check_entries
from cfm_kg.entries.read import parse_entry
from cfm_kg.entries.stored import Facts
from cfm_kg.pipeline import shipped_reference
from cfm_kg.store import write_store
from cfm_kg.vocab import PROVENANCE_GRAPH, prefixes

HEAD = "@base <https://w3id.org/cfm-kg/id/> .\n" + "".join(
    f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes().items()
)
HEAD_LINES = HEAD.count("\n")
STORED = """
<meeting/csto-cfm/2021-05-19> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:date "2021-05-19"^^xsd:date ;
    cfm:meetingStatus cfm:Held ; cfm:place <place/dushanbe> ; cfm:hostCountry <country/tj> ;
    cfm:participant <person/stored-one> ; cfm:participation <participation/csto-cfm/2021-05-19/stored-one> .
<participation/csto-cfm/2021-05-19/stored-one> a cfm:Participation ; cfm:person <person/stored-one> ;
    cfm:capacity <post/xx/minister> ; cfm:participationRole cfm:Member .
<person/stored-one> a cfm:Person ; rdfs:label "Stored One"@en .
<post/xx/minister> a cfm:Post ; rdfs:label "Minister of X"@en ; cfm:country <country/tj> ;
    cfm:role <role/minister-of-foreign-affairs> .
<chairmanship/csto/2021> a cfm:Chairmanship ; cfm:organization <organization/csto> ;
    cfm:country <country/tj> ; cfm:year "2021"^^xsd:gYear .
<meeting/csto-cfm/1999-01-01> a cfm:Meeting ; cfm:body <body/csto-cfm> ; cfm:date "1999-01-01"^^xsd:date ;
    cfm:meetingStatus cfm:Held ; cfm:chair <person/stored-one> .
"""
"""The last meeting was wrong before: its chair is no participant."""
CLAIMS = """
<article/a> a cfm:Article ; cfm:sourceFile "a.txt" ; cfm:sha256 "%s" ; dcterms:language "en" .
<claim/a> a cfm:Claim ; rdf:subject <chairmanship/csto/2021> ; rdf:predicate cfm:year ;
    rdf:object "2021"^^xsd:gYear ; cfm:article <article/a> ; oa:exact "chairs in 2021" ; oa:start 12 ;
    oa:end 26 ; cfm:rule "by-hand" ; cfm:confidence 0.9 .
"""
TEXT = "Once. Hosts chairs in 2021 again. The end."
DIGEST = "0" * 64


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)]


def stored_quads() -> list[ox.Quad]:
    provenance = ox.NamedNode(PROVENANCE_GRAPH)
    found = list(shipped_reference())
    found += [ox.Quad(t.subject, t.predicate, t.object) for t in triples(STORED)]
    found += [ox.Quad(t.subject, t.predicate, t.object, provenance) for t in triples(CLAIMS % DIGEST)]
    return found


def make_build(folder: Path) -> Path:
    """A folder as a build leaves it; returns its store."""
    write_store(stored_quads(), folder / "store")
    (folder / "texts").mkdir()
    (folder / "texts" / f"{DIGEST}.txt").write_text(TEXT, encoding="utf-8")
    return folder / "store"


def judged(text: str | bytes, store: ox.Store, name: str = "entry.ttl") -> Checked:
    """Check an entry; Turtle gets the usual prefixes before it."""
    content = text if isinstance(text, bytes) else (HEAD * name.endswith(".ttl") + text).encode()
    return check_entries([parse_entry(content, name, Facts(store))], store)


def rules(checked: Checked, severity: str | None = None) -> list[str]:
    """What found something: local names of shapes, names of checks."""
    return [f.rule.rpartition("#")[2] for f in checked.report.findings if severity in (None, f.severity)]


def the_one(checked: Checked, rule: str) -> Finding:
    """The only finding of a rule."""
    (found,) = [f for f in checked.report.findings if f.rule.rpartition("#")[2] == rule]
    return found
