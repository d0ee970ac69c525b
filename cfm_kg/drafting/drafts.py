"""The statements that answers make, under the names that extraction gives such things too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from babel import Locale

from cfm_kg.dates import PartialDate
from cfm_kg.drafting.answers import Answers, Term
from cfm_kg.drafting.known import Catalogue
from cfm_kg.drafting.questions import QUESTIONS
from cfm_kg.errors import CfmError
from cfm_kg.registry import Post
from cfm_kg.vocab import CFM, RDF_TYPE, RDFS_LABEL, XSD, local, prefixes, slug, thing

_TITLE_LENGTH = 72
"""Letters of a title that its document is named after, as in extraction."""
_LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its statements: property (IRI) and value, in the order in which they are written."""

    iri: str
    statements: tuple[tuple[str, Term], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is written: the thing that it is about, and others that go with it."""

    kind: str
    main: Thing
    others: tuple[Thing, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.main.iri.partition("/id/")[2].replace("/", "-") + ".ttl"

    def triples(self) -> Iterator[ox.Triple]:
        """All statements."""
        for one in (self.main, *self.others):
            for predicate, value in one.statements:
                yield ox.Triple(ox.NamedNode(one.iri), ox.NamedNode(predicate), value)


def draft(kind: str, answers: Answers, catalogue: Catalogue) -> Draft:
    """The entry that answers make. Raises CfmError where they do not suffice to name it."""
    return _MAKERS[kind](answers, catalogue)


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(CFM(name))


def _first(answers: Answers, name: str) -> Term | None:
    return next(iter(answers.get(name, ())), None)


def _text(answers: Answers, name: str) -> str:
    """The text of the first answer. Raises CfmError where there is none."""
    found = _first(answers, name)
    if found is None:
        raise CfmError("an answer is missing", remedy=f"give --{name}")
    return found.value


def _said(kind: str, answers: Answers, *without: str) -> Iterator[tuple[str, Term]]:
    """What the answers say as they are."""
    yield RDF_TYPE, _node(kind[0].upper() + kind[1:])
    for question in QUESTIONS[kind]:
        if question.says and question.name not in without:
            prefix, _, name = question.says.partition(":")
            predicate = CFM(name) if prefix == "cfm" else prefixes()[prefix] + name
            yield from ((predicate, value) for value in answers.get(question.name, ()))


def _named(text: str, remedy: str) -> str:
    name = slug(text)
    if not name:
        raise CfmError(f"no name can be made of {text!r}", why="it has no letters known here", remedy=remedy)
    return name


def _meeting(answers: Answers, catalogue: Catalogue) -> Draft:
    body, date = _text(answers, "body"), _text(answers, "date")
    path = (local(body), date)
    place = catalogue.registry.places.get(getattr(_first(answers, "place"), "value", ""))
    if place and "host-country" not in answers:
        answers = {**answers, "host-country": (ox.NamedNode(place.country),)}
    chair = _first(answers, "chair")
    people = list(dict.fromkeys((*((chair,) if chair else ()), *answers.get("participant", ()))))
    answers = {**answers, "participant": tuple(people)}
    parts = [_participation(path, person, person == chair, answers, catalogue) for person in people]
    countries = [value for part in parts for name, value in part.statements if name == CFM("country")]
    present = tuple(dict.fromkeys((*answers.get("participant-country", ()), *countries)))
    said = [*_said("meeting", {**answers, "participant-country": present})]
    said += [(CFM("participation"), ox.NamedNode(part.iri)) for part in parts]
    return Draft("meeting", Thing(thing("meeting", *path), tuple(said)), tuple(parts))


def _participation(
    path: tuple[str, str], person: Term, is_chair: bool, answers: Answers, catalogue: Catalogue
) -> Thing:
    """A person's part in a meeting; with post and country where the registry leaves no doubt."""
    post = _seat(_text(answers, "body"), person.value, PartialDate.parse(_text(answers, "date")), catalogue)
    role = "Chair" if is_chair else "Secretariat" if post and post.organization else "Member"
    said: list[tuple[str, Term]] = [
        (RDF_TYPE, _node("Participation")),
        (CFM("person"), person),
        (CFM("participationRole"), _node(role)),
    ]
    if post:
        said.append((CFM("capacity"), ox.NamedNode(post.iri)))
    if post and post.country:
        said.append((CFM("country"), ox.NamedNode(post.country)))
    return Thing(thing("participation", *path, local(person.value)), tuple(said))


def _seat(body: str, person: str, on: PartialDate, catalogue: Catalogue) -> Post | None:
    """The one post that a person sits in a body with: a member's, else one of the organisation."""
    known = catalogue.registry.bodies.get(body)
    posts = catalogue.registry.posts_of(person, on) if known else ()
    for fits in (
        [post for post in posts if known and post.country and post.role == known.member_role],
        [post for post in posts if known and post.organization == known.organization],
    ):
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _person(answers: Answers, catalogue: Catalogue) -> Draft:
    name = _named(_text(answers, "name"), "give --name in Latin or Cyrillic letters")
    iri = thing("person", name)
    said = list(_said("person", answers, "since", "until"))
    post = _first(answers, "post")
    if post is None:
        return Draft("person", Thing(iri, tuple(said)))
    since = _first(answers, "since")
    when = (since.value[:4],) if since else ()
    tenure = thing("tenure", name, *post.value.partition("/id/post/")[2].split("/"), *when)
    said.append((CFM("tenure"), ox.NamedNode(tenure)))
    held: list[tuple[str, Term]] = [
        (RDF_TYPE, _node("Tenure")),
        (CFM("person"), ox.NamedNode(iri)),
        (CFM("post"), post),
    ]
    bounds = (("start", since), ("end", _first(answers, "until")))
    held += [(CFM(bound), value) for bound, value in bounds if value is not None]
    return Draft("person", Thing(iri, tuple(said)), (Thing(tenure, tuple(held)),))


def _document(answers: Answers, catalogue: Catalogue) -> Draft:
    meeting, title = _text(answers, "meeting"), _text(answers, "title")
    path = meeting.partition("/id/meeting/")[2].split("/")
    name = slug(title)[:_TITLE_LENGTH].rstrip("-") or "untitled"
    iri = thing("document", *path, f"{slug(local(_text(answers, 'type')))}-{name}")
    said = tuple(_said("document", answers, "meeting", "action"))
    link = Thing(meeting, ((_text(answers, "action"), ox.NamedNode(iri)),))
    return Draft("document", Thing(iri, said), (link,))


def _chairmanship(answers: Answers, catalogue: Catalogue) -> Draft:
    year = _first(answers, "year") or _year(_first(answers, "start"))
    if year is not None:
        answers = {**answers, "year": (year,)}
    when = year.value if year is not None else "undated"
    iri = thing("chairmanship", local(_text(answers, "organization")), when, local(_text(answers, "country")))
    return Draft("chairmanship", Thing(iri, tuple(_said("chairmanship", answers))))


def _year(start: Term | None) -> ox.Literal | None:
    """The year of a turn that starts then: one of November or December counts as the next year's."""
    if start is None:
        return None
    date = PartialDate.parse(start.value)
    year = date.year + (date.month is not None and date.month >= 11)
    return ox.Literal(f"{year:04d}", datatype=ox.NamedNode(XSD("gYear")))


def _body(answers: Answers, catalogue: Catalogue) -> Draft:
    organization = local(_text(answers, "organization"))
    council = _first(answers, "council-name") or _first(answers, "name")
    initials = "".join(letter for letter in (council.value if council else "") if letter.isupper())
    chosen = _first(answers, "id")
    name = chosen.value if chosen else f"{organization}-{slug(initials)}".strip("-")
    _named(name, "give --id")
    return Draft("body", Thing(thing("body", name), tuple(_said("body", answers))))


def _country(answers: Answers, catalogue: Catalogue) -> Draft:
    code = _text(answers, "code")
    if "name" not in answers:
        names = {language: Locale(language).territories.get(code) for language in _LANGUAGES}
        found = tuple(ox.Literal(name, language=tag) for tag, name in names.items() if name)
        if not found:
            raise CfmError(
                f"there is no name for the country {code}", remedy="check the code, or give --name"
            )
        answers = {**answers, "name": found}
    said = [pair for pair in _said("country", answers) if pair[0] != RDFS_LABEL]
    said[1:1] = [(RDFS_LABEL, value) for value in answers["name"]]
    return Draft("country", Thing(thing("country", code.lower()), tuple(said)))


_MAKERS: Mapping[str, Callable[[Answers, Catalogue], Draft]] = {
    "meeting": _meeting,
    "person": _person,
    "document": _document,
    "chairmanship": _chairmanship,
    "body": _body,
    "country": _country,
}
