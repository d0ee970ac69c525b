"""Documents that are told of but were not handled by a meeting."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.phrases import Phrase
from cfm_kg.units import Sentence


def refused(context: Context, sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a document is two countries' own, or its noun names no document ("papers on …")."""
    if phrase.generic and phrase.plural and not phrase.titles:
        return True
    return _bilateral(context, sentence, phrase)


def _bilateral(context: Context, sentence: Sentence, phrase: Phrase) -> bool:
    nouns = [i for i in range(phrase.head + 1, phrase.last) if "DOCNOUN" in sentence.units[i].values]
    limit = nouns[0] if nouns else phrase.last
    return any(
        phrase.head < match.start() < limit for _, match in context.matches("document_bilateral", sentence)
    )
