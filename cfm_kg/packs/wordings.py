"""From entries to the wordings of a lexicon, and the sets of classes that they can give a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

from cfm_kg.packs.lexicon import HYPHENS, Entry, Surface, Wordings, joins, plain
from cfm_kg.packs.tokens import SHAPES, Tokenizer, Word
from cfm_kg.units import Values

_WORD_SHAPES = frozenset(("LOWER", "CAP", "UPPER"))


def wordings(
    entries: Iterable[Entry],
    hides: Mapping[str, Iterable[str]] | None = None,
    tokenizer: Tokenizer | None = None,
    inherited: Iterable[str] = (),
) -> Wordings:
    """All wordings of entries.

    `hides` names, for a class, the classes that a wording loses where it has that one too; `inherited` the
    classes that a wording of several words has if one of its words has them.
    """
    found = _surfaces(entries, hides or {}, tokenizer or Tokenizer())
    return _inheriting(found, frozenset(inherited))


def sets(found: Wordings, tokenizer: Tokenizer) -> set[frozenset[str]]:
    """Every set of classes that a unit can have by these wordings."""
    shapes = _Shapes(tokenizer)
    kinds = {
        (frozenset(kind for surface in some for kind in surface.values), shapes.of(words[0], some))
        for words, group in found.items()
        for some in _subsets(group)
    }
    return {plain(s) for s in SHAPES} | {those | {shape} for those, some in kinds for shape in some}


class _Shapes:
    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokens = tokenizer
        self._shape = cache(self._find_shape)

    def of(self, word: str, some: tuple[Surface, ...]) -> tuple[str, ...]:
        """The shapes that the first word of a text's match, folded, can have."""
        shape = self._shape(word)
        if shape not in _WORD_SHAPES:
            return (shape,)
        needed = {surface.capitals[0] for surface in some if surface.capitals}
        if "A" in needed:
            return ("UPPER",)
        return ("CAP", "UPPER") if "a" in needed else ("LOWER", "CAP", "UPPER")

    def _find_shape(self, word: str) -> str:
        """The shape of a folded word; one with a point is an initial, as only those keep theirs."""
        initial = len(word) > 1 and word.endswith(".")
        return "INITIAL" if initial else self._tokens.words(word)[0].shape


def _surfaces(
    entries: Iterable[Entry], hides: Mapping[str, Iterable[str]], tokens: Tokenizer
) -> dict[tuple[str, ...], tuple[Surface, ...]]:
    """The surfaces of each wording's words, folded; its different capitals make different surfaces."""
    grouped: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, dict[str, None]]]] = {}
    written: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for wording, kind, value in entries:
        if wording not in written:
            written[wording] = _written(wording, tokens)
        words, capitals = written[wording]
        kinds = grouped.setdefault(words, {}).setdefault(capitals, {})
        kinds.setdefault(kind, {})[value] = None
    grouped.pop((), None)
    return {
        words: tuple(Surface(capitals, _visible(kinds, hides)) for capitals, kinds in forms.items())
        for words, forms in grouped.items()
    }


def _written(wording: str, tokens: Tokenizer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a wording, folded, and the capitals that they must have, if any must."""
    words = tokens.words(wording)
    if not HYPHENS.isdisjoint(wording):
        words = [word for i, word in enumerate(words) if not _is_joint(words, i)]
    capitals = () if wording.islower() else tuple([_capital(w.text) for w in words])
    return tuple([w.norm for w in words]), capitals if any(capitals) else ()


def _is_joint(words: Sequence[Word], at: int) -> bool:
    within = words[at].text in HYPHENS and 0 < at < len(words) - 1
    return within and joins(*words[at - 1 : at + 2])


def _inheriting(
    surfaces: Mapping[tuple[str, ...], tuple[Surface, ...]], inherited: frozenset[str]
) -> dict[tuple[str, ...], tuple[Surface, ...]]:
    """Wordings of several words with the inherited classes of their words, which they hide in a text."""
    single = {
        words[0]: {kind: those for s in group for kind, those in s.values.items() if kind in inherited}
        for words, group in surfaces.items()
        if len(words) == 1
    }
    found = dict(surfaces)
    for words, group in surfaces.items():
        several = words if len(words) > 1 else ()
        passed = {kind: those for word in several for kind, those in single.get(word, {}).items()}
        if passed:
            found[words] = tuple(s._replace(values={**passed, **s.values}) for s in group)
    return found


def _subsets(group: tuple[Surface, ...]) -> Iterable[tuple[Surface, ...]]:
    """The surfaces that may fit a text together."""
    if len(group) == 1:
        return (group,)
    return (some for size in range(1, len(group) + 1) for some in combinations(group, size))


def _visible(kinds: Mapping[str, Mapping[str, None]], hides: Mapping[str, Iterable[str]]) -> Values:
    """The classes of a wording, without those that others of its classes hide."""
    hidden = {lost for kind in kinds for lost in hides.get(kind, ())} if len(kinds) > 1 else ()
    return {kind: tuple(values) for kind, values in kinds.items() if kind not in hidden}


@cache
def _capital(word: str) -> str:
    """What a text's word must look like: `A` all capitals, `a` a first capital, `` anything."""
    if not word[0].isupper():
        return ""
    return "A" if len(word) > 1 and word.isupper() else "a"
