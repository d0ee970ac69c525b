"""Literals of which it is certain that their datatype allows them, and the numbers that they are."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cfm_kg.model import Literal
from cfm_kg.vocab import RDF, XSD

_KNOWN = 16384
"""How many numbers and dates are remembered: they recur."""
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
    return datatype_of(literal) in (STRING, TEXT) or _is_valid(literal)


@lru_cache(_KNOWN)
def _is_valid(literal: Literal) -> bool:
    datatype = datatype_of(literal)
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
    return _number(term) if isinstance(term, Literal) and term.datatype in _NUMBERS else None


@lru_cache(_KNOWN)
def _number(literal: Literal) -> Decimal | None:
    return Decimal(literal.value) if is_valid(literal) else None
