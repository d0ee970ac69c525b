"""What the search of a published site looks through: names of its pages, and quotes."""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any

from cfm_kg.description import Labels
from cfm_kg.serve.pages.names import Names
from cfm_kg.vocab import BASE, LETTERS

_MOST = 60
"""Things of one name that are listed, as on the server."""


def names_file(names: Names, labels: Labels, written: Container[str]) -> bytes:
    """`search-names.js`: each name with its things, of those that have a page."""
    places: dict[str, int] = {}
    found: list[tuple[str, list[int]]] = []
    for name, iris in names.entries():
        own = [path for iri in iris if f"{(path := iri.removeprefix(BASE))}.html" in written]
        if own:
            found.append((name, [places.setdefault(path, len(places)) for path in own[:_MOST]]))
    things = [(path.removeprefix("id/"), labels(BASE + path)) for path in places]
    letters = {chr(code): latin for code, latin in sorted(LETTERS.items())}
    return _script("cfmNames", {"letters": letters, "things": things, "names": found})


def quotes_file(names: Names, articles: dict[str, str], labels: Labels, written: Container[str]) -> bytes:
    """`search-quotes.js`: quotes with the last part of a claim's name, and the article that holds them.

    `articles`: the path of each claim's article.
    """
    places: dict[str, int] = {}
    found: list[tuple[str, str, int]] = []
    for quote, claim in names.quoted():
        article = articles.get(claim, "")
        if f"{article}.html" in written:
            place = places.setdefault(article, len(places))
            found.append((quote, claim.rpartition("/")[2], place))
    told = [(path.removeprefix("id/"), labels(BASE + path)) for path in places]
    return _script("cfmQuotes", {"articles": told, "quotes": found})


def _script(name: str, value: Any) -> bytes:
    """A value as a script: it is loaded as one, so that the site works from files too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"self.{name}={text};\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
