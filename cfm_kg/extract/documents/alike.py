"""One document told of twice is one document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cfm_kg.model import Document, DocumentFrame, TallyFrame

_WORD = re.compile(r"[^\W_]{3,}")
_STEM = 5
_SAME, _SAME_HEADLINE = 0.75, 0.5
_OTHER = "Other"
_TERSE = 2
"""Words by which a headline may call a document otherwise than the text does."""
_WEAK = frozenset({"considered", "proposed"})


def distinct_documents(
    document: Document, told: Iterable[DocumentFrame], headline: Iterable[DocumentFrame]
) -> tuple[DocumentFrame, ...]:
    """The documents told of, each once; one of the headline only where the text tells of none like it."""
    found: list[DocumentFrame] = []
    for frame in told:
        _add(document, found, frame, _SAME)
    for frame in headline:
        if not any(_told_again(document, frame, other) for other in found):
            found.append(frame)
    return tuple(f for f in found if not any(_vaguer(document, f, o) for o in found if o is not f))


def _add(document: Document, found: list[DocumentFrame], frame: DocumentFrame, limit: float) -> None:
    for i, other in enumerate(found):
        if _same(document, other, frame, limit):
            if other.action in _WEAK and frame.action not in _WEAK:
                found[i] = frame
            return
    found.append(frame)


def _same(document: Document, one: DocumentFrame, other: DocumentFrame, limit: float) -> bool:
    if one.meeting != other.meeting or one.type != other.type:
        return False
    if one.evidence == other.evidence and one.title != other.title:
        return False  # titles that share a noun
    a, b = _stems(document, one), _stems(document, other)
    if not a or not b:
        return a == b
    return len(a & b) / min(len(a), len(b)) >= limit


def _told_again(document: Document, headline: DocumentFrame, other: DocumentFrame) -> bool:
    if headline.meeting != other.meeting:
        return False
    if headline.type == other.type != _OTHER and len(_stems(document, headline)) <= _TERSE:
        return True  # a headline's own words for it
    if headline.type == _OTHER != other.type:
        said, told = _stems(document, headline), _stems(document, other)
        return bool(told) and len(said & told) / len(told) >= _SAME  # "a text on …"
    return _same(document, other, headline, _SAME_HEADLINE) or _vaguer(document, headline, other)


def _vaguer(document: Document, one: DocumentFrame, other: DocumentFrame) -> bool:
    """Whether `one` is only the noun of a document whose title is told elsewhere."""
    if one.meeting != other.meeting or one.type != other.type:
        return False
    words = one.title.end - one.title.start
    return words < 25 and not _stems(document, one) - {one.type.casefold()[:_STEM], *_stems(document, other)}


def _stems(document: Document, frame: DocumentFrame) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(document.quote(frame.title).casefold())}


def distinct_tallies(told: Iterable[TallyFrame], headline: Iterable[TallyFrame]) -> tuple[TallyFrame, ...]:
    """Each count once; one of the headline, which may round, only where the text counts nothing alike."""
    found: dict[tuple[int, str, str, int], TallyFrame] = {}
    for tally in told:
        found.setdefault((tally.meeting, tally.type, tally.action, tally.count), tally)
    counted = {key[:3] for key in found}
    for tally in headline:
        if (tally.meeting, tally.type, tally.action) not in counted:
            found.setdefault((tally.meeting, tally.type, tally.action, tally.count), tally)
    return tuple(found.values())
