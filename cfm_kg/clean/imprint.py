"""Publication lines: short lines that hold a date and little else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from cfm_kg.clean.blocks import Hint, Line
from cfm_kg.clean.stamps import TIME, Stamp, StampGrammar
from cfm_kg.packs.cleaning import CleaningPack

_LONGEST = 220
_WORD = re.compile(r"[^\W\d_]{2,}")
_ZONE = re.compile(r"\(?\b(?:[A-Z]{2,5}|Z)\b(?:\s*[+-]\d{1,2}(?::?\d{2})?)?\)?")
_FEW, _SOME, _MANY = 3, 12, 20
"""Words beside the date that a bare, a timed, and a timed line that begins with its date may have."""
_PART_WORDS = 5
"""Words that each other part of a divided line may have."""
_MENU_ENTRIES = 3
"""Menu entries before a date from which on the line is a menu with the day of a visit."""
_PARTS = re.compile(r"\s*[|•·»›★☆\t]\s*|\s+[-–—/\\>]+\s+|\s{2,}|\s+(?=\([^()]*\)$)")
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_LABEL_REACH = 30
"""Characters between a label and its date."""
_EDGE = " ,|-–—·•[("


class Trust(IntEnum):
    """How much a line's date looks like the day of publication, least first."""

    MENTIONED = 0
    """A heading that happens to name a date."""
    UPDATED = 1
    PART = 2
    """A date that is one part of a line divided by bars, dashes and the like."""
    OUTLET = 3
    """A date at the end, after a few words such as an outlet's name, or in brackets with a place."""
    BARE = 4
    TIMED = 5
    LABELLED = 6


@dataclass(frozen=True, slots=True)
class Imprint:
    """A dated line. `weekday` tells that it names one; `words` counts what else it says.

    `marked` tells that it has what belongs to one publication: an issue's number, an author, a count.
    """

    stamp: Stamp
    trust: Trust
    weekday: bool
    words: int
    timed: bool = False
    marked: bool = False
    apart: bool = False
    """Whether the line is divided by bars and the like, and the date is one of its parts."""

    @property
    def whole(self) -> bool:
        """Whether the line is nothing but a publication line."""
        return self.trust > Trust.MENTIONED


def read_imprints(
    lines: Sequence[Line], dates: StampGrammar, packs: Sequence[CleaningPack], month_first: bool = False
) -> dict[int, Imprint]:
    """The dated lines of `lines` by number."""
    read = ((n, read_imprint(line, dates, packs, month_first)) for n, line in enumerate(lines))
    return {number: imprint for number, imprint in read if imprint is not None}


def read_imprint(
    line: Line, dates: StampGrammar, packs: Sequence[CleaningPack], month_first: bool = False
) -> Imprint | None:
    """What `line` says of a publication date; None where it has none, or only the day a page was saved."""
    text = line.text
    if len(text) > _LONGEST or (line.prose and line.hint is not Hint.DATE):
        return None
    read = dates.find(text, month_first=month_first)
    stamps = [stamp for stamp in read if stamp.date is not None and not in_number(stamp, text, packs)]
    if not stamps:
        return None
    found: list[Imprint] = []
    timed = any(not any(s.span.start <= m.start() < s.span.end for s in stamps) for m in TIME.finditer(text))
    timed = timed or any(":" in text[s.span.start : s.span.end] for s in stamps)
    marked = any(pack.imprint_mark.search(text) for pack in packs)
    words = _words_beside(text, stamps, packs, dates, timed)
    previous = 0
    for stamp in stamps:
        before, after = text[previous : stamp.span.start], text[stamp.span.end :]
        previous = stamp.span.end
        if any(_of_other(before, pack) for pack in packs):
            continue
        trust = _trust(line, before, after, packs, timed, words)
        apart = words <= _SOME and _apart(text, stamp, packs, dates)
        trust = Trust.PART if apart and trust is Trust.MENTIONED else trust
        in_menu = _menu_entries(before, packs) >= _MENU_ENTRIES
        if trust > Trust.MENTIONED and in_menu and not (timed or marked):
            continue
        weekday = dates.weekday.search(text) is not None
        found.append(Imprint(stamp, trust, weekday, words, timed, marked, apart))
    return max(found, key=lambda imprint: (imprint.trust, -imprint.stamp.span.start), default=None)


