"""Which format a file has: by its suffix, and by its first bytes where the suffix does not tell."""

from __future__ import annotations

import re
from pathlib import PurePath

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
JSON_LINES = "application/jsonl"
FEED = "application/rss+xml"
WARC = "application/warc"

_SUFFIXES = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML,
    ".xhtml": HTML, ".shtml": HTML, ".pdf": PDF, ".docx": DOCX, ".json": JSON, ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES, ".rss": FEED, ".atom": FEED, ".warc": WARC,
}  # fmt: skip
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)
_HEAD = 4096
_CONTROLS = bytes(byte for byte in range(32) if byte < 9 or byte > 13)


def format_of(name: str, data: bytes) -> str | None:
    """The media type of `data`, which bears `name`; None where it is of no known format."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if name.lower().endswith(".warc.gz"):
        return WARC
    by_suffix = _SUFFIXES.get(PurePath(name).suffix.lower())
    if by_suffix == TEXT:
        found = _by_content(head, data)
        return found if found in (HTML, PDF, DOCX) else TEXT
    return by_suffix or _by_content(head, data)


def _by_content(head: bytes, data: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in data else None
    if head.startswith(b"WARC/"):
        return WARC
    if _PAGE.match(head):
        return HTML
    if _FEED.match(head):
        return FEED
    if head.startswith(b"{\\rtf") or (head.lstrip()[:1] == b"<" and b"<?xml" in head[:100]):
        return None
    if re.match(rb"\s*\{\s*\"", head):
        return JSON_LINES if re.search(rb"\}\s*\n\s*\{", data) else JSON
    if re.match(rb"\s*\[\s*\{\s*\"", head):
        return JSON
    return None if _is_binary(head) else TEXT


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return b"\x00" in head or controls * 20 > len(head)
