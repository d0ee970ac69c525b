"""What on a page is no part of its article."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from cfm_kg.clean.blocks import LONG, Hint, Line, folded
from cfm_kg.clean.imprint import Imprint, Trust
from cfm_kg.clean.stamps import TIME
from cfm_kg.packs.cleaning import CleaningPack

_PARTS = re.compile(r"\s*[|•·»›→☰¦]\s*|\s+[>/\\]\s+|\s{2,}|\s*<<\s*|\s*>>\s*")
_HARD_PARTS = re.compile(r"\s*[|•·»›→☰¦]\s*|\s+[>/\\]\s+")
_RATES = re.compile(r"\b[A-Z]{3}\b\s*[:=]?\s*\d+[.,]\d+")
_RATE = re.compile(r"(?<!\d)10{0,2}\s+[A-Z]{3}\s*=\s*\d")
_LINK_ONLY = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$", re.I)
_DIGIT = re.compile(r"\d")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_OPENER_END = " :>»…!?.-–—|\t"
_OPENER_MARK = re.compile(r"\s*[:|»>]|\s{2,}|\t|\s+[-–—]\s")
_FRAMED = re.compile(r"(?P<frame>[-–—=*~]{2,})\s*[^-–—=*~\n][^\n]{0,120}(?P=frame)$")
_STORY = re.compile(r"(?P<number>\d{1,2})[.)]\s+[^\W\d_][^.:!?\n]{2,60}[.:!?]\s+[^\W\d_]")
"""A numbered story of a digest: its title, and the first sentence on the same line."""
_SENTENCE_END = tuple(".!?…)]»”\"'")
"""What ends a story on its line; a numbered heading ends in a word."""
_CONTROL_WORDS = 6
_TEASER = 400
"""Characters of a paragraph that may be another story's."""
_REPEAT_LENGTH = 25
"""Letters from which on a repeated line is no coincidence."""


def mark_noise(
    lines: Sequence[Line], packs: Sequence[CleaningPack], dated: Mapping[int, Imprint]
) -> frozenset[int]:
    """Indexes of the lines of `lines` that are page noise; `dated` are their dated lines."""
    imprints = {number for number, imprint in dated.items() if imprint.whole}
    noise = {n for n, line in enumerate(lines) if n not in imprints and _is_noise(line, packs)}
    noise |= {n for n in range(len(lines)) if lines[n].hint is Hint.NOISE}
    prose = [n for n, line in enumerate(lines) if line.prose and n not in noise]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    noise |= {
        n for n, line in enumerate(lines) if n not in imprints and _is_menu(line, packs, not first < n < last)
    }
    noise |= _other_stories(lines, noise) | _digest(lines, noise)
    noise |= {n + 1 for n in noise if n + 1 < len(lines) and _FRAMED.match(lines[n + 1].text)}
    bare = {n for n in imprints if not dated[n].words and dated[n].trust >= Trust.BARE}
    noise |= _sections(lines, packs, first, last) - {n for n in bare if n < first and _alone(lines, n, packs)}
    noise |= _comments(lines, packs, noise)
    noise |= _repeats(lines, noise)
    return frozenset(noise)


def _is_noise(line: Line, packs: Sequence[CleaningPack]) -> bool:
    text = line.text.replace("’", "'")
    if len(text) > LONG:
        return False
    if line.bare and not _DIGIT.search(text):
        return True
    lowered = text.lower()
    if len(text) < 500 and any(phrase in lowered for pack in packs for phrase in pack.noise_phrases):
        return True
    if line.prose:
        return (
            len(text) < 300
            and not line.item
            and any(pack.foot_at.match(text) or pack.foot.search(text) for pack in packs)
        )
    if len(_RATES.findall(text)) >= 2 or _RATE.search(text) or _LINK_ONLY.match(text):
        return True
    few = len(text.split()) <= _CONTROL_WORDS
    if _DIGIT.search(text) and any(pack.page_saved.search(text) for pack in packs):
        return True
    return any(
        pack.noise_at.match(text) or pack.noise.search(text) or (few and pack.control_at.match(text))
        for pack in packs
    )


def menu_parts(text: str) -> tuple[str, ...]:
    """The entries of a menu or breadcrumb line."""
    return tuple(part for part in (p.strip(" []()") for p in _PARTS.split(text)) if part)


def _is_menu(line: Line, packs: Sequence[CleaningPack], outside: bool) -> bool:
    if line.prose or len(line.text) > 400:
        return False
    parts = menu_parts(line.text)
    known = sum(part.lower() in pack.menu_words for part in parts for pack in packs)
    if len(parts) == 1:
        single = line.text.lower().split()
        entries = sum(word in pack.menu_words for word in single for pack in packs)
        return outside and (known == 1 or (entries >= 3 and entries * 2 > len(single)))
    if len(parts) < 2:
        return False
    hard = len(_HARD_PARTS.split(line.text.strip(" |»>"))) > 1
    if known and (hard or known >= 2):
        return True
    words = sum(len(part.split()) for part in parts)
    if not hard:
        return outside and len(parts) >= 5 and words <= 2 * len(parts)
    return outside and len(parts) >= 3 and words <= 5 * len(parts)


