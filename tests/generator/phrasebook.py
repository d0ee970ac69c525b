"""Ways to say things: `phrases.yaml`, and how one is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Protocol

import yaml

PHRASES = Path(__file__).with_name("phrases.yaml")


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The file's sections."""

    frames: Mapping[str, tuple[str, ...]]
    clumsy: Mapping[str, tuple[str, ...]]
    rest: Mapping[str, Any]

    def ways(self, frame: str, *, clumsy: bool = False) -> tuple[str, ...]:
        """The phrases of a frame; machine translation's in place of the usual ones where it has some."""
        return (clumsy and self.clumsy.get(frame)) or self.frames[frame]

    def __iter__(self) -> Iterator[tuple[str, str, bool]]:
        """Every frame and phrase, and whether it is clumsy."""
        yield from ((frame, way, False) for frame, ways in self.frames.items() for way in ways)
        yield from ((frame, way, True) for frame, ways in self.clumsy.items() for way in ways)


@cache
def phrasebook() -> Phrasebook:
    """The shipped phrases."""
    content = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    frames = {name: tuple(ways) for name, ways in content.pop("frames").items()}
    clumsy = {name: tuple(ways) for name, ways in content.pop("clumsy").items()}
    return Phrasebook(frames, clumsy, content)


class Picker(Protocol):
    """Chooses a phrase among those of some frames."""

    def __call__(self, *frames: str) -> str: ...


def at_random(book: Phrasebook, rng: Random, *, clumsy: bool = False) -> Picker:
    """Any phrase of the frames, as the generator has it."""

    def pick(*frames: str) -> str:
        return rng.choice(book.ways(rng.choice(frames), clumsy=clumsy))

    return pick


def pinned(book: Phrasebook, frame: str, way: str) -> Picker:
    """This phrase for this frame, the plainest one for every other."""

    def pick(*frames: str) -> str:
        return way if frame in frames else book.frames[frames[0]][0]

    return pick
