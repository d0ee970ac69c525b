"""Figures against gold facts: equal to the reference algorithm's, fact by fact, and floors that hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from cfm_kg.errors import CfmError
from cfm_kg.evaluate import Counts, difference_lines, evaluate, evaluation_json, load_gold, table
from cfm_kg.evaluate.compare import compare
from cfm_kg.evaluate.facts import read_facts
from cfm_kg.evaluate.found import (
    FoundArticle,
    FoundCount,
    FoundDocument,
    FoundMeeting,
    FoundPerson,
    FoundTurn,
)
from cfm_kg.evaluate.gold import read_gold
from cfm_kg.evaluate.matching import fold, same_format, same_person, same_place, same_role, title_likeness

HERE = Path(__file__).parent
DATA = HERE / "data" / "evaluation"
CASES = HERE / "cases"


@pytest.mark.parametrize(("name", "only"), [("seeds", None), ("messy", "m02[1-6]")])
def test_figures_equal_those_of_the_reference(name: str, only: str | None) -> None:
    """The graphs are gold facts with planted errors; the tables come from the reference implementation."""
    found = table(evaluate(DATA / f"{name}.nq", CASES / name, only))
    assert found == (DATA / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_gold_for_every_article() -> None:
    for name, count in (("seeds", 5), ("en", 30), ("messy", 38), ("ru", 16)):
        gold = load_gold(CASES / name)
        folder = HERE.parent / "seeds" / "articles" if name == "seeds" else CASES / name
        articles = {path.stem for path in folder.iterdir() if path.suffix in (".txt", ".html")}
        assert len(gold) == count
        assert {article.id for article in gold} == articles


def meeting(**more: object) -> dict[str, object]:
    return {"body": "csto-cfm", "main": True, "date": "2021-05-19", **more}


def judged(tmp_path: Path, want: Mapping[str, object], got: FoundArticle) -> dict[str, tuple[int, int, int]]:
    """Right, spurious and missed by kind."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "a", "meetings": [], **want}), encoding="utf-8")
    kinds = compare({"a": got}, [read_gold(path)]).kinds
    return {kind: (c.right, c.spurious, c.missed) for kind, c in kinds.items()}


FOUND = FoundMeeting(body="csto-cfm", date="2021-05-19")


@pytest.mark.parametrize(
    ("want", "got", "right"),
    [
        ({"date": "2021-05-19"}, {}, True),
        ({"date": "2021-05"}, {}, True),  # of the main meeting the date may be less exact
        ({"date": None}, {}, True),
        ({"date": "2021-05", "main": False}, {}, False),
        ({"date": "2021-05-20"}, {}, False),
        ({"body": "cis-cfm"}, {}, False),
        ({"body": "other:ASEAN"}, {"body": "asean"}, True),
    ],
)
def test_meetings_pair_by_body_and_date(
    tmp_path: Path, want: dict[str, object], got: dict[str, str], right: bool
) -> None:
    found = FoundMeeting(**({"body": "csto-cfm", "date": "2021-05-19"} | got))  # type: ignore[arg-type]
    counts = judged(tmp_path, {"meetings": [meeting(**want)]}, FoundArticle(meetings=(found,)))
    assert counts["meeting"] == ((1, 0, 0) if right else (0, 1, 1))


def test_a_missed_main_meeting_misses_all_it_says(tmp_path: Path) -> None:
    told = meeting(place="Dushanbe", countries=["TJ", "RU"], chair="A B", documents=[])
    assert judged(tmp_path, {"meetings": [told]}, FoundArticle()) == {
        "meeting": (0, 0, 1),
        "meeting.chair": (0, 0, 1),
        "meeting.country": (0, 0, 2),
        "meeting.date": (0, 0, 1),
        "meeting.place": (0, 0, 1),
    }


def test_of_a_side_meeting_only_body_and_date_count(tmp_path: Path) -> None:
    told = meeting(main=False, place="Dushanbe", countries=["TJ"])
    counts = judged(tmp_path, {"meetings": [told]}, FoundArticle(meetings=(FOUND,)))
    assert counts == {"meeting": (1, 0, 0), "meeting.date": (1, 0, 0)}


def test_what_is_optional_is_right_or_nothing(tmp_path: Path) -> None:
    guest = {"name": "Ivan Petrov", "optional": True}
    told = {"meetings": [meeting(participants=[guest], optional=False), meeting(date="2022", optional=True)]}
    found = FoundMeeting(body="csto-cfm", date="2021-05-19", participants=("Ivan Petrov",))
    with_guest = judged(tmp_path, told, FoundArticle(meetings=(found,)))
    without = judged(tmp_path, told, FoundArticle(meetings=(FOUND,)))
    assert with_guest == without
    assert "meeting.participant" not in with_guest


def test_documents_pair_by_title_and_then_differ_in_type_and_status(tmp_path: Path) -> None:
    title = "on the situation in Afghanistan"
    told = meeting(documents=[{"title": title, "type": "statement", "status": "adopted"}])
    papers = (
        FoundDocument("on the situation along the borders", "statement", "adopted"),
        FoundDocument("Statement on situation in Afghanistan", "plan", "adopted"),
    )
    found = FoundMeeting(body="csto-cfm", date="2021-05-19", documents=papers)
    counts = judged(tmp_path, {"meetings": [told]}, FoundArticle(meetings=(found,)))
    assert counts["document"] == (1, 1, 0)
    assert counts["document.type"] == (0, 1, 1)
    assert counts["document.status"] == (1, 0, 0)


