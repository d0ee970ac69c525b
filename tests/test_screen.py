"""The sieve before pySHACL: it lets nothing wrong pass, and spares pySHACL what is in order."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from making import about_document, about_meeting, reading
from test_shapes import FAILING, PASSING, name, planted, property_shapes

from cfm_kg.entries.patterns import patterns_of
from cfm_kg.model import Literal
from cfm_kg.pipeline import assemble
from cfm_kg.validate import ValidationReport
from cfm_kg.validate.check import asked, asks_for_values, check, check_facts, claimed_properties, required
from cfm_kg.validate.data import Data
from cfm_kg.validate.facts import Statement, plain
from cfm_kg.validate.graphs import from_rdflib
from cfm_kg.validate.ground import Ground, _quad, shipped_ground
from cfm_kg.validate.literals import is_valid, number
from cfm_kg.validate.screen import checks_of
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import CFM, RDF, RDF_TYPE, XSD, thing


def both_ways(triples: Iterable[ox.Triple], context: Iterable[ox.Triple] = ()) -> ValidationReport:
    """The findings, which must be those of pySHACL on everything."""
    judged, others = tuple(triples), tuple(context)
    full = check(Data(judged, context=others), reference=not others)
    assert check_facts(plain(judged), plain(others), reference=not others) == full
    return full


@pytest.mark.parametrize("path", [*PASSING, *FAILING], ids=name)
def test_findings_on_examples_are_the_same(path: Path) -> None:
    report = both_ways(quad.triple for quad in ox.parse(path=str(path)))
    assert bool(report.findings) or path.stem == "pass" or path.stem == "info" or not report.conforms


@pytest.mark.parametrize("shape", property_shapes())
def test_findings_on_what_is_planted_are_the_same(shape: str) -> None:
    for _, graph, focus in planted(shape) if "^" not in shapes().paths[_iri(shape)] else ():
        every = from_rdflib(graph)
        own = [one for one in every if getattr(one.subject, "value", "") in focus]
        assert both_ways(own, set(every) - set(own)).findings


def _iri(shape: str) -> str:
    return next(path for path in shapes().paths if path.rpartition("#")[2] == shape)


def test_nothing_in_order_reaches_pyshacl(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("pySHACL was called")

    monkeypatch.setattr("pyshacl.validate", refuse)
    facts = about_meeting("2021-05-19", meetingStatus=CFM("Held")) + about_document("2021-05-19", "x", "On A")
    assert assemble([reading("a", facts, published="2021-05-19")]).validation.conforms
    wrong = about_meeting("2021-05-19", meetingStatus=CFM("Member"))
    with pytest.raises(AssertionError, match="was called"):
        assemble([reading("a", wrong, published="2021-05-19")])


def test_every_constraint_is_known_to_the_sieve() -> None:
    assert [target.shape for target in shapes().targets if checks_of(target.shape) is None] == []


def test_rules_are_given_all_that_they_ask_for() -> None:
    assert [rule.shape for rule in shapes().rules if not patterns_of(rule).properties() <= asked(rule)] == []
    assert all(len(asked(rule)) < 12 for rule in shapes().rules)
    for rule in shapes().rules:
        patterns = [one for path in patterns_of(rule).paths() for group in path for one in group]
        unnamed = {one.predicate for one in patterns if isinstance(one.predicate, str)}
        assert unnamed <= {one.value for one in patterns}
        assert asks_for_values(rule) is bool(unnamed)
        outer = {getattr(one.predicate, "value", "") for one in patterns_of(rule).patterns}
        assert set() < required(rule) <= outer


def test_the_ground_is_the_same_however_much_stood_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ground, made = shipped_ground(), list[ox.Store]()
    monkeypatch.setattr(sys.modules[Ground.__module__], "_MOST", 3)
    before = None
    for step in range(4):
        said: list[Statement] = [(f"urn:{step}:{i}", RDF_TYPE, CFM("Meeting")) for i in range(2)]
        with ground.store_with([*said, (thing("country", "tj"), CFM("isoCode"), Literal("XX"))]) as store:
            made.append(store)
            found = {str(quad) for quad in store} - {str(quad) for quad in map(_quad, said)}
            assert before in (None, found)
            before = found
    assert len({id(store) for store in made}) == 2
    with ground.store_with([]) as store:
        assert {str(quad.object) for quad in store.quads_for_pattern(*_code())} == {'"TJ"'}


def _code() -> tuple[ox.NamedNode, ox.NamedNode, None]:
    return ox.NamedNode(thing("country", "tj")), ox.NamedNode(CFM("isoCode")), None


def test_rules_reach_claims_by_their_property_or_by_what_names_them() -> None:
    parts, seen = {RDF(name) for name in ("subject", "predicate", "object")}, set[str]()
    for rule in shapes().rules:
        patterns = [one for path in patterns_of(rule).paths() for group in path for one in group]
        about = {one.subject for one in patterns if getattr(one.predicate, "value", "") in parts} - {"this"}
        reached = {one.value for one in patterns if getattr(one.predicate, "value", "") == CFM("claim")}
        for one in patterns:
            if getattr(one.predicate, "value", "") == RDF("predicate") and isinstance(
                one.value, ox.NamedNode
            ):
                reached.add(one.subject)
                seen.add(one.value.value)
        assert about <= reached
    assert seen == claimed_properties() == {CFM("meetingStatus")}


@pytest.mark.parametrize(
    ("form", "datatype", "valid"),
    [
        ("2021-05-19", "date", True),
        ("2021-02-30", "date", False),
        ("2021-5-19", "date", False),
        ("2021-13", "gYearMonth", False),
        ("21", "gYear", False),
        ("0.9", "decimal", True),
        ("0,9", "decimal", False),
        ("-1", "nonNegativeInteger", False),
        ("1\n", "integer", False),
        ("yes", "boolean", False),
        ("x", "anyURI", False),
    ],
)
def test_only_sure_literals_pass(form: str, datatype: str, valid: bool) -> None:
    assert is_valid(Literal(form, XSD(datatype))) is valid


def test_numbers() -> None:
    assert number(Literal("7", XSD("integer"))) == 7
    assert number(Literal("7")) is None
    assert number("urn:7") is None
