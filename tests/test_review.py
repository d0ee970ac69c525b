"""The review queue: what is in it, who may decide, what is written, and what the next build makes of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from doubting import doubting
from starlette.testclient import TestClient

from cfm_kg import build
from cfm_kg.disagreements import disagreements
from cfm_kg.errors import CfmError
from cfm_kg.explanation import FILE as CLAIMS
from cfm_kg.explanation import explain, explanations
from cfm_kg.fuse import Verdict, load_decisions
from cfm_kg.review.book import Book, Ruling, Signed
from cfm_kg.review.queue import Ruled, noted, queue
from cfm_kg.review.report import told
from cfm_kg.serve.app import create_app
from cfm_kg.serve.settings import Limits, Settings
from cfm_kg.store import open_store
from cfm_kg.upkeep.backup import back_up, restore
from cfm_kg.vocab import CFM, thing

TOKEN = "a token of the tests"
ARTICLES = {
    "first.txt": "Ministers meet\n\n"
    "MINSK, 22 June 2024 (Steppe Press) - A meeting of the CSTO Council of Foreign Ministers was held in "
    "Minsk on 21 June 2024. Deputy Foreign Minister of Kyrgyzstan Azat Imanaliev attended. Ministers will "
    "also consider the draft decision about the legal status of observers under the CSTO.\n",
    "second.txt": "Ministers meet on the lake\n\n"
    "ASTANA, 23 June 2024 (Lake Press) - A meeting of the CSTO Council of Foreign Ministers was held in "
    "Astana on 21 June 2024. Deputy Foreign Minister of Kyrgyzstan Azat Imanaliyev attended. Kazakhstan was "
    "represented not by its foreign minister but by Deputy Foreign Minister Roman Vassilenko.\n",
}
MEETING = thing("meeting", "csto-cfm/2024-06-21")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles, and what was built of them."""
    made = tmp_path_factory.mktemp("once")
    for name, text in ARTICLES.items():
        (made / name).write_text(text)
    with doubting("meeting-place", "future-active"):
        build(made.glob("*.txt"), out=made / "build")
    return made


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once, tmp_path, dirs_exist_ok=True)) / "build"


@pytest.fixture
def client(folder: Path) -> TestClient:
    return TestClient(create_app(Settings(folder / "store", writable=True, token=TOKEN)))


def sign_in(client: TestClient) -> str:
    """Sign in; returns the token that forms carry."""
    client.post("/review/sign-in", data={"who": "A. Editor", "token": TOKEN})
    return form_of(client)


def form_of(client: TestClient) -> str:
    found = re.search(r'name="form" value="([^"]+)"', client.get("/review").text)
    assert found
    return found[1]


def card(client: TestClient, words: str) -> tuple[str, dict[str, str], list[str]]:
    """The first card that holds some words: its key, its choices by their labels, and its claims."""
    for text in client.get("/review").text.split('<article class="card"')[1:]:
        if words in text:
            key = re.search(r'name="key" value="([^"]+)"', text)
            choices = re.findall(r'name="choice" value="([^"]+)"[^>]*>([^<]+?)\s*<', text)
            claims = re.findall(r'name="claim" value="([^"]+)"', text)
            return key[1] if key else "", {label: name for name, label in choices}, claims
    raise AssertionError(f"no card holds {words!r}")


def facts(folder: Path, name: str) -> set[str]:
    quads = open_store(folder / "store").quads_for_pattern(
        ox.NamedNode(MEETING), ox.NamedNode(CFM(name)), None, ox.DefaultGraph()
    )
    return {str(getattr(quad.object, "value", "")).rpartition("/")[2] for quad in quads}


def test_all_kinds_are_in_the_queue(folder: Path) -> None:
    items = queue(open_store(folder / "store"), told(folder))
    assert all(item.kind != "claim" for item in queue(open_store(folder / "store"), told(folder), 0.4))
    assert {item.kind for item in items} == {"conflict", "name", "claim"}
    assert len({item.key for item in items}) == len(items)
    left = next(item for item in items if item.left)
    assert left.left is not None
    assert left.left.quote == "foreign minister"
    assert not left.decidable
    names = next(item for item in items if item.kind == "name" and item.things)
    assert [iri.rpartition("/")[2] for iri in names.things] == ["azat-imanaliev", "azat-imanaliyev"]
    assert told(folder / "nowhere").apart == ()


def test_explanations_are_found_by_bisection(folder: Path) -> None:
    names = [line.split('"')[3] for line in (folder / CLAIMS).read_text().splitlines()]
    assert len(names) > 20
    found = explanations([*names, thing("claim", "0"), thing("claim", "zz")], folder)
    assert set(found) == set(names)
    assert all(found[name] == explain(name, folder) for name in names[::7])
    assert explanations(names, folder / "nowhere") == {}
    (folder / CLAIMS).write_bytes(b"")
    assert explanations(names, folder) == {}


