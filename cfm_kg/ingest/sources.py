"""Any place and any format → sources, or refusals with their reasons."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cfm_kg.errors import CfmError
from cfm_kg.ingest.files import find_files, names_of
from cfm_kg.ingest.formats import FEED, JSON, JSON_LINES, WARC, format_of
from cfm_kg.ingest.source import LARGEST, REMEDY, File, Refused, make_source
from cfm_kg.ingest.tables import from_json, from_json_lines
from cfm_kg.ingest.warc import from_warc
from cfm_kg.model import Source

STANDARD_INPUT = "-"
_FORMATS = ".txt .md .html .pdf .docx .json .jsonl .rss .atom .warc .warc.gz"


def sources(places: Iterable[str]) -> Iterator[Source | Refused]:
    """The sources at `places`, files first and by name, then addresses, then standard input; each place once.

    What cannot be read is refused with its reason, and the rest goes on.
    """
    wanted = sorted(set(places))
    addresses = [place for place in wanted if _is_address(place)]
    found = find_files(p for p in wanted if p not in addresses and p != STANDARD_INPUT)
    names = names_of([entry for entry in found if isinstance(entry, Path)])
    for entry in sorted(found, key=lambda e: names[e] if isinstance(e, Path) else "\U0010ffff" + e.name):
        if isinstance(entry, Refused):
            yield entry
        else:
            yield from from_file(names[entry], entry)
    if addresses:
        from cfm_kg.ingest.web import fetch_all

        for page in fetch_all(addresses):
            yield from _unpacked(page) if isinstance(page, Source) else (page,)
    if STANDARD_INPUT in wanted:
        yield from _from_bytes(STANDARD_INPUT, sys.stdin.buffer.read(LARGEST + 1))


def number_of_places(places: Iterable[str]) -> int:
    """How many files and addresses `places` name: as many outcomes at least, more where one holds several."""
    wanted = set(places)
    apart = {place for place in wanted if _is_address(place) or place == STANDARD_INPUT}
    return len(find_files(wanted - apart)) + len(apart)


def one_source(place: str) -> Source:
    """The one article at `place`. Raises CfmError where there is none, or more than one."""
    return _only(list(sources([place])), place)


def one_article(name: str, data: bytes) -> Source:
    """The one article in some bytes, whose format `name` and they themselves tell.

    Raises CfmError where there is none, or more than one.
    """
    return _only(list(_from_bytes(name, data)), name)


def _only(found: Sequence[Source | Refused], place: str) -> Source:
    refused = [entry for entry in found if isinstance(entry, Refused)]
    articles = [entry for entry in found if isinstance(entry, Source)]
    if len(articles) == 1:
        return articles[0]
    if refused and not articles:
        why, _, remedy = refused[0].reason.partition(REMEDY)
        raise CfmError("the article cannot be read", where=refused[0].name, why=why, remedy=remedy or None)
    raise CfmError(
        f"{len(articles)} articles are here, and one is wanted",
        where=place,
        remedy="name one article's file; `cfm-kg build` reads many",
    )


def _is_address(place: str) -> bool:
    return "://" in place and not Path(place).exists()


def from_file(name: str, file: File) -> Iterator[Source | Refused]:
    """The sources in one file, wherever it lies."""
    try:
        size = file.stat().st_size
        if name.lower().endswith((".warc", ".warc.gz")):
            yield from from_warc(name, file)
            return
        if size > LARGEST:
            yield Refused(name, _too_large(size))
            return
        data = file.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        yield Refused(name, f"the file cannot be read: {why}; what to do: check its permissions")
        return
    if data.startswith(b"WARC/"):
        yield from from_warc(name, file)
    else:
        yield from _from_bytes(name, data)


def _from_bytes(name: str, data: bytes) -> Iterator[Source | Refused]:
    if len(data) > LARGEST:
        yield Refused(name, _too_large(len(data)))
        return
    if not data.strip():
        yield Refused(name, "it is empty; what to do: leave it out, or fetch it again")
        return
    media_type = format_of(name, data)
    if media_type is None or media_type == WARC:
        yield Refused(name, f"its format is unknown; what to do: convert it to one of {_FORMATS}")
        return
    yield from _unpacked(make_source(name, data, media_type))


def _unpacked(source: Source) -> Iterator[Source | Refused]:
    """The articles that a container holds; any other source as it is."""
    media_type = source.media_type.partition(";")[0].strip().lower()
    if media_type == JSON:
        yield from from_json(source.name, source.data)
    elif media_type == JSON_LINES:
        yield from from_json_lines(source.name, source.data)
    elif media_type in (FEED, "application/atom+xml", "application/xml", "text/xml"):
        from cfm_kg.ingest.feeds import from_feed  # with an XML parser behind it

        yield from from_feed(source.name, source.data)
    else:
        yield source


def _too_large(size: int) -> str:
    return f"its {size} bytes are more than the {LARGEST} that are read; what to do: split it"
