"""The explorer as a folder of files: all pages that pages lead to, data dumps, a search without a server."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import Message

from cfm_kg.errors import CfmError
from cfm_kg.publishing import dumps
from cfm_kg.publishing.addresses import DATASET, Addresses, Target
from cfm_kg.publishing.folder import replacing
from cfm_kg.publishing.index import names_file, quotes_file
from cfm_kg.publishing.links import as_file, canonical
from cfm_kg.publishing.sitemap import sitemaps
from cfm_kg.serve import linked, pages
from cfm_kg.serve.linked.dataset import PATH, count, licence
from cfm_kg.serve.linked.pages import page
from cfm_kg.serve.linked.things import is_said
from cfm_kg.serve.pages import search
from cfm_kg.serve.pages.view import Explorer, View, explorer_of
from cfm_kg.serve.settings import Settings
from cfm_kg.vocab import BASE, CFM

_STATIC = Path(linked.__file__).parent.parent / "static"
_NAMES, _QUOTES = "static/search-names.js", "static/search-quotes.js"
_CLAIMS = 100_000


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: files, pages among them, and bytes."""

    files: int
    pages: int
    size: int


def publish(
    store: Path,
    out: Path,
    base: str | None = None,
    heard: Callable[[int, int], None] = lambda done, all_: None,
) -> Published:
    """Write the site of a store. `base`: the address where it will stand, with a slash at its end.

    `heard` is told how many files are written, of how many that are known of. Raises CfmError where there is
    no store, or where `out` holds something that is no site.
    """
    settings = Settings(store=store, served=False)
    with replacing(out) as folder:
        walk = _Walk(settings, folder, base, heard)
        asyncio.run(walk.all_pages())
        walk.beside()
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        return Published(len(files), sum(path.suffix == ".html" for path in files), size)


class _Walk:
    """From page to page, each written as soon as it is made."""

    def __init__(
        self, settings: Settings, folder: Path, base: str | None, heard: Callable[[int, int], None]
    ) -> None:
        self._app = Starlette(routes=[*pages.routes(settings), *linked.routes(settings)])
        self._app.state.settings = settings
        self._explorer: Explorer = explorer_of(settings)
        self._view: View = self._explorer.view()
        pages.make_ready(self._explorer)
        self._folder, self._base, self._heard = folder, base, heard
        self._article_of = lru_cache(_CLAIMS)(self._read_article)
        static = [f"static/{path.name}" for path in _STATIC.iterdir() if path.is_file()]
        self._addresses = Addresses(
            {name for name in self._explorer.site.sections if "." not in name},
            partial(_known, self._view),
            self._article_of,
            [*static, _NAMES, _QUOTES, *dumps.files()],
        )
        self._given = frozenset([_NAMES, _QUOTES, *dumps.files(), DATASET])
        """Files that are not asked of the server."""
        self._found: dict[str, str] = {}
        """Each file that pages lead to, and the server's address of it."""
        self._waiting: deque[Target] = deque()
        self._done = 0

    def _read_article(self, claim: str) -> str:
        return self._view.one(BASE + claim, "article").removeprefix(BASE)

    def _target(self, address: str) -> Target | None:
        target = self._addresses.target(address)
        if target is not None and target.file not in self._found:
            self._found[target.file] = target.address
            if target.file not in self._given:
                self._waiting.append(target)
        return target

    async def all_pages(self) -> None:
        """All that the first page leads to, and what that leads to."""
        self._target("/")
        while self._waiting:
            target = self._waiting.popleft()
            body = await _asked(self._app, target.address)
            self._write(target.file, body)

    def _write(self, file: str, body: bytes, *, absolute: bool = False) -> None:
        if file.endswith(".html"):
            body = as_file(body.decode(), file, self._target, self._base, absolute).encode()
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self._done += 1
        self._heard(self._done, self._done + len(self._waiting))

    def beside(self) -> None:
        """What is no page of the server: dumps, the dataset's page, what the search looks through."""
        view, site = self._view, self._explorer.site
        written = dumps.write_dumps(view.store, self._folder)
        values: dict[str, Any] = {"counts": count(view.store), "licence": licence(), "dumps": written}
        self._write(DATASET, page(site, "dataset.html", path=PATH, **values))
        names = search.ready(self._explorer, view)
        articles = {claim: article.removeprefix(BASE) for claim, article in view.everywhere(CFM("article"))}
        self._write(_NAMES, names_file(names, view.label, self._found))
        self._write(_QUOTES, quotes_file(names, articles, view.label, self._found))
        (self._folder / ".nojekyll").write_bytes(b"")
        if self._base is not None:
            missing = page(
                site, "missing.html", iri="", is_thing=False, near=[], sections=[], label=str, searched=""
            )
            self._write("404.html", missing, absolute=True)
            listed = [canonical(file) for file in sorted(self._found) if file.endswith(".html")]
            for name, content in sitemaps(self._base, listed):
                self._write(name, content)


def _known(view: View, path: str) -> bool:
    return is_said(view.snapshot, BASE + path)


async def _asked(app: Starlette, address: str) -> bytes:
    """What the server answers. Raises CfmError where it has no page."""
    parts, told = urlsplit(address), list[Message]()
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("localhost", 80),
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"accept", b"text/html")],
    }

    async def receive() -> Message:  # the client never leaves
        forever: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await forever

    async def send(message: Message) -> None:
        told.append(message)

    try:
        await app(scope, receive, send)
        status = told[0]["status"]
    except HTTPException as error:
        status = error.status_code
    if status != 200:
        raise CfmError("a page could not be made", where=address, why=f"the server answers {status}")
    return b"".join(message.get("body", b"") for message in told[1:])
