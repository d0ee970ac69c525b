"""The list of a site's pages for search engines (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

_MOST = 50_000
"""At most so many addresses may stand in one file."""
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemaps(base: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """One file, or, where the pages are too many for one, a list of files: names and contents."""
    parts = [paths[at : at + _MOST] for at in range(0, len(paths), _MOST)]
    if len(parts) <= 1:
        yield "sitemap.xml", _file("urlset", "url", [base + quote(path) for path in paths])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _file("sitemapindex", "sitemap", [base + name for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _file("urlset", "url", [base + quote(path) for path in part])


def _file(root: str, entry: str, addresses: Sequence[str]) -> bytes:
    rows = "\n".join(f"<{entry}><loc>{escape(one)}</loc></{entry}>" for one in addresses)
    return f"{_HEAD}<{root} {_NS}>\n{rows}\n</{root}>\n".encode()
