"""Sentences of several articles, mixed: no text may break the reader, whatever it says."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from judging import reading

CASES = Path(__file__).parent / "cases"
ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
SETS = ("en", "messy", "varied")
MIXES = 150


def mixed(texts: list[list[str]], chance: Random) -> str:
    """Sentences left out of one article, put in another order, or followed by those of a second one."""
    one, other = chance.choice(texts), chance.choice(texts)
    ways = (
        chance.sample(one, max(1, len(one) * 2 // 3)),
        [*one[: len(one) // 2], *other[len(other) // 2 :]],
        [sentence for pair in zip(one, other, strict=False) for sentence in pair],
    )
    return chance.choice((" ", "\n")).join(chance.choice(ways))


@pytest.mark.parametrize("seed", range(3))
def test_no_mix_of_sentences_breaks_the_reader(seed: int) -> None:
    files = (path for name in SETS for path in sorted((CASES / name).glob("*.txt")))
    texts = [list(filter(None, ENDS.split(path.read_text(encoding="utf-8")))) for path in files]
    chance = Random(seed)
    read = [reading(f"mix-{number}", mixed(texts, chance)) for number in range(MIXES)]
    assert sum(bool(one.claims) for one in read) > MIXES // 2
