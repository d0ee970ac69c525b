"""RSS and Atom files: one source an entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from cfm_kg.ingest.source import Refused, make_source, with_title
from cfm_kg.model import Source

_ENTRIES = ("item", "entry")
_TEXTS = ("encoded", "content", "description", "summary")
"""Elements with the text of an entry, fullest first."""
_DATES = ("published", "pubDate", "date", "issued", "updated")


def from_feed(name: str, data: bytes) -> Iterator[Source | Refused]:
    """The entries of a feed. Entries without text are refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Refused(name, f"the feed is not XML: {error}; what to do: fetch it again")
        return
    entries = [] if root is None else [e for e in root.iter() if _local(e) in _ENTRIES]
    if not entries:
        yield Refused(
            name, "the XML is no RSS or Atom feed with entries; what to do: name an article or a feed"
        )
        return
    publisher = _publisher(root)
    for number, entry in enumerate(entries, start=1):
        yield _article(f"{name}#{number}", entry, publisher)


def _article(name: str, entry: etree._Element, publisher: str | None) -> Source | Refused:
    texts = [text for key in _TEXTS if (text := _child(entry, key))]
    title = _child(entry, "title")
    if not texts:
        return Refused(name, "the entry has no text; what to do: give the address of its article instead")
    date = next((_iso(text) for key in _DATES if (text := _child(entry, key))), None)
    told = {"title": title, "published": date, "publisher": _child(entry, "publisher") or publisher}
    data, media_type = with_title(title, texts[0])
    metadata = {key: value for key, value in told.items() if value}
    return make_source(name, data, media_type, url=_link(entry), metadata=metadata)


def _publisher(root: etree._Element) -> str | None:
    channel = next((e for e in root.iter() if _local(e) in ("channel", "feed")), root)
    return _child(channel, "publisher") or _child(channel, "title")


def _link(entry: etree._Element) -> str | None:
    for child in entry:
        if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
            url = (child.get("href") or child.text or "").strip()
            if url.startswith(("http://", "https://")):
                return url
    return None


def _child(parent: etree._Element, name: str) -> str | None:
    for child in parent:
        if _local(child) == name:
            text = "".join(child.itertext()).strip()
            if child.get("type") == "xhtml":
                text = "".join(etree.tostring(part, encoding="unicode", method="html") for part in child)
            if text:
                return text
    return None


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _iso(text: str) -> str:
    """An RFC 822 date as ISO; another form unchanged, for the next stage to read."""
    try:
        found: datetime = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return text
    return found.isoformat()
