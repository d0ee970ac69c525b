"""Web addresses → sources, politely: robots.txt, limits of time and size, pauses, a cache. Needs `web`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from cfm_kg.ingest.cache import PageCache
from cfm_kg.ingest.formats import DOCX, FEED, HTML, JSON, MARKDOWN, PDF, TEXT
from cfm_kg.ingest.source import Refused, make_source
from cfm_kg.model import Source
from cfm_kg.resources import cache_dir

if TYPE_CHECKING:
    import httpx

_READABLE = frozenset(
    {
        HTML,
        "application/xhtml+xml",
        TEXT,
        MARKDOWN,
        PDF,
        DOCX,
        JSON,
        FEED,
        "application/atom+xml",
        "application/xml",
        "text/xml",
    }
)
_SCHEMES = ("http", "https")
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Manners:
    """How pages are fetched: seconds, bytes and counts."""

    timeout: float = 15.0
    """For connecting, and for each wait for bytes."""
    deadline: float = 60.0
    """For a page as a whole."""
    largest: int = 16 * 1024 * 1024
    redirects: int = 5
    pause: float = 1.0
    """Between two requests to one host."""
    fresh: float = 24 * 3600.0
    """Age up to which a cached page is not asked for again."""


class _RefusedError(Exception):
    """Why a page is not read; becomes a `Refused`."""


def fetch_all(
    urls: Iterable[str], manners: Manners | None = None, cache: PageCache | None = None
) -> Iterator[Source | Refused]:
    """The pages at `urls`, one by one. A page that cannot be had is refused, and the next is fetched."""
    try:
        import httpx
    except ImportError:
        for url in urls:
            yield Refused(url, "fetching pages needs an extra; what to do: pip install 'cfm-kg[web]'")
        return
    manners = manners or Manners()
    with httpx.Client(
        timeout=manners.timeout, headers={"User-Agent": _agent()}, follow_redirects=False
    ) as client:
        fetcher = _Fetcher(client, manners, cache or PageCache(cache_dir()))
        for url in urls:
            try:
                yield fetcher.page(url)
            except _RefusedError as refusal:
                yield Refused(url, str(refusal))
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                why = str(error) or type(error).__name__
                yield Refused(
                    url, f"it cannot be fetched: {why}; what to do: check the address, or save the page"
                )


@dataclass(slots=True)
class _Fetcher:
    client: httpx.Client
    manners: Manners
    cache: PageCache
    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep

    def page(self, url: str) -> Source:
        kept = self.cache.get(url, self.manners.fresh)
        if kept is not None:
            return make_source(url, kept.data, kept.media_type, url=kept.url, retrieved=kept.retrieved)
        limit = time.monotonic() + self.manners.deadline
        final, media_type, data = self._follow(url, limit)
        retrieved = datetime.now(UTC).isoformat(timespec="seconds")
        self.cache.put(url, final, media_type, retrieved, data)
        return make_source(url, data, media_type, url=final, retrieved=retrieved)

    def _follow(self, url: str, limit: float) -> tuple[str, str, bytes]:
        for _ in range(self.manners.redirects + 1):
            self._check(url, limit)
            status, headers, data = self._get(url, limit)
            if status in _REDIRECTS and "location" in headers:
                url = urljoin(url, headers["location"])
                continue
            if status != 200:
                raise _RefusedError(f"the server answers {status}; what to do: check the address")
            return url, headers.get("content-type", HTML), data
        raise _RefusedError(
            f"it redirects more than {self.manners.redirects} times; what to do: give the last address"
        )

    def _check(self, url: str, limit: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES or not parts.hostname:
            raise _RefusedError(
                f"only http and https are fetched, not {parts.scheme}:; what to do: save the page"
            )
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.robots:
            self.robots[origin] = self._rules(origin, limit)
        if not self.robots[origin].can_fetch(_agent(), url):
            raise _RefusedError("the site's robots.txt forbids it; what to do: save the page from a browser")

    def _rules(self, origin: str, limit: float) -> RobotFileParser:
        """A site's rules; where it has none all is allowed, and where they cannot be had nothing is."""
        rules = RobotFileParser()
        url = f"{origin}/robots.txt"
        for _ in range(self.manners.redirects + 1):
            status, headers, data = self._get(url, limit, readable=False)
            if status not in _REDIRECTS or "location" not in headers:
                break
            url = urljoin(url, headers["location"])
            if urlsplit(url).scheme not in _SCHEMES:
                break
        if status == 200:
            rules.parse(data.decode("utf-8", "replace").splitlines())
        elif status < 500:
            rules.parse([])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
        return rules

    def _get(self, url: str, limit: float, readable: bool = True) -> tuple[int, dict[str, str], bytes]:
        self._wait(urlsplit(url).netloc)
        with self.client.stream("GET", url) as response:
            headers = {key.lower(): value for key, value in response.headers.items()}
            if response.status_code != 200:
                return response.status_code, headers, b""
            media_type = headers.get("content-type", HTML).partition(";")[0].strip().lower()
            if readable and media_type not in _READABLE:
                raise _RefusedError(
                    f"it is {media_type}, which holds no article; what to do: give the article's address"
                )
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > self.manners.largest:
                    raise _RefusedError(
                        f"it is larger than {self.manners.largest} bytes; what to do: save the part you need"
                    )
                if time.monotonic() > limit:
                    raise _RefusedError(
                        f"it takes longer than {self.manners.deadline:g} seconds; what to do: try again later"
                    )
            return response.status_code, headers, bytes(data)

    def _wait(self, host: str) -> None:
        due = self.last.get(host, float("-inf")) + self.manners.pause - time.monotonic()
        if due > 0:
            self.sleep(due)
        self.last[host] = time.monotonic()


def _agent() -> str:
    try:
        return f"cfm-kg/{version('cfm-kg')}"
    except PackageNotFoundError:
        return "cfm-kg"
