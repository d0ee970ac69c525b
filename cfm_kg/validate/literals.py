"""Literals of which it is certain that their datatype allows them, and the numbers that they are."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TEXTS = frozenset({_XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
_FORMS = {
    _XSD + name: re.compile(form + r"\Z", re.ASCII)
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
_NUMBERS = frozenset(_XSD + name for name in ("integer", "nonNegativeInteger", "decimal"))


def is_valid(literal: ox.Literal) -> bool:
    """Whether the form is surely one of the datatype's. False says nothing: rarer forms are not known."""
    datatype = literal.datatype.value
    if datatype in _TEXTS:
        return True
    form = _FORMS.get(datatype)
    if form is None or form.match(literal.value) is None:
        return False
    if not datatype.endswith("#date"):
        return True
    try:
        date.fromisoformat(literal.value)
    except ValueError:
        return False
    return True


def number(term: object) -> Decimal | None:
    """The number that a term is; None where it is none for sure."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS and is_valid(term):
        return Decimal(term.value)
    return None
