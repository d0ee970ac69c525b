"""How long reading takes: CPU milliseconds to load, and per article by stage, beside the least it could take.

    python bench/reading.py [FILE | FOLDER | GLOB …]

Without arguments it reads the English test articles. CPU time, and the best of some rounds for each article:
other work on the machine counts little. As in a build, garbage is not searched for meanwhile. Articles of
other languages than the first one's are left out.

The limit is one pass each over the same text by what is fastest at it: searching all wordings of the language
and the registry at once, cutting words, cutting sentences. Nothing that understands a text can take less.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import ParamSpec, TypeVar

import ahocorasick_rs

from cfm_kg.annotate import annotate
from cfm_kg.clean import clean
from cfm_kg.extract import extract
from cfm_kg.ingest import sources
from cfm_kg.model import Document, Source
from cfm_kg.packs.language import load_pack
from cfm_kg.reading import language, shipped_registry
from cfm_kg.registry import wordings
from cfm_kg.resolve import resolve

P = ParamSpec("P")
T = TypeVar("T")
Times = dict[str, float]

IMPORTED = 1000 * process_time()
PROJECT = Path(__file__).parent.parent
SHIPPED = [
    PROJECT / "seeds" / "articles",
    *(PROJECT / "tests" / "cases" / s for s in ("en", "messy", "own", "fresh")),
]
ROUNDS = 9
CLEAN = "clean"
CLAIMS = ("annotate", "extract", "resolve")
LIMIT = ("search wordings", "cut words", "cut sentences")
TYPICAL = range(2600, 3400)
"""Characters of a typical article: the mean of those that are so long is given too."""
WORDS = re.compile(r"\w+|[^\w\s]")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


def timed(times: Times, stage: str, do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Do it and note its time, if it is the best so far."""
    before = process_time()
    result = do(*args, **named)
    times[stage] = min(times.get(stage, float("inf")), 1000 * (process_time() - before))
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


def mean(articles: Sequence[Times]) -> Times:
    """The mean time of each stage."""
    return {stage: sum(times[stage] for times in articles) / len(articles) for stage in articles[0]}


def show(heads: Sequence[str], columns: Sequence[Times], sums: Mapping[str, Iterable[str]]) -> None:
    """Print a table of times with sums of some of its rows."""
    print("".join([f"{heads[0]:18}", *(f"{head:>22}" for head in heads[1:])]))
    for stage in [*columns[0], *sums]:
        row = [sum(times[s] for s in sums.get(stage, [stage])) for times in columns]
        print("".join([f"  {stage:16}", *(f"{time:19.3f} ms" for time in row)]))
    print()


def main(names: Iterable[str]) -> None:
    """Measure loading, then reading."""
    places = list(names) or [*map(str, SHIPPED)]
    articles = [s for s in sources(places) if isinstance(s, Source)]
    tongues = [clean(article).language for article in articles]
    tongue = tongues[0]
    loading: Times = {"import": IMPORTED}
    timed(loading, "registry", shipped_registry)
    timed(loading, "language", language, tongue)
    show([f"Loading, {tongue}", "once"], [loading], {"all": loading})

    spoken = [article for article, named in zip(articles, tongues, strict=True) if named == tongue]
    best: list[Times] = [{} for _ in spoken]
    wanted = searcher(tongue)
    gc.disable()
    for _ in range(ROUNDS):  # article after article: little of one is still remembered when it comes again
        read_now = [read(article, tongue, times) for article, times in zip(spoken, best, strict=True)]
        for document, times in zip(read_now, best, strict=True):
            pass_over(document.text, wanted, times)
    typical = [times for document, times in zip(read_now, best, strict=True) if len(document.text) in TYPICAL]
    means = [mean(best), mean(typical)] if typical else [mean(best)]
    show(
        ["Reading", f"mean of {len(best)} articles", f"{len(typical)} of about 3 KB"][: 1 + len(means)],
        means,
        {"text to claims": CLAIMS, "all": (CLEAN, *CLAIMS), "limit": LIMIT},
    )
    ratio = sum(means[-1][stage] for stage in CLAIMS) / sum(means[-1][stage] for stage in LIMIT)
    print(f"Text to claims takes {ratio:.0f} times the limit.")


if __name__ == "__main__":
    main(sys.argv[1:])
