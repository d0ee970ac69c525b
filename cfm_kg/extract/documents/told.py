"""A sentence with all that is read of documents in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.acts import Act, find_acts
from cfm_kg.extract.documents.govern import Handled, govern
from cfm_kg.extract.documents.initiators import Initiator, find_initiators
from cfm_kg.extract.documents.phrases import Phrase, find_phrases
from cfm_kg.kept import kept
from cfm_kg.units import Sentence


class Told(msgspec.Struct, frozen=True, dict=True):
    """Documents, verbs, which verb governs which document, and who put documents forward.

    Most sentences name no document: what only matters to documents is read when it is asked for.
    """

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    context: Context

    @kept
    def acts(self) -> tuple[Act, ...]:
        """The verbs outside its documents' titles."""
        return find_acts(self.context, self.sentence, self.phrases)

    @kept
    def here(self) -> Mapping[int, int]:
        """For each verb that says so, the unit after the words that tell that the meeting did it."""
        matches = self.context.matches("document_done_here", self.sentence)
        return {match.start(): match.end() for _, match in matches}

    @kept
    def handled(self) -> tuple[Handled, ...]:
        """Its documents, each with the verb that governs it."""
        return govern(self.sentence, self.phrases, self.acts, self.here) if self.phrases else ()

    def told_on(self, own: Iterable[Handled]) -> Iterator[Phrase]:
        """Documents other than its verbs' `own`; of a denial only those that a verb governs."""
        apart = {each.phrase for each in own}
        governed = {each.phrase for each in self.handled}
        denied = "NOTDONE" in self.sentence.classes
        return (p for p in self.phrases if p not in apart and (p in governed or not denied))

    @kept
    def initiators(self) -> Mapping[Phrase, Initiator]:
        """The countries that put its documents forward."""
        return find_initiators(self.context, self.sentence, self.phrases) if self.phrases else {}


def told(context: Context, sentence: Sentence) -> Told:
    """Read one sentence on its own."""
    return Told(sentence, find_phrases(context, sentence), context)
