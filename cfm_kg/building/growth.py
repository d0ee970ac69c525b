"""From the articles that there are now to the state of a finished build: only what changed is worked on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from cfm_kg.building.articles import lines_of, reading_of
from cfm_kg.building.groups import home_of, leanings, renamed_homes, scattered, unions
from cfm_kg.building.records import Article, Checked, Fragment, Told, pack, unpack
from cfm_kg.building.settling import Fused, entangled, fused, judged, settle
from cfm_kg.building.state import State
from cfm_kg.fuse import Decision, Docket, Naming, Outcome, identify, statements_of, unmet
from cfm_kg.fuse.rulings import Identities
from cfm_kg.model import Reading
from cfm_kg.pipeline import known, reference, shipped_reference
from cfm_kg.quads import Triple, as_stored, triples
from cfm_kg.store import fact_lines, nquads_lines, parsed
from cfm_kg.vocab import OWL_SAME_AS, PROVENANCE_GRAPH

T = TypeVar("T")
Copies = tuple[tuple[str, bytes], ...]
"""The files that hold one article, by name, each with the key of its reading."""
_AT_ONCE = 250
"""Groups that are validated together, readings that are held together."""


class Change:
    """What parts of the graph were and are, each with all its lines, while they are gathered."""

    def __init__(self, *, wanted: bool = True) -> None:
        self._wanted = wanted
        self._parts: dict[str, tuple[list[bytes], list[bytes]]] = {}

    def add(self, name: str, old: Iterable[bytes], new: Iterable[bytes]) -> None:
        """Note what a part was and is; noted twice, it is as it was noted last."""
        if self._wanted:
            before = self._parts[name][0] if name in self._parts else list(old)
            self._parts[name] = before, list(new)

    def before(self) -> set[bytes]:
        """All lines of these parts as they were."""
        return {line for old, _ in self._parts.values() for line in old}

    def after(self) -> set[bytes]:
        """All lines of these parts as they are."""
        return {line for _, new in self._parts.values() for line in new}


class Growth:
    """One run over a state: call the methods in their order."""

    def __init__(self, state: State, decisions: Sequence[Decision]) -> None:
        self.state, self.decisions = state, decisions
        self.known = reference()
        self.old: dict[str, Copies] = {
            iri: unpack(copies, tuple[tuple[str, bytes], ...]) for iri, copies in state.articles().items()
        }
        self.now: dict[str, Copies] = {}
        self.naming = Naming(Identities({}, frozenset()))
        self._docket = Docket.of_all(decisions)
        self._unions: Mapping[str, str] = {}
        self._named: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    # ------------------------------------------------------------------ articles

    def take(self, found: Mapping[str, Iterable[tuple[str, bytes]]]) -> None:
        """Note the articles that there are, each with its files and the keys of their readings."""
        self.now = {iri: tuple(sorted(copies)) for iri, copies in found.items()}

    @property
    def changed(self) -> list[str]:
        """The articles that are new or whose bytes or files changed."""
        return sorted(iri for iri, copies in self.now.items() if self.old.get(iri) != copies)

    @property
    def gone(self) -> list[str]:
        """The articles that no file holds any more."""
        return sorted(self.old.keys() - self.now.keys())

    def article_lines(self, copies: Copies) -> list[bytes]:
        """An article's lines of the graph."""
        checked = unpack(self._one("checked", copies[0][1]), Checked)
        return lines_of(self.reading(copies), [name for name, _ in copies], checked)

    def reading(self, copies: Copies) -> Reading:
        """The reading that counts of an article."""
        return reading_of(self._one("reading", copies[0][1]))

    def _one(self, column: str, key: bytes) -> bytes:
        return next(value for _, value in self.state.readings(column, [key]))

    def _main(self) -> dict[bytes, str]:
        """The keys of the readings that count, one an article."""
        return {copies[0][1]: iri for iri, copies in sorted(self.now.items())}

    def articles(self) -> Iterator[tuple[Article, Checked]]:
        """All articles of the build, with what validation said of them."""
        for keys in _chunks(self._main(), _AT_ONCE):
            checked = dict(self.state.readings("checked", keys))
            for key, article in self.state.readings("article", keys):
                yield unpack(article, Article), unpack(checked[key], Checked)

    # ------------------------------------------------------------------ names

    def name(self) -> set[str]:
        """Settle all names; returns further articles that these concern anew."""
        telling = self._telling()
        seen = blake2b(b"".join(data[:8] for _, data in telling), digest_size=16).digest()
        before = self.state.meta("naming")
        old = unpack(before, Naming) if before else None
        if old is not None and not self.decisions and self.state.meta("telling") == seen:
            self.naming = old
        else:
            said = [s for _, data in telling for s in unpack(data, Fragment).statements()]
            self._named = self._names()
            self.naming = identify(said, self._docket, self._named[0], self.known, known().parents)
            self.state.set_meta("telling", seen)
            self.state.set_meta("naming", pack(self.naming))
        self._unions = unions(self.naming)
        return self._concerned(old) if old is not None and old != self.naming else set()

    def _telling(self) -> list[tuple[str, bytes]]:
        order = self._main()
        found = [(order[key], data) for key, data in self.state.readings("telling", order)]
        return sorted(found)

    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        """All names and claims in the build, where there are decisions that may ask for them."""
        names, claims = set[str](), set[str]()
        for reading in self.readings() if self.decisions else ():
            for said in statements_of(reading, self.known):
                names |= {term for term in (said.subject, said.object) if isinstance(term, str)}
                claims |= {said.claim} if said.claim else set()
        return frozenset(names), frozenset(claims)

    def readings(self) -> Iterator[Reading]:
        """The readings that count, one an article."""
        for keys in _chunks(self._main(), _AT_ONCE):
            for _, data in self.state.readings("reading", keys):
                yield reading_of(data)

    def _concerned(self, old: Naming) -> set[str]:
        """The articles that name something which now bears another name, or may."""
        homes = renamed_homes(old, self.naming)
        if not homes:
            return set()
        return {
            article.iri
            for article, _ in self.articles()
            if any(name in homes or home_of(name) in homes for name in article.names)
        }

    # ------------------------------------------------------------------ groups

    def scatter(self, concerned: set[str]) -> set[str]:
        """Bring what changed articles say to their groups; returns all groups that this touches."""
        changed = sorted({*self.changed, *concerned})
        final = self.naming.final()
        keys = {self.now[iri][0][1] for iri in changed}

        def rows() -> Iterator[tuple[str, str, bytes]]:
            for some in _chunks(keys, _AT_ONCE):
                for _, data in self.state.readings("reading", some):
                    reading = reading_of(data)
                    yield from scattered(reading, statements_of(reading, self.known), final, self._unions)

        return self.state.scatter([*changed, *self.gone], rows())

    def settle(self, touched: Iterable[str], change: Change) -> None:
        """Fuse and validate these groups, and those that lean on what changed in them."""
        waiting, done = set(touched), set[str]()
        while waiting:
            exported = set[str]().union(*map(self._fuse, sorted(waiting)))
            for homes in _chunks(sorted(waiting), _AT_ONCE):
                exported |= self._judge(homes, change)
            done |= waiting
            waiting = self.state.leaning_on(exported) - done
        # What is set aside in one group may concern those that lean on it: they are judged together.
        for together in self._entangled(done):
            self._judge(together, change)

    def _fuse(self, home: str) -> set[str]:
        """Fuse a group; returns the things of which other facts hold than before."""
        before = self._fused(home)
        fragments = [unpack(data, Fragment) for data in self.state.fragments(home)]
        after = fused(fragments, self.naming, self.decisions, self.known)
        self.state.set_fused(home, pack(after), after.leans)
        return {fact[0] for fact in {*before.facts} ^ {*after.facts} if fact[0] not in self.known}

    def _fused(self, home: str) -> Fused:
        data = self.state.part(home, "fused")
        return unpack(data, Fused) if data else Fused()

    def _judge(self, homes: Sequence[str], change: Change) -> set[str]:
        """Validate groups together; returns the things of those of which other facts are set aside."""
        groups, exported = {home: self._fused(home) for home in homes}, set[str]()
        for home, settled in settle(groups, self._facts_of, self.known).items():
            lines, told = (self.state.part(home, column) for column in ("lines", "told"))
            before_lines = unpack(lines, list[bytes]) if lines else []
            if before_lines != [*settled.lines]:
                change.add(home, before_lines, settled.lines)
            before = unpack(told, Told).checked.aside if told else ()
            after = settled.told.checked.aside
            if before != after:
                exported |= {fact[0] for fact in groups[home].facts}
            if not groups[home].facts and not self.state.fragments(home):
                self.state.drop_part(home)
            else:
                self.state.set_settled(home, pack(settled.lines), pack(settled.told), bool(after))
        return exported

    def _facts_of(self, thing: str) -> list[Triple]:
        return [fact for fact in self._fused(self._home(thing)).facts if fact[0] == thing]

    def _home(self, thing: str) -> str:
        home = home_of(thing)
        return self._unions.get(home, home)

    def _entangled(self, done: set[str]) -> list[list[str]]:
        """Groups of which something is set aside, with those that lean on them, where one was worked on."""
        aside = self.state.with_aside()
        leaning = [self.state.leaning_on({fact[0] for fact in self._fused(home).facts}) for home in aside]
        return [one for one in entangled(zip(aside, leaning, strict=True)) if done.intersection(one)]

    # ------------------------------------------------------------------ what belongs to no group

    def complete(self, change: Change) -> Whole:
        """Add what belongs to no group: the registry and what it says of things named, names, decisions."""
        every = [unpack(data, Told) for _, data in self.state.parts("told")]
        applied = self._docket.applied.union(*(told.applied for told in every))
        self._docket.applied |= applied
        unmet(self._docket, *self._named)
        facts = [fact for told in every for fact in told.facts]
        mentions = {name for told in every for name in told.mentions}
        described = self.known.described(mentions)
        renamed = sorted({pair for told in every for pair in told.renamed})
        outcomes = self._docket.outcomes()
        decided = [triple for outcome in outcomes for triple in outcome.decision.triples]
        same: list[Triple] = [(old, OWL_SAME_AS, new) for old, new in renamed]
        checks = [
            self._part("reference", None, (*facts, *described), change, self._leant_on(facts)),
            self._part("names", PROVENANCE_GRAPH, (*decided, *same), change, []),
        ]
        if self.state.meta("registry lines") is None:
            self.put("registry", nquads_lines(as_stored(shipped_reference())), change)
        checks += [told.checked for told in every]
        return Whole(every, checks, dict(renamed), outcomes)

    def _leant_on(self, facts: Iterable[Triple]) -> list[Triple]:
        """What is left, after validation, of the facts about things that facts about the registry's name."""
        found = list[Triple]()
        for thing in leanings(facts, self.known):
            kept = self.state.part(self._home(thing), "lines")
            start = f"<{thing}> ".encode()
            lines = unpack(kept, list[bytes]) if kept else []
            found += triples(parsed(line for line in lines if line.startswith(start)))
        return found

    def _part(
        self, name: str, graph: str | None, said: Iterable[Triple], change: Change, leant_on: list[Triple]
    ) -> Checked:
        """Validate a part that belongs to no group, unless it is as it was, and put its lines in place."""
        found = list(dict.fromkeys(said))
        inputs = sorted(fact_lines((*one, graph or "") for one in found))
        inputs += sorted(fact_lines((*one, "") for one in leant_on))
        seen = blake2b(b"\n".join(inputs), digest_size=16).digest()
        kept = self.state.meta(f"{name} checked")
        if self.state.meta(f"{name} seen") == seen and kept:
            return unpack(kept, Checked)
        lines, checked = judged(found, graph, leant_on, self.known)
        self.put(name, lines, change)
        self.state.set_meta(f"{name} checked", pack(checked))
        self.state.set_meta(f"{name} seen", seen)
        return checked

    def put(self, name: str, lines: Iterable[bytes], change: Change) -> None:
        """Put the lines of a part in place."""
        after = sorted(set(lines))
        change.add(name, self.part_lines(name), after)
        self.state.set_meta(f"{name} lines", pack(after))

    def lines(self) -> Iterator[list[bytes]]:
        """All lines of the graph, part by part."""
        for copies in self.now.values():
            yield self.article_lines(copies)
        for _, data in self.state.parts("lines"):
            yield unpack(data, list[bytes])
        for name in ("reference", "names", "registry"):
            yield self.part_lines(name)

    def part_lines(self, name: str) -> list[bytes]:
        """The lines of a part that belongs to no group."""
        kept = self.state.meta(f"{name} lines")
        return unpack(kept, list[bytes]) if kept else []


@dataclass(frozen=True, slots=True)
class Whole:
    """What all groups told, for the report."""

    told: Sequence[Told]
    checks: Sequence[Checked]
    joined: Mapping[str, str]
    outcomes: tuple[Outcome, ...]


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
