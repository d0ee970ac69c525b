"""CSV entries: one row a meeting, or a person's participation in one.

A row is a participation where its `person` is filled; it then describes its meeting too. The columns are
those of `COLUMNS`, in any order, all but `body` and `date` optional. A cell may hold an IRI, a name relative
to the things' base (`country/tj`), its last part (`tj`), or exactly a label (`Tajikistan`); several values
stand with a semicolon between them. Dates are `2021-05-19`, `2021-05` or `2021`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox
from rapidfuzz import process

from cfm_kg.dates import PartialDate
from cfm_kg.entries.model import Finding, Place, Written
from cfm_kg.entries.stored import Facts
from cfm_kg.quads import term
from cfm_kg.vocab import BASE, CFM, RDF_TYPE, slug, thing


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
_KINDS = {column.kind.lower() for column in COLUMNS.values()}
_NEEDED = ("body", "date")
_IRI = re.compile(r"(?:https?|urn):[^\s<>\"{}|\\^`]+\Z")


class Table:
    """The statements of a CSV text and what is wrong with it."""

    def __init__(self, name: str, text: str, facts: Facts) -> None:
        self._name, self._facts = name, facts
        self.problems: list[Finding] = []
        self.written: list[Written] = []
        reader = csv.reader(io.StringIO(text), strict=True)
        try:
            self._header = [cell.strip().lower() for cell in next(reader, [])]
            if self._header_is_good():
                for row in reader:
                    if any(map(str.strip, row)):
                        self._row(row, Place(name, reader.line_num, 1))
        except csv.Error as error:
            where = Place(name, reader.line_num, 1)
            self._problem("syntax", f"this is not valid CSV: {error}", where, "", "quote the cell")

    def _problem(
        self,
        rule: str,
        message: str,
        where: Place,
        value: str,
        remedy: str,
        expected: str = "",
        example: str = "",
    ) -> None:
        self.problems.append(
            Finding(
                "Violation",
                rule,
                message,
                where,
                value=value,
                remedy=remedy,
                expected=expected,
                example=example,
            )
        )

    def _header_is_good(self) -> bool:
        where, expected = Place(self._name, 1, 1), "columns " + ", ".join(COLUMNS)
        for name in self._header:
            if name not in COLUMNS:
                near = process.extractOne(name, list(COLUMNS), score_cutoff=60)
                remedy = (
                    f"did you mean {near[0]}?" if near else "remove it, or give it one of the known names"
                )
                self._problem("csv-header", f"there is no column {name!r}", where, name, remedy, expected)
        for name in _NEEDED:
            if name not in self._header:
                example = ",".join(dict.fromkeys((*_NEEDED, *self._header)))
                self._problem(
                    "csv-header", f"the column {name!r} is missing", where, name, "add it", expected, example
                )
        return not self.problems

    def _row(self, row: Sequence[str], where: Place) -> None:
        if len(row) != len(self._header):
            message = f"the row has {len(row)} cells and the header {len(self._header)}"
            self._problem("csv-row", message, where, "", "add or remove commas, and quote cells with commas")
            return
        cells = {name: cell.strip() for name, cell in zip(self._header, row, strict=True) if cell.strip()}
        values = {name: list(self._values(COLUMNS[name], cell, where)) for name, cell in cells.items()}
        body, date = values.get("body"), values.get("date")
        if not body or not date:
            missing = [name for name in _NEEDED if name not in cells]
            for name in missing:
                self._problem("csv-row", f"the row has no {name}", where, "", f"fill the column {name}")
            return
        names = [str(getattr(one[0], "value", "")) for one in (body, date)]
        meeting = thing("meeting", names[0].rpartition("/")[2], names[1])
        self._say(meeting, RDF_TYPE, ox.NamedNode(CFM("Meeting")), where)
        for name, found in values.items():
            if not COLUMNS[name].of_person:
                for value in found:
                    self._say(meeting, CFM(COLUMNS[name].property), value, where)
        if values.get("person"):
            self._participation(meeting, values, where)

    def _participation(
        self, meeting: str, values: Mapping[str, Sequence[ox.NamedNode | ox.Literal]], where: Place
    ) -> None:
        (person, *_) = values["person"]
        assert isinstance(person, ox.NamedNode)
        mine = (
            meeting.replace("/id/meeting/", "/id/participation/", 1) + "/" + person.value.rpartition("/")[2]
        )
        self._say(meeting, CFM("participant"), person, where)
        self._say(meeting, CFM("participation"), ox.NamedNode(mine), where)
        self._say(mine, RDF_TYPE, ox.NamedNode(CFM("Participation")), where)
        for name, found in values.items():
            if COLUMNS[name].of_person:
                for value in found:
                    self._say(mine, CFM(COLUMNS[name].property), value, where)

    def _say(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal, where: Place) -> None:
        triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
        self.written.append(Written(triple, where, where, where))

    def _values(self, column: Column, cell: str, where: Place) -> Iterator[ox.NamedNode | ox.Literal]:
        for text in filter(None, map(str.strip, cell.split(";"))) if column.many else (cell,):
            found = self._date(text) if column.kind == "date" else self._thing(column, text)
            if found is None:
                self._unknown(column, text, where)
            else:
                yield found

    def _date(self, text: str) -> ox.Literal | None:
        try:
            date = PartialDate.parse(text)
        except ValueError:
            return None
        return ox.Literal(str(date), datatype=ox.NamedNode(date.datatype))

    def _thing(self, column: Column, text: str) -> ox.NamedNode | None:
        if _IRI.match(text):
            found = term(text)
            return found if isinstance(found, ox.NamedNode) else None
        if column.kind == "choice":
            names = {one.rpartition("#")[2].lower(): one for one in self._choices(column)}
            chosen = names.get(re.sub(r"[\s_-]|cfm:", "", text).lower())
            return ox.NamedNode(chosen) if chosen else None
        named = self._facts.named(text, CFM(column.kind))
        if len(named) == 1:
            return ox.NamedNode(named[0])
        if not re.fullmatch(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", text):
            return None
        relative = text if text.partition("/")[0] in _KINDS else f"{column.kind.lower()}/{text}"
        return ox.NamedNode(f"{BASE}id/{relative}")

    def _choices(self, column: Column) -> list[str]:
        # The ontology names the class of such values after the property.
        return self._facts.instances(CFM(column.property[0].upper() + column.property[1:]), 50)

    def _unknown(self, column: Column, text: str, where: Place) -> None:
        if column.kind == "date":
            message, expected = f"{text!r} is not a date", "a date such as 2021-05-19, 2021-05 or 2021"
        elif column.kind == "choice":
            message = f"{text!r} is no value of this column"
            expected = "one of " + ", ".join(one.rpartition("#")[2] for one in self._choices(column))
        else:
            message, expected = f"no {column.kind.lower()} is called {text!r}", f"a known cfm:{column.kind}"
        example = slug(text) if column.kind not in ("date", "choice") else ""
        remedy = "correct the cell, or describe the thing in an entry of its own"
        self._problem("csv-value", message, where, text, remedy, expected, example)
