"""Reading a chunk of files: what each article says, by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cfm_kg.building.articles import Row, key_of, read_rows, reading_of
from cfm_kg.building.records import Article, Checked, Fragment, pack, unpack
from cfm_kg.cluster import families
from cfm_kg.cluster.alone import read_alone
from cfm_kg.cluster.job import Job, place_in
from cfm_kg.cluster.lines import Sample, article_lines, sample
from cfm_kg.cluster.places import Place, file_at
from cfm_kg.cluster.sections import made, section
from cfm_kg.environment import environment
from cfm_kg.ingest import Refused, from_file
from cfm_kg.model import Source
from cfm_kg.pipeline import Unread
from cfm_kg.vocab import thing

COPIES = 16
"""Sections by article, in which copies are looked for."""
_AT_ONCE = 64
_LOOKED_AT, _LINES = 8, 48
"""Of so many articles one is looked at, and so many of its lines taken, to know where to cut parts."""
Copy = tuple[str, str, bytes]
"""Article, file name, key of the reading."""
Kept = tuple[str, str, bytes, bytes, bytes, bytes]
"""Article, file name, key; reading, `Article`, and what validation said, packed."""
Telling = tuple[str, bytes, bytes]
"""Article, key of the reading, what it says that tells meetings and documents apart, packed."""
Keyed = tuple[bytes, Source]
Reader = Callable[[Sequence[Keyed]], list[Row | Unread]]


@dataclass(frozen=True, slots=True)
class ChunkRead:
    """What a chunk gave. `articles` counts copies one by one; `links` tie families of bodies together."""

    articles: int
    unread: tuple[Unread, ...]
    families: tuple[int, ...]
    """Families of bodies that are named."""
    links: tuple[tuple[int, int], ...]
    samples: dict[str, Sample]


def rows_of(job: Job, chunk: str) -> str:
    """The work file of what a chunk's articles say: its readings, copies, and what tells things apart."""
    return job.name("read", chunk)


def read_chunk(job: Job, chunk: str, alone: bool = False) -> ChunkRead:
    """Read the files of a chunk; `alone`, each article in a process that may die of it."""

    def make() -> tuple[ChunkRead, Sequence[object]]:
        job.check()
        places = unpack(job.work.read(chunk), list[Place])
        unread, rows = list[Unread](), list[tuple[Source, Row]]()
        for (_, source), one in _outcomes(_sources(places, unread), read_alone if alone else read_rows):
            if isinstance(one, Unread):
                unread.append(one)
            else:
                rows.append((source, one))
        return _gathered(rows, unread)

    return made(job.work, rows_of(job, chunk), ChunkRead, make)


def kept_rows(job: Job, chunk: str) -> list[Kept]:
    """The readings of a chunk."""
    return section(job.work, rows_of(job, chunk), 0, list[Kept]) or []


def _sources(places: Sequence[Place], unread: list[Unread]) -> Iterator[Keyed]:
    for place in places:
        for one in from_file(place.name, file_at(place.url)):
            if isinstance(one, Refused):
                unread.append(Unread(one.name, one.reason))
            else:
                yield key_of(one, environment()), one


def _outcomes(sources: Iterator[Keyed], reader: Reader) -> Iterator[tuple[Keyed, Row | Unread]]:
    while some := list(islice(sources, _AT_ONCE)):
        yield from zip(some, reader(some), strict=True)


def _gathered(
    rows: Sequence[tuple[Source, Row]], unread: Sequence[Unread]
) -> tuple[ChunkRead, Sequence[object]]:
    kept, links = list[Kept](), set[tuple[int, int]]()
    copies: list[list[Copy]] = [[] for _ in range(COPIES)]
    telling: list[list[Telling]] = [[] for _ in range(families.FAMILIES)]
    for source, (key, reading, article, told, checked) in rows:
        iri = thing("article", source.sha256[:16])
        kept.append((iri, source.name, key, reading, article, checked))
        copies[place_in(iri, COPIES)].append((iri, source.name, key))
        parts, tied = families.apart(unpack(told, Fragment))
        links |= tied
        for family, fragment in parts.items():
            telling[family].append((iri, key, pack(fragment)))
    there = tuple(family for family, some in enumerate(telling) if some)
    summary = ChunkRead(len(rows), tuple(unread), there, tuple(sorted(links)), _samples(kept))
    return summary, [kept, *copies, *telling]


def _samples(kept: Sequence[Kept]) -> dict[str, Sample]:
    found: dict[str, list[bytes]] = defaultdict(list)
    some = kept[::_LOOKED_AT]
    for _, name, _, reading, article, checked in some:
        lines = article_lines(reading_of(reading), [name], unpack(article, Article), unpack(checked, Checked))
        for kind, more in lines.items():
            found[kind] += more
    return sample(found, _LINES * max(len(some), 1), len(some) / len(kept)) if kept else {}
