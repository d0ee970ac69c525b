"""All measurements: a table, and a JSON file with machine, versions and commit.

    python bench [--quick] [--only TOPIC …] [--json FILE]

Each topic is measured in a process of its own. The quick ones take some minutes, all of them hours.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from figures import Figure, as_json, measured, table

TOPICS = ("reading", "starting", "check", "serve", "pages", "peers", "growth", "cluster")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure topic by topic, and print what was found so far at each."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure, beside peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes, few rounds: some minutes")
    parser.add_argument("--only", nargs="+", choices=TOPICS, default=TOPICS, help="these topics alone")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    asked = parser.parse_args(arguments)
    figures: list[Figure] = []
    for topic in asked.only:
        print(f"measuring: {topic}", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            found = process.submit(measured, topic, asked.quick).result()
        print(table(found), flush=True)
        figures += found
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(as_json(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
