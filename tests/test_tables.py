"""The graph as tables and as a network: what they hold, and that their description is true."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from needing import need

from cfm_kg.errors import CfmError
from cfm_kg.query import open_source
from cfm_kg.store import with_triple_terms, write_nquads, write_trig
from cfm_kg.tables import tables, write_graphml, write_tables
from cfm_kg.tables.rows import fill
from cfm_kg.tables.schema import read_table
from cfm_kg.vocab import CFM, RDF

SMALL = Path(__file__).parent / "data" / "queries.trig"
NAMES = [table.name for table in tables()]
ID = "https://w3id.org/cfm-kg/id/"
Json = dict[str, Any]
_CASTS = {
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?(e-?\d+)?",
    "boolean": "true|false",
    "string": "(?s:.*)",
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_source(SMALL)


@pytest.fixture(scope="module")
def package(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(store, folder)
    return folder


# ---------------------------------------------------------------- a checker of data packages


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with a tabular data package, by Frictionless Data Package and Table Schema v1."""
    content: Json = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in content["resources"]}
    if content["profile"] != "tabular-data-package" or len(resources) != len(content["resources"]):
        yield "profile, or two resources of one name"
    rows = {name: read(folder, one) for name, one in resources.items()}
    for name, one in resources.items():
        data = (folder / one["path"]).read_bytes()
        if not re.fullmatch(r"[a-z0-9._-]+", name) or re.match(r"/|\.\.", one["path"]):
            yield f"{name}: name or path"
        if one["bytes"] != len(data) or one["hash"] != "sha256:" + hashlib.sha256(data).hexdigest():
            yield f"{name}: bytes or hash"
        yield from (f"{name}: {fault}" for fault in misfits(one["schema"], rows[name]))
        for key in one["schema"].get("foreignKeys", ()):
            there, field = key["reference"]["resource"], key["reference"]["fields"]
            if not {row[key["fields"]] for row in rows[name]} <= {row[field] for row in rows[there]} | {""}:
                yield f"{name}: {key['fields']} refers to nothing in {there}"


def read(folder: Path, resource: Json) -> list[dict[str, str]]:
    text = (folder / resource["path"]).read_bytes().decode(resource["encoding"])
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == [field["name"] for field in resource["schema"]["fields"]]
    return [dict(zip(header, row, strict=True)) for row in rows]


def misfits(schema: Json, rows: list[dict[str, str]]) -> Iterator[str]:
    for field in schema["fields"]:
        name, limits = field["name"], field.get("constraints", {})
        pattern = limits.get("pattern", _CASTS[field["type"]])
        for value in (row[name] for row in rows):
            if value == "":
                if limits.get("required"):
                    yield f"{name} is empty"
            elif not re.fullmatch(pattern, value) or value not in limits.get("enum", [value]):
                yield f"{name} is {value!r}"
            elif field.get("format") == "uri" and not re.match(r"https?://\S+\Z", value):
                yield f"{name} is no address: {value!r}"
    keys = [tuple(row[name] for name in schema.get("primaryKey", row)) for row in rows]
    if len(set(keys)) != len(keys):
        yield "a key stands twice"


def test_the_package_describes_its_files(package: Path) -> None:
    assert list(faults(package)) == []
    listed = {path.stem for path in package.glob("*.csv")}
    assert listed == set(NAMES)
    assert len(NAMES) >= 11


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("meetings.csv", "2020-05-26,day", "26.5.2020,day", "date is '26.5.2020'"),
        ("meetings.csv", "Videoconference", "By letter", "format is 'By letter'"),
        ("participations.csv", "person/ivan-petrov", "person/nobody", "person refers to nothing in people"),
        ("claims.csv", ",0.9", ",often", "confidence is"),
        ("people.csv", f"{ID}person/sergey-lavrov", "", "person is empty"),
        ("datapackage.json", '"name": "people"', '"name": "The People"', "name or path"),
        ("actions.csv", ",adopted", ",signed", "bytes or hash"),
    ],
)
def test_that_check_finds(package: Path, tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    for path in package.iterdir():
        text = path.read_bytes().decode()
        if path.name == file:
            assert old in text, f"nothing to plant a fault in: {old}"
            text = text.replace(old, new, 1)
        (tmp_path / path.name).write_bytes(text.encode())
    try:
        found = list(faults(tmp_path))
    except KeyError as error:  # what a renamed resource was referred to by
        found = [f"name or path {error}"]
    assert any(says in fault for fault in found), found


def test_the_dictionary_tells_of_every_column(package: Path) -> None:
    text = (package / "dictionary.md").read_text(encoding="utf-8")
    for table in tables():
        assert f"`{table.name}.csv`" in text
        assert all(f"| `{column.name}` | {column.type} |" in text for column in table.columns)


# ---------------------------------------------------------------- what they hold


def test_a_date_is_as_exact_as_known(package: Path) -> None:
    schema = {"path": "meetings.csv", "encoding": "utf-8", "schema": {"fields": columns("meetings")}}
    dates = {(row["date"], row["datePrecision"], row["status"]) for row in read(package, schema)}
    assert dates == {
        ("2019-05-22", "day", "Held"),
        ("2020-05-26", "day", "Held"),
        ("2021", "year", "Planned"),
    }


def columns(name: str) -> list[Json]:
    (table,) = (table for table in tables() if table.name == name)
    return [{"name": column.name} for column in table.columns]


@pytest.mark.parametrize("name", NAMES)
def test_no_table_is_empty(store: ox.Store, name: str) -> None:
    (table,) = (table for table in tables() if table.name == name)
    assert fill(table, store).rows


def test_the_same_store_gives_the_same_bytes(store: ox.Store, package: Path, tmp_path: Path) -> None:
    other = ox.Store()
    other.extend(sorted(store, key=str, reverse=True))
    for path in write_tables(other, tmp_path):
        assert path.read_bytes() == (package / path.name).read_bytes()
    assert write_graphml(other) == write_graphml(store)


def test_a_thing_of_two_values_has_one_row_and_is_told(store: ox.Store, tmp_path: Path) -> None:
    twice = ox.Store()
    twice.extend(iter(store))
    title = ox.NamedNode("http://purl.org/dc/terms/title")
    document = next(q.subject for q in store.quads_for_pattern(None, title, None, ox.DefaultGraph()))
    twice.add(ox.Quad(document, title, ox.Literal("zweiter Titel", language="de")))
    heard: list[str] = []
    write_tables(twice, tmp_path, heard=heard.append)
    assert list(faults(tmp_path)) == []
    assert [line for line in heard if "1 left out" in line] == [
        next(line for line in heard if "documents" in line)
    ]


def test_what_a_column_cannot_hold_is_refused(store: ox.Store, tmp_path: Path) -> None:
    wrong = ox.Store()
    wrong.extend(iter(store))
    meeting = ox.NamedNode(ID + "meeting/csto-csc/2021")
    wrong.add(ox.Quad(meeting, ox.NamedNode(CFM("meetingFormat")), ox.NamedNode(CFM("Chair"))))
    with pytest.raises(CfmError, match="the column format of the table meetings"):
        write_tables(wrong, tmp_path)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("# column: s word — a thing", "not a column"),
        ("# column: s iri maybe — a thing", "unknown option"),
        ("# key: s", "lacks columns"),
        ("# column: s iri — a thing\n# key: o", "lacks columns"),
        ("# column: o iri — a thing", "selects other columns"),
    ],
)
def test_a_faulty_header_is_refused(store: ox.Store, tmp_path: Path, head: str, says: str) -> None:
    path = tmp_path / "table.rq"
    path.write_text(f"# title: t\n# description: d\n{head}\nSELECT ?s {{ ?s ?p ?o }}", encoding="utf-8")
    with pytest.raises(CfmError, match=says):
        fill(read_table(path), store)


