"""How a meeting was held: in person, by video, or both."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.meetings.cluster import Cluster, of_other_days
from cfm_kg.model import Span
from cfm_kg.units import Sentence, Unit

IN_PERSON, VIDEOCONFERENCE, HYBRID = "InPerson", "Videoconference", "Hybrid"
EVENTS = ("EVENT", "MEET", "HELD")
"""Classes of words for a meeting."""
_COMING = (*EVENTS, "TOOK_PART")
REACH = 9
"""Of so many units from a meeting's mention a word may tell of it."""
_ONLINE = "VIDEO"
_DENIALS = frozenset({"NEG", "NOTDONE"})


def told_format(context: Context, cluster: Cluster, owned: list[Sentence]) -> tuple[str, Span] | None:
    """The format that is told, with the words that tell it."""
    sentences = [*[m.sentence for m in cluster.mentions], *owned] if cluster.main else []
    for kind, form in (("HYBRID", HYBRID), (_ONLINE, VIDEOCONFERENCE), ("INPERSON", IN_PERSON)):
        for mention in cluster.mentions:
            unit = near_word(mention.sentence, mention.at, kind)
            if unit is not None and not _of_guests(context, mention.sentence, unit):
                return form, unit.span
        for sentence in sentences:
            if kind not in sentence.classes or of_other_days(sentence, cluster.date):
                continue
            # Where the meeting is said to be somewhere, some only joined it so.
            mixed = form == VIDEOCONFERENCE and cluster.place is not None
            beside = _COMING if mixed else EVENTS
            unit = _eventful(sentence, kind, beside)
            if unit is not None and not _of_guests(context, sentence, unit):
                return HYBRID if mixed else form, unit.span
    return None


def _of_guests(context: Context, sentence: Sentence, unit: Unit) -> bool:
    """Whether a word says how somebody spoke to a meeting which others held."""
    return any(
        sentence.units[m.start("format")] is unit for _, m in context.matches("guests_online", sentence)
    )


def _eventful(sentence: Sentence, kind: str, beside: tuple[str, ...]) -> Unit | None:
    """A word for a format that stands beside a word for the meeting, or for coming to it."""
    for i, unit in enumerate(sentence.units):
        if kind in unit.values and not _unsaid(sentence, i, kind):
            window = sentence.units[max(0, i - 6) : i + 4]
            if any(k in u.values for u in window for k in beside):
                return unit
    return None


def near_word(sentence: Sentence, at: int, kind: str) -> Unit | None:
    """The first word of a class near a meeting's mention."""
    if kind not in sentence.classes:
        return None
    first = max(0, at - REACH)
    window = enumerate(sentence.units[first : at + REACH + 1], first)
    found = ((i, unit) for i, unit in window if kind in unit.values)
    return next((unit for i, unit in found if not _unsaid(sentence, i, kind)), None)


def _unsaid(sentence: Sentence, at: int, kind: str) -> bool:
    """Whether a word does not say what a meeting was like."""
    return _ends_name(sentence, at) or (kind == _ONLINE and _denied(sentence, at))


def _denied(sentence: Sentence, at: int) -> bool:
    """Whether a word of denial stands before what would be done so ("nobody proposed to meet online")."""
    return any(not _DENIALS.isdisjoint(unit.values) for unit in sentence.units[:at])


def _ends_name(sentence: Sentence, at: int) -> bool:
    """Whether a word ends a capitalised name that a mark sets off ("People's Daily Online – …")."""
    named = sentence.units[max(0, at - 1) : at + 1]
    marked = any(not any(map(str.isalnum, u.text)) for u in sentence.units[at + 1 : at + 2])
    return marked and len(named) > 1 and all(u.text.istitle() for u in named)
