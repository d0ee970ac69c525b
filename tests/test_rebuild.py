"""The same articles in any order give the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

from cfm_kg.building import write_build
from cfm_kg.ingest import sources
from cfm_kg.model import Source
from cfm_kg.pipeline import assemble, read_all
from cfm_kg.resources import articles_dir

FILES = {"graph.ttl", "graph.nq", "graph.trig", "report.json", "claims.jsonl"}


def built(found: list[Source], folder: Path) -> dict[str, bytes]:
    """All files of a build but the store, whose files are not made to be compared."""
    write_build(assemble(read_all(found)), folder)
    kept = (path for path in folder.rglob("*") if path.is_file() and not {"store", ".lock"} & {*path.parts})
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept}


def test_shuffled_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    found = [source for source in sources([str(articles_dir())]) if isinstance(source, Source)]
    assert len(found) == 5
    shuffled = found[:]
    while shuffled == found:
        random.Random(3).shuffle(shuffled)
    one, other = built(found, tmp_path / "one"), built(shuffled, tmp_path / "other")
    assert one.keys() >= FILES
    assert sum(name.startswith("texts") for name in one) == 5
    assert one == other
    assert b"csto-cfm" in one["graph.nq"]
