"""Time and memory of checking and adding one entry: against the seeds' store, and a store of many meetings.

    python bench/check.py [--meetings 100000] [--rounds 5] [--keep FOLDER]

Prints a row for each store and command, and the ratios. Exits with 1 where the large store takes more than
twice the time or 1.5 times the memory. --keep names a folder to keep the generated store in.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox

from cfm_kg import build
from cfm_kg.store import parse_file
from cfm_kg.vocab import BASE

SLOWER, LARGER = 2.0, 1.5
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


CHILD = """
import sys
from cfm_kg.cli import main
try:
    main()
finally:
    with open("/proc/self/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM:"))
    print(peak.split()[1], file=sys.stderr)
"""


def run(*arguments: str) -> tuple[int, float, float]:
    """Exit code, seconds and megabytes of a command in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "--quiet", *arguments], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    return done.returncode, seconds, int(done.stderr.split()[-1]) / 1024


def measure(
    command: str, kind: str, store: Path, entry: Path, rounds: int, first: int
) -> tuple[float, float]:
    """The best seconds and the most megabytes of rounds whose entries all differ."""
    wanted, found = 0 if kind == "cfm:Statement" else 1, []
    for number in range(first, first + rounds):
        entry.write_text(ENTRY.format(base=BASE, day=date(2100, 1, 1) + timedelta(days=number), kind=kind))
        code, seconds, megabytes = run(command, str(entry), "--store", str(store / "store"))
        if code != wanted:
            raise SystemExit(f"cfm-kg {command} {entry} exits with {code}, not {wanted}")
        found.append((seconds, megabytes))
    return min(seconds for seconds, _ in found), max(megabytes for _, megabytes in found)


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        seeds, large = Path(scratch) / "seeds", (options.keep or Path(scratch)) / "large"
        build(out=seeds)
        if not (large / "store").exists():
            start = time.perf_counter()
            make_large(seeds, large, options.meetings)
            print(f"store of {options.meetings:,} meetings made in {time.perf_counter() - start:.0f} s")
        print(f"{'':24}{'seeds':>22}{'large':>22}{'ratio':>16}")
        good, first = True, 0
        for command, kind in (
            ("check", "cfm:Statement"),
            ("check", "cfm:Statment"),
            ("add", "cfm:Statement"),
        ):
            rows = []
            for store in (seeds, large):
                first += options.rounds
                rows.append(measure(command, kind, store, Path(scratch) / "entry.ttl", options.rounds, first))
            (s1, m1), (s2, m2) = rows
            good = good and s2 <= SLOWER * s1 and m2 <= LARGER * m1
            name = f"{command} {'good' if kind == 'cfm:Statement' else 'bad'} entry"
            row = f"{name:24}{s1:9.2f} s {m1:8.0f} MB{s2:9.2f} s {m2:8.0f} MB{s2 / s1:8.2f} {m2 / m1:6.2f}"
            print(row)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