def test_nobody_decides_without_the_token(client: TestClient, folder: Path) -> None:
    assert "Sign in to decide" in client.get("/review").text
    assert 'name="choice"' not in client.get("/review").text
    for sent, status, words in (
        ({}, 401, "the name or the token is missing"),
        ({"who": "A. Editor"}, 401, "the name or the token is missing"),
        ({"who": "A. Editor", "token": "guessed"}, 403, "this is not the server&#39;s token"),
    ):
        answer = client.post("/review/sign-in", data=sent)
        assert answer.status_code == status
        assert words in answer.text
        assert "set-cookie" not in answer.headers
    decision = {"key": "x", "choice": "wrong"}
    for path in ("/review", "/review/undo"):
        refused = client.post(path, data=decision)
        assert refused.status_code == 401
        assert "you are not signed in" in refused.text
        bearer = {"Authorization": "Bearer guessed"}
        assert client.post(path, data=decision, headers=bearer).status_code == 403
    other = sign_in(client)
    cookie = client.post("/review/sign-in", data={"who": "B", "token": TOKEN}, follow_redirects=False)
    kept = cookie.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=strict" in kept
    assert TOKEN not in kept
    for form in ("", other):  # another session's, as another page would have to guess it
        refused = client.post("/review", data={**decision, "form": form})
        assert refused.status_code == 403
        assert "this form is not from your session" in refused.text
    assert client.post("/review", data={**decision, "form": form_of(client)}).status_code == 409
    closed = TestClient(create_app(Settings(folder / "store")))
    assert "takes no decisions" in closed.get("/review").text
    assert closed.post("/review/sign-in", data={"who": "A", "token": TOKEN}).status_code == 403
    assert 'href="/review"' not in closed.get("/check").text
    changed = create_app(Settings(folder / "store", writable=True, token="another"))
    assert "Signed in" not in TestClient(changed, cookies=client.cookies).get("/review").text
    assert not (folder / "decisions").exists()


def test_decisions_hold_from_the_next_build_on_and_may_be_undone(client: TestClient, folder: Path) -> None:
    form = sign_in(client)
    before = facts(folder, "place")

    def decide(words: str, label: str) -> None:
        key, choices, claims = card(client, words)
        sent = {"form": form, "key": key, "choice": choices[label], "claim": claims}
        answer = client.post("/review", data=sent)
        assert answer.status_code == 200, answer.text
        assert "Decided:" in answer.text
        load_decisions([folder / "decisions"])

    (other,) = {"Minsk", "Astana"} - {next(iter(before)).title()}
    decide(f"It is {other}", f"It is {other}")
    land = {"Minsk": "Belarus", "Astana": "Kazakhstan"}[other]  # a place elsewhere would be set aside
    decide(f"It is {land}", f"It is {land}")
    decide("The same person?", "The same")
    decide("observers", "Wrong")
    assert facts(folder, "place") == before
    assert "<b>4</b> wait for it" in client.get("/review").text
    decided = client.get("/review?kind=decided").text
    assert decided.count("waits for the next build") == 4
    for decision in load_decisions([folder / "decisions"]):
        assert decision.by == "A. Editor"
        assert decision.on.day

    build(folder.parent.glob("*.txt"), out=folder)
    assert facts(folder, "place") == {other.lower()}
    assert facts(folder, "participant") == {"azat-imanaliev", "roman-vassilenko"}
    assert not facts(folder, "considered")
    store = open_store(folder / "store")
    assert not any(one.is_open() and one.property == CFM("place") for one in disagreements(store))
    page = client.get("/review").text
    assert "wait for it" not in page
    assert "The same person?" not in page
    assert client.get("/review?kind=decided").text.count(">in the store<") == 4

    while stems := re.findall(r'name="stem" value="([^"]+)"', client.get("/review?kind=decided").text):
        undone = client.post("/review/undo", data={"form": form, "stem": stems[0]})
        assert undone.status_code == 200
        assert client.post("/review/undo", data={"form": form, "stem": stems[0]}).status_code == 409
    assert load_decisions([folder / "decisions"]) == ()
    assert "<b>4</b> wait for it" in client.get("/review").text
    build(folder.parent.glob("*.txt"), out=folder)
    assert facts(folder, "place") == before
    assert "The same person?" in client.get("/review").text

    decide("The same person?", "Different")
    back_up(folder, folder.parent / "backup.tar.gz")
    kept = (folder / "decisions" / "review.ttl").read_bytes()
    (folder / "decisions" / "review.ttl").write_text("")
    restore(folder.parent / "backup.tar.gz", folder)
    assert (folder / "decisions" / "review.ttl").read_bytes() == kept


