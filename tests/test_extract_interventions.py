"""Who spoke at a meeting, and who spoke elsewhere."""

from __future__ import annotations

import pytest
from saying import with_meetings

from cfm_kg.extract.interventions import find_interventions

LEAD = "The CSTO Council of Foreign Ministers met in Moscow on May 19, 2021."


def speakers(text: str) -> list[str]:
    """Names of those who spoke at the meeting, as the text has them."""
    context, meetings = with_meetings(LEAD, text)
    found = find_interventions(context, meetings)
    for one in found:
        assert context.document.quote(one.evidence.span) in text
    return [context.document.quote(one.person.name or one.person.span) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian Foreign Minister Sergey Lavrov stressed the need for peace.", ["Sergey Lavrov"]),
        (
            "Minister Sirojiddin Muhriddin drew attention to the situation at the border.",
            ["Sirojiddin Muhriddin"],
        ),
        ('"Peace comes first," said Belarusian Foreign Minister Vladimir Makei.', ["Vladimir Makei"]),
        (
            "The Foreign Minister of Armenia called on all to keep the peace.",
            ["The Foreign Minister of Armenia"[4:]],
        ),
        ("CSTO Secretary General Stanislav Zas informed the ministers of the work done.", ["Stanislav Zas"]),
    ],
)
def test_who_speaks_at_the_meeting(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russian Foreign Minister Sergey Lavrov told reporters that peace comes first.",
        "Sergey Lavrov said at a press conference that peace comes first.",
        "After the meeting Russian Foreign Minister Sergey Lavrov said that peace comes first.",
        "Ministry spokeswoman Maria Zakharova said that peace comes first.",
        "President Emomali Rahmon stressed the need for peace.",
        "Russian Foreign Minister Sergey Lavrov signed the paper.",
        "Turkish Foreign Minister Mevlüt Çavuşoğlu said that peace comes first.",
    ],
)
def test_who_speaks_elsewhere_or_not_at_all(text: str) -> None:
    assert speakers(text) == []


def test_nobody_speaks_at_a_meeting_that_is_planned() -> None:
    context, meetings = with_meetings(
        "The CSTO Council of Foreign Ministers will meet in Moscow on June 30, 2021."
        " Russian Foreign Minister Sergey Lavrov said that peace comes first."
    )
    assert find_interventions(context, meetings) == ()
