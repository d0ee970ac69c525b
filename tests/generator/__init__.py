"""Test articles made from facts: what went in should come out.

The facts are drawn from the registry with a seed, put into words with the phrases of `phrases.yaml`, laid
out like a page, and written beside gold facts. The events are invented; they are no source of anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .draw import draw, draw_bare
from .facts import Facts
from .gold import Json, gold
from .layout import LAYOUTS, lay_out, published_line, with_noise
from .phrasebook import Phrasebook, at_random, phrasebook
from .sentences import Writer
from .world import World, world

__all__ = ["Generated", "article", "articles", "idle_article"]

IDLE_SHARE = 0.05
"""How many articles tell of no meeting."""


@dataclass(frozen=True, slots=True)
class Generated:
    """One article: its text without and with noise, and its gold facts."""

    id: str
    plain: str
    text: str
    gold: Json
    facts: Facts | None


def articles(count: int, seed: int, length: int = 0) -> Iterator[Generated]:
    """`count` articles of `length` characters or more; the same seed gives the same ones."""
    made_of, book = world(), phrasebook()
    for number in range(count):
        rng = Random(f"{seed}:{number}")
        make = idle_article if rng.random() < IDLE_SHARE else article
        yield make(f"g{seed}-{number:06d}", made_of, book, rng, length)


def article(identifier: str, made_of: World, book: Phrasebook, rng: Random, length: int = 0) -> Generated:
    """An article about one meeting; what it lacks in length is filled with what tells of none."""
    facts = draw(made_of, book, rng)
    layout = rng.choice(LAYOUTS)
    writer = Writer(facts, book, at_random(book, rng, clumsy=layout == "translated"), rng)
    plain = lay_out(layout, facts, writer, book, rng)
    plain += _filling(facts, book, rng, length - len(plain))
    text = with_noise(plain, facts, book, rng)
    return Generated(identifier, plain, text, gold(identifier, facts, facts.published.isoformat()), facts)


def idle_article(
    identifier: str, made_of: World, book: Phrasebook, rng: Random, length: int = 0
) -> Generated:
    """An article about something else; it names people, cities and organisations all the same."""
    facts = draw_bare(made_of, rng)
    said = rng.sample(book.rest["idle"], rng.randint(2, 4))
    slots = _idle_slots(facts, rng)
    parts = ["News in brief", published_line(facts, book, rng)]
    parts += [one.format(**slots) for one in said]
    plain = "\n\n".join(parts) + "\n"
    plain += _filling(facts, book, rng, length - len(plain))
    text = with_noise(plain, facts, book, rng)
    return Generated(identifier, plain, text, gold(identifier, None, facts.published.isoformat()), None)


def _idle_slots(facts: Facts, rng: Random) -> dict[str, str]:
    official = rng.choice(facts.members)
    return {
        "person": f"{official.country.demonym} diplomat {official.name}",
        "country": official.country.name,
        "city": facts.city.name if facts.city else official.country.name,
        "org": facts.council.short,
    }


def _filling(facts: Facts, book: Phrasebook, rng: Random, length: int) -> str:
    """Paragraphs of so many characters or more that tell of no meeting."""
    text = ""
    while len(text) < length:
        said = rng.sample(book.rest["idle"], 3)
        text += "\n" + " ".join(one.format(**_idle_slots(facts, rng)) for one in said) + "\n"
    return text