def test_what_is_right_is_confirmed_and_another_value_replaces_a_claim(
    client: TestClient, folder: Path
) -> None:
    form = sign_in(client)
    key, choices, claims = card(client, "rule meeting-place is right")
    sent = {"form": form, "key": key, "claim": claims, "reason": "The host says so."}
    for other, words in (("place/nowhere", "nothing here is named"), ("", "cannot be decided so")):
        refused = client.post("/review", data={**sent, "choice": "other", "other": other})
        assert refused.status_code == 400
        assert words in refused.text
    assert client.post("/review", data={**sent, "choice": "right", "claim": []}).status_code == 400
    assert client.post("/review", data={**sent, "choice": choices["Right"]}).status_code == 200
    assert client.post("/review", data={**sent, "choice": choices["Right"]}).status_code == 409
    (made,) = load_decisions([folder / "decisions"])
    assert made.verdict is Verdict.CORRECT
    assert made.value in {thing("place", "minsk"), thing("place", "astana")}
    assert [iri.rpartition("/")[2] for iri in made.claims] == claims
    key, _, claims = card(client, "rule meeting-place is right")
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    sent = {"key": key, "claim": claims, "choice": "other", "other": "place/dushanbe"}
    assert client.post("/review", data=sent, headers=bearer).status_code == 400  # nobody signs it
    answer = client.post("/review", data={**sent, "who": "B. Editor"}, headers=bearer, follow_redirects=False)
    assert answer.status_code == 303
    made = load_decisions([folder / "decisions"])[-1]
    assert {one.value for one in load_decisions([folder / "decisions"])} >= {thing("place", "dushanbe")}


def test_the_book_keeps_what_others_wrote_and_never_becomes_faulty(tmp_path: Path) -> None:
    book = Book(tmp_path / "decisions")
    assert book.decisions() == ()
    signed = Signed("A. Editor", "2026-02-01", 'It says "so" .\nTwice; <b>.')
    pair = (thing("person", "a"), thing("person", "b"))
    stem = book.add([Ruling(Verdict.SAME, things=pair)], signed)
    claims = tuple(thing("claim", one) for one in ("c1", "c2"))
    several = [Ruling(Verdict.CORRECT, fact=(MEETING, CFM("place"), one), claims=(one,)) for one in claims]
    other = book.add(several, signed)
    (tmp_path / "decisions" / "hand.ttl").write_text(
        book.file.read_text().replace("review-", "by-hand-"), encoding="utf-8"
    )
    before = book.file.read_bytes()
    for rulings in ([Ruling(Verdict.SAME, things=pair)], [Ruling(Verdict.DIFFERENT, things=pair[:1])]):
        with pytest.raises(CfmError):
            book.add(rulings, signed)
        assert book.file.read_bytes() == before
    assert len(book.decisions()) == 6
    assert {one.reason for one in book.own()} == {signed.reason}
    assert book.withdraw(other) == 2
    assert book.withdraw(stem) == 1
    assert book.own() == ()
    assert len(book.decisions()) == 3
    with pytest.raises(CfmError, match="no such decision"):
        book.withdraw("by-hand-2026-02-01-same")
    assert not list((tmp_path / "decisions").glob(".new*"))


def test_decisions_of_other_folders_settle_items_too(folder: Path) -> None:
    pair = next(one for one in queue(open_store(folder / "store"), told(folder)) if one.things)
    elsewhere = folder.parent / "elsewhere"
    Book(elsewhere).add(
        [Ruling(Verdict.DIFFERENT, things=pair.things)], Signed("A. Editor", "2026-02-01", "Two people.")
    )
    text = (elsewhere / "review.ttl").read_text()
    (elsewhere / "review.ttl").write_text(text.replace("review-", "agreed-"))
    build(folder.parent.glob("*.txt"), out=folder, decisions=[elsewhere])
    store = open_store(folder / "store")
    assert Ruled.by(noted(store).values()).rest(pair) is None
    client = TestClient(create_app(Settings(folder / "store", writable=True, token=TOKEN)))
    assert "The same person?" not in client.get("/review").text


def test_reading_a_dropped_article_is_bounded(folder: Path) -> None:
    hasty = Settings(folder / "store", limits=Limits(seconds=0.01, parallel=1))
    with TestClient(create_app(hasty)) as client:
        slow = client.post("/read", data={"article": ARTICLES["first.txt"]})
        assert slow.status_code == 504
        assert "took too long" in slow.text
        large = client.post("/read", files={"file": ("large.txt", b"word " * 300_000)})
        assert large.status_code == 413
        assert "too long for this page" in large.text
        assert client.post("/read", data={"article": " "}).status_code == 400
    assert not (folder / "decisions").exists()
