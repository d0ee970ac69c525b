"""Every shape passes its passing example and finds what its failing example plants.

`tests/shapes/<shape>/` holds `pass.ttl` and one file named after the severity that it must give:
`fail.ttl` (a violation), `warning.ttl` or `info.ttl`. The first line of such a file names the shape
that must complain: `# expect: <local name>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from cfm_kg.resources import ontology_dir, shapes_dir
from cfm_kg.validate import validate
from cfm_kg.validate.check import rule_findings
from cfm_kg.validate.core import core_shapes, findings, full_shapes
from cfm_kg.validate.facts import plain
from cfm_kg.validate.graphs import from_rdflib
from cfm_kg.validate.report import Finding
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import prefixes

EXAMPLES = Path(__file__).parent / "shapes"
SHAPE = "https://w3id.org/cfm-kg/shapes#"
CFM = "https://w3id.org/cfm-kg/ontology#"
SEVERITY = {"fail": "Violation", "warning": "Warning", "info": "Info"}
PASSING = sorted(EXAMPLES.glob("*/pass.ttl"))
FAILING = sorted(path for name in SEVERITY for path in EXAMPLES.glob(f"*/{name}.ttl"))


@cache
def context() -> tuple[tuple[Node, Node, Node], ...]:
    graph = Graph().parse(EXAMPLES / "context.ttl")
    concepts = Graph().parse(ontology_dir() / "concepts.ttl")
    graph += concepts.triples((None, RDF.type, None))
    return tuple(graph)


def example(path: Path) -> tuple[Graph, frozenset[str]]:
    """The example within its context, and the nodes that it describes itself."""
    own = Graph().parse(path)
    focus = frozenset(str(subject) for subject in own.subjects())
    described = set(own.subjects(RDF.type, None))
    for triple in context():
        if triple[0] not in described:
            own.add(triple)
    return own, focus


@pytest.fixture(scope="module", autouse=True)
def _queries_are_parsed_once() -> Iterator[None]:
    """pySHACL asks for each node anew, and to read a query takes rdflib longer than to answer it."""

    @cache
    def read(text: str, base: str | None, names: tuple[tuple[str, object], ...]) -> Query:
        return translateQuery(parseQuery(text), base, dict(names))

    def translate(text: str, base: str | None, names: dict[str, object] | None) -> Query:
        return read(text, base, tuple((names or {}).items()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rdflib.plugins.sparql.processor.parseQuery", str)
        patch.setattr("rdflib.plugins.sparql.processor.translateQuery", translate)
        yield


@cache
def by_pyshacl(path: Path) -> frozenset[Finding]:
    """What anyone's SHACL validator says: all shapes as they are, SPARQL constraints node by node."""
    graph, focus = example(path)
    return frozenset(findings(graph, focus, full_shapes()))


def local(finding: Finding) -> str:
    return finding.shape.removeprefix(SHAPE)


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_globs_found_the_examples() -> None:
    folders = [path for path in EXAMPLES.iterdir() if path.is_dir()]
    assert len(PASSING) == len(folders) == 50
    assert len(FAILING) == 56
    assert len(list(shapes_dir().glob("*.ttl"))) == 22
    unknown = {path for path in EXAMPLES.glob("*/*") if path.stem not in {"pass", *SEVERITY}}
    assert not unknown


def test_every_shape_has_both_examples() -> None:
    targeted = {target.shape.removeprefix(SHAPE) for target in shapes().targets}
    assert {path.parent.name for path in PASSING} == targeted
    assert {path.parent.name for path in FAILING} == targeted


@pytest.mark.parametrize("path", PASSING, ids=name)
def test_passing_example_conforms(path: Path) -> None:
    assert by_pyshacl(path) == frozenset()


@pytest.mark.parametrize("path", PASSING, ids=name)
def test_passing_example_is_looked_at(path: Path) -> None:
    """An example that its shape does not target would pass whatever the shape says."""
    graph, focus = example(path)
    targets = [target for target in shapes().targets if target.shape == SHAPE + path.parent.name]
    assert targets
    for target in targets:
        term = URIRef(target.term)
        found = graph.subjects(RDF.type, term) if target.is_class else graph.subjects(term, None)
        assert focus & {str(node) for node in found}


