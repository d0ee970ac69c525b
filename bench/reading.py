"""How long reading takes: CPU milliseconds to load, and per article by stage.

    python bench/reading.py [FILE | FOLDER | GLOB …]

Without arguments it reads the articles that come with the tool. CPU time, and the best of some rounds:
other work on the machine counts little. The articles of other languages than the first one's are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
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

ROUNDS = 5
TYPICAL = 3000
"""Characters of a typical article: what times are also given for."""


def timed(times: Times, stage: str, do: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Do it and note its time, if it is the best so far."""
    before = process_time()
    result = do(*args, **named)
    times[stage] = min(times.get(stage, float("inf")), 1000 * (process_time() - before))
    return result


def read(source: Source, tongue: str) -> tuple[Times, int]:
    """The best time of each stage for an article, and the length of its text."""
    registry, speech = shipped_registry(), language(tongue)
    times: Times = {}
    for _ in range(ROUNDS):
        document = timed(times, "clean", clean, source)
        annotated = timed(times, "annotate", annotate, document, speech, registry)
        extraction = timed(times, "extract", extract, annotated, speech, registry)
        timed(times, "resolve", resolve, annotated, extraction, registry)
    return times, len(document.text)


def show(title: str, times: Times, unit: str = "ms") -> None:
    """Print times and their sum."""
    print(title)
    for stage, time in [*times.items(), ("all", sum(times.values()))]:
        print(f"  {stage:10} {time:8.2f} {unit}")


def main(names: Iterable[str]) -> None:
    """Measure loading, then reading."""
    articles = [s for s in sources(list(names) or [str(articles_dir())]) if isinstance(s, Source)]
    tongues = [clean(article).language for article in articles]
    tongue = tongues[0]
    loading: Times = {}
    timed(loading, "registry", shipped_registry)
    timed(loading, "language", language, tongue)
    show(f"Loading, {tongue}", loading)

    read_ones = [read(s, tongue) for s, spoken in zip(articles, tongues, strict=True) if spoken == tongue]
    characters = sum(length for _, length in read_ones)
    totals = {stage: sum(times[stage] for times, _ in read_ones) for stage in read_ones[0][0]}
    count = len(read_ones)
    show(f"Reading an article, mean of {count}", {s: t / count for s, t in totals.items()})
    show(f"For {TYPICAL} characters", {s: t * TYPICAL / characters for s, t in totals.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
