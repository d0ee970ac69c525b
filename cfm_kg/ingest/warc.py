"""Web archives: one source a stored page. Needs the extra `warc`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cfm_kg.ingest.formats import HTML, PDF, TEXT
from cfm_kg.ingest.source import LARGEST, File, Refused, make_source
from cfm_kg.model import Source

_KINDS = ("response", "resource", "conversion")
_ARTICLES = (HTML, "application/xhtml+xml", TEXT, PDF)


def from_warc(name: str, file: File) -> Iterator[Source | Refused]:
    """The pages of an archive, one by one; records of other kinds are counted in one refusal."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield Refused(name, "web archives need an extra; what to do: pip install 'cfm-kg[warc]'")
        return
    others = number = 0
    with file.open("rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream), start=1):
                found = _page(f"{name}#{number}", record)
                others += found is None
                if found is not None:
                    yield found
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            yield Refused(
                name, f"the archive is damaged after record {number}: {error}; what to do: fetch it again"
            )
            return
    if others == number:
        yield Refused(
            name, f"none of the archive's {number} records is a page; what to do: name another archive"
        )


def _page(name: str, record: Any) -> Source | Refused | None:
    if record.rec_type not in _KINDS:
        return None
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if headers is None:
        return None
    if record.rec_type == "response" and headers.get_statuscode() != "200":
        return None
    media_type = headers.get_header("Content-Type") or ""
    if media_type.partition(";")[0].strip().lower() not in _ARTICLES:
        return None
    data = record.content_stream().read(LARGEST + 1)
    if len(data) > LARGEST:
        return Refused(name, f"the page is larger than {LARGEST} bytes; what to do: leave it out")
    told = record.rec_headers
    return make_source(
        name,
        data,
        media_type,
        url=told.get_header("WARC-Target-URI"),
        retrieved=told.get_header("WARC-Date"),
    )
