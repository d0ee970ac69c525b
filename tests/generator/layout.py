"""Sentences laid out as a page: press release, agency, list or machine translation, and noise around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from .facts import Facts
from .phrasebook import Phrasebook
from .sentences import Writer, day_slots

LAYOUTS = ("press", "agency", "list", "translated")
_BREAK = "\n\n"


def lay_out(layout: str, facts: Facts, writer: Writer, book: Phrasebook, rng: Random) -> str:
    """The article's text without noise."""
    make: Callable[[Facts, Writer, Phrasebook, Random], list[str]] = _MAKERS[layout]
    return _BREAK.join(make(facts, writer, book, rng)) + "\n"


def with_noise(text: str, facts: Facts, book: Phrasebook, rng: Random) -> str:
    """The same article as scraped with what stood around it."""
    noise = book.rest["noise"]
    saved = facts.published + timedelta(days=rng.randint(40, 900))
    slots = {f"saved_{name}": value for name, value in day_slots(saved).items()}
    top = rng.sample(noise["top"], rng.randint(0, 2))
    bottom = rng.sample(noise["bottom"], rng.randint(1, 4))
    parts = text.rstrip("\n").split(_BREAK)
    if len(parts) > 4 and rng.random() < 0.4:
        parts.insert(len(parts) - 1, rng.choice(noise["middle"]))
    framed = [block.format(**slots) for block in top], [block.format(**slots) for block in bottom]
    return _BREAK.join((*framed[0], *parts, *framed[1])) + "\n"


def published_line(facts: Facts, book: Phrasebook, rng: Random) -> str:
    """When the article came out."""
    line: str = rng.choice(book.rest["published"]).format(**day_slots(facts.published))
    return line


def _press(facts: Facts, writer: Writer, book: Phrasebook, rng: Random) -> list[str]:
    body = [writer.filler(), *writer.outcomes()]
    said = [" ".join((writer.lead(), *writer.seats())), *body]
    return [writer.headline(), published_line(facts, book, rng), *said]


def _agency(facts: Facts, writer: Writer, book: Phrasebook, rng: Random) -> list[str]:
    cities = [facts.city.name] if facts.city else ["Astana", "Minsk", "Moscow"]
    day, agency = day_slots(facts.published), rng.choice(book.rest["agencies"])
    dateline = f"{rng.choice(cities).upper()}, {day['month']} {day['d']} ({agency}) — "
    seats, outcomes = writer.seats(), writer.outcomes()
    paragraphs = [dateline + writer.lead(), " ".join(seats), writer.filler(), " ".join(outcomes)]
    return [writer.headline(), published_line(facts, book, rng), *(p for p in paragraphs if p)]


def _list(facts: Facts, writer: Writer, book: Phrasebook, rng: Random) -> list[str]:
    outcomes = writer.outcomes(bullets=True)
    said = [writer.lead(), *writer.seats(), writer.filler(), *outcomes]
    return [writer.headline(), published_line(facts, book, rng), *said]


def _translated(facts: Facts, writer: Writer, book: Phrasebook, rng: Random) -> list[str]:
    day, agency = day_slots(facts.published), rng.choice(book.rest["agencies"])
    stamp = f"{agency}, {day['month']} {day['d']}. "
    said = " ".join((writer.lead(), *writer.seats(), writer.filler()))
    return [writer.headline(), published_line(facts, book, rng), stamp + said, *writer.outcomes()]


_MAKERS = {"press": _press, "agency": _agency, "list": _list, "translated": _translated}
