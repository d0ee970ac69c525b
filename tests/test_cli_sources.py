"""What the commands tell of articles that cannot be read, are there twice, or lack something."""

from __future__ import annotations

import json
import shutil
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from test_cli import run

from cfm_kg.ingest import number_of_places
from cfm_kg.resources import articles_dir

ARTICLE = sorted(articles_dir().glob("*.txt"))[1]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with one article, its copy, and files that hold none."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        shutil.copy(ARTICLE, folder / name)
    (folder / "empty.txt").touch()
    (folder / "broken.pdf").write_bytes(b"no pdf at all")
    (folder / "noise.txt").write_text("qwx zzt\n")
    (folder / "records.json").write_text('[{"title": "no text"}]')
    return folder


def test_refusals_are_counted_and_explained_and_the_rest_goes_on(mixed: Path) -> None:
    done = run("build", mixed, mixed / "absent", "--out", mixed.parent / "out")
    assert done.code == 0
    told = [line for line in done.err.splitlines() if line.startswith("not read: ")]
    assert len(told) == 5
    assert all("; what to do: " in line for line in told)
    assert "1 article (1 more copy, 5 not read), " in done.err
    assert "there is no language pack" in next(line for line in told if "noise.txt" in line)
    report = json.loads((mixed.parent / "out" / "report.json").read_text())
    assert len(report["unread"]) == 5
    assert not any("\n" in unread["reason"] for unread in report["unread"])


def test_verbose_tells_of_each_article(mixed: Path) -> None:
    done = run("--verbose", "build", mixed / "a.txt", "--out", mixed.parent / "out")
    assert "read: a.txt: en, published 2024-06-21, " in done.err


def test_no_article_at_all_is_a_failure(mixed: Path) -> None:
    done = run("build", mixed / "empty.txt", "--out", mixed.parent / "out")
    assert (done.code, done.out) == (2, "")
    assert not (mixed.parent / "out").exists()


def test_standard_input_is_read(mixed: Path) -> None:
    text = ARTICLE.read_text()
    from_file, from_stdin = run("extract", ARTICLE), run("extract", "-", stdin=text)
    assert from_stdin.code == 0
    assert from_stdin.out.splitlines()[1:] == from_file.out.splitlines()[1:]
    done = run("build", "-", "--out", mixed.parent / "out", stdin=text)
    assert (done.code, "1 article, " in done.err) == (0, True)


def test_extract_says_why_there_is_no_article(mixed: Path) -> None:
    for place, why in (
        (mixed / "absent.txt", "no such file"),
        (mixed / "noise.txt", "no language"),
        (mixed, "name one article's file"),
        ("ftp://harbour.example/a", "only http and https"),
    ):
        done = run("extract", place)
        assert (done.code, done.out) == (2, ""), place
        assert why in done.err
        assert done.err.count("what to do: ") == 1


@pytest.mark.parametrize(
    ("place", "module", "extra"),
    [("https://harbour.example/a", "httpx", "web"), ("broken.pdf", "pypdf", "office")],
)
def test_a_missing_extra_is_named(
    place: str, module: str, extra: str, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = run("extract", place if "://" in place else mixed / place)
    assert (done.code, done.out) == (2, "")
    assert f"pip install 'cfm-kg[{extra}]'" in done.err


def test_places_are_counted_before_they_are_read(mixed: Path) -> None:
    assert (
        number_of_places([str(mixed), str(mixed / "a.txt"), "https://harbour.example/", "-", "absent"]) == 9
    )


def test_claims_on_the_same_words_are_told_apart(mixed: Path) -> None:
    out = mixed.parent / "out"
    assert run("build", ARTICLE, "--out", out).code == 0
    names = [json.loads(line)["claim"].rsplit("/", 1)[1] for line in (out / "claims.jsonl").open()]
    numbered = [name for name in names if "-" in name]
    assert numbered
    for name in (*numbered, *(name.partition("-")[0] for name in numbered)):
        done = run("explain", name, "--build", out)
        assert done.out.startswith(f"<claim/{name}>\n"), done.err


def test_a_query_needs_no_declarations_of_known_prefixes(mixed: Path) -> None:
    out = mixed.parent / "out"
    run("build", ARTICLE, "--out", out)
    done = run("query", "-", "--store", out / "store", stdin="ASK { ?m a cfm:Meeting }")
    assert (done.code, done.out) == (0, "yes\n"), done.err
    assert "not declared" in run("query", "-", "--store", out / "store", stdin="ASK { ?m a no:Meeting }").err


@pytest.fixture
def site(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The folder's files under an address."""
    monkeypatch.setenv("CFM_KG_CACHE", str(mixed.parent / "cache"))
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    monkeypatch.setattr("cfm_kg.ingest.web._Fetcher._wait", lambda *_: None)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=mixed)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_addresses_and_files_of_one_name_keep_their_names(mixed: Path, site: str) -> None:
    other = mixed / "other" / "a.txt"
    other.parent.mkdir()
    other.write_text(ARTICLE.read_text() + "\nMore.\n")
    (mixed / "only.txt").write_text(ARTICLE.read_text() + "\nEven more.\n")
    out = mixed.parent / "out"
    done = run("build", mixed / "a.txt", other, f"{site}/only.txt", f"{site}/absent.txt", "--out", out)
    assert done.code == 0, done.err
    assert "3 articles (1 not read)" in done.err
    assert "0 facts set aside" in done.err
    files = run("query", "articles", "--store", out / "store", "--format", "csv").out
    for name in ("mixed/a.txt", "other/a.txt", f"{site}/only.txt"):
        assert f",{name}," in files
    assert run("extract", f"{site}/only.txt").out.startswith(f"{site}/only.txt, published 2024-06-21")
