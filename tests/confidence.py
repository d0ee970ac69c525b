"""Measures each rule's precision on the seeds and the development set, and writes seeds/confidence.json.

    python tests/confidence.py [--out FILE]

A claim's confidence is this figure; cfm_kg/evaluate/confidence.py tells how it is reckoned.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from score import case_sets, gold_of

from cfm_kg import build
from cfm_kg.errors import COULD_NOT_RUN, OK, CfmError
from cfm_kg.evaluate.confidence import OVERALL, RuleCounts, rule_counts, write_confidence

FILE = Path(__file__).resolve().parent.parent / "seeds" / "confidence.json"


def measure() -> RuleCounts:
    """The claims of all sets, judged rule by rule."""
    total = RuleCounts({}, {})
    for cases in case_sets().values():
        with tempfile.TemporaryDirectory() as scratch:
            build(cases.articles, scratch)
            total += rule_counts(Path(scratch) / "graph.nq", gold_of(cases))
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write, and say what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=FILE, help="the file to write")
    asked = parser.parse_args(arguments)
    try:
        measured = measure()
        write_confidence(asked.out, measured)
    except CfmError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    claims = sum(measured.seen.values())
    overall = measured.precision.get(OVERALL, 0.0)
    print(f"{claims} claims of {len(measured.seen)} rules judged, precision {overall:.4f}: {asked.out}")
    return OK


if __name__ == "__main__":
    sys.exit(main())
