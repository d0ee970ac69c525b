"""Comparing names of people: given names, initials, transliterations."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from cfm_kg.packs.tokens import normal
from cfm_kg.vocab import slug

_VARIANTS = (
    ("shch", "s"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("sh", "s"), ("ch", "c"), ("ts", "c"),
    ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("ye", "e"), ("ie", "e"), ("yo", "e"), ("ai", "a"),
    ("ay", "a"), ("ei", "e"), ("ey", "e"), ("ii", "i"), ("iy", "i"), ("y", "i"), ("x", "ks"), ("q", "k"),
    ("w", "v"),
)  # fmt: skip
"""Ways of writing one sound, after the usual romanisations of Russian and its neighbours' languages."""
ALIKE = 0.9
_REMEMBERED = 1 << 14
"""Words and names of which it is remembered how they sound."""
_REPEATED = re.compile(r"(.)\1+")
_BETWEEN = re.compile(r"[\s.]+")


@lru_cache(_REMEMBERED)
def skeleton(word: str) -> str:
    """A name's sound, roughly: what romanisations differ in is taken away."""
    word = normal(slug(word).replace("-", ""))
    for variant, plain in _VARIANTS:
        word = word.replace(variant, plain)
    return _REPEATED.sub(r"\1", word)


@lru_cache(_REMEMBERED)
def words(name: str) -> tuple[str, ...]:
    """The words of a name; initials keep no point."""
    return tuple(w for w in _BETWEEN.split(name.strip(" .,'’")) if w)


@lru_cache(_REMEMBERED)
def alike(one: str, other: str) -> bool:
    """Whether two words may be one name in two spellings."""
    a, b = skeleton(one), skeleton(other)
    return a == b or JaroWinkler.similarity(a, b) >= ALIKE


def given_agree(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether given names or initials that a text gives do not contradict a full name's."""
    if not said or not known:
        return True
    for word in said:
        if len(word) <= 2:
            if not any(skeleton(k)[:1] == skeleton(word)[:1] for k in known):
                return False
        elif not any(alike(word, k) or skeleton(k) == skeleton(word)[: len(k)] for k in known):
            return False
    return True
