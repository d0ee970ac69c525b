"""What a measurement comes to: named figures, as a table and as JSON with the machine they were taken on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).parent.parent
LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "rapidfuzz", "trafilatura")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `peer` is what another tool takes for the same, `bar` what is aimed at."""

    topic: str
    name: str
    value: float
    unit: str
    peer: float | None = None
    bar: str = ""


def measured(topic: str, quick: bool) -> list[Figure]:
    """The figures of one topic, which is a module with a function `measure`."""
    return list(import_module(topic).measure(quick))


def table(figures: Iterable[Figure]) -> str:
    """The figures by topic, a line each; beside a peer's the ratio of the two."""
    lines = []
    for topic, group in groupby(figures, key=lambda figure: figure.topic):
        lines += ["", f"{topic:52}{'here':>16}{'peer':>14}{'ratio':>8}  aim"]
        for one in group:
            peer = f"{one.peer:14,.2f}{one.peer / one.value:8.1f}" if one.peer is not None else " " * 22
            lines.append(f"  {one.name:46}{one.value:14,.2f} {one.unit:5}{peer}  {one.bar}".rstrip())
    return "\n".join(lines)


def as_json(figures: Iterable[Figure]) -> str:
    """The figures with machine, versions and commit."""
    found = {
        "machine": {"system": platform.platform(), "cores": os.cpu_count(), "processor": _processor()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
        "commit": _commit(),
        "figures": [asdict(figure) for figure in figures],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")


def _commit() -> str:
    command = ["git", "-C", str(PROJECT), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
