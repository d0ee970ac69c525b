"""How long reading takes: CPU milliseconds to load, and per article by stage.

    python bench/reading.py [FILE | FOLDER | GLOB …]

Without arguments it reads the articles that come with the tool. CPU time, and the best of some rounds:
other work on the machine counts little. The articles of other languages than the first one's are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import process_time
from typing import ParamSpec, TypeVar

from cfm_kg.annotate import annotate
from cfm_kg.clean import clean
from cfm_kg.extract import extract
from cfm_kg.ingest import sources
from cfm_kg.model import Source
from cfm_kg.reading import language, shipped_registry
from cfm_kg.resolve import resolve
from cfm_kg.resources import articles_dir

P = ParamSpec("P")
T = TypeVar("T")
Times = dict[str, float]

ROUNDS = 9
CLEAN = "clean"
TYPICAL = 3000
"""Characters of a typical article: what times are also given for."""


def timed(times: Times, stage: str, do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Do it and note its time, if it is the best so far."""
    before = process_time()
    result = do(*args, **named)
    times[stage] = min(times.get(stage, float("inf")), 1000 * (process_time() - before))
    return result


def read(source: Source, tongue: str, times: Times) -> int:
    """Note the time of each stage for an article; the length of its text."""
    registry, speech = shipped_registry(), language(tongue)
    document = timed(times, CLEAN, clean, source)
    annotated = timed(times, "annotate", annotate, document, speech, registry)
    extraction = timed(times, "extract", extract, annotated, speech, registry)
    timed(times, "resolve", resolve, annotated, extraction, registry)
    return len(document.text)


def show(heads: Sequence[str], columns: Sequence[Times], sums: Mapping[str, Iterable[str]]) -> None:
    """Print a table of times with sums of some of its rows."""
    print("".join([f"{heads[0]:18}", *(f"{head:>22}" for head in heads[1:])]))
    for stage in [*columns[0], *sums]:
        row = [sum(times[s] for s in sums.get(stage, [stage])) for times in columns]
        print("".join([f"  {stage:16}", *(f"{time:19.2f} ms" for time in row)]))
    print()


def main(names: Iterable[str]) -> None:
    """Measure loading, then reading."""
    articles = [s for s in sources(list(names) or [str(articles_dir())]) if isinstance(s, Source)]
    tongues = [clean(article).language for article in articles]
    tongue = tongues[0]
    loading: Times = {}
    timed(loading, "registry", shipped_registry)
    timed(loading, "language", language, tongue)
    show([f"Loading, {tongue}", "once"], [loading], {"all": loading})

    spoken = [article for article, named in zip(articles, tongues, strict=True) if named == tongue]
    best: list[Times] = [{} for _ in spoken]
    for _ in range(ROUNDS):  # article after article: nothing of one is still remembered when it comes again
        lengths = [read(article, tongue, times) for article, times in zip(spoken, best, strict=True)]
    totals = {stage: sum(times[stage] for times in best) for stage in best[0]}
    mean = {stage: time / len(spoken) for stage, time in totals.items()}
    typical = {stage: time * TYPICAL / sum(lengths) for stage, time in totals.items()}
    show(
        ["Reading", f"mean of {len(spoken)} articles", f"{TYPICAL} characters"],
        [mean, typical],
        {"text to claims": [stage for stage in mean if stage != CLEAN], "all": mean},
    )


if __name__ == "__main__":
    main(sys.argv[1:])
