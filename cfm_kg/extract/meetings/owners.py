"""Which meeting a sentence tells of."""

from __future__ import annotations

from collections.abc import Mapping

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.cluster import Cluster
from cfm_kg.extract.meetings.entries import Entry
from cfm_kg.extract.meetings.mentions import MeetingMention


def owned(context: Context, found: tuple[Cluster, ...], entries: Mapping[int, Entry]) -> dict[int, int]:
    """For each sentence that tells the story, the key of its meeting.

    A sentence that names a meeting belongs to it; one that names none goes on with the meeting of
    the sentence before it in the same paragraph, or with the main one. In an entry of a chronicle, which
    may have several paragraphs under its day, it goes on with that of the entry alone.
    """
    named: dict[int, list[int]] = {}
    for key, cluster in enumerate(found):
        for mention in cluster.mentions:
            if key == 0 or not _told_by_somebody(mention):
                named.setdefault(mention.sentence.index, []).append(key)
    owners: dict[int, int] = {}
    current: int | None = 0
    paragraph, entry = -1, None
    for sentence in context.told:
        if sentence.paragraph != paragraph:
            paragraph, before, entry = sentence.paragraph, entry, entries.get(sentence.paragraph)
            if entry is None or before is None or entry.date is not before.date:
                current = 0 if entry is None else None
        keys = named.get(sentence.index)
        if keys:
            current = min(keys)
        elif entry is None and _speaks_of_members(context, sentence.index, found[0].body):
            current = 0
        if current is not None:
            owners[sentence.index] = current
    return owners


def _told_by_somebody(mention: MeetingMention) -> bool:
    """Whether somebody named before it speaks of another meeting: he does so at the one told of so far."""
    return any("PERSON" in unit.values for unit in mention.sentence.units[: mention.at])


def _speaks_of_members(context: Context, index: int, body: str) -> bool:
    """Whether a sentence names those who sit in a council ("the foreign ministers")."""
    role = context.registry.bodies[body].member_role
    slug = role.rsplit("/", 1)[-1] if role else ""
    sentence = context.sentences[index]
    if sentence.classes.isdisjoint(("ROLE_PL", "MEMBERS")):
        return False
    return any(
        slug in unit.values.get("ROLE_PL", ()) or body in unit.values.get("MEMBERS", ())
        for unit in sentence.units
    )
