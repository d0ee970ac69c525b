"""How long reading takes: CPU milliseconds to load, and per article by stage, beside the least it could take.

    python bench/reading.py [--quick]

CPU time, and the best of some rounds for each article:
other work on the machine counts little. As in a build, garbage is not searched for meanwhile. Articles of
other languages than the first one's are left out.

The limit is one pass each over the same text by what is fastest at it: searching all wordings of the language
and the registry at once, cutting words, cutting sentences. Nothing that understands a text can take less.
"""

from __future__ import annotations

import gc
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import process_time
from typing import ParamSpec, TypeVar
from unittest.mock import patch

import ahocorasick_rs
from corpus import write_corpus
from figures import Figure, table

from cfm_kg.annotate import annotate
from cfm_kg.building import articles as checking
from cfm_kg.building import build_folder, settling
from cfm_kg.clean import clean
from cfm_kg.emit import Reference, article_quads, provenance_quads
from cfm_kg.extract import extract
from cfm_kg.fuse import fuse
from cfm_kg.ingest import sources
from cfm_kg.model import Document, Reading, Source
from cfm_kg.packs.language import load_pack
from cfm_kg.pipeline import assemble, organizations, read_all, shipped_reference
from cfm_kg.quads import triples
from cfm_kg.reading import language, shipped_registry
from cfm_kg.registry import wordings
from cfm_kg.resolve import resolve
from cfm_kg.store import write_nquads, write_store
from cfm_kg.validate import conforming, validate_facts

P = ParamSpec("P")
T = TypeVar("T")
Times = dict[str, float]

IMPORTED = 1000 * process_time()
PROJECT = Path(__file__).parent.parent
SHIPPED = [
    PROJECT / "seeds" / "articles",
    *(PROJECT / "tests" / "cases" / s for s in ("en", "messy", "own", "fresh", "varied")),
]
ROUNDS, READS = 9, 400
"""Each article is read so often, and a few articles more often: until there are so many reads."""
TONGUE = "en"
AIM, TIMES, SHARE = 2.5, 25, 25
SPENT = "spent"
CLEAN = "clean"
CLAIMS = ("annotate", "extract", "resolve")
LIMIT = ("search wordings", "cut words", "cut sentences")
TYPICAL = range(2600, 3400)
"""Characters of a typical article: the mean of those that are so long is given too."""
AT_LEAST = 2650
"""Generated articles of so many characters at least have 3,000 on average: what the aim is for."""
WORDS = re.compile(r"\w+|[^\w\s]")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


