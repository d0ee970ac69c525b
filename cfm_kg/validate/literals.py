"""Literals of which it is certain that their datatype allows them, and the numbers that they are."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from cfm_kg.model import Literal
from cfm_kg.vocab import RDF, XSD

STRING, TEXT = XSD("string"), RDF("langString")
_FORMS = {
    XSD(name): re.compile(form + r"\Z", re.ASCII)
    for name, form in {
        "date": r"[12]\d{3}-\d\d-\d\d",
        "gYearMonth": r"[12]\d{3}-(0[1-9]|1[0-2])",
        "gYear": r"[12]\d{3}",
        "integer": r"-?\d+",
        "nonNegativeInteger": r"\d+",
        "decimal": r"-?\d+(\.\d+)?",
        "boolean": r"true|false",
    }.items()
}
_DATE = XSD("date")
_NUMBERS = frozenset(map(XSD, ("integer", "nonNegativeInteger", "decimal")))


def datatype_of(literal: Literal) -> str:
    """The literal's datatype, as the store has it."""
    return TEXT if literal.language else literal.datatype or STRING


def is_valid(literal: Literal) -> bool:
    """Whether the form is surely one of the datatype's. False says nothing: rarer forms are not known."""
    datatype = datatype_of(literal)
    if datatype in (STRING, TEXT):
        return True
    form = _FORMS.get(datatype)
    if form is None or form.match(literal.value) is None:
        return False
    if datatype != _DATE:
        return True
    try:
        date.fromisoformat(literal.value)
    except ValueError:
        return False
    return True


def number(term: object) -> Decimal | None:
    """The number that a term is; None where it is none for sure."""
    if isinstance(term, Literal) and term.datatype in _NUMBERS and is_valid(term):
        return Decimal(term.value)
    return None