def in_number(stamp: Stamp, text: str, packs: Sequence[CleaningPack]) -> bool:
    """Whether the day of `stamp` is an issue's number: "Vol. 2, No. 3, March 2017" tells no day."""
    numbers = (match for pack in packs for match in pack.issue.finditer(text))
    return any(match.start() < stamp.span.start < match.end() for match in numbers)


def _of_other(before: str, pack: CleaningPack) -> bool:
    """Whether the words before a date say that it is the day of a visit, or of something still to come."""
    labels = (*pack.page_saved.finditer(before), *pack.other_day.finditer(before))
    return any(len(before) - match.end() < _LABEL_REACH for match in labels)


def _trust(
    line: Line, before: str, after: str, packs: Sequence[CleaningPack], timed: bool, words: int
) -> Trust:
    if line.item and not line.text[0].isdigit():
        return Trust.MENTIONED
    if any(pack.updated.search(before) for pack in packs):
        return Trust.UPDATED
    if any(pack.published.search(before) for pack in packs) and words <= _SOME:
        return Trust.LABELLED
    if words > _FEW and line.text.endswith((".", "!", "?")):
        return Trust.MENTIONED
    if timed and words <= (_MANY if not before.strip(_EDGE) else _SOME):
        return Trust.TIMED
    if words <= _FEW or (line.hint is Hint.DATE and words <= _SOME):
        # Under a title brackets hold when and where what it names was.
        return Trust.OUTLET if words and _BRACKETED.match(line.text) else Trust.BARE
    if words <= _SOME // 2 and not _WORD.search(_unmarked(after, packs)):
        return Trust.OUTLET
    return Trust.MENTIONED


def _apart(text: str, stamp: Stamp, packs: Sequence[CleaningPack], dates: StampGrammar) -> bool:
    """Whether the date is all of one part of a divided line whose other parts are short."""
    if text.endswith((".", "!", "?")):
        return False
    start, alone, parts = 0, False, 0
    for end, following in [*(match.span() for match in _PARTS.finditer(text)), (len(text), len(text))]:
        if start <= stamp.span.start and stamp.span.end <= end:
            rest = text[start : stamp.span.start] + text[stamp.span.end : end]
            alone = not _WORD.search(dates.weekday.sub("", rest))
        elif text[start : start + 1] != "(" and _words(_unmarked(text[start:end], packs)) > _PART_WORDS:
            return False
        parts += start < end
        start = following
    return alone and parts > 1


def _unmarked(text: str, packs: Sequence[CleaningPack]) -> str:
    """`text` without what belongs to one publication."""
    for pack in packs:
        text = pack.imprint_mark.sub(" ", text)
    return text


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _menu_entries(before: str, packs: Sequence[CleaningPack]) -> int:
    parts = [part.strip(" []()").lower() for part in _PARTS.split(before)]
    return sum(part in pack.menu_words for part in parts for pack in packs)


def _words_beside(
    text: str, stamps: Sequence[Stamp], packs: Sequence[CleaningPack], dates: StampGrammar, timed: bool
) -> int:
    rest = list(text)
    for stamp in stamps:
        rest[stamp.span.start : stamp.span.end] = " " * (stamp.span.end - stamp.span.start)
    left = TIME.sub(" ", "".join(rest))
    if timed:
        left = _ZONE.sub(" ", left)
    for pack in packs:
        left = pack.imprint_mark.sub(" ", pack.updated.sub(" ", pack.published.sub(" ", left)))
    return _words(dates.weekday.sub(" ", left))
