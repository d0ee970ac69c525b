"""The script that a user would write with rdflib, pySHACL and rdflib's SPARQL alone.

    python bench/script.py GRAPH.nq OUT

It takes the facts as given, without reading any article: it makes them a data set, writes Turtle and N-Quads,
validates with the project's shapes and asks every named query. Its time is printed by step, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time

import pyshacl
from rdflib import Dataset, Graph

PROJECT = Path(__file__).parent.parent


def main(facts: Path, out: Path) -> None:
    """Do each step once and print the CPU seconds that it took."""
    seconds: dict[str, float] = {}
    start = process_time()

    def done(step: str) -> None:
        nonlocal start
        seconds[step], start = process_time() - start, process_time()

    graph = Dataset(default_union=False)
    graph.parse(facts, format="nquads")
    done("make")
    out.mkdir(parents=True, exist_ok=True)
    graph.serialize(out / "graph.trig", format="trig")
    graph.serialize(out / "graph.nq", format="nquads")
    done("write")
    whole, shapes = Graph(), Graph()
    for quad in graph.quads():
        whole.add(quad[:3])
    for path in sorted([*(PROJECT / "shapes").glob("*.ttl"), *(PROJECT / "ontology").glob("*.ttl")]):
        shapes.parse(path)
    pyshacl.validate(whole, shacl_graph=shapes, advanced=True)
    done("validate")
    for path in sorted((PROJECT / "queries").glob("*.rq")):
        len(list(graph.query(path.read_text(encoding="utf-8"))))
    done("query")
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
