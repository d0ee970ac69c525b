"""Each claim of an article held against its gold facts: right, wrong, or not to be told from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cfm_kg.evaluate.compare import document_likeness, meeting_likeness, same_count, same_post, turn_likeness
from cfm_kg.evaluate.facts import View, found_count, found_document, found_meeting, found_person, found_turn
from cfm_kg.evaluate.gold import ACTIONS, GoldArticle, GoldDocument, GoldMeeting, GoldPerson, GoldTurn
from cfm_kg.evaluate.ledger import Ledger
from cfm_kg.evaluate.matching import same_format, same_person, same_place
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDF_TYPE

Fact = tuple[str, str, str]
"""Subject, predicate and the value's text."""
Verdicts = dict[Fact, bool]
_PARTS = ("person", "country", "capacity", "participationRole", "onBehalfOf")


def verdicts(view: View, gold: GoldArticle) -> Verdicts:
    """The facts of an article's graph that gold tells something of, and whether they are right.

    All that is said of a meeting that gold does not have is wrong. Of meetings that the article only
    mentions gold has body and date, and nothing else of them is judged. Absences, topics, initiators and
    interventions are in no gold facts.
    """
    return dict(_Judge(view, gold).facts())


@dataclass(frozen=True, slots=True)
class _Judge:
    view: View
    gold: GoldArticle

    def facts(self) -> Iterator[tuple[Fact, bool]]:
        graph = self.view.article
        everywhere = self.view.everything
        meetings = [
            (node, found_meeting(node, self.view))
            for node in sorted(graph.subjects[CFM("body")])
            if CFM("Meeting") in everywhere.all(node, RDF_TYPE)
        ]
        pairs = Ledger("").sets(
            "", meetings, self.gold.meetings, lambda got, want: meeting_likeness(got[1], want)
        )
        matched = {node: want for (node, _), want in pairs}
        for node, _ in meetings:
            yield from self._meeting(node, matched.get(node))
        yield from self._posts()
        yield from self._turns()

    def _all(self, node: str, name: str) -> Iterator[tuple[Fact, str]]:
        for value in self.view.article.all(node, CFM(name)):
            yield (node, CFM(name), value), value

    def _each(self, node: str, name: str, right: Callable[[str], bool]) -> Iterator[tuple[Fact, bool]]:
        for fact, value in self._all(node, name):
            yield fact, right(value)

    def _same(self, node: str, name: str, right: bool) -> Iterator[tuple[Fact, bool]]:
        yield from ((fact, right) for fact, _ in self._all(node, name))

    def _meeting(self, node: str, want: GoldMeeting | None) -> Iterator[tuple[Fact, bool]]:
        if want is not None and want.optional:
            return
        yield from self._same(node, "body", want is not None)
        yield from self._each(node, "date", lambda value: want is not None and value == want.date)
        if want is None or want.main:
            yield from self._values(node, want)
            yield from self._people(node, want)
            yield from self._documents(node, want)
            yield from self._tallies(node, want)

    def _values(self, node: str, want: GoldMeeting | None) -> Iterator[tuple[Fact, bool]]:
        got, no = found_meeting(node, self.view), want is None
        place, country = (want.place, want.country) if want else (None, None)
        shape, status = (want.format, want.status) if want else (None, None)
        checks: Mapping[str, bool] = {
            "place": not no and _agree(got.place, place, same_place),
            "hostCountry": not no and got.country == country,
            "meetingFormat": not no and _agree(got.format, shape, same_format),
            "meetingStatus": not no and got.status == status,
        }
        for name, right in checks.items():
            yield from self._same(node, name, right)

    def _people(self, node: str, want: GoldMeeting | None) -> Iterator[tuple[Fact, bool]]:
        present = want.participants if want else ()

        def there(person: str) -> GoldPerson | None:
            name = self.view.name(person) or ""
            return next((one for one in present if same_person(name, one.name)), None)

        yield from self._each(node, "participant", lambda person: there(person) is not None)
        chair = want.chair if want else None
        yield from self._each(
            node, "chair", lambda person: _agree(self.view.name(person), chair, same_person)
        )
        countries = want.countries if want else ()
        yield from self._each(
            node, "participantCountry", lambda country: self.view.country(country) in countries
        )
        for fact, part in self._all(node, "participation"):
            person = self.view.article.one(part, CFM("person"))
            found = there(person) if person else None
            yield fact, found is not None
            for name in _PARTS:
                yield from self._part(part, name, found)

    def _part(self, part: str, name: str, found: GoldPerson | None) -> Iterator[tuple[Fact, bool]]:
        for fact, value in self._all(part, name):
            country = found is not None and self.view.country(value) == found.country
            yield fact, country if name == "country" else found is not None

    def _documents(self, node: str, want: GoldMeeting | None) -> Iterator[tuple[Fact, bool]]:
        rows = [
            (fact, found_document(iri, action, self.view))
            for action in ACTIONS
            for fact, iri in self._all(node, "approvedDraft" if action == "approved-draft" else action)
        ]
        gold = want.documents if want else ()
        pairs = Ledger("").sets("", rows, gold, lambda got, doc: document_likeness(got[1], doc))
        matched: dict[Fact, GoldDocument] = {fact: doc for (fact, _), doc in pairs}
        for fact, got in rows:
            doc = matched.get(fact)
            yield fact, doc is not None and (doc.optional or got.status == doc.status)
            for title in self.view.article.all(fact[2], DCTERMS_TITLE):
                yield (fact[2], DCTERMS_TITLE, title), doc is not None
            right = doc is not None and (doc.optional or got.type == doc.type)
            yield from self._same(fact[2], "documentType", right)

    def _tallies(self, node: str, want: GoldMeeting | None) -> Iterator[tuple[Fact, bool]]:
        rows = [(fact, found_count(iri, self.view)) for fact, iri in self._all(node, "tally")]
        gold = want.counts if want else ()
        pairs = Ledger("").sets("", rows, gold, lambda got, tally: same_count(got[1], tally))
        matched = {fact for (fact, _), _ in pairs}
        for fact, _ in rows:
            yield fact, fact in matched
            for name in ("action", "documentType", "statedCount"):
                yield from self._same(fact[2], name, fact in matched)

    def _posts(self) -> Iterator[tuple[Fact, bool]]:
        people = sorted(self.view.article.subjects[CFM("heldPost")])
        rows = [
            (fact, found_person(person, post, self.view))
            for person in people
            for fact, post in self._all(person, "heldPost")
        ]
        gold = [person for person in self.gold.persons if person.post]
        pairs = Ledger("").sets("", rows, gold, lambda got, want: same_post(got[1], want))
        matched = {fact for (fact, _), _ in pairs}
        yield from ((fact, fact in matched) for fact, _ in rows)

    def _turns(self) -> Iterator[tuple[Fact, bool]]:
        graph = self.view.article
        turns = [n for n in sorted(graph.subjects[RDF_TYPE]) if CFM("Chairmanship") in graph.all(n, RDF_TYPE)]
        rows = [(turn, found_turn(turn, self.view)) for turn in turns]
        pairs = Ledger("").sets("", rows, self.gold.turns, lambda got, want: turn_likeness(got[1], want))
        matched: dict[str, GoldTurn] = {turn: want for (turn, _), want in pairs}
        for turn, got in rows:
            want = matched.get(turn)
            year = want is not None and (want.optional or (want.year or "")[:4] == got.year)
            for name, right in (
                ("organization", want is not None),
                ("country", want is not None),
                ("year", year),
            ):
                yield from self._same(turn, name, right)


def _agree(got: str | None, want: str | None, same: Callable[[str, str], bool]) -> bool:
    return got is not None and want is not None and same(got, want)
