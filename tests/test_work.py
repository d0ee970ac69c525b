"""How much work reading takes, counted rather than timed, so that it does not depend on the machine.

The ceilings lie some 15 % above what was counted when they were set. Work that a change adds on purpose
raises them; work that it adds by accident is found here.
"""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from cfm_kg.annotate import annotate
from cfm_kg.clean import clean
from cfm_kg.extract import extract
from cfm_kg.ingest import sources
from cfm_kg.model import Document, Source
from cfm_kg.packs import grammar
from cfm_kg.packs.grammar import Rule
from cfm_kg.reading import language, shipped_registry
from cfm_kg.resolve import resolve

ARTICLE = Path(__file__).parent / "cases" / "en" / "d016.txt"
CALLS = 14_400
"""Calls of functions, Python's and built-in ones, from text to claims."""
RULE_RUNS = 280
"""Runs of a rule's pattern over a sentence by the grammar."""


def document() -> Document:
    (source,) = sources([str(ARTICLE)])
    assert isinstance(source, Source)
    return clean(source)


def read(article: Document) -> None:
    speech, registry = language(article.language), shipped_registry()
    annotated = annotate(article, speech, registry)
    resolve(annotated, extract(annotated, speech, registry), registry)


def calls_of(do: Callable[[], object]) -> int:
    """How many functions are called."""
    counted: Counter[str] = Counter()

    def note(frame: FrameType, event: str, arg: object) -> None:
        counted[event] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        do()
    finally:
        sys.setprofile(before)
    return counted["call"] + counted["c_call"]


def rule_runs_of(do: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the pattern of a rule is asked for, to run it."""
    runs = 0
    made: dict[int, re.Pattern[str]] = {}
    compiled = vars(Rule)["compiled"].func

    def counted(rule: Rule) -> re.Pattern[str]:
        nonlocal runs
        runs += 1
        if id(rule) not in made:
            made[id(rule)] = compiled(rule)
        return made[id(rule)]

    with monkeypatch.context() as patch:
        patch.setattr(Rule, "compiled", property(counted))
        do()
    return runs


def test_reading_an_article_calls_no_more_functions_than_it_did() -> None:
    article = document()
    read(article)  # loads, compiles and remembers
    assert CALLS / 2 < calls_of(lambda: read(article)) <= CALLS


def test_no_more_rules_run_than_did(monkeypatch: pytest.MonkeyPatch) -> None:
    article = document()
    read(article)  # what is remembered of sentences is not found again, whichever test ran before
    assert RULE_RUNS / 2 < rule_runs_of(lambda: read(article), monkeypatch) <= RULE_RUNS


def test_work_done_twice_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    article = document()
    read(article)

    def twice() -> None:
        read(article)
        read(article)

    assert calls_of(twice) > CALLS
    assert rule_runs_of(twice, monkeypatch) > RULE_RUNS


def test_reading_leaves_no_garbage_to_search_for() -> None:
    """No value refers back to itself, so that reading may go on without garbage collection."""
    article = document()
    read(article)
    gc.collect()
    gc.disable()
    try:
        read(article)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_rules_are_passed_over_in_most_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the needs of patterns every rule of a group would run."""
    article = document()
    monkeypatch.setattr(grammar._Group, "hopeful", lambda group, met: group.rules)
    assert rule_runs_of(lambda: read(article), monkeypatch) > 10 * RULE_RUNS
