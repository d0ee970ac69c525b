"""What can be drawn, and of what: known before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be drawn."""

    TIMELINE = "timeline"
    ATTENDANCE = "attendance"
    TOPICS = "topics"
    CHAIRMANSHIPS = "chairmanships"


@dataclass(frozen=True, slots=True)
class Span:
    """What is drawn: days, months or years from `since` to `until`; meetings of a body, turns of an
    organisation, by slug, name or IRI. None is no bound.
    """

    since: str | None = None
    until: str | None = None
    body: str | None = None
    organization: str | None = None

    def given(self, *names: str) -> dict[str, str]:
        """The bounds of these names that are set."""
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}
