"""Which names stand for one thing: a light pass over what meetings, documents and decisions are known by.

Fusing is local once names are settled: what articles say of a thing is decided from the statements about it
alone. So names are settled first, from the few statements that tell meetings and documents apart; then each
group of statements (`fuse_group`) may be worked on anywhere, in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import product

from cfm_kg.fuse.documents import ACTIONS, same_documents
from cfm_kg.fuse.meetings import MEETING, paths_of, renamed, same_meetings
from cfm_kg.fuse.model import Statement, Unsettled
from cfm_kg.fuse.rulings import Docket, Identities, identities, ruled, unchanged
from cfm_kg.fuse.stages import put_off_meetings, superseded
from cfm_kg.fuse.ways import same_on_their_way
from cfm_kg.model import Node
from cfm_kg.vocab import BASE, CFM, DCTERMS_TITLE, RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL

_REMEMBERED = 1 << 16
"""Names whose new name is remembered: statements about a thing stand near each other."""
_DOCUMENT = BASE + "id/document/"
_TELLING = ("body", "date", "endDate", "place", "hostCountry", "meetingStatus", "documentType", *ACTIONS)
"""The properties by which meetings and documents are known."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names given up for others, step by step, and what these steps leave out or open."""

    same: Identities
    superseded: frozenset[tuple[str, str]] = frozenset()
    """Subjects and properties of put-off meetings that the later stage says anew."""
    steps: tuple[Mapping[str, str], ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    rivals: tuple[tuple[str, ...], ...] = ()
    """Meetings left apart though they bear one body and day: a shape compares them."""

    def namers(self) -> tuple[Callable[[str], str], ...]:
        """One function a step, that of the decisions first."""
        return (self.same.namer(), *map(_namer, self.steps))

    def final(self) -> Callable[[str], str]:
        """What gives the name that stands for a thing in the end."""
        namers = [self.same.namer(), *(_namer(step) for step in self.steps if step)]
        seen: dict[str, str] = {}

        def name(iri: str) -> str:
            if iri not in seen:
                found = iri
                for step in namers:
                    found = step(found)
                seen[iri] = found
            return seen[iri]

        return name


def _namer(joins: Mapping[str, str]) -> Callable[[str], str]:
    if not joins:
        return unchanged
    paths = paths_of({old: new for old, new in joins.items() if old.startswith(MEETING)})
    return lru_cache(_REMEMBERED)(lambda iri: renamed(iri, joins, paths))


def telling(statements: Iterable[Statement]) -> list[Statement]:
    """Those of the statements that tell meetings and documents apart: all that `identify` needs."""
    predicates = {CFM(name) for name in _TELLING} | {DCTERMS_TITLE, RDF_TYPE}
    return [s for s in statements if s.predicate in predicates and s.subject.startswith((MEETING, _DOCUMENT))]


def identify(
    statements: Sequence[Statement],
    docket: Docket,
    names: AbstractSet[str],
    known: Container[str],
    organizations: Mapping[str, str],
) -> Naming:
    """Settle the names of all things, from statements of which the `telling` ones are enough.

    `names` holds those names of the build's things that the docket's decisions speak of, at least.
    """
    same = identities(docket, names, known)
    said, renames = rename(statements, same.namer())
    said = ruled(docket, said, renames)
    joins, doubtful = put_off_meetings(said, same.apart)
    gone = superseded(said, joins)
    said = [s for s in said if (s.subject, s.predicate) not in gone]
    unsettled, steps = set(doubtful), [joins]
    for find in (same_meetings, same_documents, partial(same_on_their_way, organizations=organizations)):
        said, _ = rename(said, _namer(steps[-1]))
        joins, doubtful = find(said, kept_apart=same.apart)
        unsettled.update(doubtful)
        steps.append(joins)
    order = sorted(unsettled, key=lambda one: (one.things, one.reason))
    said, _ = rename(said, _namer(steps[-1]))
    return Naming(same, gone, tuple(steps), tuple(order), _rivals(said))


def _rivals(statements: Iterable[Statement]) -> tuple[tuple[str, ...], ...]:
    body, day = CFM("body"), CFM("date")
    said: dict[str, tuple[set[Node], set[Node]]] = defaultdict(lambda: (set(), set()))
    for statement in statements:
        if statement.predicate in (body, day):
            said[statement.subject][statement.predicate == day].add(statement.object)
    found: dict[tuple[Node, Node], list[str]] = defaultdict(list)
    for meeting, (bodies, days) in sorted(said.items()):
        for both in product(bodies, days):
            found[both].append(meeting)
    return tuple(sorted({tuple(meetings) for meetings in found.values() if len(meetings) > 1}))


def named(
    statements: Iterable[Statement], naming: Naming, docket: Docket
) -> tuple[list[Statement], dict[str, str]]:
    """Statements under the names that stand, decisions applied; and the names given up among theirs."""
    first, *later = naming.namers()
    said, renames = rename(statements, first)
    said = ruled(docket, said, renames)
    said = [s for s in said if (s.subject, s.predicate) not in naming.superseded]
    more = dict[str, str]()
    for name in later:
        said, changed = rename(said, name)
        more = changed | {old: changed.get(new, new) for old, new in more.items()}
    renames = more | {old: more.get(new, new) for old, new in renames.items()}
    return ruled(docket, said, renames), renames


def rename(
    statements: Iterable[Statement], name: Callable[[str], str]
) -> tuple[list[Statement], dict[str, str]]:
    """The statements about merged things, and the names that changed."""
    if name is unchanged:
        return list(statements), {}
    result, changed = list[Statement](), dict[str, str]()
    for statement in statements:
        subject = name(statement.subject)
        value = name(statement.object) if isinstance(statement.object, str) else statement.object
        if subject == statement.subject and value == statement.object:
            result.append(statement)
            continue
        for old, new in ((statement.subject, subject), (statement.object, value)):
            if old != new:
                changed[str(old)] = str(new)
        predicate = statement.predicate
        if subject != statement.subject and predicate == CFM("date"):
            continue  # it fits the meeting joined, or was given up with the name
        if subject != statement.subject and predicate == RDFS_LABEL:
            predicate = SKOS_ALT_LABEL
        result.append(replace(statement, subject=subject, predicate=predicate, object=value))
    return result, changed
