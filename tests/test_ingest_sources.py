"""Every format's articles, and one explained refusal for each thing that is none."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cfm_kg.errors import CfmError
from cfm_kg.ingest import Refused, one_source, sources
from cfm_kg.model import Source

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour News</title>
<item><title>Ministers meet</title><link>https://harbour.example/1</link>
<pubDate>Fri, 21 Jun 2024 13:32:00 +0300</pubDate>
<content:encoded>&lt;p&gt;They met.&lt;/p&gt;</content:encoded></item>
<item><title>Only a title</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Гавань</title><entry><title>Встреча</title>
<link rel="alternate" href="https://harbour.example/2"/><published>2023-05-05T10:00:00Z</published>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Они встретились.</p></div></content></entry></feed>
"""


def read(*places: Path | str) -> tuple[list[Source], list[Refused]]:
    found = list(sources(str(place) for place in places))
    return [s for s in found if isinstance(s, Source)], [r for r in found if isinstance(r, Refused)]


def test_each_file_once_sorted_and_named_apart(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/x.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    orders = [(tmp_path, tmp_path / "c.txt"), (tmp_path / "c.txt", f"{tmp_path}/*/x.txt", tmp_path)]
    for places in orders:
        found, refused = read(*places)
        assert [s.name for s in found] == ["a/x.txt", "b/x.txt", "c.txt"]
        assert not refused


def test_the_batch_goes_on_past_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("They met.")
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 9)
    (tmp_path / "list.json").write_text("{broken")
    found, refused = read(tmp_path, tmp_path / "absent.txt", f"{tmp_path}/*.nothing")
    assert [s.name for s in found] == ["good.txt"]
    reasons = {r.name.rsplit("/", 1)[-1]: r.reason for r in refused}
    assert len(reasons) == 5
    assert "empty" in reasons["empty.txt"]
    assert "format is unknown" in reasons["photo.jpg"]
    assert "not JSON" in reasons["list.json"]
    assert "no such file" in reasons["absent.txt"]
    assert "no file matches" in reasons["*.nothing"]
    assert all("what to do: " in reason for reason in reasons.values())


def test_content_tells_where_the_suffix_does_not(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"<!DOCTYPE html><p>They met.")
    (tmp_path / "saved.txt").write_bytes(b"\xef\xbb\xbf<html><p>They met.")
    (tmp_path / "note").write_bytes("Они встретились.".encode("cp1251"))
    found, _ = read(tmp_path)
    assert {s.name: s.media_type for s in found} == {
        "page": "text/html",
        "saved.txt": "text/html",
        "note": "text/plain",
    }


def test_json_records(tmp_path: Path) -> None:
    record = {
        "url": "https://harbour.example/1",
        "title": "T",
        "published": "2024-06-21",
        "publisher": "P",
        "text": "X.",
    }
    (tmp_path / "many.json").write_text(json.dumps([record, {"title": "no text"}, 7]))
    (tmp_path / "one.json").write_text(json.dumps(record))
    (tmp_path / "lines.jsonl").write_text(json.dumps(record) + "\n\n{oops\n" + json.dumps(record))
    found, refused = read(tmp_path)
    assert [s.name for s in found] == ["lines.jsonl#1", "lines.jsonl#4", "many.json#1", "one.json"]
    assert {s.data for s in found} == {b"T\n\nX."}
    assert found[0].url == "https://harbour.example/1"
    assert found[0].metadata == {"title": "T", "published": "2024-06-21", "publisher": "P"}
    assert [r.name for r in refused] == ["lines.jsonl#3", "many.json#2", "many.json#3"]


def test_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(RSS)
    (tmp_path / "b.atom").write_text(ATOM)
    found, refused = read(tmp_path)
    assert [s.url for s in found] == ["https://harbour.example/1", "https://harbour.example/2"]
    assert [s.metadata["published"][:10] for s in found] == ["2024-06-21", "2023-05-05"]
    assert [s.metadata["publisher"] for s in found] == ["Harbour News", "Гавань"]
    assert all(s.media_type.startswith("text/html") for s in found)
    assert [r.name for r in refused] == ["a.xml#2"]


def test_a_feed_reads_no_local_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("TOP SECRET")
    bomb = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss><item><title>t</title>'
    (tmp_path / "evil.rss").write_text(bomb + "<description>before &x; after</description></item></rss>")
    found, _ = read(tmp_path / "evil.rss")
    assert all(b"TOP SECRET" not in s.data for s in found)


def _archive(path: Path) -> None:
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=path.suffix == ".gz")
        for number, (status, kind, body) in enumerate(
            [("200 OK", "text/html; charset=utf-8", b"<p>They met."), ("404 Not Found", "text/html", b"no"),
             ("200 OK", "image/png", b"\x89PNG")]
        ):  # fmt: skip
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            url = f"https://harbour.example/{number}"
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_web_archives(tmp_path: Path, name: str) -> None:
    _archive(tmp_path / name)
    (source,), refused = read(tmp_path)
    assert (source.url, source.data) == ("https://harbour.example/0", b"<p>They met.")
    assert source.retrieved
    assert not refused


def test_a_damaged_archive_is_one_refusal(tmp_path: Path) -> None:
    (tmp_path / "bad.warc.gz").write_bytes(gzip.compress(b"no archive at all")[:-6])
    found, refused = read(tmp_path)
    assert not found
    assert len(refused) == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"<!doctype html><p>They met.")))
    (source,), _ = read("-")
    assert (source.name, source.media_type) == ("-", "text/html")


def test_one_source_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They met.")
    assert one_source(str(tmp_path / "a.txt")).data == b"They met."
    (tmp_path / "b.txt").write_text("They met again.")
    for place in (str(tmp_path), str(tmp_path / "absent")):
        with pytest.raises(CfmError):
            one_source(place)
