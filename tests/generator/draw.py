"""Facts drawn at random from the registry, the same for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .facts import Count, Facts, Official, Paper, Turn
from .phrasebook import Phrasebook
from .world import FEWEST, World

FIRST_YEAR, LAST_YEAR = 2003, 2024
MOST_NAMED = 6


def draw(world: World, book: Phrasebook, rng: Random) -> Facts:
    """A meeting, with whatever else the article is to say of it."""
    facts = draw_bare(world, rng)
    kind = rng.choices(("held", "video", "planned", "postponed", "cancelled"), (60, 15, 15, 5, 5))[0]
    facts = as_kind(facts, kind, rng)
    if facts.status != "held":
        return facts
    facts = _seated(facts, rng)
    papers = _papers(book, rng)
    count = draw_count(rng) if not papers and rng.random() < 0.4 else None
    turn = draw_turn(facts, rng) if rng.random() < 0.3 else None
    return replace(facts, papers=papers, count=count, turn=turn)


def draw_bare(world: World, rng: Random) -> Facts:
    """A council, a day on which its members are known, and a city of one of them."""
    while True:
        council = rng.choice(world.councils)
        day = date(rng.randint(FIRST_YEAR, LAST_YEAR), rng.randint(1, 12), rng.randint(1, 28))
        members = world.circle(council, day.year, day.month)
        if len(members) >= FEWEST:
            break
    every = [city for member in members for city in world.cities(member.country)]
    cities = [city for city in every if city.capital] if rng.random() < 0.7 else every
    gap = rng.choice((0, 0, 1, 1, 2, 3, 4))
    return Facts(council, day, day + timedelta(days=gap), members, city=rng.choice(cities))


def as_kind(facts: Facts, kind: str, rng: Random) -> Facts:
    """The same meeting held in a city, held by `video`, `planned`, `postponed` or `cancelled`."""
    if kind == "held":
        return facts
    if kind == "video":
        return replace(facts, format="videoconference", city=None)
    before = facts.day - timedelta(days=rng.randint(1, 9))
    if kind == "planned":
        return replace(facts, status=kind, published=before)
    return replace(facts, status=kind, published=before, city=None, format=None)


def draw_turn(facts: Facts, rng: Random) -> Turn:
    """Whose turn it is at the head of the organisation, now or next year."""
    ahead = rng.random() < 0.3
    return Turn(rng.choice(facts.members).country, facts.day.year + ahead, ahead)


def draw_count(rng: Random) -> Count:
    """A number of documents."""
    action = rng.choice(("adopted", "signed"))
    kind = rng.choice({"adopted": ("document", "decision", "statement"), "signed": ("document",)}[action])
    return Count(kind, action, rng.randint(3, 12))


def draw_papers(book: Phrasebook, rng: Random, action: str, number: int) -> tuple[Paper, ...]:
    """Documents of one type with the same action."""
    kind = rng.choice(book.rest["acts"][action])
    titles = book.rest["nouns"][kind]["titles"]
    return tuple(Paper(kind, title, action) for title in rng.sample(titles, min(number, len(titles))))


def _seated(facts: Facts, rng: Random) -> Facts:
    """Who took part: a chair, others by name or by country, and perhaps somebody missing."""
    free = list(facts.members)
    rng.shuffle(free)
    chair: Official | None = free.pop() if rng.random() < 0.5 else None
    absent = free.pop().country if rng.random() < 0.2 else None
    some = tuple(free[: rng.randint(2, MOST_NAMED)])
    if rng.random() < 0.5:
        return replace(facts, chair=chair, absent=absent, participants=some)
    return replace(facts, chair=chair, absent=absent, countries=tuple(one.country for one in some))


def _papers(book: Phrasebook, rng: Random) -> tuple[Paper, ...]:
    actions = rng.sample(("adopted", "signed", "approved-draft", "considered", "proposed"), rng.randint(0, 2))
    groups = (draw_papers(book, rng, a, rng.randint(1, 3) if a == "adopted" else 1) for a in actions)
    every = {paper.title: paper for group in groups for paper in group}
    return tuple(every.values())
