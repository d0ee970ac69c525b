"""The language of a text: by script and function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from cfm_kg.packs.cleaning import CleaningPack

UNDETERMINED = "und"
_SAMPLE = 6000
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2
"""Function words of a language that a text must have to be called by it."""


def language_of(text: str, packs: Sequence[CleaningPack]) -> str:
    """The ISO 639-1 code of the language whose function words `text` has most of; `und` where none fits."""
    counts = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    best, score = UNDETERMINED, 0
    for pack in packs:
        hits = sum(counts[word] for word in pack.function_words)
        if hits > score:
            best, score = pack.language, hits
    return best if score >= _ENOUGH or (score and len(text) < 400) else UNDETERMINED


def packs_for(text: str, packs: Sequence[CleaningPack]) -> tuple[CleaningPack, ...]:
    """The packs whose script `text` uses; all of them where it uses none."""
    scripts = _scripts(text[:_SAMPLE])
    chosen = tuple(pack for pack in packs if pack.script.upper() in scripts)
    return chosen or tuple(packs)


def _scripts(text: str) -> frozenset[str]:
    """Scripts by the first word of their letters' Unicode names (LATIN, CYRILLIC …)."""
    letters = (letter for letter in set(text) if letter.isalpha())
    return frozenset(unicodedata.name(letter, "").split(" ", 1)[0] for letter in letters)
