"""Generated articles as files, made as long as news usually is."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT))

from tests.generator import articles  # noqa: E402

LENGTH = 3000
"""Characters that an article has at least."""
_IN_A_FOLDER = 1000
SEED = 20


def write_corpus(folder: Path, count: int, length: int = LENGTH) -> Path:
    """Write `count` articles below a folder, the same each time; what is there already stays."""
    done = folder.with_name(f"{folder.name}-{count}-{length}.done")
    if done.exists():
        return folder
    for number, one in enumerate(articles(count, SEED, length)):
        place = folder / f"{number // _IN_A_FOLDER:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{one.id}.txt").write_text(one.text, encoding="utf-8")
    done.touch()
    return folder
