"""What a store says of a thing, what leads to it and who says so; and things by their names."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from cfm_kg.description import Index, Labels, describe, iri_of, nearest
from cfm_kg.quads import quads
from cfm_kg.store import LiveStore, write_store
from cfm_kg.vocab import BASE, CFM, PROVENANCE_GRAPH, RDF_TYPE, RDFS_LABEL, thing

MEETING = thing("meeting", "csto-cfm", "2021-05-19")


@pytest.fixture(scope="module")
def store(seeds_folder: Path) -> ox.Store:
    return ox.Store.read_only(str(seeds_folder / "store"))


def test_each_read_fact_of_a_meeting_has_its_quote(store: ox.Store) -> None:
    found = describe(store, MEETING)
    assert found is not None
    assert found.label == "Council of Foreign Ministers of the CSTO, 2021-05-19"
    assert found.classes == (CFM("Meeting"),)
    assert len(found.facts) > 20
    assert all(fact.sources for fact in found.facts)
    (place,) = (fact for fact in found.facts if fact.property == CFM("place"))
    assert (place.label, place.sources[0].quote) == ("Dushanbe", "Dushanbe")
    article = store.quads_for_pattern(ox.NamedNode(place.sources[0].article), None, None, None)
    assert place.sources[0].file in {getattr(quad.object, "value", "") for quad in article}


def test_statements_hold_what_the_description_tells(store: ox.Store) -> None:
    found = describe(store, MEETING)
    assert found is not None
    assert list(found.quads) == sorted(set(found.quads), key=str)
    assert set(found.quads) <= set(store)
    subjects = {quad.subject.value for quad in found.quads if isinstance(quad.subject, ox.NamedNode)}
    claims = {source.claim for fact in found.facts for source in fact.sources}
    assert {MEETING, *claims} <= subjects
    labelled = {
        quad.subject.value
        for quad in found.quads
        if quad.predicate.value == RDFS_LABEL and isinstance(quad.subject, ox.NamedNode)
    }
    assert thing("place", "dushanbe") in labelled


def test_what_leads_to_a_person_is_told_with_its_quote(store: ox.Store) -> None:
    found = describe(store, thing("person", "sirojiddin-muhriddin"))
    assert found is not None
    (chaired,) = (link for link in found.links if link.property == CFM("chair"))
    assert chaired.subject == MEETING
    assert "Mukhriddin" in chaired.sources[0].quote
    assert not any(link.subject.startswith(f"{BASE}id/claim/") for link in found.links)


def test_the_rest_is_cut_and_told(store: ox.Store) -> None:
    country = thing("country", "tj")
    cut, whole = describe(store, country, limit=3), describe(store, country)
    assert cut is not None
    assert whole is not None
    assert (cut.cut, len(cut.links), whole.cut) == (True, 3, False)
    assert len(whole.links) > 10


def test_nothing_is_said_of_what_is_not_there(store: ox.Store) -> None:
    assert describe(store, thing("meeting", "none", "1900")) is None
    with pytest.raises(ValueError, match="IRI"):
        describe(store, "not an iri")


def test_labels_that_lead_back_to_themselves_end() -> None:
    one, two = thing("meeting", "one"), thing("participation", "two")
    facts = [
        (one, RDF_TYPE, CFM("Meeting")),
        (one, CFM("body"), two),
        (two, RDF_TYPE, CFM("Participation")),
        (two, CFM("person"), one),
    ]
    store = ox.Store()
    store.extend(quads(facts))
    assert Labels(store)(one) == "meeting/one"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Lavrov", "person/sergey-lavrov"),
        ("Сергей Лавров", "person/sergey-lavrov"),
        ("muhriddin sirojiddin", "person/sirojiddin-muhriddin"),
        ("Tadjikistan", "country/tj"),
        ("Tajikstan", "country/tj"),
        ("KG", "country/kg"),
        ("CSTO", "organization/csto"),
        ("csto-cfm", "body/csto-cfm"),
        ("CSTO CFM", "body/csto-cfm"),
    ],
)
def test_names_are_found_in_any_spelling(index: Index, name: str, path: str) -> None:
    assert index.find(name)[0].iri == f"{BASE}id/{path}"


@pytest.fixture(scope="module")
def index(store: ox.Store) -> Index:
    return Index(store)


def test_kinds_and_strangers_are_told_apart(index: Index) -> None:
    assert {match.kind for match in index.find("Dushanbe", "place")} == {"place"}
    assert not index.find("Zzyzx Qwrtp")
    assert not index.find("")


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("meeting/csto-cfm/2021-05-19", MEETING),
        ("/id/meeting/csto-cfm/2021-05-19", MEETING),
        (f" <{MEETING}> ", MEETING),
        ("country:tj", thing("country", "tj")),
        ("cfm:Held", CFM("Held")),
        ("Sergey Lavrov", None),
        ("On cooperation: a statement", None),
        ("", None),
    ],
)
def test_iris_are_told_from_names(text: str, iri: str | None) -> None:
    assert iri_of(text) == iri


def test_what_begins_alike_is_nearest(store: ox.Store) -> None:
    near = nearest(store, thing("meeting", "csto-cfm", "2021-05-20"))
    assert near[0] == MEETING
    assert nearest(store, thing("nonsense", "csto-cfm")) == ()


def test_a_live_store_follows_each_build(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write_store(quads([(MEETING, RDF_TYPE, CFM("Meeting"))]), folder)
    live = LiveStore(folder)
    first = live.snapshot()
    assert live.snapshot() is first
    write_store(quads([(MEETING, RDF_TYPE, CFM("Meeting"))], PROVENANCE_GRAPH), folder)
    second = live.snapshot()
    assert (len(first.store), first.state == second.state) == (1, False)
    assert [quad.graph_name for quad in second.store] == [ox.NamedNode(PROVENANCE_GRAPH)]
    folder.rename(tmp_path / "gone")
    assert live.snapshot() is second