@pytest.mark.parametrize("path", FAILING, ids=name)
def test_failing_example_gives_the_expected_finding(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expect: ")
    found = by_pyshacl(path)
    assert {(local(f), f.severity) for f in found} == {
        (first.removeprefix("# expect: "), SEVERITY[path.stem])
    }


@pytest.mark.parametrize("path", FAILING, ids=name)
def test_validate_refuses_failing_examples_only_for_violations(path: Path) -> None:
    report = validate(path)
    assert report.conforms == (path.stem != "fail")
    assert report.findings
    assert all(finding.where and finding.where.startswith(f"{path}:") for finding in report.findings)


@pytest.mark.parametrize("path", PASSING + FAILING, ids=name)
def test_set_wise_rules_find_what_pyshacl_finds(path: Path) -> None:
    graph, focus = example(path)
    rules = {rule.shape for rule in shapes().rules}
    one_by_one = {
        (f.shape, f.severity, f.focus, f.path, f.value) for f in by_pyshacl(path) if f.shape in rules
    }
    at_once = {
        (f.shape, f.severity, f.focus, f.path, f.value)
        for f in rule_findings(plain(from_rdflib(graph)))
        if f.focus in focus
    }
    assert at_once == one_by_one


def test_set_wise_messages_are_filled_in() -> None:
    graph, _ = example(EXAMPLES / "meeting-absent-not-present" / "fail.ttl")
    messages = [finding.message for finding in rule_findings(plain(from_rdflib(graph)))]
    assert messages == [
        "https://w3id.org/cfm-kg/id/country/by is given as present and as absent. "
        "Keep what the more reliable claim says."
    ]


def property_shapes() -> list[str]:
    return sorted(
        str(shape).removeprefix(SHAPE) for shape in full_shapes().subjects(RDF.type, SH.PropertyShape)
    )


def class_of(property_shape: str) -> str:
    owner = full_shapes().value(None, SH.property, URIRef(SHAPE + property_shape))
    assert isinstance(owner, URIRef), f"{property_shape} belongs to no shape"
    return owner.removeprefix(SHAPE)


def planted(property_shape: str) -> list[tuple[str, Graph, frozenset[str]]]:
    """The class's passing example with one thing made wrong for each constraint of the property shape."""
    shape = URIRef(SHAPE + property_shape)
    full = full_shapes()
    path = full.value(shape, SH.path)
    owner = class_of(property_shape)
    source = EXAMPLES / owner / "pass.ttl"
    found = []

    def subject_of(graph: Graph) -> Node:
        own = Graph().parse(source)
        nodes = [node for node in own.subjects(RDF.type, URIRef(CFM + owner)) if (node, path, None) in own]
        assert nodes, f"{source} has no node with the property of {property_shape}"
        return sorted(nodes, key=str)[0]

    if isinstance(path, URIRef):
        if full.value(shape, SH.minCount) is not None:
            graph, focus = example(source)
            graph.remove((subject_of(graph), path, None))
            found.append(("missing", graph, focus))
        if full.value(shape, SH.maxCount) is not None:
            graph, focus = example(source)
            graph.add((subject_of(graph), path, Literal("another value")))
            found.append(("twice", graph, focus))
        if set(full.predicates(shape)) - {
            RDF.type,
            SH.path,
            SH.minCount,
            SH.maxCount,
            SH.message,
            SH.severity,
        }:
            graph, focus = example(source)
            anything = full.value(shape, SH.nodeKind) == SH.IRIOrLiteral
            wrong = BNode() if anything else Literal("", datatype=RDFS.Literal)
            graph.set((subject_of(graph), path, wrong))
            found.append(("wrong", graph, focus))
    return found


@pytest.mark.parametrize("property_shape", property_shapes())
def test_property_shape_finds_what_is_planted(property_shape: str) -> None:
    path = full_shapes().value(URIRef(SHAPE + property_shape), SH.path)
    if not isinstance(path, URIRef):
        # Followed backwards or along alternatives: planted by removing all links to or from the nodes.
        source = EXAMPLES / class_of(property_shape) / "pass.ttl"
        graph, focus = example(source)
        links = shapes().paths[SHAPE + property_shape].replace("^", "").split("|")
        for link in links:
            graph.remove((None, URIRef(link), None))
        assert property_shape in {local(finding) for finding in findings(graph, focus, core_shapes())}
        return
    cases = planted(property_shape)
    assert cases
    for what, graph, focus in cases:
        found = {local(finding) for finding in findings(graph, focus, core_shapes())}
        assert property_shape in found, f"{property_shape} did not notice a value that is {what}"


def test_a_thing_without_a_name_is_found() -> None:
    graph = Graph().parse(data=f"[] a <{CFM}Place> ; <{RDFS.label}> 'x'@en ; <{CFM}country> [] .")
    found = {(local(f), f.message) for f in validate(graph).findings}
    assert ("Place", "A Place has no name of its own. Give it an IRI under id/.") in found


def test_every_message_is_present() -> None:
    full = full_shapes()
    need = set(full.subjects(RDF.type, SH.PropertyShape)) | set(full.subjects(SH.select, None))
    need |= set(full.subjects(SH.property, None))
    assert len(need) == len(property_shapes()) + len(shapes().rules) + 20
    for node in need:
        messages = list(full.objects(node, SH.message))
        assert len(messages) == 1, node
        text = str(messages[0])
        assert text.endswith("."), node
        assert len(text) > 20, node


def test_shapes_have_names_and_labels() -> None:
    full = full_shapes()
    for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint):
        assert all(isinstance(shape, URIRef) for shape in full.subjects(RDF.type, kind))
    for target in shapes().targets:
        assert full.value(URIRef(target.shape), RDFS.label), target.shape


def test_rules_say_their_target_themselves() -> None:
    """Run set-wise, a rule has no target but what its query says."""
    assert len(shapes().rules) == len({rule.shape for rule in shapes().rules}) == 30
    for rule in shapes().rules:
        target = next(target for target in shapes().targets if target.shape == rule.shape)
        first = rule.query.partition("WHERE {")[2].partition(" .")[0]
        term = next(
            f"{p}:{target.term.removeprefix(n)}" for p, n in prefixes().items() if target.term.startswith(n)
        )
        assert first.split()[0] == "$this"
        assert re.search(rf"\ba {term}\b" if target.is_class else rf"\b{term}\b", first), rule.shape


def test_rules_are_valid_for_both_engines() -> None:
    for rule in shapes().rules:
        assert isinstance(ox.Store().query(rule.query), ox.QuerySolutions)
        Graph().query(rule.query)