def test_counts_posts_and_turns(tmp_path: Path) -> None:
    want = {
        "meetings": [meeting(document_counts=[{"type": "statement", "count": 3, "status": "adopted"}])],
        "persons": [{"name": "Sergey Lavrov", "country": "RU", "post": "foreign minister"}],
        "chairmanships": [{"org": "csto", "country": "TJ", "year": "2021"}],
    }
    got = FoundArticle(
        meetings=(FoundMeeting("csto-cfm", "2021-05-19", counts=(FoundCount("decision", 3, "adopted"),)),),
        persons=(
            FoundPerson("Sergei Lavrov", "minister of foreign affairs", "RU"),
            FoundPerson("Sergei Lavrov", "minister of foreign affairs", None),
        ),
        turns=(FoundTurn("csto", "TJ", "2020"), FoundTurn("cis", "TJ", "2021")),
    )
    counts = judged(tmp_path, want, got)
    assert counts["document.tally"] == (1, 0, 0)
    assert counts["person.post"] == (1, 1, 0)
    assert counts["chairmanship"] == (1, 1, 0)
    assert counts["chairmanship.year"] == (0, 1, 1)


# ---------------------------------------------------------------- likeness


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sergey Lavrov", "Sergei Lavrov", True),
        ("Ara Aivazian", "Ara Ayvazyan", True),
        ("Lavrov", "Sergey Viktorovich Lavrov", True),
        ("V.Makei", "Vladimir Makei", True),
        ("Zohrab Mnatsakanyan", "Zograb Mnacakanian", True),
        ("Sergey Lavrov", "Sergey Shoigu", False),
        ("", "Lavrov", False),
    ],
)
def test_people_are_the_same_across_spellings(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_small_likenesses() -> None:
    assert fold("Çavuşoğlu, M.") == "cavusoglu m"
    assert same_place("Nur-Sultan", "Nursultan")
    assert not same_place("Minsk", "Moscow")
    assert same_format("hybrid", "in-person")
    assert not same_format("in-person", "hybrid")
    assert same_role("foreign minister", "minister of foreign affairs")
    assert not same_role("president", "minister of defence")
    assert title_likeness("statement", "Statement!") == 1.0
    assert title_likeness("on the statement", "declaration") == 0.0
    contained = "measures against illegal migration"
    assert title_likeness(f"plan of joint {contained} for 2021-2025", contained) == 0.9


def test_counts_are_shares() -> None:
    counts = Counts(3, 1, 2) + Counts()
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (Counts().precision, Counts().recall, Counts(0, 1, 1).f1) == (1.0, 1.0, 0.0)


# ---------------------------------------------------------------- reports and errors


def test_reports_name_every_difference() -> None:
    evaluation = evaluate(DATA / "seeds.nq", CASES / "seeds")
    lines = list(difference_lines(evaluation))
    written = json.loads(evaluation_json(evaluation))
    assert len(lines) == len(evaluation.differences) == len(written["differences"])
    micro = evaluation.micro
    absent = sum(row.kind == "article" for row in evaluation.differences)
    assert len(lines) == micro.spurious + micro.missed + absent
    assert written["f1"] == micro.f1
    assert set(written["kinds"]) == set(evaluation.kinds)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "a.json:1"),
        ("[]", "not a JSON object"),
        ('{"id": "a"}', "meetings"),
        ('{"id": "a", "meetings": {}}', "not a list"),
        ('{"id": 3, "meetings": []}', "id is wrong"),
        ('{"id": "a", "meetings": [{"body": "csto-cfm", "date": "19 May"}]}', "meetings[0].date"),
        ('{"id": "a", "meetings": [{"body": "csto-cfm", "main": "yes"}]}', "meetings[0].main"),
        ('{"id": "a", "meetings": [{"body": "x", "status": "over"}]}', "none of held, planned"),
        ('{"id": "a", "meetings": [{"body": "x", "country": "Russia"}]}', "two-letter"),
        ('{"id": "a", "meetings": [{"body": "x", "countries": [1]}]}', "ISO codes"),
        ('{"id": "a", "meetings": [{"body": "x", "documents": [{"title": "t"}]}]}', "documents[0].type"),
        ('{"id": "a", "meetings": [{"body": "x", "document_counts": [{"count": "3"}]}]}', "counts[0].type"),
    ],
)
def test_a_faulty_gold_file_is_refused_with_its_place(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CfmError) as caught:
        load_gold(tmp_path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("graph", "gold", "only", "says"),
    [
        (DATA / "seeds.nq", CASES / "ru", None, "none of the gold articles is in the graph"),
        (DATA / "seeds.nq", CASES / "seeds", "nothing", "no gold article"),
        (DATA / "seeds.nq", CASES / "seeds", "(", "not a regular expression"),
        (DATA / "seeds.nq", CASES / "none", None, "no such folder"),
        (DATA / "seeds.nq", DATA, None, "no gold facts"),
        (DATA / "none.nq", CASES / "seeds", None, "no such graph file"),
        (DATA / "seeds.txt", CASES / "seeds", None, "one named graph an article"),
    ],
)
def test_what_cannot_be_compared_is_explained(graph: Path, gold: Path, only: str | None, says: str) -> None:
    with pytest.raises(CfmError) as caught:
        evaluate(graph, gold, only)
    assert says in str(caught.value)


def test_a_broken_graph_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "g.nq"
    path.write_text("<a:b> <a:c> <a:d> .\n<a:b> nonsense .\n")
    with pytest.raises(CfmError, match=r"g\.nq:2"):
        read_facts(path)
