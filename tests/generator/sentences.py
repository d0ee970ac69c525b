"""Facts put into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from random import Random

from .facts import City, Country, Facts, Official, Paper
from .phrasebook import Phrasebook, Picker, phrasebook

_SUFFIX = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def day_slots(day: date) -> dict[str, object]:
    """What phrases need to write a date."""
    words = phrasebook().rest
    return {
        "d": day.day,
        "m": day.month,
        "year": day.year,
        "month": words["months"][day.month - 1],
        "weekday": words["weekdays"][day.weekday()],
        "ordinal": f"{day.day}{_SUFFIX.get(day.day, 'th')}",
    }


def joined(items: Iterable[str], comma: str = ", ", last: str = " and ") -> str:
    """`A, B and C`."""
    listed = list(items)
    return last.join(part for part in (comma.join(listed[:-1]), listed[-1]) if part)


def sentence(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]


class Writer:
    """Puts one article's facts into words; every choice is the picker's."""

    def __init__(self, facts: Facts, book: Phrasebook, pick: Picker, rng: Random) -> None:
        self._facts = facts
        self._book = book
        self._pick = pick
        self._rng = rng
        self._role = book.rest["roles"][facts.council.role]
        self._slots = day_slots(facts.day) | self._council_slots()
        self._slots["date"] = self._date()

    def lead(self) -> str:
        """That the meeting was, will be or won't be held."""
        return self._say(self.kind)

    @property
    def kind(self) -> str:
        """The frame that says so."""
        if self._facts.status != "held":
            return self._facts.status
        return "video" if self._facts.format == "videoconference" else "held"

    def headline(self) -> str:
        """A title for it."""
        return self._say(f"headline_{self.kind}")

    def filler(self) -> str:
        """A sentence without a fact."""
        return self._say("filler")

    def seats(self) -> list[str]:
        """Who presided, came and stayed away."""
        facts = self._facts
        said: list[str] = []
        if facts.countries:
            said.append(self._say("countries", countries=joined(c.name for c in facts.countries)))
        if facts.participants:
            said.append(self._say("participants", **self._people(facts.participants)))
        if facts.chair:
            said.append(self._say("chair", person=self.person("person", facts.chair)))
        if facts.absent:
            said.append(self._say("absent", **_land(facts.absent), member=self._role["members"][0][:-1]))
        return said

    def outcomes(self, *, bullets: bool = False) -> list[str]:
        """Documents, their number and the chairmanship; a list with bullets is one piece of text."""
        facts = self._facts
        said: list[str] = []
        for (kind, action), group in groupby(facts.papers, key=lambda paper: (paper.type, paper.action)):
            said += self._papers(kind, action, list(group), bullets)
        if facts.count:
            noun = self._book.rest["nouns"][facts.count.type]
            said.append(self._say(f"count_{facts.count.action}", **_number(facts.count.number, noun)))
        if facts.turn:
            frame = "handover" if facts.turn.ahead else "turn"
            said.append(self._say(frame, **_land(facts.turn.country), year=facts.turn.year))
        return said

    def person(self, frame: str, who: Official) -> str:
        """A person with the office held, in one of the spellings known."""
        name = self._rng.choice(who.spellings) if frame == "person" else who.name
        return self._pick(frame).format(
            **_land(who.country), title=self._title(), name=name, surname=who.surname, initial=who.name[0]
        )

    def _papers(self, kind: str, action: str, group: list[Paper], bullets: bool) -> Iterator[str]:
        noun = self._book.rest["nouns"][kind]
        titles = [paper.title for paper in group]
        if len(group) > 1 and bullets:
            items = "".join(f"\n- {title};" for title in titles)[:-1]
            yield self._say("bullets", **_number(len(group), noun)) + items + "."
        elif len(group) > 1:
            yield self._say("shared", **_number(len(group), noun), titles=joined(titles))
        else:
            land = _land(self._rng.choice(self._facts.present or (self._facts.members[0].country,)))
            title = {"title": titles[0], "Title": sentence(titles[0]), "noun": noun["one"]}
            yield self._say(action, **title, **land).replace(" a agreement", " an agreement")

    def _people(self, people: tuple[Official, ...]) -> dict[str, str]:
        listed = [self.person("person_listed", one) for one in people]
        bracketed = joined(f"{one.name} ({one.country.name})" for one in people)
        return {"people": joined(listed), "bracketed": bracketed, "semicolons": "; ".join(listed)}

    def _title(self) -> str:
        title: str = self._rng.choice(self._role["titles"])
        return title

    def _council_slots(self) -> dict[str, object]:
        council, city = self._facts.council, self._facts.city
        base = {"org": council.short, "org_long": council.long, "name": council.names[0]}
        name = self._rng.choice(council.names[:4])
        return {
            **base,
            "members": self._role["members"][0],
            "higher": council.higher,
            "council": self._pick("council").format(**{**base, "name": name}),
            **(_city(city) if city else {}),
        }

    def _date(self) -> str:
        gap = (self._facts.published - self._facts.day).days
        if gap < 0:
            return self._pick("date_ahead").format(**self._slots)
        near = ("date_same_day", "date_next_day", *("date_within_week",) * 5)
        frames = ("date", near[gap]) if gap < len(near) else ("date",)
        return self._pick(*frames).format(**self._slots)

    def _say(self, frame: str, **slots: object) -> str:
        return _pointed(sentence(self._pick(frame).format(**{**self._slots, **slots})))


def _city(city: City) -> dict[str, str]:
    told = f"{city.name}, the capital of {city.country.name}," if city.capital else f"the city of {city.name}"
    return {"city": city.name, "host": city.country.name, "city_told": told}


def _land(country: Country) -> dict[str, str]:
    return {"country": country.name, "demonym": country.demonym}


def _number(number: int, noun: dict[str, str]) -> dict[str, object]:
    word, many = phrasebook().rest["numbers"][number], noun["many"]
    return {"n": number, "n_word": word, "N_word": sentence(word), "plural": many, "Plural": sentence(many)}


def _pointed(text: str) -> str:
    """Without the comma that an apposition leaves before the full stop."""
    return text.replace(",.", ".").replace(",,", ",")
