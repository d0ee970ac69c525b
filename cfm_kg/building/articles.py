"""One article's share of a build: its reading, its row of the report, its lines of the graph."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from cfm_kg.building.records import Article, Checked, Fragment, SetAside, pack, unpack
from cfm_kg.building.report import article_row, dropped_of
from cfm_kg.emit import article_facts, provenance_facts
from cfm_kg.fuse import statements_of, telling
from cfm_kg.model import Literal, Reading, Source
from cfm_kg.pipeline import Unread, read_all, reference
from cfm_kg.quads import Fact, Triple, stored_fact
from cfm_kg.store import fact_lines
from cfm_kg.validate import conforming, terms, validate_facts, written
from cfm_kg.vocab import BASE, CFM, PROVENANCE_GRAPH

Row = tuple[bytes, bytes, bytes, bytes, bytes]
"""Key, reading, article, telling statements, what validation said: as the state keeps them."""
_THINGS = BASE + "id/"


def key_of(source: Source, environment: bytes) -> bytes:
    """The hash of all that a reading depends on."""
    told = sorted(source.metadata.items())
    parts = (source.name, source.sha256, source.media_type, source.url, source.retrieved, told)
    return blake2b(environment + json.dumps(parts).encode(), digest_size=16).digest()


def read_rows(sources: Sequence[tuple[bytes, Source]]) -> list[Row | Unread]:
    """What each source gives, for keeping; sources that cannot be read say why."""
    outcomes = list(read_all(source for _, source in sources))
    readings = [one for one in outcomes if isinstance(one, Reading)]
    checked = iter(_check(readings))
    return [
        _row(key, one, next(checked)) if isinstance(one, Reading) else one
        for (key, _), one in zip(sources, outcomes, strict=True)
    ]


def _row(key: bytes, reading: Reading, checked: Checked) -> Row:
    known, document = reference(), reading.document
    said = list(statements_of(reading, known))
    names = {term for s in said for term in (s.subject, s.object) if isinstance(term, str)}
    article = Article(
        iri=reading.article,
        file=document.name,
        sha256=document.sha256,
        row=article_row(reading),
        claims=len(reading.claims),
        dropped=tuple(sorted(Counter(one.reason for one in dropped_of(reading)).items())),
        spans=len(reading.dropped),
        names=tuple(sorted(name for name in names if name.startswith(_THINGS) and name not in known)),
    )
    fragment = Fragment.of(reading, telling(said))
    return key, pack(reading), pack(article), pack(fragment), pack(checked)


def _check(readings: Sequence[Reading]) -> list[Checked]:
    """What validation says of each article and its claims; copies of one article are judged apart."""
    found: list[Checked] = [Checked()] * len(readings)
    waiting = list(enumerate(readings))
    while waiting:
        batch = {reading.article: (place, reading) for place, reading in reversed(waiting)}
        waiting = [one for one in waiting if batch[one[1].article][0] != one[0]]
        for place, checked in _check_batch(list(batch.values())):
            found[place] = checked
    return found


def _check_batch(batch: Sequence[tuple[int, Reading]]) -> Iterator[tuple[int, Checked]]:
    place_of: dict[str, int] = {}
    every: list[Fact] = []
    for place, reading in batch:
        every += provenance_facts(reading)
        place_of |= dict.fromkeys((reading.article, *(claim.iri for claim in reading.claims)), place)
    kept, report, aside = conforming(every, validate_facts, reference())
    own: dict[int, list[Triple]] = {place: [] for place, _ in batch}
    for subject, predicate, value, _ in kept:
        own[place_of[subject]].append((subject, predicate, value))
    for place, _ in batch:
        yield (
            place,
            Checked(
                tuple(f for f in report.findings if place_of[f.focus] == place),
                tuple(SetAside(a.finding, a.facts) for a in aside if place_of[a.finding.focus] == place),
                tuple(sorted(terms(own[place]))),
            ),
        )


def facts_of(reading: Reading, files: Iterable[str], checked: Checked) -> list[Fact]:
    """The article's part of the graph, as stored: what it says, and provenance that is not set aside."""
    aside = {fact for one in checked.aside for fact in one.facts}
    found = [fact for fact in provenance_facts(reading) if not aside or written(fact) not in aside]
    name = CFM("sourceFile")
    found += [(reading.article, name, Literal(file), PROVENANCE_GRAPH) for file in files]
    said = (*found, *article_facts(reading, reference()))
    return list(dict.fromkeys(map(stored_fact, said)))


def lines_of(reading: Reading, files: Iterable[str], checked: Checked) -> list[bytes]:
    """The lines of the article's part of the graph."""
    return fact_lines(facts_of(reading, files, checked))


def reading_of(data: bytes) -> Reading:
    """A reading that was kept."""
    return unpack(data, Reading)
