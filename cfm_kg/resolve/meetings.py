"""The names of meetings and of what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from cfm_kg.dates import PartialDate
from cfm_kg.model import Document, MeetingFrame
from cfm_kg.vocab import local, slug, thing

_TITLE_LENGTH = 72


class MeetingNames:
    """IRIs for the meetings of one article: the council and the date."""

    def __init__(self, document: Document, meetings: Iterable[MeetingFrame]) -> None:
        self._paths: dict[int, tuple[str, str]] = {}
        self._names: dict[int, str] = {}
        for meeting in meetings:
            when = str(meeting.date.date) if meeting.date and meeting.date.date else None
            path = self._paths[meeting.key] = (local(meeting.body), when or self._undated(document, meeting))
            self._names[meeting.key] = thing("meeting", *path)

    def _undated(self, document: Document, meeting: MeetingFrame) -> str:
        number = f"-{meeting.key}" if meeting.key else ""
        return f"undated-{document.sha256[:8]}{number}"

    def meeting(self, key: int) -> str:
        """A meeting's IRI."""
        return self._names[key]

    def part(self, kind: str, key: int, *path: str) -> str:
        """The IRI of something that belongs to a meeting."""
        return thing(kind, *self._paths[key], *path)

    def document(self, key: int, type_: str, name: str) -> str:
        """The IRI of a document first seen at a meeting, by its title's slug.

        Long ones are cut, and told apart by a digest.
        """
        name = name or "untitled"
        if len(name) > _TITLE_LENGTH:
            name = f"{name[:_TITLE_LENGTH].rstrip('-')}-{sha256(name.encode()).hexdigest()[:6]}"
        return thing("document", *self._paths[key], f"{slug(type_)}-{name}")


def day_of(meeting: MeetingFrame | None, published: PartialDate | None) -> PartialDate | None:
    """When a meeting was, or else when it is told of."""
    return meeting.date.date if meeting and meeting.date and meeting.date.date else published
