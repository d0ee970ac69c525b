"""A sentence with all that is read of documents in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.acts import Act, find_acts
from cfm_kg.extract.documents.govern import Handled, govern
from cfm_kg.extract.documents.initiators import Initiator, find_initiators
from cfm_kg.extract.documents.phrases import Phrase, find_phrases
from cfm_kg.units import Sentence


@dataclass(frozen=True, slots=True)
class Told:
    """Documents, verbs, which verb governs which document, and who put documents forward."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    acts: tuple[Act, ...]
    handled: tuple[Handled, ...]
    initiators: Mapping[Phrase, Initiator]
    here: Mapping[int, int]
    """For each verb that says so, the unit after the words that tell that the meeting did it."""


def told(context: Context, sentence: Sentence) -> Told:
    """Read one sentence on its own."""
    phrases = find_phrases(context, sentence)
    acts = find_acts(context, sentence, phrases)
    matches = context.language.grammar.matches("document_done_here", sentence.codes)
    here = {match.start(): match.end() for _, match in matches}
    handled = govern(sentence, phrases, acts, here)
    return Told(sentence, phrases, acts, handled, find_initiators(context, sentence, phrases), here)
