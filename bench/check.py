"""Time and memory of checking and adding one entry: against the seeds' store, and a store of many meetings.

    python bench/check.py [--quick]

The aim is at most twice the time and 1.5 times the memory that the seeds' store takes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
from figures import Figure, table
from running import cfm_kg

from cfm_kg import build
from cfm_kg.store import parse_file
from cfm_kg.vocab import BASE

TOPIC = "One entry"
SLOWER, LARGER = 2.0, 1.5
GOOD = "cfm:Statement"
COMMANDS = (("check", GOOD), ("check", "cfm:Statment"), ("add", GOOD))
BODIES = ("csto-cfm", "csto-csc", "csto-cmd", "csto-cssc", "cis-cfm", "cis-chs", "sco-cfm", "sco-chs")
PEOPLE = ("sergey-lavrov", "sirojiddin-muhriddin", "ararat-mirzoyan")
ENTRY = """@base <{base}id/> .
@prefix cfm: <{base}ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<meeting/csto-cfm/{day}> a cfm:Meeting ;
    cfm:body <body/csto-cfm> ;
    cfm:date "{day}"^^xsd:date ;
    cfm:meetingStatus cfm:Planned ;
    cfm:place <place/dushanbe> ;
    cfm:hostCountry <country/tj> ;
    cfm:participantCountry <country/tj> ;
    cfm:chair <person/sergey-lavrov> ;
    cfm:participant <person/sergey-lavrov> ;
    cfm:participation <participation/csto-cfm/{day}/sergey-lavrov> ;
    cfm:adopted <document/csto-cfm/{day}/on-borders> .

<participation/csto-cfm/{day}/sergey-lavrov> a cfm:Participation ;
    cfm:person <person/sergey-lavrov> ;
    cfm:country <country/ru> ;
    cfm:capacity <post/ru/minister-of-foreign-affairs> ;
    cfm:participationRole cfm:Chair .

<document/csto-cfm/{day}/on-borders> a cfm:Document ;
    dcterms:title "On borders"@en ;
    cfm:documentType {kind} .
"""


def lines(meetings: int) -> Iterator[str]:
    """N-Quads of meetings with participations and documents, about 30 each."""
    thing, cfm, rdf = f"{BASE}id/", f"{BASE}ontology#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xsd, dcterms, first = "http://www.w3.org/2001/XMLSchema#", "http://purl.org/dc/terms/", date(1975, 1, 1)

    def fact(subject: str, predicate: str, value: str) -> str:
        return f"<{thing}{subject}> <{cfm}{predicate}> {value} .\n"

    def kind(subject: str, name: str) -> str:
        return f"<{thing}{subject}> <{rdf}type> <{cfm}{name}> .\n"

    for number in range(meetings):
        body, day = BODIES[number % len(BODIES)], first + timedelta(days=number // len(BODIES))
        name = f"{body}/{day}"
        meeting = f"meeting/{name}"
        yield kind(meeting, "Meeting")
        yield fact(meeting, "body", f"<{thing}body/{body}>")
        yield fact(meeting, "date", f'"{day}"^^<{xsd}date>')
        yield fact(meeting, "meetingStatus", f"<{cfm}Held>")
        yield fact(meeting, "place", f"<{thing}place/dushanbe>")
        yield fact(meeting, "hostCountry", f"<{thing}country/tj>")
        yield fact(meeting, "chair", f"<{thing}person/{PEOPLE[0]}>")
        for person in PEOPLE:
            part = f"participation/{name}/{person}"
            yield fact(meeting, "participant", f"<{thing}person/{person}>")
            yield fact(meeting, "participation", f"<{thing}{part}>")
            yield kind(part, "Participation")
            yield fact(part, "person", f"<{thing}person/{person}>")
            yield fact(part, "participationRole", f"<{cfm}{'Chair' if person == PEOPLE[0] else 'Member'}>")
        for title in ("on-trade", "on-borders"):
            document = f"document/{name}/{title}"
            yield fact(meeting, "adopted", f"<{thing}{document}>")
            yield kind(document, "Document")
            yield fact(document, "documentType", f"<{cfm}Statement>")
            yield f'<{thing}{document}> <{dcterms}title> "{title}"@en .\n'


def make_large(seeds: Path, folder: Path, meetings: int) -> None:
    """The seeds' graph and many meetings as a store."""
    folder.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(parse_file(seeds / "graph.nq"))
    chunk: list[str] = []
    for line in lines(meetings):
        chunk.append(line)
        if len(chunk) >= 300_000:
            store.bulk_load("".join(chunk).encode(), format=ox.RdfFormat.N_QUADS)
            chunk.clear()
    store.bulk_load("".join(chunk).encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    store.optimize()


def ran(command: str, kind: str, store: Path, entry: Path, rounds: int, first: int) -> tuple[float, float]:
    """The best seconds and the most megabytes of rounds whose entries all differ."""
    wanted, found = 0 if kind == GOOD else 1, []
    for number in range(first, first + rounds):
        entry.write_text(ENTRY.format(base=BASE, day=date(2100, 1, 1) + timedelta(days=number), kind=kind))
        one = cfm_kg("--quiet", command, str(entry), "--store", str(store / "store"))
        if one.code != wanted:
            raise SystemExit(f"cfm-kg {command} {entry} exits with {one.code}, not {wanted}: {one.output}")
        found.append((one.seconds, one.megabytes))
    return min(seconds for seconds, _ in found), max(megabytes for _, megabytes in found)


def measure(quick: bool) -> Iterator[Figure]:
    """Checking and adding an entry, with stores of growing size."""
    rounds, sizes = (2, (5_000,)) if quick else (5, (10_000, 100_000))
    with tempfile.TemporaryDirectory() as scratch:
        seeds, entry, first = Path(scratch) / "seeds", Path(scratch) / "entry.ttl", 0
        build(out=seeds)
        large = [Path(scratch) / f"{size}" for size in sizes]
        for folder, size in zip(large, sizes, strict=True):
            make_large(seeds, folder, size)
        for command, kind in COMMANDS:
            name = f"{command} a {'good' if kind == GOOD else 'bad'} entry"
            few = ran(command, kind, seeds, entry, rounds, first)
            yield Figure(TOPIC, f"{name}, seeds", few[0], "s")
            for folder, size in zip(large, sizes, strict=True):
                first += rounds
                many = ran(command, kind, folder, entry, rounds, first)
                label = f"{name}, {size:,} meetings"
                yield Figure(TOPIC, label, many[0], "s", None, f"≤ {SLOWER * few[0]:.2f}")
                yield Figure(TOPIC, f"{label}, memory", many[1], "MB", None, f"≤ {LARGER * few[1]:.0f}")
            first += rounds


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)))
