"""How far a rule can be trusted: its precision, measured on gold articles."""

from __future__ import annotations

import json
from functools import cache

from cfm_kg.resources import data_dir


@cache
def _measured() -> dict[str, float]:
    path = data_dir("seeds") / "confidence.json"
    if not path.is_file():
        return {}
    loaded: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["precision"]
    return loaded


@cache
def confidence(rule: str) -> float:
    """The precision of a rule (0 to 1); that of all rules together where it was seen too seldom."""
    measured = _measured()
    return measured.get(rule, measured.get("*", 0.5))