def test_parquet_holds_the_same(store: ox.Store, package: Path, tmp_path: Path) -> None:
    need(find_spec("pyarrow"), "pyarrow", "pip install 'cfm-kg[tables]'")
    parquet = import_module("pyarrow.parquet")
    write_tables(store, tmp_path, "parquet")
    for table in tables():
        held = parquet.read_table(tmp_path / f"{table.name}.parquet")
        rows = [tuple(row.values()) for row in held.to_pylist()]
        assert tuple(rows) == fill(table, store).rows
        assert [f.metadata[b"description"].decode() for f in held.schema] == [c.text for c in table.columns]
    assert json.loads((tmp_path / "datapackage.json").read_text())["profile"] == "data-package"


def test_the_network_has_typed_attributes(store: ox.Store) -> None:
    try:
        import networkx as nx
    except ImportError:
        need(None, "networkx", "pip install 'cfm-kg[tables]'")
    written = write_graphml(store)
    ids = re.findall(rb'<key id="(.*?)"', written)
    assert len(ids) == len(set(ids)), "Gephi mixes up what has one name for nodes and edges"
    network = nx.parse_graphml(written.decode())
    meeting, person = f"{ID}meeting/csto-cfm/2019-05-22", f"{ID}person/sergey-lavrov"
    assert network.nodes[meeting] == {
        "kind": "meeting",
        "label": "CSTO CFM, 22 May 2019",
        "date": "2019-05-22",
        "year": 2019,
    }
    relations = {data["relation"] for _, _, data in network.edges(data=True)}
    assert {
        "participant",
        "chair",
        "adopted",
        "participantCountry",
        "absentCountry",
        "country",
        "body",
    } <= relations
    between = list(network.get_edge_data(person, meeting).values())
    assert {"relation": "participant", "role": "Member", "year": 2019} in between


# ---------------------------------------------------------------- claims as triple terms


def test_claims_as_triple_terms_lose_nothing(store: ox.Store) -> None:
    plain = set(store)
    terms = with_triple_terms(plain)
    reifies = ox.NamedNode(RDF("reifies"))
    back = {quad for quad in terms if quad.predicate != reifies}
    for quad in (quad for quad in terms if quad.predicate == reifies):
        assert isinstance(quad.object, ox.Triple)
        for part, value in zip(("subject", "predicate", "object"), quad.object, strict=True):
            back.add(ox.Quad(quad.subject, ox.NamedNode(RDF(part)), value, quad.graph_name))
    assert back == plain
    claims = {q.subject for q in plain if q.object == ox.NamedNode(CFM("Claim"))}
    assert len(plain) - len(terms) == 2 * len(claims) > 0
    assert set(ox.parse(write_trig(terms), format=ox.RdfFormat.TRIG)) == set(terms)
    assert set(ox.parse(write_nquads(terms), format=ox.RdfFormat.N_QUADS)) == set(terms)


def test_half_a_claim_stays_as_it_is(store: ox.Store) -> None:
    whole = sorted(store, key=str)
    one = next(quad for quad in whole if quad.predicate == ox.NamedNode(RDF("object")))
    half = [quad for quad in whole if quad != one]
    kept = [q for q in with_triple_terms(half) if q.subject == one.subject]
    assert {q.predicate.value for q in kept} >= {RDF("subject"), RDF("predicate")}
