"""CSV entries, row by row: what they say, what is wrong with their cells, and what needs no thought to mend.

A cell may hold an IRI, a name relative to the things' base (`country/tj`), its last part (`tj`), or exactly a
label (`Tajikistan`); several values stand with a semicolon between them. Dates are `2021-05-19`, `2021-05` or
`2021`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox
from rapidfuzz import process

from cfm_kg.dates import PartialDate
from cfm_kg.entries.columns import COLUMNS, NEEDED, Column
from cfm_kg.entries.csv_text import Cell, CsvError, as_cell, rows
from cfm_kg.entries.model import Finding, Fix, Place, Written
from cfm_kg.entries.naming import Names
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.turtle import Lines
from cfm_kg.vocab import BASE, CFM, RDF_TYPE, local, slug, thing

_KINDS = {column.kind.lower() for column in COLUMNS.values()}
_IRI = re.compile(r"(?:https?|urn):[^\s<>\"{}|\\^`]+\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\.?\Z")
_OTHER_MARKS = {";": "semicolons", "\t": "tabs"}
Value = ox.NamedNode | ox.Literal


class Table:
    """The statements of a CSV text, what is wrong with it, and the fixes that it needs."""

    def __init__(self, name: str, text: str, facts: Facts) -> None:
        self._facts, self._names, self._lines = facts, Names(facts), Lines(name, text)
        self._header: list[str] = []
        self.problems: list[Finding] = []
        self.written: list[Written] = []
        self.fixes: list[Fix] = []
        self.unread: set[tuple[str, str]] = set()
        """Things and properties of which a cell could not be read."""
        try:
            for row in rows(text):
                if self._header:
                    self._row(row)
                elif not self._header_is_good(row):
                    break
        except CsvError as error:
            where, mend = self._lines.place(error.offset), "quote the whole cell, and double the marks in it"
            self._problem("syntax", f"this is not valid CSV: {error}", where, "", mend, example='"a ""b"" c"')

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
        found = Finding(
            "Violation", rule, message, where, value=value, remedy=remedy, expected=expected, example=example
        )
        self.problems.append(found)

    def _at(self, cell: Cell) -> Place:
        return self._lines.place(cell.start)

    def _fix(self, cell: Cell, new: str, why: str) -> None:
        self.fixes.append(Fix(self._at(cell), cell.start, cell.end, as_cell(new), why))

    def _header_is_good(self, row: Sequence[Cell]) -> bool:
        self._header = [cell.text.lower() for cell in row]
        expected = "columns " + ", ".join(COLUMNS)
        other = next((name for mark, name in _OTHER_MARKS.items() if mark in row[0].text), None)
        if len(row) == 1 and other is not None:
            message = f"the cells are separated by {other}"
            mend = "write the table anew with commas between its cells"
            self._problem("csv-header", message, self._at(row[0]), "", mend, expected, ",".join(NEEDED))
            return False
        for place, (name, cell) in enumerate(zip(self._header, row, strict=True)):
            if name in self._header[:place]:
                mend = "give each column once; several values stand in one cell, with ; between them"
                self._problem("csv-header", f"the column {name!r} stands twice", self._at(cell), name, mend)
            elif name not in COLUMNS:
                self._unknown_column(name, cell, expected)
        for name in NEEDED:
            if name not in self._header:
                example = ",".join(dict.fromkeys((*NEEDED, *self._header)))
                message = f"the column {name!r} is missing"
                self._problem("csv-header", message, self._at(row[0]), name, "add it", expected, example)
        return not self.problems

    def _unknown_column(self, name: str, cell: Cell, expected: str) -> None:
        plain = {re.sub(r"_", "", known): known for known in COLUMNS}
        meant = plain.get(re.sub(r"[\s_-]", "", name))
        near = meant or (process.extractOne(name, list(COLUMNS), score_cutoff=60) or (None,))[0]
        if meant:
            self._fix(cell, meant, "the column's name is spelled as it is known")
        remedy = f"did you mean {near}?" if near else "remove it, or give it one of the known names"
        message = f"there is no column {name!r}" if name else "a column has no name"
        self._problem("csv-header", message, self._at(cell), name, remedy, expected)

    def _row(self, row: Sequence[Cell]) -> None:
        if len(row) != len(self._header):
            message = f"the row has {len(row)} cells and the header {len(self._header)}"
            remedy = "add or remove commas, and quote cells with commas"
            self._problem("csv-row", message, self._at(row[0]), "", remedy, example='"one, and the same"')
            return
        cells = {name: cell for name, cell in zip(self._header, row, strict=True) if cell.text}
        for name in NEEDED:
            if name not in cells:
                self._problem(
                    "csv-row", f"the row has no {name}", self._at(row[0]), "", f"fill the column {name}"
                )
        values = {name: list(self._values(COLUMNS[name], cell)) for name, cell in cells.items()}
        unread = {name for name in cells if None in values[name]}
        known = {name: [one for one in found if one is not None] for name, found in values.items()}
        lonely = [name for name in cells if COLUMNS[name].of_person and "person" not in cells]
        for name in lonely:
            message, mend = f"the row has a {name} and no person", f"fill the column person, or empty {name}"
            self._problem("csv-row", message, self._at(cells[name]), cells[name].text, mend)
        if known.get("body") and not local(known["body"][0].value):
            self._unknown(COLUMNS["body"], cells["body"].text, cells["body"])
        elif all(known.get(name) for name in NEEDED):
            self._meeting(cells, known, unread)

    def _meeting(
        self, cells: Mapping[str, Cell], values: Mapping[str, Sequence[Value]], unread: set[str]
    ) -> None:
        names = [values[name][0].value for name in NEEDED]
        meeting, first = thing("meeting", local(names[0]), names[1]), cells["body"]
        self._say(meeting, RDF_TYPE, ox.NamedNode(CFM("Meeting")), first, first)
        self._describe(meeting, cells, values, unread, of_person=False)
        if not values.get("person"):
            return
        person, cell = values["person"][0], cells["person"]
        part = meeting.replace("/id/meeting/", "/id/participation/", 1) + "/" + local(person.value)
        self._say(meeting, CFM("participant"), person, first, cell)
        self._say(meeting, CFM("participation"), ox.NamedNode(part), first, cell)
        self._say(part, RDF_TYPE, ox.NamedNode(CFM("Participation")), cell, cell)
        self._describe(part, cells, values, unread, of_person=True)

    def _describe(
        self,
        subject: str,
        cells: Mapping[str, Cell],
        values: Mapping[str, Sequence[Value]],
        unread: set[str],
        *,
        of_person: bool,
    ) -> None:
        start = cells["person" if of_person else "body"]
        for name, found in values.items():
            if COLUMNS[name].of_person is of_person:
                for value in found:
                    self._say(subject, CFM(COLUMNS[name].property), value, start, cells[name])
        self.unread |= {
            (subject, CFM(COLUMNS[n].property)) for n in unread if COLUMNS[n].of_person is of_person
        }

    def _say(self, subject: str, predicate: str, value: Value, first: Cell, cell: Cell) -> None:
        triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
        self.written.append(Written(triple, self._at(first), self._at(cell), self._at(cell)))

    def _values(self, column: Column, cell: Cell) -> Iterator[Value | None]:
        """What a cell says; None for what cannot be read."""
        texts = [one.strip() for one in cell.text.split(";")] if column.many else [cell.text]
        meant = [self._meant(column, text) for text in texts]
        if meant != texts:
            self._fix(cell, "; ".join(meant), "the cell is spelled as it is understood")
        for text in filter(None, texts):
            found = self._date(text) if column.kind == "date" else self._thing(column, text)
            if found is None:
                self._unknown(column, text, cell)
            yield found

    def _meant(self, column: Column, text: str) -> str:
        """How a text is understood where it leaves no doubt and is not as it should be; else the text."""
        plain = unicodedata.normalize("NFC", text)
        if column.kind == "date":
            parts = _YEAR_FIRST.match(plain)
            spelled = "-".join(part.zfill(2) for part in parts.groups() if part) if parts else plain
            return spelled if self._date(spelled) else plain
        thing_meant = self._thing(column, plain)
        if column.kind == "choice" or (thing_meant is not None and self._facts.knows(thing_meant)):
            return plain
        found = self._names.same(plain, CFM(column.kind))
        return self._facts.label(ox.NamedNode(found[0])) or plain if len(found) == 1 else plain

    def _date(self, text: str) -> ox.Literal | None:
        try:
            date = PartialDate.parse(text)
        except ValueError:
            return None
        return ox.Literal(str(date), datatype=ox.NamedNode(date.datatype))

    def _thing(self, column: Column, text: str) -> ox.NamedNode | None:
        if _IRI.match(text):
            return _named(text)
        if column.kind == "choice":
            names = {local(one).lower(): one for one in self._choices(column)}
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

    def _unknown(self, column: Column, text: str, cell: Cell) -> None:
        remedy, example = "correct the cell, or describe the thing in an entry of its own", ""
        if column.kind == "date":
            message, expected = f"{text!r} is not a date", "a date such as 2021-05-19, 2021-05 or 2021"
            remedy = "write year, month and day in this order, as far as they are known"
        elif column.kind == "choice":
            names = [local(one) for one in self._choices(column)]
            near = process.extractOne(text, names, processor=str.lower, score_cutoff=60)
            message, expected = f"{text!r} is no value of this column", "one of " + ", ".join(names)
            remedy = f"did you mean {near[0]}?" if near else "choose one of these, or leave the cell empty"
        else:
            message, expected = f"no {column.kind.lower()} is called {text!r}", f"a known cfm:{column.kind}"
            near_things = self._names.alike(text, CFM(column.kind))
            named = [f"{self._facts.label(ox.NamedNode(one))} ({local(one)})" for one in near_things]
            remedy = (f"did you mean {' or '.join(named)}? Or " if named else "") + remedy
            example = local(near_things[0]) if near_things else slug(text)
            if column.many and "," in text:
                remedy, example = "separate several values by semicolons", text.replace(",", ";")
        self._problem("csv-value", message, self._at(cell), text, remedy, expected, example)


def _named(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
