"""What all extractors know of an article: its sentences, the language, the registry."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cfm_kg.dates import PartialDate
from cfm_kg.model import BlockKind, BodyMention, Document, PersonMention
from cfm_kg.packs.grammar import Rule
from cfm_kg.packs.language import Language
from cfm_kg.registry import Body, Registry
from cfm_kg.units import Annotated, Sentence, Unit
from cfm_kg.vocab import thing

_NAMING = ("ORG", "BODY", "MEMBERS", "GATHERING")
"""Classes of what names an organisation."""
_COLON = ":"
_SAID, _ORATORS = "SAID", "orators"
_TITLES = 2
"""The title of a speech is among so many first sentences."""
_HEADINGS, _STOP = 6, "."
"""An issue, a rubric and what is quoted from it may come before it; it ends without a full stop then."""
Matches = Sequence[tuple[Rule, re.Match[str]]]
_NONE: Matches = ()
_TOLD = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADLINE)


@dataclass(frozen=True, slots=True)
class Context:
    """An annotated article with what it is read by. `organization` is the one it is mostly about."""

    annotated: Annotated
    language: Language
    registry: Registry
    organization: str | None
    role: str | None
    """The role, of those that seat somebody in a council, that most of the people named hold."""
    people: Mapping[str, int]
    """How many people are named of each such role."""
    told: tuple[Sentence, ...]
    """The sentences that tell the story."""
    _matches: Sequence[dict[str, Matches | None]] = field(compare=False, repr=False)
    """For each sentence the groups of rules of which one may match, with the matches where asked for."""

    @property
    def document(self) -> Document:
        """The article."""
        return self.annotated.document

    @property
    def published(self) -> PartialDate | None:
        """The publication date, where known."""
        publication = self.document.publication
        return publication.date if publication else None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, by index; letterheads and publication lines among them."""
        return self.annotated.sentences

    @property
    def opening(self) -> int:
        """The index of the first sentence of the story, after letterheads and headline."""
        return next((s.index for s in self.sentences if s.kind is BlockKind.PARAGRAPH), 0)

    def matches(self, group: str, sentence: Sentence) -> Matches:
        """All matches of a group's rules in a sentence, rule by rule."""
        found = self._matches[sentence.index]
        matches = found.get(group, _NONE)
        if matches is None:
            matches = found[group] = self.language.grammar.matches(group, sentence.codes, sentence.met)
        return matches

    def hopeful(self, group: str, sentence: Sentence) -> Sequence[Rule]:
        """The rules of a group that may match in a sentence."""
        return self.language.grammar.hopeful(group, sentence.met)

    def has(self, group: str, sentence: Sentence) -> bool:
        """Whether a rule of the group matches."""
        return bool(self.matches(group, sentence))

    def may(self, groups: Iterable[str], sentence: Sentence) -> bool:
        """Whether a rule of one of these groups may match: to ask so is quicker than to ask one by one."""
        return not self._matches[sentence.index].keys().isdisjoint(groups)

    def places(self, group: str) -> frozenset[int]:
        """The indices of the sentences in which a rule of a group may match: of most groups there are few."""
        return frozenset([at for at, found in enumerate(self._matches) if group in found])

    def joint_roles(self, body: Body) -> frozenset[str]:
        """The roles of those who sit in a body that several councils form together."""
        roles = (self.registry.bodies[b].member_role for b in body.joint_of)
        return frozenset(role for role in roles if role is not None)

    def seated(self, body: str) -> int:
        """How many people the article names who hold the post that sits in a council."""
        return self.people.get(self.registry.bodies[body].member_role or "", 0)

    def speaker(self, sentence: Sentence) -> Unit | None:
        """Who speaks in a paragraph: the person that a colon follows at its start, or whose speech it is."""
        first = next((s for s in self.told if s.paragraph == sentence.paragraph), sentence)
        label = first.units[:2]
        named = len(label) > 1 and isinstance(label[0].mention, PersonMention) and label[1].text == _COLON
        if named:
            return label[0]
        return None if _SAID in sentence.classes else self._orator()

    def _orator(self) -> Unit | None:
        """Whose speech the article is, as its title says."""
        for title in self.told[:_HEADINGS]:
            if title.index >= _TITLES and title.units[-1].text == _STOP:
                continue
            for _, match in self.matches(_ORATORS, title):
                return title.units[match.start("who")]
        return None

    def in_dateline(self, sentence: Sentence, unit: Unit) -> bool:
        """Whether a unit stands in the dateline of its block."""
        dateline = self.document.blocks[sentence.block].dateline
        return dateline is not None and dateline.covers(unit.span)


def context_of(annotated: Annotated, language: Language, registry: Registry) -> Context:
    """Look once over the article for the organisation that it is mostly about."""
    named: Counter[str] = Counter()
    for sentence in annotated.sentences:
        if sentence.classes.isdisjoint(_NAMING):
            continue
        weight = 3 if sentence.kind is BlockKind.HEADLINE else 1
        for unit in sentence.units:
            if unit.mention is not None or "ORG" in unit.values:
                for organization in organizations_of(unit, registry):
                    named[organization] += weight
    if not any(org in registry.convening for org in named):
        named.update(_offices(annotated))
    # Of those named as often the first one.
    best = max((org for org in named if org in registry.convening), key=lambda org: named[org], default=None)
    role, people = _seated(annotated, registry)
    told = tuple([sentence for sentence in annotated.sentences if sentence.kind in _TOLD])
    hopeful = language.grammar.hopeful_groups
    matches = [dict[str, Matches | None].fromkeys(hopeful(sentence.met)) for sentence in annotated.sentences]
    return Context(annotated, language, registry, best, role, people, told, matches)


def _offices(annotated: Annotated) -> Iterator[str]:
    """The organisations whose posts are named, where none is by itself."""
    for sentence in annotated.sentences:
        for _, _, person in sentence.people:
            yield from (office.organization for office in person.roles if office.organization is not None)


def _seated(annotated: Annotated, registry: Registry) -> tuple[str | None, Mapping[str, int]]:
    """How many people are named of each role, by the text or by the registry; plurals decide a draw."""
    seated = registry.seated_roles
    published = annotated.document.publication.date if annotated.document.publication else None
    people: dict[str, set[str]] = defaultdict(set)
    plurals: Counter[str] = Counter()
    for sentence in annotated.sentences:
        if "ROLE_PL" in sentence.classes:
            for unit in sentence.units:
                if "ROLE_PL" in unit.values:
                    plurals.update({thing("role", slug) for slug in unit.values["ROLE_PL"]} & seated)
        for _, _, person in sentence.people:
            if person.name is not None:
                known = person.candidates[0] if len(person.candidates) == 1 else None
                roles = {o.role for o in person.roles}
                if known is not None and not roles & seated:
                    roles |= {post.role for post in registry.posts_of(known, published)}
                for role in roles & seated:
                    people[role].add(known or annotated.document.quote(person.name))
    ranked = sorted(seated, key=lambda role: (-len(people[role]), -plurals[role], role))
    best = ranked[0] if ranked and (people[ranked[0]] or plurals[ranked[0]]) else None
    return best, {role: len(named) for role, named in people.items()}


def organizations_of(unit: Unit, registry: Registry) -> Iterable[str]:
    """Those that a unit names, each once."""
    if unit.mention is None:
        return dict.fromkeys(unit.values.get("ORG", ()))
    if isinstance(unit.mention, BodyMention):
        found = {registry.bodies[b].organization for b in unit.mention.bodies}
        return found if len(found) == 1 or unit.mention.named else ()
    return ()
