"""Floors under the figures of known sets: they rise with the extractor and never sink silently."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cfm_kg.errors import CfmError
from cfm_kg.evaluate.compare import Evaluation
from cfm_kg.evaluate.ledger import Counts

FIGURES = ("precision", "recall", "f1")
ALL_FACTS = "micro"
"""The name under which the figures over all kinds of fact stand."""

Figures = Mapping[str, Mapping[str, float]]
"""By kind of fact: precision, recall and F1, rounded down to three digits."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One set as it was just evaluated."""

    evaluation: Evaluation
    sha256: str

    @property
    def figures(self) -> dict[str, dict[str, float]]:
        """The figures that floors are compared with."""
        kinds = {ALL_FACTS: self.evaluation.micro, **self.evaluation.kinds}
        return {kind: _figures(counts) for kind, counts in kinds.items()}


@dataclass(frozen=True, slots=True)
class Floor:
    """What one set must reach. The digest pins the articles and gold facts that the figures are about."""

    sha256: str
    articles: int
    facts: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of all sets, and why any of them was ever lowered."""

    sets: Mapping[str, Floor]
    lowered: tuple[str, ...] = ()


def digest(files: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of a set's files, whatever their order."""
    total = hashlib.sha256()
    for path in sorted(files, key=lambda file: file.name):
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def check(measured: Mapping[str, Measured], floors: Floors) -> tuple[str, ...]:
    """What lies below its floor or cannot be compared with it, one sentence each; empty where all is well.

    Sets that were not measured are passed over, sets without a floor are faults.
    """
    faults: list[str] = []
    for name, now in measured.items():
        floor = floors.sets.get(name)
        if floor is None:
            faults.append(f"{name}: there is no floor for this set")
        elif now.sha256 != floor.sha256 or len(now.evaluation.articles) != floor.articles:
            faults.append(
                f"{name}: the set's articles or gold facts have changed, so its floors mean nothing"
            )
        else:
            faults += [f"{name}: {fault}" for fault in _below(now.figures, floor.figures)]
    return tuple(faults)


def _below(now: Figures, floor: Figures) -> Iterable[str]:
    for kind, least in floor.items():
        reached = now.get(kind)
        if reached is None:
            yield f"{kind} was not measured"
            continue
        for figure in FIGURES:
            if reached[figure] < least[figure]:
                yield f"{kind} {figure} {reached[figure]:.3f} is below its floor {least[figure]:.3f}"


def raised(floors: Floors, measured: Mapping[str, Measured], lowering: str | None = None) -> Floors:
    """Floors at what was measured, none lower than before.

    With `lowering`, the reason for it, floors sink to what was measured and the reason is kept. Raises
    CfmError where a changed set would replace its floors without a reason.
    """
    sets = dict(floors.sets)
    for name, now in measured.items():
        old = sets.get(name)
        if old is not None and old.sha256 != now.sha256 and lowering is None:
            raise CfmError(
                f"the floors of {name!r} cannot be raised",
                why="its articles or gold facts have changed",
                remedy="set new floors with a reason (--lower-floors REASON)",
            )
        least = {} if old is None or lowering is not None else old.figures
        micro = now.evaluation.micro
        sets[name] = Floor(
            now.sha256,
            len(now.evaluation.articles),
            micro.right + micro.missed,
            {kind: _higher(values, least.get(kind)) for kind, values in now.figures.items()},
        )
    reasons = floors.lowered if lowering is None else (*floors.lowered, lowering)
    return Floors(sets, reasons)


def _higher(now: Mapping[str, float], old: Mapping[str, float] | None) -> dict[str, float]:
    return {figure: max(now[figure], old[figure] if old else 0.0) for figure in FIGURES}


def _figures(counts: Counts) -> dict[str, float]:
    """Rounded down; a precision of nothing found is no achievement to hold on to, so it counts 0."""
    precision = counts.precision if counts.right + counts.spurious else 0.0
    values = (precision, counts.recall, counts.f1)
    return {name: math.floor(value * 1000) / 1000 for name, value in zip(FIGURES, values, strict=True)}


def read_floors(path: Path) -> Floors:
    """The floors of a file; none where the file does not exist. Raises CfmError where it is faulty."""
    if not path.exists():
        return Floors({})
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        sets = {
            name: Floor(row["sha256"], int(row["articles"]), int(row["facts"]), dict(row["figures"]))
            for name, row in content["sets"].items()
        }
        return Floors(sets, tuple(content["lowered"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CfmError(
            "the floors cannot be read",
            where=str(path),
            why=repr(error),
            remedy="restore the file's last version",
        ) from error


def write_floors(path: Path, floors: Floors) -> None:
    """Write floors as JSON."""
    content = {
        "sets": {
            name: {
                "sha256": floor.sha256,
                "articles": floor.articles,
                "facts": floor.facts,
                "figures": floor.figures,
            }
            for name, floor in sorted(floors.sets.items())
        },
        "lowered": list(floors.lowered),
    }
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
