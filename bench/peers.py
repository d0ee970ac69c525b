"""What others take for the same: rdflib and pySHACL for the graph, spaCy and dateparser for the text."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from asking import least, parameters
from corpus import PROJECT
from figures import Figure
from growth import sample
from rdflib import Dataset
from running import run, within

from cfm_kg.annotate import annotate
from cfm_kg.annotate.dates import dated
from cfm_kg.annotate.segment import sentences
from cfm_kg.clean import clean
from cfm_kg.ingest import sources
from cfm_kg.model import Document, Source
from cfm_kg.packs.language import load_pack
from cfm_kg.query import catalogue, open_source, query
from cfm_kg.query.bind import bind
from cfm_kg.query.run import parameter_terms
from cfm_kg.query.values import StoreNames
from cfm_kg.reading import language, shipped_registry
from cfm_kg.registry import wordings
from cfm_kg.remote.endpoint import portable

TEXT, GRAPH, QUERIES = "Text, an article", "The graph by a script", "Named queries, rdflib"
SCRIPT, FASTER = 20, 10
PATIENCE = 25
"""What takes so many times as long is ended: pySHACL alone would take an hour."""
ENOUGH = 60
"""CPU seconds that rdflib has for a query at least."""
_OFFICES = ("ROLE", "ROLE_PL", "DEPARTMENT", "DEPUTIES")


def measure(quick: bool) -> Iterator[Figure]:
    """Both kinds; the graph of a few articles if quick."""
    yield from of_text(quick)
    with tempfile.TemporaryDirectory() as scratch:
        yield from of_graph(Path(scratch), 10 if quick else 1_000)


# ------------------------------------------------------------------ text


def of_text(quick: bool) -> Iterator[Figure]:
    """Recognising names and offices beside spaCy; dates beside dateparser."""
    cases = PROJECT / "tests" / "cases"
    found = sources([str(cases / "en"), str(cases / "messy")])
    documents = [d for d in (clean(s) for s in found if isinstance(s, Source)) if d.language == "en"]
    documents = documents[:10] if quick else documents
    speech, registry = language("en"), shipped_registry()
    per = 1000 / len(documents)
    recognise, missed = _spacy(documents)
    ours = least(lambda: [annotate(document, speech, registry) for document in documents])
    yield Figure(TEXT, "recognise (annotate, spaCy)", per * ours, "ms", per * least(recognise), "faster")
    yield Figure(TEXT, "names that spaCy finds and we don't", missed, "", None, "0")
    cut = [sentences(document, speech) for document in documents]
    pairs = list(zip(documents, cut, strict=True))
    ours = least(lambda: [dated(document, parts, speech) for document, parts in pairs])
    yield Figure(TEXT, "dates (ours, dateparser)", per * ours, "ms", per * least(_dateparser(documents), 1))


def _spacy(documents: list[Document]) -> tuple[Callable[[], object], int]:
    """A pass of spaCy's blank pipeline with the same gazetteer and offices, and what only it recognises."""
    import spacy
    from spacy.matcher import Matcher

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH"})
    names = sorted({(kind, wording) for wording, kind, *_ in wordings(shipped_registry(), "en")})
    ruler.add_patterns([{"label": kind, "pattern": wording} for kind, wording in names])
    matcher = Matcher(pipeline.vocab)
    for entry in load_pack("en").words:
        if entry.kind in _OFFICES:
            matcher.add(entry.kind, [[{"LOWER": word} for word in entry.wording.lower().split()]])

    def recognise() -> object:
        return [(parsed, matcher(parsed)) for parsed in map(pipeline, (d.text for d in documents))]

    speech, registry = language("en"), shipped_registry()
    missed = 0
    for document in documents:
        annotated = annotate(document, speech, registry)
        ours = [(u.start, u.end) for s in annotated.sentences for u in s.units if u.values]
        told = [block.span for block in document.blocks if block.kind.value != "noise"]
        for entity in pipeline(document.text).ents:
            inside = any(span.start <= entity.start_char < span.end for span in told)
            known = any(start <= entity.start_char and entity.end_char <= end for start, end in ours)
            missed += entity.label_ in ("NAME", "COUNTRY", "ORG") and inside and not known
    return recognise, missed


def _dateparser(documents: list[Document]) -> Callable[[], object]:
    from dateparser.search import search_dates

    return lambda: [search_dates(document.text, languages=["en"]) for document in documents]


# ------------------------------------------------------------------ graph


def of_graph(folder: Path, articles: int) -> Iterator[Figure]:
    """A build of generated articles with all queries, beside a script; then each query beside rdflib."""
    out, ran = sample(folder, articles)
    store = open_source(out / "store")
    asked = parameters(store)
    questions = sum(least(partial(query, name, store, **given), 1) for name, given in asked.items())
    script = str(Path(__file__).with_name("script.py"))
    ours = ran.cpu + questions
    told = run(
        [sys.executable, script, str(out / "graph.nq"), str(folder / "script")], round(PATIENCE * ours)
    )
    if told.code and not told.stopped:
        raise SystemExit(told.output)
    name = f"{articles:,} articles, all{'; the script was stopped' if told.stopped else ''}"
    yield Figure(GRAPH, name, ours, "s", told.cpu, f"≥ {SCRIPT} times")
    yield from of_queries(out, asked)


def _all_rows(graph: Dataset, text: str) -> list[object]:
    return list(graph.query(text))


def of_queries(out: Path, asked: dict[str, dict[str, str]]) -> Iterator[Figure]:
    """Each named query on the store and on the same graph in rdflib."""
    store, graph = open_source(out / "store"), Dataset(default_union=False)
    graph.parse(out / "graph.nq", format="nquads")
    for name, given in asked.items():
        named = catalogue()[name]
        text = portable(bind(named.text, parameter_terms(named, StoreNames(store), given)))
        ours = least(partial(query, name, store, **given))
        theirs, stopped = within(max(ENOUGH, round(PATIENCE * ours)), partial(_all_rows, graph, text))
        title = f"{name}; rdflib was stopped" if stopped else name
        yield Figure(QUERIES, title, 1000 * ours, "ms", 1000 * theirs, f"≥ {FASTER} times")
