"""The words and names that annotation looks for, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from cfm_kg.packs.tokens import Word
from cfm_kg.units import Values

HYPHENS = frozenset("-‐‑–")
_NUMBERS = frozenset(("NUM", "YEAR"))


class Entry(NamedTuple):
    """A wording, its class, and what it stands for. Capitals in the wording must be in the text."""

    wording: str
    kind: str
    value: str


class Surface(NamedTuple):
    """One way to write a wording: what each word must look like, if any must, and what it stands for."""

    capitals: tuple[str, ...]
    values: Values


Wordings = Mapping[tuple[str, ...], tuple[Surface, ...]]
"""The surfaces of each wording's words, folded."""
_DECODER = msgspec.msgpack.Decoder(list[tuple[tuple[str, ...], tuple[Surface, ...]]])


class Node:
    """Where some words lead in a lexicon: the surfaces of the wording that they are, and longer ones."""

    __slots__ = ("cased", "longer", "surfaces")

    def __init__(self) -> None:
        self.surfaces: tuple[Surface, ...] = ()
        self.cased = False
        """Whether it matters to some surface what the words look like."""
        self.longer: dict[str, Node] = {}


class Lexicon:
    """All wordings, by their words. What begins with a word is unpacked when that word is first met."""

    def __init__(self, beginnings: Mapping[str, bytes | msgspec.Raw]) -> None:
        """`beginnings` are wordings as `packed` makes them."""
        self._packed = beginnings
        self._nodes: dict[str, Node] = {}

    @classmethod
    def of(cls, wordings: Wordings) -> Lexicon:
        """The lexicon of wordings."""
        return cls(packed(wordings))

    def beginning(self, word: str) -> Node | None:
        """Where the wordings that begin with a folded word begin."""
        node = self._nodes.get(word)
        if node is None and word in self._packed:
            node = self._nodes[word] = _unpacked(self._packed[word])
        return node


def packed(wordings: Wordings) -> dict[str, bytes]:
    """Wordings by the first of their words, each lot as MessagePack."""
    beginnings: dict[str, list[tuple[tuple[str, ...], tuple[Surface, ...]]]] = {}
    for words, surfaces in wordings.items():
        beginnings.setdefault(words[0], []).append((words[1:], surfaces))
    return {word: msgspec.msgpack.encode(those) for word, those in beginnings.items()}


def _unpacked(those: bytes | msgspec.Raw) -> Node:
    first = Node()
    for words, surfaces in _DECODER.decode(those):
        node = first
        for word in words:
            node = node.longer.setdefault(word, Node())
        node.surfaces = surfaces
        node.cased = any(surface.capitals for surface in surfaces)
    return first


def meant(surfaces: tuple[Surface, ...], chosen: Sequence[str]) -> Values:
    """What the surfaces that fit the words in a text stand for together."""
    fitting = [s.values for s in surfaces if not s.capitals or _capitals_agree(s.capitals, chosen)]
    if len(fitting) == 1:
        return fitting[0]
    merged: dict[str, tuple[str, ...]] = {}
    for values in fitting:
        for kind, those in values.items():
            merged[kind] = tuple(dict.fromkeys(merged.get(kind, ()) + those))
    return merged


def joins(before: Word, hyphen: Word, after: Word) -> bool:
    """Whether a hyphen joins two words, so that it does not count; between numbers it is a dash."""
    glued = not hyphen.blanks and not after.blanks
    return glued and before.shape not in _NUMBERS and after.shape not in _NUMBERS


@cache
def plain(shape: str) -> frozenset[str]:
    """The classes of a word that no wording covers."""
    return frozenset((shape, f"PLAIN_{shape}"))


def _capitals_agree(capitals: tuple[str, ...], chosen: Sequence[str]) -> bool:
    for capital, word in zip(capitals, chosen, strict=True):
        if capital == "A" and not word.isupper():
            return False
        if capital == "a" and not word[0].isupper():
            return False
    return True
