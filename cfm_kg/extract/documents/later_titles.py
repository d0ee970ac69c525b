"""Titles that stand apart from their noun: after its verb, or in a sentence of their own."""

from __future__ import annotations

from cfm_kg.extract.documents.acts import Act, Voice
from cfm_kg.extract.documents.headers import Header, continued
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.extract.documents.shared import late_titles, titles_of_each
from cfm_kg.extract.documents.standing import after_preposition
from cfm_kg.extract.documents.told import Told
from cfm_kg.model import Span


def titles_after(here: Told, phrase: Phrase, act: Act) -> tuple[Span, ...]:
    """Titles that do not stand right after their noun."""
    if phrase.generic:
        return ()
    if phrase.last > act.at:
        lone = not phrase.plural and not phrase.definite
        return late_titles(here.context, here.sentence, False, phrase.last) if lone else ()
    found = late_titles(here.context, here.sentence, phrase.plural, act.last)
    if not found and act.voice is Voice.MODIFIER:
        last = here.here.get(act.at, act.last)
        found = late_titles(here.context, here.sentence, phrase.plural, last)
    return found


def titles_of_announced(here: Told, header: Header) -> tuple[str, tuple[Span, ...]] | None:
    """Type and titles of documents announced, where only titles follow: "of the five two: on …"."""
    count, start = continued(here.context, here.sentence)
    kind = header.kind_of(count)
    titles = titles_of_each(here.context, here.sentence)
    titled = [
        phrase
        for phrase in here.phrases
        if phrase.all_titles and not after_preposition(here.sentence, phrase.first)
        # A title may name a document itself: "another orders a common register of inspectors".
        if not any(title.covers(phrase.all_titles[0]) for title in titles)
    ]
    if kind is None or titled:
        return None
    if not titles and count is not None:
        titles = late_titles(here.context, here.sentence, True, start)
    return (kind, titles) if titles else None
