"""What a web page says of itself: schema.org, Open Graph, Dublin Core and plain meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dc.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "publication_date",
    "publication-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "mediator_published_time",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
)
"""Names of meta elements, surest first."""
_TITLE = ("og:title", "dcterms.title", "dc.title", "twitter:title", "headline", "title")
_PUBLISHER = (
    "og:site_name",
    "dcterms.publisher",
    "dc.publisher",
    "publisher",
    "article:publisher",
    "application-name",
)
_URL = ("og:url", "twitter:url", "dc.identifier")
_ARTICLE = re.compile(r"Article|Report|BlogPosting|Posting")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+$")
_DEPTH = 8


def page_metadata(tree: lxml.html.HtmlElement, base: str | None) -> dict[str, str]:
    """`title`, `published`, `publisher`, `url`, `language`, as far as the page tells them."""
    meta = _meta(tree)
    linked = _linked_data(tree)
    article = next((item for item in linked if _ARTICLE.search(str(item.get("@type")))), {})
    told = {
        "title": _text(article.get("headline")) or _first(meta, _TITLE) or _title(tree),
        "published": _text(article.get("datePublished"))
        or _first(meta, _PUBLISHED)
        or _timed(tree)
        or _any_published(linked),
        "publisher": _name(article.get("publisher")) or _site(_first(meta, _PUBLISHER)),
        "url": _canonical(tree, base) or _web(_first(meta, _URL)) or _web(_text(article.get("url"))),
        "language": (tree.get("lang") or "")[:2].lower(),
    }
    return {key: value for key, value in told.items() if value}


def _meta(tree: lxml.html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content and len(content) < 1000:
                found.setdefault(key, content)
    return found


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[key] for key in keys if key in meta), None)


def _linked_data(tree: lxml.html.HtmlElement) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            items.extend(_objects(json.loads(script.text or ""), _DEPTH))
        except (ValueError, RecursionError):
            continue  # damaged linked data is as good as none
    return items


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The page's objects: not those nested in properties, which may be other articles."""
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key), depth - 1)


def _any_published(linked: list[dict[str, Any]]) -> str | None:
    return next((text for item in linked if (text := _text(item.get("datePublished")))), None)


def _timed(tree: lxml.html.HtmlElement) -> str | None:
    """The date of an element that is marked as that of publication."""
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @pubdate or @property='schema:datePublished']"
    ):
        text = element.get("datetime") or element.get("content") or element.text_content()
        if text and text.strip():
            return str(text).strip()[:40]
    return None


def _title(tree: lxml.html.HtmlElement) -> str | None:
    for element in tree.iter("title"):
        text = " ".join((element.text or "").split())
        if text:
            return text[:300]
    return None


def _canonical(tree: lxml.html.HtmlElement, base: str | None) -> str | None:
    for link in tree.xpath("//link[@rel='canonical']/@href"):
        return _web(urljoin(base, str(link)) if base else str(link))
    return None


def _web(url: str | None) -> str | None:
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _site(name: str | None) -> str | None:
    """A site's name; its host or the address of its profile elsewhere is none."""
    return None if name is None or "/" in name or _HOST.match(name) else name


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return next((name for item in value if (name := _name(item))), None)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) or None if isinstance(value, str) else None
