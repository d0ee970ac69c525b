"""The report on misses: each difference under its kind and likely cause."""

from __future__ import annotations

import pytest

from cfm_kg.evaluate.causes import cause, groups, markdown
from cfm_kg.evaluate.ledger import Difference


def difference(kind: str, what: str, detail: str, article: str = "a") -> Difference:
    return Difference(article, kind, what, detail)


LOST = difference("meeting", "missed", "body 'csto-cfm', main True, date '2021-05-19'")
TITLE = difference("document", "missed", "title 'On the fight against drugs', type 'plan'")


@pytest.mark.parametrize(
    ("one", "others", "why"),
    [
        (LOST, [], "missed"),
        (LOST, [difference("meeting", "spurious", "body 'csto-csc'")], "other body or date"),
        (difference("meeting.place", "missed", "'Minsk', got None"), [LOST], "meeting missed"),
        (difference("meeting.place", "missed", "'Minsk', got None"), [], "not found"),
        (difference("meeting.place", "spurious", "'Minsk' for None"), [], "not in the gold facts"),
        (
            difference("meeting.place", "missed", "'Minsk', got 'Moscow'"),
            [difference("meeting.place", "spurious", "'Moscow' for 'Minsk'")],
            "wrong value",
        ),
        (TITLE, [], "missed"),
        (TITLE, [LOST], "meeting missed"),
        (TITLE, [difference("document", "spurious", "title 'On the fight'")], "title cut or too long"),
        (TITLE, [difference("document", "spurious", "title 'Staff list'")], "missed"),
        (
            difference("meeting.participant", "missed", "name 'Ara Aivazian', country 'AM'"),
            [difference("meeting.participant", "spurious", "Ara Ayvazyan")],
            "name unresolved",
        ),
        (
            difference("meeting.participant", "missed", "name 'Ara Aivazian', country 'AM'"),
            [difference("meeting.participant", "spurious", "Li Wei")],
            "missed",
        ),
        (difference("meeting.country", "spurious", "AM"), [], "not in the gold facts"),
        (difference("article", "missed", "no graph"), [], "article not read"),
    ],
)
def test_cause(one: Difference, others: list[Difference], why: str) -> None:
    assert cause(one, [one, *others]) == why


def test_other_articles_explain_nothing() -> None:
    elsewhere = difference("document", "spurious", "title 'On the fight'", article="b")
    found = groups([TITLE, elsewhere])
    assert {(group.cause, len(group.differences)) for group in found} == {
        ("missed", 1),
        ("not in the gold facts", 1),
    }


def test_report_counts_all_and_shows_some() -> None:
    many = [difference("document", "missed", f"title 'Paper {n}'", str(n)) for n in range(8)]
    text = markdown({"mine": many})
    assert "| document | missed | 8 |" in text
    assert "- and 3 more" in text
    assert text.count("Paper") == 5
