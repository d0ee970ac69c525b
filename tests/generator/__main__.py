"""Write test articles and their gold facts: `python -m tests.generator --count N --seed S --out DIR`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from . import articles


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `<id>.txt` and `<id>.json` for each article."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.generator", description="Write test articles and their gold facts."
    )
    parser.add_argument("--count", type=int, default=100, help="how many articles (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same articles")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--length", type=int, default=0, help="characters that an article has at least")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    for one in articles(asked.count, asked.seed, asked.length):
        (asked.out / f"{one.id}.txt").write_text(one.text, encoding="utf-8")
        content = json.dumps(one.gold, ensure_ascii=False, indent=1) + "\n"
        (asked.out / f"{one.id}.json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
