"""Who published an article: metadata, a source line, a letterhead, a masthead, or the dateline's agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cfm_kg.clean.headline import is_letterhead, is_masthead, is_titled, small_words
from cfm_kg.clean.page import Page
from cfm_kg.packs.cleaning import CleaningPack

_LONGEST = 120
_OWNER = re.compile(
    r"(?:©|\(c\))\s*(?:\d{4}\s*(?:[-–—]\s*\d{4})?)?,?\s*(?P<name>[^\W\d_][^.|,©]{3,80}?)(?:\s+\d{4}(?:\s*[-–—]\s*\d{4})?)?\s*(?:[.|,]|$)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s{2,}|\t|\s*[|\[(•·★☆]\s*|\s+[-–—/>]\s+|,\s+(?=[^\W\d_A-ZА-Я])")
_NAME_WORDS = 4


def publisher(page: Page, told: str | None) -> str | None:
    """The publisher's name as the page writes it; `told` is what metadata says. None where nothing tells."""
    if told and told.strip():
        return told.strip()
    for name in _told_by_page(page):
        plain = _plain(name, page.packs)
        if len(plain) > 1:
            return plain
    return None


def _told_by_page(page: Page) -> Iterator[str]:
    """Names, surest first."""
    yield from _source_lines(page)
    yield from _letterheads(page)
    above = [n for n in page.margins if n < page.first_prose and n != page.headline]
    for number in above:
        text = page.lines[number].text
        if is_masthead(text, page.packs) and not page.dates.find(text):
            yield _CUT.split(text)[0]
    for _, dateline in sorted(page.datelines.items()):
        if dateline.agency:
            yield _without_lead(dateline.agency, page.packs)
    yield from _names_above(page, above)
    for line in page.lines[max(0, page.last_prose) :]:
        match = _OWNER.search(line.text[:300])
        if match:
            yield match["name"]


def _source_lines(page: Page) -> Iterator[str]:
    for number in page.margins:
        text = page.lines[number].text
        if len(text) > 2 * _LONGEST:
            continue
        for pack in page.packs:
            match = pack.source.search(text)
            name = _CUT.split(text[match.end() :])[0].strip(" .") if match else ""
            if 2 < len(name) <= _LONGEST:
                yield name


def _letterheads(page: Page) -> Iterator[str]:
    """Institutions named above the article; one that a state's name alone precedes is told with it."""
    state = ""
    for number in page.margins:
        text = page.lines[number].text
        if number == page.headline or any(pack.genre_at.match(text) for pack in page.packs):
            continue
        if number > page.first_prose or not is_letterhead(text, page.packs):
            continue
        name, *others = _CUT.split(text)
        if any(pack.state_at.match(name) for pack in page.packs) and not state:
            state = name
            if not others or not is_letterhead(others[0], page.packs):
                continue
            name = others[0]
        yield f"{name}, {state}" if state and state not in name else name
    if state:
        yield state


def _names_above(page: Page, above: Sequence[int]) -> Iterator[str]:
    """Short names above the article: beside a date, in capitals, or on the very first line."""
    for number in above:
        text = page.lines[number].text
        stamps = page.dates.find(text)
        name = _CUT.split(text[: stamps[0].span.start].rstrip(" ,;-–—|·\t") if stamps else text)[0]
        name = page.dates.weekday.sub("", name).rstrip(" ,\t")
        words = name.split()
        if not 1 <= len(words) <= _NAME_WORDS or not name[0].isalpha() or any(d.isdigit() for d in name):
            continue
        if (
            is_titled(words, page.packs)
            and (number == 0 or stamps or name.isupper())
            and number not in page.datelines
        ):
            yield name


def _without_lead(agency: str, packs: Sequence[CleaningPack]) -> str:
    first, _, rest = agency.partition(" ")
    lead = any(first.strip(".").lower() == word for pack in packs for word in pack.agency_lead_words)
    return rest if lead and rest else agency


def _plain(name: str, packs: Sequence[CleaningPack]) -> str:
    """A name set in capitals throughout is rewritten, if it is of more than two words."""
    name = " ".join(name.split()).strip(" ,;:")
    words = name.split()
    if not name.isupper() or len(words) < 3:
        return name
    small = small_words(packs)
    return " ".join(w.lower() if n and w.lower() in small else w.capitalize() for n, w in enumerate(words))
