"""What a graph says against what it should say: right, spurious and missed, by kind of fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cfm_kg.errors import CfmError
from cfm_kg.evaluate.facts import read_facts
from cfm_kg.evaluate.found import (
    FoundArticle,
    FoundCount,
    FoundDocument,
    FoundMeeting,
    FoundPerson,
    FoundTurn,
)
from cfm_kg.evaluate.gold import (
    GoldArticle,
    GoldCount,
    GoldDocument,
    GoldMeeting,
    GoldPerson,
    GoldTurn,
    load_gold,
)
from cfm_kg.evaluate.ledger import Counts, Difference, Ledger
from cfm_kg.evaluate.matching import (
    TITLE_FLOOR,
    same_format,
    same_person,
    same_place,
    same_role,
    title_likeness,
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The counts by article and kind of fact, and every difference."""

    articles: Mapping[str, Mapping[str, Counts]]
    differences: tuple[Difference, ...]

    @property
    def kinds(self) -> dict[str, Counts]:
        """The counts of all articles together, by kind of fact."""
        total: dict[str, Counts] = {}
        for kinds in self.articles.values():
            for kind, counts in kinds.items():
                total[kind] = total.get(kind, Counts()) + counts
        return dict(sorted(total.items()))

    @property
    def micro(self) -> Counts:
        """All facts together, whatever their kind."""
        return sum(self.kinds.values(), Counts())


def evaluate(graph: Path, gold: Path, only: str | None = None) -> Evaluation:
    """Compare a graph file with a folder of gold facts; `only` is a regular expression for ids.

    Raises CfmError where a file is unreadable, or where no gold article is in the graph.
    """
    wanted = [article for article in load_gold(gold) if only is None or _searches(only, article.id)]
    found = read_facts(graph)
    if not wanted:
        raise CfmError(
            f"no gold article's id matches {only!r}", where=str(gold), remedy="give another expression"
        )
    if not any(article.id in found for article in wanted):
        raise CfmError(
            "none of the gold articles is in the graph",
            where=str(graph),
            why=f"gold: {_some(article.id for article in wanted)}; graph: {_some(found) or 'no article'}",
            remedy="build the graph from the gold's own articles; a gold file's id is the article's file "
            "name without its suffix",
        )
    return compare(found, wanted)


def _searches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error as error:
        raise CfmError(f"{pattern!r} is not a regular expression", why=str(error)) from error


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:3]) + (" …" if len(listed) > 3 else "")


def compare(found: Mapping[str, FoundArticle], wanted: Sequence[GoldArticle]) -> Evaluation:
    """Compare facts by article. An article that the graph lacks misses all it says."""
    ledgers = {gold.id: Ledger(gold.id) for gold in wanted}
    for gold in wanted:
        _article(found.get(gold.id, FoundArticle()), gold, ledgers[gold.id])
        if gold.id not in found:
            ledgers[gold.id].note("article", "missed", "no graph for this article")
    return Evaluation(
        {name: ledger.counts for name, ledger in ledgers.items()},
        tuple(row for ledger in ledgers.values() for row in ledger.differences),
    )


def _article(got: FoundArticle, want: GoldArticle, to: Ledger) -> None:
    if want.published:
        to.value("published", got.published, want.published)
    pairs = to.sets("meeting", got.meetings, want.meetings, meeting_likeness)
    reported = {id(gold) for _, gold in pairs}
    pairs += [(FoundMeeting(body=""), w) for w in want.meetings if w.main and id(w) not in reported]
    for found, gold in pairs:
        if not gold.optional:
            _meeting(found, gold, to)
    to.sets(
        "person.post",
        [person for person in got.persons if person.post],
        [person for person in want.persons if person.post],
        same_post,
    )
    for turn, gold_turn in to.sets("chairmanship", got.turns, want.turns, turn_likeness):
        if gold_turn.year:
            to.value("chairmanship.year", turn.year, gold_turn.year[:4])


def _meeting(got: FoundMeeting, want: GoldMeeting, to: Ledger) -> None:
    to.value("meeting.date", got.date, want.date)
    if not want.main:
        return
    to.value("meeting.place", got.place, want.place, same_place)
    to.value("meeting.hostCountry", got.country, want.country)
    to.value("meeting.format", got.format, want.format, same_format)
    to.value("meeting.status", got.status, want.status)
    to.value("meeting.chair", got.chair, want.chair, same_person)
    to.sets("meeting.country", got.countries, want.countries, str.__eq__)
    to.sets("meeting.participant", got.participants, want.participants, lambda g, w: same_person(g, w.name))
    for found, gold in to.sets("document", got.documents, want.documents, document_likeness):
        if not gold.optional:
            to.value("document.type", found.type, gold.type)
            to.value("document.status", found.status, gold.status)
    to.sets("document.tally", got.counts, want.counts, same_count)


def meeting_likeness(got: FoundMeeting, want: GoldMeeting) -> float:
    """Body and date decide; of the main meeting the date may be less or more exact, or wanting."""
    if got.body != want.body and not want.body.startswith("other:"):
        return 0.0
    if got.date == want.date:
        return 1.1 if got.place == want.place else 1.0
    if not want.main:
        return 0.0
    if got.date is None or want.date is None:
        return 0.65
    return 0.7 if got.date.startswith(want.date) or want.date.startswith(got.date) else 0.0


def document_likeness(got: FoundDocument, want: GoldDocument) -> float:
    """Titles decide; type and status break ties."""
    title = title_likeness(got.title, want.title)
    if title < TITLE_FLOOR:
        return 0.0
    return title + 0.05 * (got.type == want.type) + 0.05 * (got.status == want.status)


def same_post(got: FoundPerson, want: GoldPerson) -> bool:
    """Whether a person's post is the one in the gold facts."""
    named = same_person(got.name, want.name) and got.country == want.country
    return named and same_role(got.post, want.post or "")


def same_count(got: FoundCount, want: GoldCount) -> bool:
    """Whether a tally is the one in the gold facts, whatever it calls the documents."""
    return (got.count, got.status) == (want.count, want.status)


def turn_likeness(got: FoundTurn, want: GoldTurn) -> float:
    """Organisation and country decide; the year breaks ties."""
    if (got.organization, got.country) != (want.organization, want.country):
        return 0.0
    return 1.1 if got.year == (want.year[:4] if want.year else None) else 1.0