def _sections(lines: Sequence[Line], packs: Sequence[CleaningPack], first: int, last: int) -> set[int]:
    """Lists of other stories under headings such as "See also"."""
    noise: set[int] = set()
    for number, line in enumerate(lines):
        if number in noise:
            continue
        if line.prose:
            noise |= {number} if _other_reading(line.text, packs) else set()
            continue
        opening = _opening(line.text, packs, number > last)
        if opening is None:
            continue
        noise.add(number)
        if opening == "bare" and number + 1 < len(lines):
            noise |= _section_items(lines, number, first, last)
        elif opening == "inline" and number > last:
            noise |= set(_while(lines, number + 1, lambda n: not lines[n].after_blank and not lines[n].prose))
    return noise


def _alone(lines: Sequence[Line], number: int, packs: Sequence[CleaningPack]) -> bool:
    """Whether a line is all that stands under the name of a page's section ("News feed"): it is no story."""
    ends = number + 1 == len(lines) or lines[number + 1].after_blank
    return ends and number > 0 and _opening(lines[number - 1].text, packs, last=False) is not None


def _opening(text: str, packs: Sequence[CleaningPack], last: bool) -> str | None:
    """`bare` for a heading alone, `inline` for one with items on its line; `last`: below the article."""
    if len(text) > LONG:
        return None
    for pack in packs:
        match = pack.section_at.match(text)
        if match is not None:
            alone = pack.section_at.fullmatch(text.rstrip(_OPENER_END)) is not None
            if alone or (last and text.count(" ") < _CONTROL_WORDS):
                return "bare"
            if _OPENER_MARK.match(text, match.end()) or pack.inline_section_at.match(text):
                return "inline"
    return None


def _other_reading(text: str, packs: Sequence[CleaningPack]) -> bool:
    """Whether a paragraph is other stories after a heading and a colon."""
    if len(text) > _TEASER:
        return False
    matches = (pack.inline_section_at.match(text) for pack in packs)
    return any(match is not None and text[match.end() :].lstrip().startswith(":") for match in matches)


def _section_items(lines: Sequence[Line], opener: int, first: int, last: int) -> set[int]:
    start = opener + 1
    if opener > last:
        return set(_while(lines, start, lambda n: not lines[n].prose))
    if opener < first:
        # Before the article a heading of other stories may be a menu entry: the headline must not be lost.
        return set(_while(lines, start, lambda n: not lines[n].prose and not lines[n].after_blank))
    return set(
        _while(lines, start, lambda n: not lines[n].prose and (n == start or not lines[n].after_blank))
    )


def _while(lines: Sequence[Line], start: int, belongs: Callable[[int], bool]) -> list[int]:
    taken: list[int] = []
    for number in range(start, len(lines)):
        if not belongs(number):
            break
        taken.append(number)
    return taken


def _comments(lines: Sequence[Line], packs: Sequence[CleaningPack], noise: set[int]) -> set[int]:
    """From the heading of readers' comments to the end, where most of the article stands before it."""
    sizes = [len(line.text) if line.prose and n not in noise else 0 for n, line in enumerate(lines)]
    for number, line in enumerate(lines):
        if len(line.text) < 60 and any(pack.comment_at.match(line.text) for pack in packs):
            if sum(sizes[:number]) > sum(sizes[number:]):
                return set(range(number, len(lines)))
            return {number}
    return set()


def _repeats(lines: Sequence[Line], noise: set[int]) -> set[int]:
    """A headline or body told a second time."""
    seen: set[str] = set()
    told = ""
    repeated: set[int] = set()
    for number, line in enumerate(lines):
        if number in noise or line.item:
            continue
        words = folded(line.text)
        if len(words) < _REPEAT_LENGTH:
            continue
        if words in seen or (line.prose and words[:60] in told and _mostly_told(line.text, told)):
            repeated.add(number)
            continue
        seen.add(words)
        if line.prose:
            told += " " + words
    return repeated


def _mostly_told(text: str, told: str) -> bool:
    sentences = [folded(sentence) for sentence in _SENTENCES.split(text[:LONG])]
    return sum(len(s) for s in sentences if s in told) > 0.8 * sum(map(len, sentences))


def _other_stories(lines: Sequence[Line], noise: set[int]) -> set[int]:
    """In a feed whose stories begin with a time, all stories but the longest."""
    starts = [n for n, line in enumerate(lines) if n not in noise and _starts_story(line)]
    if len(starts) < 3:
        return set()
    return _all_but_longest(lines, noise, starts)


def _digest(lines: Sequence[Line], noise: set[int]) -> set[int]:
    """In a digest of numbered stories with a title each, all stories but the longest."""
    starts: list[int] = []
    for number, line in enumerate(lines):
        told = number not in noise and line.item and line.text.endswith(_SENTENCE_END)
        match = _STORY.match(line.text[:LONG]) if told else None
        if match is not None and int(match["number"]) == len(starts) + 1:
            starts.append(number)
        elif line.prose and not starts and number not in noise:
            return set()
    return _all_but_longest(lines, noise, starts) if len(starts) >= 3 else set()


def _all_but_longest(lines: Sequence[Line], noise: set[int], starts: Sequence[int]) -> set[int]:
    """The lines of the stories that begin at `starts`, but for one that is far longer than any other."""
    bounds = [*starts, len(lines)]
    sizes = [
        sum(len(lines[n].text) for n in range(begin, end) if n not in noise)
        for begin, end in pairwise(bounds)
    ]
    main = sizes.index(max(sizes))
    if max(sizes) < 400 or sorted(sizes)[-2] * 3 > max(sizes):
        return set()
    return set(range(starts[0], starts[main])) | set(range(bounds[main + 1], len(lines)))


def _starts_story(line: Line) -> bool:
    match = TIME.match(line.text)
    return match is not None and len(line.text.split()) >= 4 and len(line.text) < LONG