def timed(times: Times, stage: str, do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Do it and note its time, if it is the best so far."""
    before = process_time()
    result = do(*args, **named)
    times[stage] = min(times.get(stage, float("inf")), 1000 * (process_time() - before))
    return result


def adding(times: Times, do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Do it and add its time to those before."""
    before = process_time()
    result = do(*args, **named)
    times[SPENT] = times.get(SPENT, 0.0) + 1000 * (process_time() - before)
    return result


def read(source: Source, tongue: str, times: Times) -> Document:
    """Note the time of each stage for an article."""
    registry, speech = shipped_registry(), language(tongue)
    document = timed(times, CLEAN, clean, source)
    annotated = timed(times, "annotate", annotate, document, speech, registry)
    extraction = timed(times, "extract", extract, annotated, speech, registry)
    timed(times, "resolve", resolve, annotated, extraction, registry)
    return document


def searcher(tongue: str) -> ahocorasick_rs.AhoCorasick:
    """An automaton that finds all wordings of a language and the registry."""
    names = [wording for wording, *_ in wordings(shipped_registry(), tongue)]
    words = [entry.wording for entry in load_pack(tongue).words]
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(sorted({*names, *words} - {""}), matchkind=longest)


def pass_over(text: str, wanted: ahocorasick_rs.AhoCorasick, times: Times) -> None:
    """Note the times of the passes that no reading can do without."""
    timed(times, LIMIT[0], wanted.find_matches_as_indexes, text)
    timed(times, LIMIT[1], WORDS.findall, text)
    timed(times, LIMIT[2], SENTENCES.split, text)


def articles_of(places: Iterable[str], tongue: str) -> list[Source]:
    """The articles of one language at some places."""
    found = [source for source in sources(list(places)) if isinstance(source, Source)]
    return [source for source in found if clean(source).language == tongue]


def of_stages(name: str, spoken: list[Source], tongue: str, *, aimed: bool = False) -> Iterator[Figure]:
    """The mean time of each stage of reading, and the least that it could be."""
    best: list[Times] = [{} for _ in spoken]
    wanted = searcher(tongue)
    rounds = max(ROUNDS, READS // len(spoken))
    for _ in range(rounds):  # article after article: little of one is still remembered when it comes again
        read_now = [read(article, tongue, times) for article, times in zip(spoken, best, strict=True)]
        for document, times in zip(read_now, best, strict=True):
            pass_over(document.text, wanted, times)
    length = sum(len(document.text) for document in read_now) / len(read_now)
    mean = {stage: sum(times[stage] for times in best) / len(best) for stage in best[0]}
    for stage, time in mean.items():
        yield Figure(f"{name}, {len(best)} of {length:,.0f} characters", stage, time, "ms")
    claims, limit = (sum(mean[stage] for stage in stages) for stages in (CLAIMS, LIMIT))
    topic = f"{name}, {len(best)} of {length:,.0f} characters"
    yield Figure(topic, "text to claims", claims, "ms", None, f"≤ {AIM}" if aimed else "")
    yield Figure(topic, "limit", limit, "ms")
    yield Figure(topic, "text to claims over limit", claims / limit, "×", None, f"≤ {TIMES}" if aimed else "")


def of_graph(spoken: list[Source], scratch: Path) -> Iterator[Figure]:
    """What comes after reading, in one process and in memory: milliseconds an article."""
    readings = [reading for reading in read_all(spoken) if isinstance(reading, Reading)]
    reference = Reference.of(triples(shipped_reference()))
    times: Times = {}
    timed(times, "emit", _emit, readings, reference)
    fusion = timed(times, "fuse", fuse, readings, reference, (), organizations(shipped_reference()))
    checks: Times = {}
    done = assemble(readings, validator=partial(adding, checks, validate_facts))
    times["validate"] = checks[SPENT]
    timed(times, "store", write_store, done.quads, scratch / "store")
    timed(times, "export", write_nquads, done.quads)
    for stage, time in times.items():
        yield Figure(f"After reading, {len(readings)} articles", stage, time / len(readings), "ms")
    assert fusion.facts


def of_validation(articles: Path, scratch: Path) -> Iterator[Figure]:
    """How much of the CPU of a whole build goes into validation, all in this process."""
    checks: Times = {}
    whole: Times = {}
    with ExitStack() as stack:
        for module in (checking, settling):
            stack.enter_context(patch.object(module, "conforming", partial(adding, checks, conforming)))
        adding(whole, build_folder, [str(articles)], scratch / "build")
    share = 100 * checks[SPENT] / whole[SPENT]
    yield Figure("After reading, in a build", "validation of all CPU", share, "%", None, f"≤ {SHARE}")


def _emit(readings: list[Reading], reference: Reference) -> list[object]:
    return [
        quad
        for reading in readings
        for quad in (*provenance_quads(reading), *article_quads(reading, reference))
    ]


def measure(quick: bool) -> Iterator[Figure]:
    """Loading, then reading: shipped test articles, those of them that are about 3 KB, generated ones."""
    loading: Times = {"import": IMPORTED}
    timed(loading, "registry", shipped_registry)
    timed(loading, "language", language, TONGUE)
    for stage, time in loading.items():
        yield Figure("Loading", stage, time, "ms")
    gc.disable()
    shipped = articles_of(map(str, SHIPPED), TONGUE)
    yield from of_stages("Test articles", shipped[:20] if quick else shipped, TONGUE)
    typical = [source for source in shipped if len(clean(source).text) in TYPICAL]
    yield from of_stages("Test articles of about 3 KB", typical, TONGUE, aimed=True)
    with tempfile.TemporaryDirectory() as scratch:
        write_corpus(Path(scratch), 50 if quick else 300, AT_LEAST)
        generated = articles_of([scratch], TONGUE)
        yield from of_stages("Generated articles", generated, TONGUE, aimed=True)
        yield from of_graph(generated, Path(scratch))
        with tempfile.TemporaryDirectory() as built:
            yield from of_validation(Path(scratch), Path(built))


if __name__ == "__main__":
    print(table(measure("--quick" in sys.argv)))
