"""What may be decided of an item of the review queue, and what each choice rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cfm_kg.dates import PartialDate
from cfm_kg.description.labels import property_label
from cfm_kg.fuse import Verdict
from cfm_kg.model import Literal, Node
from cfm_kg.review.book import Ruling
from cfm_kg.review.queue import Item
from cfm_kg.serve.pages.article import claim_of
from cfm_kg.serve.pages.view import View
from cfm_kg.serve.refusal import HttpError
from cfm_kg.vocab import BASE, XSD, prefixes

_DATES = {XSD(name) for name in ("date", "gYearMonth", "gYear")}


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be decided: its name in forms, its key, and what it is called."""

    name: str
    key: str
    label: str
    value: Node | None = None
    """Of a conflict, the value that would hold."""
    property: str = ""


_RIGHT, _WRONG = Choice("right", "c", "Right"), Choice("wrong", "w", "Wrong")
_SAME, _DIFFERENT = Choice("same", "s", "The same"), Choice("different", "d", "Different")
_OTHER = "other"


def choices(view: View, item: Item) -> tuple[Choice, ...]:
    """What may be decided of an item."""
    if item.things:
        return (_SAME, _DIFFERENT)
    if item.claims:
        return (_RIGHT, _WRONG)
    return tuple(_values(view, item))


def _values(view: View, item: Item) -> Iterable[Choice]:
    """The values that articles give of what they disagree on."""
    if item.conflict is None:
        return
    sides = item.conflict.sides
    values = dict.fromkeys((side.property, claim_of(view, side.claim).value) for side in sides)
    for number, (name, value) in enumerate(values, 1):
        of = "It is" if len({side.property for side in sides}) == 1 else property_label(name)
        key = str(number) if number < 10 else ""
        yield Choice(f"value-{number}", key, f"{of} {view.told(value)}", value, name)


def rulings(view: View, item: Item, choice: str, chosen: Sequence[str], other: str) -> tuple[Ruling, ...]:
    """What a choice rules. `chosen` are keys of an item's claims. Raises HttpError for what is none."""
    claims = tuple(one for one in item.claims if one.rpartition("/")[2] in chosen)
    if item.claims and not claims:
        raise HttpError(400, "no claim is chosen", remedy="tick those that you decide on")
    if item.things and choice in (_SAME.name, _DIFFERENT.name):
        return (Ruling(Verdict(choice), things=item.things),)
    if claims and choice == _WRONG.name:
        return (Ruling(Verdict.WRONG, claims=claims),)
    if claims and choice == _RIGHT.name:
        return tuple(_replaced(view, one, claim_of(view, one).value) for one in claims)
    if choice == _OTHER and other and not item.things:
        return (_otherwise(view, item, claims, other),)
    for one in _values(view, item):
        if one.name == choice:
            return (_prevailing(item, one),)
    raise HttpError(400, "this cannot be decided so", remedy="choose a button; give a value for another one")


def _replaced(view: View, iri: str, value: Node) -> Ruling:
    said = claim_of(view, iri)
    return Ruling(Verdict.CORRECT, fact=(said.subject, said.predicate, value), claims=(iri,))


def _otherwise(view: View, item: Item, claims: tuple[str, ...], other: str) -> Ruling:
    if item.conflict is not None:
        now = claim_of(view, item.conflict.sides[0].claim).value
        fact = (item.conflict.subject, item.conflict.property, _written(view, other, now))
        return Ruling(Verdict.CORRECT, fact=fact)
    if len(claims) != 1:
        remedy = "tick the one that it replaces, and no other"
        raise HttpError(400, "another value is that of one claim", remedy=remedy)
    return _replaced(view, claims[0], _written(view, other, claim_of(view, claims[0]).value))


def _written(view: View, text: str, now: Node) -> Node:
    """What somebody writes, as a value like the present one. Raises HttpError where it is none."""
    if isinstance(now, str):
        return _named(view, text)
    if now.datatype not in _DATES:
        return Literal(text, now.datatype, now.language)
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        raise HttpError(400, f"{text!r} is no date", why=str(error), remedy="2021-05-19") from error
    return Literal(str(day), day.datatype)


def _named(view: View, text: str) -> str:
    prefix, colon, name = text.partition(":")
    space = prefixes().get(prefix, "") if colon else ""
    iri = space + name if space else text if "://" in text else f"{BASE}id/{text.removeprefix('id/')}"
    try:
        found = ox.NamedNode(iri)
    except ValueError as error:
        raise HttpError(400, f"{text!r} is no name", why=str(error)) from error
    if not _known(view, found):
        remedy = "give the end of a thing's address, such as place/minsk"
        raise HttpError(400, f"nothing here is named {text!r}", remedy=remedy)
    return iri


def _known(view: View, name: ox.NamedNode) -> bool:
    """Whether the store speaks of a thing."""
    found = view.store.quads_for_pattern(name, None, None), view.store.quads_for_pattern(None, None, name)
    return any(True for some in found for _ in some)


def _prevailing(item: Item, choice: Choice) -> Ruling:
    """That a value holds: of one property as a correction; where properties contradict each other, the
    claims of the other sides are wrong.
    """
    assert item.conflict is not None
    assert choice.value is not None
    sides = item.conflict.sides
    if all(side.property == item.conflict.property for side in sides):
        return Ruling(Verdict.CORRECT, fact=(item.conflict.subject, item.conflict.property, choice.value))
    wrong = tuple(side.claim for side in sides if side.property != choice.property)
    return Ruling(Verdict.WRONG, claims=wrong)
