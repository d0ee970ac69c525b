"""What a text names: dates, people, offices and councils."""

from __future__ import annotations

import msgspec

from cfm_kg.dates import PartialDate
from cfm_kg.model.shared import Span


class DateMention(msgspec.Struct, frozen=True, gc=False):
    """A date as the text words it. `date` is None where the year does not follow from the text."""

    span: Span
    date: PartialDate | None
    end: PartialDate | None = None
    month: int | None = None
    day: int | None = None
    chain: tuple[str, ...] = ()
    """How the value follows, step by step."""
    relative: bool = False
    """Whether it is reckoned from the publication date ("yesterday", "last October")."""


class PersonMention(msgspec.Struct, frozen=True, gc=False):
    """A named person, or a post that stands for one, with what the text says of both."""

    span: Span
    """Title, country and name together."""
    name: Span | None
    """The name alone; None for "the Armenian foreign minister"."""
    candidates: tuple[str, ...] = ()
    """Registry IRIs that bear this name."""
    roles: tuple[Office, ...] = ()
    country: str | None = None
    """IRI of the country that the text attaches to the person."""
    organization: str | None = None


class Office(msgspec.Struct, frozen=True, gc=False):
    """A role that the text gives to a person, and for whom it is held."""

    role: str
    span: Span
    country: str | None = None
    organization: str | None = None
    acting: bool = False


class BodyMention(msgspec.Struct, frozen=True, gc=False):
    """A council named by the text: the registry bodies that the wording fits, best first."""

    span: Span
    bodies: tuple[str, ...]
    named: bool = False
    """Whether the wording says of which organisation."""
