"""One phrase by itself: the smallest article that says the one fact, everything else put most plainly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from . import Generated
from .draw import as_kind, draw_bare, draw_count, draw_papers, draw_turn
from .facts import Facts
from .gold import gold
from .phrasebook import Phrasebook, phrasebook, pinned
from .sentences import Writer, day_slots
from .world import world

_GAPS = {"date_same_day": 0, "date_next_day": 1, "date_within_week": 3}
_LEADS = ("held", "video", "planned", "postponed", "cancelled")
_PAPERS = ("adopted", "signed", "approved-draft", "considered", "proposed")
_SEVERAL = {"shared": 3, "bullets": 3}


def alone(frame: str, way: str, number: int) -> Generated:
    """The article number `number` that puts a fact of `frame` the given way."""
    book = phrasebook()
    rng = Random(f"alone:{frame}:{number}")
    facts = _facts(frame, book, rng)
    writer = Writer(facts, book, pinned(book, frame, way), rng)
    said = [writer.lead(), *writer.seats(), *writer.outcomes(bullets=frame == "bullets")]
    if frame == "filler":
        said.append(writer.filler())
    headline = [writer.headline()] if frame.startswith("headline_") else []
    day = "Published: {d} {month} {year}".format_map(day_slots(facts.published))
    text = "\n\n".join((*headline, day, *said)) + "\n"
    name = f"{frame}-{number}"
    return Generated(name, text, text, gold(name, facts, facts.published.isoformat()), facts)


def _facts(frame: str, book: Phrasebook, rng: Random) -> Facts:
    facts = draw_bare(world(), rng)
    if (kind := frame.removeprefix("headline_")) in _LEADS:
        return as_kind(facts, kind, rng)
    if frame == "date_ahead":
        return as_kind(facts, "planned", rng)
    if frame.startswith("date"):
        return replace(facts, published=facts.day + timedelta(days=_GAPS.get(frame, 1)))
    some = tuple(rng.sample(facts.members, 4))
    if frame in ("chair", "person"):
        return replace(facts, chair=some[0])
    if frame in ("participants", "person_listed"):
        return replace(facts, participants=some)
    if frame == "absent":
        return replace(facts, absent=some[0].country)
    if frame in ("turn", "handover"):
        turn = replace(draw_turn(facts, rng), ahead=frame == "handover")
        return replace(facts, turn=replace(turn, year=facts.day.year + turn.ahead))
    facts = replace(facts, countries=tuple(one.country for one in some))
    if frame.startswith("count_"):
        return replace(facts, count=replace(draw_count(rng), action=frame.removeprefix("count_")))
    if frame in _PAPERS:
        return replace(facts, papers=draw_papers(book, rng, frame, 1))
    if frame in _SEVERAL:
        return replace(facts, papers=draw_papers(book, rng, "adopted", _SEVERAL[frame]))
    return facts
