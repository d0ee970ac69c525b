"""The columns of CSV entries: one row a meeting, or a person's participation in one.

A row is a participation where its `person` is filled; it then describes its meeting too. The columns are
those of `COLUMNS`, in any order, all but `body` and `date` optional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says: a property of the meeting or the participation, and the class of its values."""

    property: str
    kind: str
    """Class of the things named; `date`, or `choice` for one of the ontology's own terms."""
    of_person: bool = False
    many: bool = False


COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        "body": Column("body", "Body"),
        "date": Column("date", "date"),
        "end_date": Column("endDate", "date"),
        "place": Column("place", "Place"),
        "host_country": Column("hostCountry", "Country"),
        "format": Column("meetingFormat", "choice"),
        "status": Column("meetingStatus", "choice"),
        "chair": Column("chair", "Person"),
        "participants": Column("participant", "Person", many=True),
        "participant_countries": Column("participantCountry", "Country", many=True),
        "absent_countries": Column("absentCountry", "Country", many=True),
        "topics": Column("topic", "Topic", many=True),
        "person": Column("person", "Person", of_person=True),
        "country": Column("country", "Country", of_person=True),
        "capacity": Column("capacity", "Post", of_person=True),
        "role": Column("participationRole", "choice", of_person=True),
        "on_behalf_of": Column("onBehalfOf", "Person", of_person=True),
    }
)
"""The header that is understood, by the names of the columns."""
NEEDED = ("body", "date")
"""Columns that each row has to fill."""
