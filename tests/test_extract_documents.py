"""Documents that sentences tell of, and innocent sentences: one case each in a data file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from cfm_kg.annotate import annotate
from cfm_kg.clean import clean
from cfm_kg.extract.context import Context, context_of
from cfm_kg.extract.documents import find_documents
from cfm_kg.extract.meetings import find_meetings
from cfm_kg.model import DocumentFrame, MeetingFrame, Source, TallyFrame
from cfm_kg.reading import language, shipped_registry

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "document_sentences.yaml").read_text(encoding="utf-8")
)
LEAD = (
    "MINSK, 20 May 2021. The foreign ministers of the CSTO member states held a meeting of the Council of"
    " Foreign Ministers in Minsk on 19 May 2021."
)
TAIL = "The session of the Collective Security Council will be held in Dushanbe on 16 September 2021."


def article(*paragraphs: str) -> Context:
    """Paragraphs as a cleaned and annotated article; lines of a paragraph may be items of a list."""
    data = "\n\n".join(paragraphs).encode()
    document = clean(Source("article.txt", data, hashlib.sha256(data).hexdigest(), "text/plain"))
    registry = shipped_registry()
    speech = language(document.language)
    return context_of(annotate(document, speech, registry), speech, registry)


def told(context: Context) -> list[str]:
    """Each document and count as a line."""
    meetings = find_meetings(context)
    documents, tallies = find_documents(context, meetings)
    lines = [_line(context, meetings, frame) for frame in documents]
    lines += [f"# {t.type} {t.action} {t.count}{_meeting(meetings, t)}" for t in tallies]
    return sorted(lines)


def _line(context: Context, meetings: tuple[MeetingFrame, ...], frame: DocumentFrame) -> str:
    initiator = f" @{frame.initiator.rsplit('/', 1)[-1]}" if frame.initiator else ""
    title = context.document.quote(frame.title)
    return f"{frame.type} {frame.action} {title}{initiator}{_meeting(meetings, frame)}"


def _meeting(meetings: tuple[MeetingFrame, ...], frame: DocumentFrame | TallyFrame) -> str:
    return f" M{meetings[frame.meeting].body.rsplit('/', 1)[-1]}" if frame.meeting else ""


def test_there_are_cases_of_both_kinds() -> None:
    innocent = [case for case in CASES if not case["says"]]
    assert len(CASES) > 150
    assert len(innocent) > 30


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    assert told(article(LEAD, case["text"], TAIL)) == sorted(case["says"])


def test_no_meeting_no_document() -> None:
    context = article("The two ministers signed a plan of consultations for 2023.")
    assert find_documents(context, ()) == ((), ())


def test_evidence_covers_title_and_verb() -> None:
    context = article(LEAD, "The ministers adopted a statement on the situation in Syria.")
    documents, _ = find_documents(context, find_meetings(context))
    (frame,) = documents
    assert context.document.quote(frame.evidence.span) == "adopted a statement on the situation in Syria"
    assert frame.evidence.span.covers(frame.title)


def test_a_document_told_twice_is_one() -> None:
    text = "The ministers adopted a statement on Syria."
    again = "The statement on Syria was adopted unanimously."
    assert told(article(LEAD, text, again)) == ["Statement adopted on Syria"]


def test_decision_wins_over_debate() -> None:
    text = "The ministers considered a statement on Syria."
    assert told(article(LEAD, text, "The statement on Syria was adopted.")) == ["Statement adopted on Syria"]


def test_own_documents_of_the_heads_of_state_are_no_drafts() -> None:
    lead = "The session of the CSTO Collective Security Council was held in Minsk on 19 May 2021."
    text = "The presidents approved the strategy until 2030."
    assert told(article(lead, text)) == ["Strategy adopted strategy until 2030"]


def test_list_ends_with_its_items() -> None:
    items = "The following statements were adopted:\n- on Syria;\n- on Libya."
    other = "The guests then saw:\n- the old town;\n- the opera."
    found = told(article(LEAD, items, "The weather was fine.", "It rained in the evening.", other))
    assert found == ["Statement adopted on Libya", "Statement adopted on Syria"]


def test_items_that_leave_the_noun_out_are_titles_whatever_they_name() -> None:
    items = "(a) on the plan of work;\n(b) on the nuclear programme of Iran;\n(c) on missile defence."
    assert told(article(LEAD, f"The ministers approved three statements:\n{items}")) == [
        "# Statement adopted 3",
        "Statement adopted on missile defence",
        "Statement adopted on the nuclear programme of Iran",
        "Statement adopted on the plan of work",
    ]


def test_items_of_a_list_may_be_told_apart_after_it() -> None:
    items = "- Statement on Libya;\n- Statement on Syria;\n- Plan of joint steps for 2022."
    then = "The first two were adopted, the third was signed."
    assert told(article(LEAD, f"The papers of the day:\n{items}\n{then}")) == [
        "Plan signed Plan of joint steps for 2022",
        "Statement adopted on Libya",
        "Statement adopted on Syria",
    ]


PAPER = "MINSK, 18 May 2021. The meeting of the CSTO Council of Foreign Ministers"
AHEAD = {
    "planned": f"{PAPER} will be held in Minsk on 19 May 2021.",
    "postponed": f"{PAPER}, planned for 19 May 2021 in Minsk, has been postponed.",
}


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("planned", "The ministers will adopt a draft statement on Syria."),
        ("planned", "Among the papers prepared is a draft statement on Syria."),
        ("planned", "Plans call for the adoption of a statement on Syria."),
        ("planned", "On the agenda stand twelve items, among them a draft statement on Syria."),
        ("postponed", "It was to have approved a statement on Syria."),
        ("postponed", "On the agenda stood a draft statement on Syria."),
        ("postponed", "The statement on Syria is agreed and awaits the presidents."),
    ],
)
def test_papers_of_a_meeting_not_held_are_considered(when: str, text: str) -> None:
    assert told(article(AHEAD[when], text)) == ["Statement considered on Syria"]


def test_what_a_verb_tells_as_done_is_done() -> None:
    assert told(article(AHEAD["planned"], "The ministers adopted a statement on Syria.")) == [
        "Statement adopted on Syria"
    ]


def test_papers_counted_in_all_before_a_meeting_are_considered() -> None:
    total = "The total number of papers, by the count of the secretariat, is 18."
    assert told(article(AHEAD["planned"], total)) == ["# Other considered 18"]


def test_a_preposition_left_where_a_line_was_broken_is_no_title() -> None:
    text = article(
        "MINSK, 20 June 2023. The CSTO Council of Foreign Ministers met.", "It adopted a statement on"
    )
    assert told(text) == []


def test_an_aside_may_part_the_verb_of_an_item_from_its_document() -> None:
    item = "* endorsed, for signature by the presidents, the draft Treaty on transit."
    made = article(LEAD, f"The ministers took decisions by which they:\n* approved the plan of work;\n{item}")
    assert told(made) == ["Plan adopted plan of work", "Treaty approvedDraft Treaty on transit"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The concept of a common market was approved and sent to the Supreme Eurasian Economic Council.",
            "approvedDraft",
        ),
        (
            "The premiers endorsed the concept of a common market for submission to the presidents.",
            "approvedDraft",
        ),
        ("The concept of a common market was approved and goes to the heads of government.", "adopted"),
    ],
)
def test_heads_of_state_stand_above_heads_of_government(text: str, expected: str) -> None:
    lead = "The session of the Eurasian Intergovernmental Council was held in Minsk on 19 May 2021."
    assert told(article(lead, text)) == [f"Other {expected} concept of a common market"]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("They cleared it for the Collective Security Council.", "approvedDraft"),
        ("The ministers then approved it for the presidents.", "approvedDraft"),
        ("They endorsed it for the heads of state.", "approvedDraft"),
        ("They discussed it for an hour.", "considered"),
        ("They endorsed him for the job.", "considered"),
    ],
)
def test_what_lay_before_them_may_be_cleared_for_those_above(then: str, expected: str) -> None:
    before = "The ministers had before them a draft agreement on countering trafficking in persons."
    title = "agreement on countering trafficking in persons"
    assert told(article(LEAD, f"{before} {then}")) == [f"Agreement {expected} {title}"]


def test_dashes_that_open_what_people_say_open_no_items() -> None:
    asked = "— What was agreed upon? Were any documents adopted?"
    answered = "— Three things, and I would ask you to read them. We adopted a statement on Afghanistan."
    again = "— They were here the very next day. Why did they not simply sign it?"
    last = "— Because the meeting of the presidents was an informal one, and no papers are signed there."
    assert told(article(LEAD, asked, answered, again, last)) == ["Statement adopted on Afghanistan"]


def test_dashes_open_items_where_nobody_asks() -> None:
    header = "The following documents were adopted:"
    items = "— Statement on Afghanistan;\n— Plan of consultations for 2022."
    assert told(article(LEAD, header, items)) == [
        "Plan adopted Plan of consultations for 2022",
        "Statement adopted on Afghanistan",
    ]
