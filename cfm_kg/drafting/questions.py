"""What is asked for each kind of entry. Commands have these as options: nothing heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Form(StrEnum):
    """How an answer is read."""

    THING = "thing"
    """A thing of the class `of`: its label, its name or its IRI."""
    CHOICE = "choice"
    """One of the ontology's terms of the class `of`, or of the properties below the property `of`."""
    WORD = "word"
    """One of the words in `of`, parted by spaces."""
    DATE = "date"
    """`2021-05-19`, `2021-05` or `2021`."""
    YEAR = "year"
    TEXT = "text"
    """A text in the language of the entry, or with a tag behind it: `ОДКБ@ru`."""
    LANGUAGE = "language"
    CODE = "code"
    """Two letters of ISO 3166-1."""
    WIKIDATA = "wikidata"
    """`Q42`, or the address of it."""
    SLUG = "slug"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `says` is the property that it answers, with its prefix; None where it is of no one."""

    name: str
    asks: str
    form: Form
    of: str = ""
    says: str | None = None
    required: bool = False
    many: bool = False

    @property
    def option(self) -> str:
        """The option that answers it."""
        return "--" + self.name


def _thing(
    name: str, of: str, asks: str, of_: str = "", *, required: bool = False, many: bool = False
) -> Question:
    return Question(name, asks, Form.THING, of, f"cfm:{of_ or name}", required, many)


def _choice(name: str, of: str, asks: str, of_: str, *, required: bool = False) -> Question:
    return Question(name, asks, Form.CHOICE, of, f"cfm:{of_}", required)


def _date(name: str, asks: str, of_: str = "", *, required: bool = False) -> Question:
    return Question(name, asks, Form.DATE, "", f"cfm:{of_ or name}", required)


def _text(name: str, asks: str, of_: str, *, required: bool = False, many: bool = False) -> Question:
    return Question(name, asks, Form.TEXT, "", of_, required, many)


_LANGUAGE = Question("language", "The language of its name, such as en. Default: en.", Form.LANGUAGE)
_WIKIDATA = Question("wikidata", "Its Wikidata entity, such as Q42.", Form.WIKIDATA, "", "owl:sameAs")
_TOPIC = _thing("topic", "Topic", "A topic of the ontology.", many=True)

QUESTIONS: Mapping[str, tuple[Question, ...]] = MappingProxyType(
    {
        "meeting": (
            _thing("body", "Body", "The body that meets.", required=True),
            _date("date", "Its day, month or year: 2021-05-19, 2021-05 or 2021.", required=True),
            _date("end-date", "Its last day, where it lasts several.", "endDate"),
            _choice("status", "MeetingStatus", "Held, planned, postponed or cancelled.", "meetingStatus"),
            _choice("format", "MeetingFormat", "In person, by videoconference or both.", "meetingFormat"),
            _thing("place", "Place", "The city or other place."),
            _thing(
                "host-country",
                "Country",
                "The country that hosts it. Default: that of the place.",
                "hostCountry",
            ),
            _thing("chair", "Person", "Who presided over it."),
            _thing("participant", "Person", "Who took part.", many=True),
            _thing(
                "participant-country", "Country", "A country that took part.", "participantCountry", many=True
            ),
            _thing("absent-country", "Country", "A country said to be absent.", "absentCountry", many=True),
            _TOPIC,
        ),
        "person": (
            _text("name", "Given name and family name.", "rdfs:label", required=True),
            _LANGUAGE,
            _text("other-name", "Another spelling or language: Name@ru.", "skos:altLabel", many=True),
            _text("family-name", "The family name alone, in one spelling.", "cfm:familyName", many=True),
            Question("gender", "As the office describes the person.", Form.WORD, "male female", "cfm:gender"),
            _thing("post", "Post", "A post that the person holds or held.", "heldPost"),
            _date("since", "The first day, month or year in the post.", "start"),
            _date("until", "The day the successor starts; nothing while in office.", "end"),
            _WIKIDATA,
        ),
        "document": (
            _text("title", "The title, as the text words it.", "dcterms:title", required=True),
            _LANGUAGE,
            _choice("type", "DocumentType", "Statement, decision ...", "documentType", required=True),
            _thing("meeting", "Meeting", "The meeting, such as csto-cfm/2021-05-19.", required=True),
            _choice("action", "handled", "What the meeting did with it.", "handled", required=True),
            _thing("initiator", "Country", "A country that proposed it.", many=True),
            _thing("for-body", "Body", "The higher body that a draft is for.", "forBody"),
            _TOPIC,
        ),
        "chairmanship": (
            _thing("organization", "Organization", "The organisation.", required=True),
            _thing("country", "Country", "The country at its head.", required=True),
            Question(
                "year",
                "The year in which most of the turn lies. Default: from the start.",
                Form.YEAR,
                "",
                "cfm:year",
            ),
            _date("start", "The first day, month or year of the turn."),
            _date("end", "The first day after the turn."),
            _thing("holder", "Person", "The person who holds it.", many=True),
        ),
        "body": (
            _text("name", "The full name, with that of the organisation.", "rdfs:label", required=True),
            _LANGUAGE,
            _thing("organization", "Organization", "The organisation.", "partOf", required=True),
            _text("council-name", "A name without that of the organisation.", "cfm:councilName", many=True),
            _text("acronym", "Its acronym.", "cfm:acronym", many=True),
            _thing("member-role", "Role", "The office of its members.", "memberRole"),
            _thing("chair-role", "Role", "The office of whoever chairs it.", "chairRole"),
            Question("id", "Its name in IRIs. Default: from organisation and name.", Form.SLUG),
        ),
        "country": (
            Question("code", "Its code of ISO 3166-1: two letters.", Form.CODE, "", "cfm:isoCode", True),
            _text("name", "Its name. Default: as Unicode has it, in en and ru.", "rdfs:label"),
            _LANGUAGE,
            _text("other-name", "Another name or language: Name@ru.", "skos:altLabel", many=True),
            _text("demonym", "What its people and things are called: Name@en.", "cfm:demonym", many=True),
            _thing("capital", "Place", "Its capital."),
            _WIKIDATA,
        ),
    }
)
"""Questions by kind of entry, in the order in which they are asked."""
