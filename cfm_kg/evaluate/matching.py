"""When two names, titles or roles count as the same. All results are from 0 to 1 or a plain yes or no."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

import yaml

from cfm_kg.errors import CfmError
from cfm_kg.resources import data_dir

TITLE_FLOOR = 0.6
"""Titles less alike than this name different documents."""


@dataclass(frozen=True, slots=True)
class _Wordings:
    stop_words: frozenset[str]
    spellings: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]


@cache
def _wordings() -> _Wordings:
    path = data_dir("seeds") / "evaluation" / "matching.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _Wordings(
            frozenset(content["stop_words"].split()),
            tuple((old, new) for old, new in content["spellings"]),
            tuple((old, new) for old, new in content["roles"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CfmError("the rules of comparison cannot be read", where=str(path), why=repr(error)) from error


def fold(text: str) -> str:
    """Lower-case ASCII words: `fold("Çavuşoğlu, M.")` is `cavusoglu m`."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", ascii_text).strip()


def likeness(one: str, other: str) -> float:
    """How alike two strings are, from 0 to 1."""
    return SequenceMatcher(None, one, other).ratio()


@cache
def skeleton(word: str) -> str:
    """A folded word without what transliterations differ in."""
    for old, new in _wordings().spellings:
        word = word.replace(old, new)
    return word


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: surnames are close and given names do not contradict."""
    mine, theirs = [skeleton(w) for w in fold(one).split()], [skeleton(w) for w in fold(other).split()]
    if not mine or not theirs:
        return False
    surname = max(likeness(x, y) for x in {mine[0], mine[-1]} for y in {theirs[0], theirs[-1]})
    enough = 0.6 if len(mine) > 1 and len(theirs) > 1 else 0.3
    return surname >= 0.78 and likeness(" ".join(sorted(mine)), " ".join(sorted(theirs))) >= enough


def same_place(one: str, other: str) -> bool:
    """Whether two names are spellings of one place."""
    return likeness(fold(one), fold(other)) > 0.75


def same_format(found: str, stated: str) -> bool:
    """Whether formats agree: a hybrid meeting was in person too."""
    return found == stated or (found == "hybrid" and stated == "in-person")


def same_role(one: str, other: str) -> bool:
    """Whether two wordings name one role."""
    return likeness(_role(one), _role(other)) > 0.7


def _role(wording: str) -> str:
    folded = fold(wording)
    for old, new in _wordings().roles:
        folded = folded.replace(old, new)
    return folded


def title_likeness(one: str, other: str) -> float:
    """How alike two titles are: by shared words, by letters, or by one holding most of the other."""
    mine, theirs = _title_words(one), _title_words(other)
    if not mine or not theirs:
        return 1.0 if fold(one) == fold(other) else 0.0
    shared = len(set(mine) & set(theirs))
    contained = 0.9 * shared / min(len(set(mine)), len(set(theirs))) if shared >= 3 else 0.0
    by_letter = likeness(" ".join(mine), " ".join(theirs))
    return max(shared / len(set(mine) | set(theirs)), by_letter, contained)


def _title_words(title: str) -> list[str]:
    return [word for word in fold(title).split() if word not in _wordings().stop_words]
