"""What meetings discuss and what documents deal with."""

from __future__ import annotations

import pytest
from saying import with_meetings

from cfm_kg.extract.topics import find_topics
from cfm_kg.model import DocumentFrame, Evidence, Span

LEAD = "The CSTO Council of Foreign Ministers met in Moscow on May 19, 2021."


def topics(text: str) -> set[str]:
    """Topics of the main meeting; each must quote the text that names it."""
    context, meetings = with_meetings(LEAD, text)
    found = find_topics(context, meetings, ())
    for mention in found:
        assert mention.meeting == 0
        assert context.document.quote(mention.evidence.span) in text
    return {mention.topic.rsplit("/", 1)[-1] for mention in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministers discussed information security and drug trafficking.",
            {"information-security", "drug-trafficking"},
        ),
        ("They exchanged views on the situation in Afghanistan.", {"afghanistan"}),
        ("Arms control was discussed at length.", {"arms-control"}),
        ("Particular attention was paid to illegal migration.", {"illegal-migration"}),
        ("Peacekeeping and biological security were on the agenda.", {"peacekeeping", "biological-security"}),
        ("The focus was on the situation around Afghanistan.", {"afghanistan"}),
    ],
)
def test_what_is_discussed_is_a_topic(text: str, expected: set[str]) -> None:
    assert topics(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "An expert on information security joined the delegation.",
        "The minister flew on to Afghanistan.",
        "The ministers discussed the route of the delegation that came from Syria.",
        "The weather was fine.",
    ],
)
def test_a_mere_mention_is_no_topic(text: str) -> None:
    assert topics(text) == set()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Statement on the fight against international terrorism", {"counter-terrorism"}),
        ("Statement on Afghanistan", {"afghanistan"}),
        ("Agreement with Afghanistan", set()),
        ("Plan of measures", set()),
    ],
)
def test_a_document_s_title_names_its_topics(title: str, expected: set[str]) -> None:
    text = f"The ministers adopted the {title}."
    context, meetings = with_meetings(LEAD, text)
    start = context.document.text.index(title)
    span = Span(start, start + len(title))
    document = DocumentFrame(0, span, "Statement", "adopted", Evidence(span, "told by the test"))
    found = find_topics(context, meetings, (document,))
    assert {m.topic.rsplit("/", 1)[-1] for m in found if m.document == 0} == expected
