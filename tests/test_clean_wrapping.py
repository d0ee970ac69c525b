"""Text that was broken at a margin is read as it was before; what only looks like it stays as it is."""

from __future__ import annotations

from textwrap import TextWrapper, fill

import pytest
from generator import articles
from judging import reading

from cfm_kg.clean.wrapping import unwrapped
from cfm_kg.model import Reading
from cfm_kg.vocab import local

FEW, SEED = 12, 7
PARAGRAPH = (
    "The foreign ministers of the member states met in Minsk on 20 June 2023 and went through the agenda "
    "of the autumn summit, from the situation at the borders to the budget of the secretariat."
)


def wrapped(text: str, width: int, between: str = "\n\n") -> str:
    """The paragraphs of a text broken at a margin."""
    whole = TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    return between.join(whole.fill(line) for line in text.split("\n") if line.strip())


def said(one: Reading) -> set[tuple[str, str]]:
    """Properties with the words they rest on: names of things depend on the bytes of a text."""
    return {(local(claim.predicate), " ".join(claim.exact.split())) for claim in one.claims}


@pytest.mark.parametrize("width", [60, 72, 100])
def test_a_margin_changes_no_fact(width: int) -> None:
    plain, broken = [], []
    for one in articles(FEW, SEED, 1500):
        plain.append(said(reading(one.id, one.text)))
        broken.append(said(reading(one.id, wrapped(one.text, width))))
    every = set().union(*plain)
    assert len(every) > 100
    assert sum(len(a ^ b) for a, b in zip(plain, broken, strict=True)) <= 0.01 * sum(map(len, plain))


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_paragraphs_are_one_line_again(between: str) -> None:
    text = "\n".join([PARAGRAPH, PARAGRAPH + " A deputy came.", PARAGRAPH])
    broken = wrapped(text, 66, between)
    assert broken.count("\n") > 8
    assert unwrapped(broken) == between.join(text.split("\n"))


def test_a_word_broken_at_its_hyphen_has_no_blank() -> None:
    text = PARAGRAPH.replace("autumn summit", "well-prepared follow-up meeting")
    broken = "\n\n".join([fill(text, 57)] * 2)
    assert "-\n" in broken
    assert unwrapped(broken) == "\n\n".join([text, text])


def test_items_of_lists_stay_apart() -> None:
    items = [f"{n}) a decision on part {n} of the budget and on all that hangs on it" for n in range(1, 5)]
    text = wrapped("\n".join([PARAGRAPH, PARAGRAPH]), 60) + "\n\n" + wrapped("\n".join(items), 60, "\n")
    lines = unwrapped(text).split("\n")
    assert [line for line in lines if line[:1].isdigit()] == items


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([PARAGRAPH] * 12),
        "Home\nNews\nDocuments and decisions of the council\nPhotographs\nContacts\nPress service\n" * 3,
        "Armenia\nBelarus\nKazakhstan\nKyrgyz Republic\nRussian Federation\nTajikistan\n" * 4,
        "\n".join(f"{n:2} June 2023 | foreign ministers of the member states | Minsk" for n in range(1, 20)),
        "A headline that runs over\ntwo lines\n\n" + PARAGRAPH + "\n" + PARAGRAPH,
        "",
    ],
    ids=["a line a paragraph", "menu", "names", "table", "prose beneath a broken headline", "nothing"],
)
def test_what_was_not_broken_stays(text: str) -> None:
    assert unwrapped(text) == text


DIVIDED = """BULLETIN OF THE MINISTRY        No. 8

The Council of Foreign Ministers of the Collec-
tive Security Treaty Organization assembled in
Minsk on 20 June 2023 and heard a well-prepared
report of the Secretary General about the peace-
keeping forces, whose training had been delay-
ed since winter. The ministers adopted a state-
ment on the situation at the southern borders
of the Organization and adopted a plan of con-

BULLETIN OF THE MINISTRY        No. 8
                 - 2 -

sultations for 2024. It was a long-prepared meeting.

The next sitting is fixed for October.
"""


def test_divided_words_are_whole_again() -> None:
    whole = unwrapped(DIVIDED)
    assert "Ministers of the Collective Security Treaty Organization assembled in Minsk" in whole
    assert "about the peacekeeping forces, whose training had been delayed since winter" in whole
    assert "of the Organization and adopted a plan of consultations for 2024." in whole
    assert "\n\nThe next sitting is fixed" in whole


def test_the_head_of_a_page_between_sentences_stays() -> None:
    text = DIVIDED.replace("a plan of con-", "a plan.").replace("sultations for 2024. It", "It")
    assert "a plan.\n\nBULLETIN OF THE MINISTRY        No. 8\n                 - 2 -\n\nIt was" in unwrapped(
        text
    )


def test_a_compound_keeps_its_hyphen_where_words_are_divided() -> None:
    text = DIVIDED.replace("the peace-\nkeeping", "the long-\nprepared")
    assert "about the long-prepared forces" in unwrapped(text)


def test_few_hyphens_at_the_end_of_lines_divide_nothing() -> None:
    text = "Present were:\nthe vice-\nchairman of the board\nthe lord lieutenant and his colleagues in office"
    assert unwrapped(text) == text
