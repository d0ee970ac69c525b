"""Fetching from a real server on loopback: what it allows, and what must be refused."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from cfm_kg.ingest import Refused
from cfm_kg.ingest.cache import PageCache
from cfm_kg.ingest.web import Manners, fetch_all
from cfm_kg.model import Source

MANNERS = Manners(timeout=2, deadline=3, largest=5000, redirects=3, pause=0)
PAGE = "<!DOCTYPE html><meta charset=utf-8><h1>Встреча</h1><p>Они встретились.</p>".encode()


class Handler(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []
    robots: ClassVar[tuple[int, bytes]] = (200, b"User-agent: *\nDisallow: /private\n")

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/robots.txt":
            self._answer(self.robots[0], "text/plain", self.robots[1])
        elif self.path == "/loop":
            self._answer(302, "text/html", b"", location="/loop")
        elif self.path == "/moved":
            self._answer(301, "text/html", b"", location="/page")
        elif self.path == "/out":
            self._answer(302, "text/html", b"", location="file:///etc/passwd")
        elif self.path == "/to-private":
            self._answer(302, "text/html", b"", location="/private/page")
        elif self.path == "/large":
            self._answer(200, "text/html", b"x" * 6000)
        elif self.path == "/photo":
            self._answer(200, "image/png", b"\x89PNG")
        elif self.path in ("/page", "/private/page"):
            self._answer(200, "text/html; charset=windows-1251", PAGE)
        else:
            self._answer(404, "text/html", b"gone")

    def _answer(self, status: int, kind: str, body: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Handler, "asked", [])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetch(cache: Path, *urls: str) -> list[Source | Refused]:
    return list(fetch_all(urls, MANNERS, PageCache(cache)))


def test_a_page_and_its_redirect(site: str, tmp_path: Path) -> None:
    (page,) = fetch(tmp_path, f"{site}/moved")
    assert isinstance(page, Source)
    assert (page.data, page.url, page.name) == (PAGE, f"{site}/page", f"{site}/moved")
    assert page.media_type == "text/html; charset=windows-1251"
    assert page.retrieved


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "redirects more than 3 times"),
        ("/out", "only http and https"),
        ("/private/page", "robots.txt forbids"),
        ("/to-private", "robots.txt forbids"),
        ("/large", "larger than 5000 bytes"),
        ("/photo", "image/png"),
        ("/absent", "answers 404"),
    ],
)
def test_refusals_say_why_and_the_next_page_is_fetched(
    site: str, tmp_path: Path, path: str, reason: str
) -> None:
    refused, page = fetch(tmp_path, site + path, f"{site}/page")
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert "what to do: " in refused.reason
    assert isinstance(page, Source)


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://", "http://127.0.0.1:1/x"]
)
def test_what_cannot_be_asked(tmp_path: Path, url: str) -> None:
    (refused,) = fetch(tmp_path, url)
    assert isinstance(refused, Refused)


def test_a_forbidden_page_is_not_asked_for(site: str, tmp_path: Path) -> None:
    fetch(tmp_path, f"{site}/private/page")
    assert Handler.asked == ["/robots.txt"]


@pytest.mark.parametrize(("robots", "allowed"), [((404, b""), True), ((503, b""), False)])
def test_rules_that_are_absent_allow_and_rules_that_fail_forbid(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, robots: tuple[int, bytes], allowed: bool
) -> None:
    monkeypatch.setattr(Handler, "robots", robots)
    (page,) = fetch(tmp_path, f"{site}/page")
    assert isinstance(page, Source) is allowed


def test_a_second_build_asks_no_server(site: str, tmp_path: Path) -> None:
    first = fetch(tmp_path, f"{site}/page")
    asked = len(Handler.asked)
    assert fetch(tmp_path, f"{site}/page") == first
    assert len(Handler.asked) == asked


def test_a_damaged_cache_is_not_believed(site: str, tmp_path: Path) -> None:
    fetch(tmp_path, f"{site}/page")
    (kept,) = tmp_path.glob("*.page")
    kept.write_bytes(b"something else")
    (page,) = fetch(tmp_path, f"{site}/page")
    assert isinstance(page, Source)
    assert page.data == PAGE


def test_hosts_are_given_a_pause(site: str, tmp_path: Path) -> None:
    import httpx

    from cfm_kg.ingest.web import _Fetcher

    waits: list[float] = []
    with httpx.Client() as client:
        fetcher = _Fetcher(client, Manners(pause=5), PageCache(tmp_path), sleep=waits.append)
        fetcher.page(f"{site}/page")
    assert len(waits) == 1
    assert 4 < waits[0] <= 5
