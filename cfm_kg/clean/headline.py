"""The headline among the lines above an article."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from cfm_kg.clean.blocks import Hint, Line, folded
from cfm_kg.clean.noise import menu_parts
from cfm_kg.clean.stamps import TIME, StampGrammar
from cfm_kg.model import Span
from cfm_kg.packs.cleaning import CleaningPack

_FEWEST_WORDS = 3
_LEAST_SCORE = 3
_DATED = 6
"""What a line loses that is rather a publication line."""
_MOST_LINES = 40
_LONGEST_MASTHEAD = 200
_POSTAL_CODE = re.compile(r"(?<![\d.,])\d{5,6}(?![\d.,]\d)|\+\d[\d ()-]{7,}")
_EDGE = " \t-–—|•·,;#"
_ACRONYM = re.compile(r"(?P<acronym>[^\W\d_a-zа-яё]{3,8})\s+[-–—]\s+(?P<name>.+)$")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_MARK = re.compile(r"#+\s*|[^\w\"“«‘'(\[]+\s*")


def find_headline(
    lines: Sequence[Line],
    noise: frozenset[int],
    first_prose: int,
    packs: Sequence[CleaningPack],
    dates: StampGrammar,
    title: str | None = None,
    dated: Container[int] = (),
) -> tuple[int, Span] | None:
    """The headline's line number and span; `title` is what metadata calls the article.

    `dated` are the lines that are a date with a word or two, or of which a date is one of several parts.

    It stands above the first prose. It may share its line with a time stamp, or be a breadcrumb's last step.
    """
    wanted = folded(title) if title else ""
    best: tuple[int, Span] | None = None
    best_score = _LEAST_SCORE - 1
    for number, line in enumerate(lines[: min(first_prose, _MOST_LINES)]):
        crumb = number in noise
        if crumb and line.hint is Hint.NOISE:
            continue
        span = _last_step(line) if crumb else _without_stamp(line, dates)
        if span is None:
            continue
        text = line.text[span.start - line.span.start : span.end - line.span.start]
        score = _score(text, line, packs, wanted) - (6 if crumb else 0) - _DATED * (number in dated)
        if score > best_score:
            best, best_score = (number, span), score
    return best


def _score(text: str, line: Line, packs: Sequence[CleaningPack], wanted: str) -> int:
    words = len(re.findall(r"[^\W\d_]{2,}", _BRACKETED.sub("", text)))
    probe = text.replace("’", "'")
    told_of = any(pack.byline_at.match(probe) or pack.source.match(probe) for pack in packs)
    if words < _FEWEST_WORDS or told_of or is_address(text):
        return 0
    score = min(words, 12)
    score -= 9 * is_letterhead(text, packs)
    score -= 5 * is_masthead(text, packs)
    score -= 4 * (text[0] == "@" or " · " in text) + 6 * (" ★ " in text)
    score -= 2 * text.endswith((".", ":"))
    score += 8 * (line.hint is Hint.TITLE) + 4 * (line.hint is Hint.HEADING)
    score -= 4 * (words > 30)
    if wanted:
        told = folded(text)
        score += 8 * (told == wanted or (len(told) > 20 and (told in wanted or wanted in told)))
    return score


def is_letterhead(text: str, packs: Sequence[CleaningPack]) -> bool:
    """Whether a line is the name of an institution, or of a kind of text, and nothing else."""
    if len(text) > 120:
        return False
    probe = text.replace("’", "'").strip('«»"“” ')
    if any(pack.genre_at.match(probe) for pack in packs) or _spells_acronym(probe):
        return True
    # A name carries capitals all through, a sentence does not; Russian names do not either, and have no verb.
    return any(pack.letterhead_at.match(probe) for pack in packs) and not _tells(probe, packs)


def _spells_acronym(text: str) -> bool:
    """Whether a line is an acronym, a dash, and the name that it stands for."""
    match = _ACRONYM.match(text)
    if match is None:
        return False
    initials = iter(word[0] for word in re.findall(r"[^\W\d_]+", match["name"]) if word[0].isupper())
    return all(letter in initials for letter in match["acronym"])


def is_address(text: str) -> bool:
    """Whether a line is a postal address: it has a postal code or a telephone number among commas."""
    return len(text) < 160 and "," in text and _POSTAL_CODE.search(text) is not None


def is_titled(words: Sequence[str], packs: Sequence[CleaningPack]) -> bool:
    """Whether words are written as in a name: each with a capital, but for small ones such as "of"."""
    small = small_words(packs)
    return all(word[0].isupper() or word.lower() in small for word in words)


def small_words(packs: Sequence[CleaningPack]) -> set[str]:
    """Words that stand in names without a capital."""
    return {word for pack in packs for word in pack.small_words}


def _tells(text: str, packs: Sequence[CleaningPack]) -> bool:
    small = small_words(packs)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1]
    if len(words) > 14 or re.search(r"[a-zа-яё][.:]\s", text):
        return True
    if all("a" <= word[0].lower() <= "z" for word in words):
        return any(word[0].islower() and word not in small for word in words[1:])
    return False


def is_masthead(text: str, packs: Sequence[CleaningPack]) -> bool:
    """Whether a line is the name of a paper or an agency, perhaps with what it is."""
    words = re.findall(r"[\w-]+", _BRACKETED.sub("", text[:_LONGEST_MASTHEAD]))
    if len(words) > 7 or len(text) >= _LONGEST_MASTHEAD or text.endswith((".", "!", "?")):
        return False
    return any(word.lower() in pack.masthead_words for word in words for pack in packs)


def _without_stamp(line: Line, dates: StampGrammar) -> Span | None:
    """The part of a line between the dates and times at its edges, if that is still a phrase."""
    start, end = 0, len(line.text)
    if end > 400:
        return None
    edges = [(s.span.start, s.span.end) for s in dates.find(line.text) if s.year is not None]
    edges += [match.span() for match in TIME.finditer(line.text)]
    for begin, stop in sorted(edges):
        if not line.text[start:begin].strip(_EDGE):
            start = stop
    for begin, stop in sorted(edges, reverse=True):
        glued = begin > 0 and line.text[begin - 1].isalpha()
        if begin > start and not line.text[stop:end].strip(_EDGE) and (glued or ":" in line.text[begin:stop]):
            end = begin
    text = line.text[start:end]
    mark = _MARK.match(text)
    start += mark.end() if mark and mark.end() < len(text) and text[0] != "@" else 0
    end = start + len(line.text[start:end].rstrip(_EDGE))
    return Span(line.span.start + start, line.span.start + end) if end > start else None


def _last_step(line: Line) -> Span | None:
    parts = menu_parts(line.text)
    if len(parts) < 2 or len(parts[-1].split()) < 5 or not line.text.endswith(parts[-1]):
        return None
    return Span(line.span.end - len(parts[-1]), line.span.end)
