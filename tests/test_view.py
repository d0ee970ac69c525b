"""What pages read of a store: in which order, and what they make of what is not known."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
from starlette.testclient import TestClient

from cfm_kg.serve.app import create_app
from cfm_kg.serve.settings import Settings
from cfm_kg.store import write_store
from cfm_kg.vocab import CFM, RDF_TYPE, thing


def meeting(name: str, date: str) -> list[ox.Quad]:
    one = ox.NamedNode(thing("meeting", "csto-cfm", name))
    facts = [ox.Quad(one, ox.NamedNode(RDF_TYPE), ox.NamedNode(CFM("Meeting")))]
    return [*facts, ox.Quad(one, ox.NamedNode(CFM("date")), ox.Literal(date))] if date else facts


def test_the_newest_meetings_lead_and_those_without_a_date_come_last(tmp_path: Path) -> None:
    rows = [("2020", "2020"), ("a1b2", ""), ("2021-05-19", "2021-05-19")]
    write_store([quad for name, date in rows for quad in meeting(name, date)], tmp_path / "store")
    page = TestClient(create_app(Settings(store=tmp_path / "store"))).get("/meetings").text
    assert re.findall(r">(2020|2021-05-19|no date)<", page) == ["2021-05-19", "2020", "no date"]
