"""What a meeting discussed and what its documents deal with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from cfm_kg.extract.context import Context
from cfm_kg.model import DocumentFrame, Evidence, MeetingFrame, Span, TopicMention
from cfm_kg.units import Sentence

GROUP, LANDS = "discussions", "topic_lands"
_KIND = "TOPIC"


def find_topics(
    context: Context, meetings: tuple[MeetingFrame, ...], documents: tuple[DocumentFrame, ...]
) -> tuple[TopicMention, ...]:
    """The topics of the meetings and of their documents, each once, in text order."""
    found = [*_discussed(context, meetings), *_titled(context, documents)]
    first: dict[tuple[int | None, int | None, str], TopicMention] = {}
    for mention in found:
        first.setdefault((mention.meeting, mention.document, mention.topic), mention)
    return tuple(first.values())


def _discussed(context: Context, meetings: tuple[MeetingFrame, ...]) -> Iterator[TopicMention]:
    """Topics in what the sentences of a meeting say was discussed."""
    owners = {index: meeting.key for meeting in meetings for index in meeting.sentences}
    for sentence in context.told:
        meeting = owners.get(sentence.index)
        if meeting is None:
            continue
        for rule, match in context.matches(GROUP, sentence):
            about = sentence.over(*match.span("about"))
            for topic, span in _topics(context, about):
                yield TopicMention(topic, Evidence(span, rule.name), meeting=meeting)


def _titled(context: Context, documents: tuple[DocumentFrame, ...]) -> Iterator[TopicMention]:
    for number, document in enumerate(documents):
        for topic, span in _topics(context, document.title):
            yield TopicMention(topic, Evidence(span, "topic-in-title"), document=number)


def _topics(context: Context, about: Span) -> Iterator[tuple[str, Span]]:
    """Each topic named in a stretch of text. The bare name of a country needs words that make it one."""
    for unit in context.language.topics(context.document.text, about.start, about.end):
        if not unit.values or (_is_land(context, unit.span) and not _introduced(context, about, unit.span)):
            continue
        for topic in unit.values.get(_KIND, ()):
            yield topic, unit.span


def _is_land(context: Context, span: Span) -> bool:
    sentence = _sentence(context, span)
    if sentence is None or "COUNTRY" not in sentence.classes:
        return False
    return any("COUNTRY" in unit.values and unit.span.covers(span) for unit in sentence.units)


def _introduced(context: Context, about: Span, land: Span) -> bool:
    sentence = _sentence(context, land)
    if sentence is None:
        return False
    # The sentence up to the country's name, from where the stretch begins or somewhat before it.
    codes = "".join(u.code for u in sentence.units if about.start <= u.start and u.end <= land.start)
    before = "".join(u.code for u in sentence.units if u.end <= land.start)
    return any(
        rule.compiled.search(codes if rule.means.get("from_start") else before)
        for rule in context.language.grammar.rules(LANDS)
    )


def _sentence(context: Context, span: Span) -> Sentence | None:
    at = bisect_right(context.sentences, span.start, key=lambda sentence: sentence.span.start) - 1
    return context.sentences[at] if at >= 0 and context.sentences[at].span.covers(span) else None
