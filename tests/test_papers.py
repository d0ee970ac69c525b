"""Documents of one article: which are one, and for whom a draft was endorsed."""

from __future__ import annotations

import pytest
from saying import annotated

from cfm_kg.ingest.source import make_source
from cfm_kg.model import Claim, DocumentFrame, Evidence, Extraction, MeetingFrame, Reading
from cfm_kg.reading import read, shipped_registry
from cfm_kg.resolve.claims import ClaimBook
from cfm_kg.resolve.meetings import MeetingNames
from cfm_kg.resolve.papers import DESTINATION_RULE, state_documents
from cfm_kg.vocab import CFM, thing

LEAD = "May 19, 2021\n\nThe Council of Foreign Ministers of the CSTO met in Dushanbe on May 19, 2021.\n\n"
CSC = thing("body", "csto-csc")


def told(*sentences: str) -> Reading:
    text = LEAD + "\n\n".join(sentences) + "\n"
    return read(make_source("a.txt", text.encode(), "text/plain; charset=utf-8"))


def claims(reading: Reading, name: str) -> list[Claim]:
    return [claim for claim in reading.claims if claim.predicate == CFM(name)]


def test_a_draft_is_for_the_council_of_heads_that_the_sentence_names() -> None:
    reading = told(
        "The ministers approved the draft Agreement on joint fire brigades and forwarded it to the "
        "Collective Security Council."
    )
    (claim,) = claims(reading, "forBody")
    assert (claim.object, claim.rule) == (CSC, DESTINATION_RULE)
    assert claim.exact == reading.document.quote(claim.span)
    assert "Collective Security Council" in claim.exact
    assert claims(reading, "approvedDraft")[0].object == claim.subject


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers approved the draft Agreement on joint fire brigades.",
        "The ministers adopted the Statement on fire brigades as the Collective Security Council asked.",
        "The ministers approved the draft decision of the Council of Defense Ministers on joint drills.",
    ],
    ids=["no destination", "no draft", "a council that is not above"],
)
def test_otherwise_the_destination_is_left_out(sentence: str) -> None:
    assert claims(told(sentence), "forBody") == []


def stated(*papers: tuple[int, str, str]) -> set[str]:
    """The names of plans, each given with its meeting, action and title."""
    text = annotated(*(title for _, _, title in papers))
    blocks = [block.span for block in text.document.blocks]
    frames = tuple(
        DocumentFrame(key, span, "Plan", action, Evidence(span, "by-hand"))
        for (key, action, _), span in zip(papers, blocks, strict=True)
    )
    body, where = thing("body", "csto-cfm"), Evidence(blocks[0], "by-hand")
    meetings = (MeetingFrame(0, body, where, True), MeetingFrame(1, CSC, where, False))
    extraction = Extraction(meetings=meetings, documents=frames)
    book = ClaimBook(text.document, thing("article", "x"))
    names = MeetingNames(text.document, meetings)
    return set(state_documents(book, names, extraction, text, shipped_registry()).values())


PLAN = "Plan of consultations on foreign policy, security and defence of the member states for {}"


@pytest.mark.parametrize(
    ("papers", "number"),
    [
        ([(0, "signed", PLAN.format("2021")), (0, "signed", PLAN.format("2021").lower())], 1),
        ([(0, "signed", PLAN.format("2021")), (0, "signed", PLAN.format("2023"))], 2),
        ([(0, "approvedDraft", PLAN.format("2021")), (1, "adopted", PLAN.format("2021"))], 1),
        ([(0, "adopted", PLAN.format("2021")), (1, "adopted", PLAN.format("2021"))], 2),
    ],
    ids=["one title", "other years", "endorsed, then adopted", "adopted twice"],
)
def test_documents_of_one_article_that_are_one(papers: list[tuple[int, str, str]], number: int) -> None:
    assert len(stated(*papers)) == number
