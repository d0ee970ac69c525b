"""Which file of a published site holds what the server has at an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from cfm_kg.serve.linked.forms import split
from cfm_kg.serve.linked.site import kept_as

INDEX, DATASET = "index.html", "dataset.html"
_LISTS: Mapping[str, tuple[str, ...]] = {
    "meetings": ("body", "from", "to", "place", "country", "person", "topic", "status"),
    "attendance": ("body", "from", "to"),
    "documents": ("type", "action", "topic", "year"),
    "places": ("body", "from", "to", "topic", "status"),
    "people": (),
    "countries": (),
    "chairmanships": (),
}
"""Lists, and by what they are written: links of pages lead to these, so that their number is bounded."""
_PARTS = frozenset({"claim", "intervention", "membership", "participation", "tally", "tenure"})
"""Things that the pages of others tell of: they have none of their own here."""
_DOWNLOADS = frozenset({"/meetings.csv", "/meetings.json"})
_VALUE = re.compile(r"[\w.-]+")
_VOCABULARY = re.compile(r"/(ontology|shapes(/[\w-]+)?)(\.ttl)?\Z")
_LONGEST = 200
"""Bytes that a part of a path may have; file systems end at 255."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file of the site, the server's address of what it holds, and where in it a link leads."""

    file: str
    address: str
    fragment: str = ""


class Addresses:
    """From the server's addresses to files."""

    def __init__(
        self,
        sections: Collection[str],
        is_known: Callable[[str], bool],
        article_of: Callable[[str], str],
        others: Collection[str],
    ) -> None:
        """`is_known`: whether the store says something of a path below `id/`; `article_of`: the path of a
        claim's article; `others`: files beside the pages.
        """
        self._sections = frozenset(sections)
        self._is_known = is_known
        self._article_of = article_of
        self._others = frozenset(others)

    def target(self, address: str) -> Target | None:
        """Where a link leads to; None where the site has nothing of it."""
        parts = urlsplit(address)
        path, query = unquote(parts.path), parse_qsl(parts.query)
        file = self._file(path, query)
        if file is None and path.startswith("/id/claim/"):
            article = self._article_of(path.removeprefix("/"))
            key = path.rpartition("/")[2]
            return Target(f"{article}.html", f"/{article}.html", f"at-{key}") if article else None
        if file is None or any(
            len(part.encode()) > _LONGEST or part in ("", ".", "..") for part in file.split("/")
        ):
            return None
        return Target(file, self._address(parts.path, parts.query), parts.fragment)

    @staticmethod
    def _address(path: str, query: str) -> str:
        """What the server is asked for: the page of a thing, not the way there."""
        is_thing = path.startswith("/id/") and not split(path)[1]
        return path + (".html" if is_thing else "") + ("?" + query if query else "")

    def _file(self, path: str, query: list[tuple[str, str]]) -> str | None:
        name = path.removeprefix("/")
        if not name:
            return INDEX
        if name in self._sections or name in _LISTS:
            return self._list(name, query) if name in self._sections else None
        if path == "/.well-known/void":
            return DATASET
        if path in _DOWNLOADS:
            return None if query else name
        if _VOCABULARY.match(path):
            return name if name.endswith(".ttl") else f"{name}.html"
        if path.startswith("/id/"):
            return self._thing(name)
        return name if name in self._others else None

    def _thing(self, name: str) -> str | None:
        stem, suffix = split(name)
        if name.split("/")[1] in _PARTS or not _offered(stem, suffix) or not self._is_known(stem):
            return None
        return f"{stem}.{suffix or 'html'}"

    @staticmethod
    def _list(name: str, query: list[tuple[str, str]]) -> str | None:
        """`meetings/body/x/year/2021/page/2.html`."""
        asked = {key: value for key, value in query if value}
        allowed = (*_LISTS.get(name, ()), "page")
        if not set(asked) <= set(allowed) or not all(_VALUE.fullmatch(value) for value in asked.values()):
            return None
        if "from" in asked and asked["from"] == asked.get("to"):
            asked = {**asked, "year": asked["from"], "from": "", "to": ""}
        told = [f"{key}/{asked[key]}" for key in (*allowed[:-1], "year", "page") if asked.get(key)]
        told = list(dict.fromkeys(told))
        return "/".join([name, *told]) + ".html" if told != ["page/1"] else f"{name}.html"


def _offered(stem: str, suffix: str) -> bool:
    return not suffix or suffix == "html" or kept_as(stem, suffix)
