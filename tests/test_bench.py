"""What is measured is told in one shape; every topic can be measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parent.parent / "bench"
TOLD = """
import importlib.util, json, sys
sys.path.insert(0, sys.argv[1])
from figures import Figure, as_json, table
shown = [Figure("Start", "help", 120.0, "ms", 480.0, "≤ 150"), Figure("Growth", "cost", 1.5, "×")]
spec = importlib.util.spec_from_file_location("topics", sys.argv[1] + "/__main__.py")
topics = importlib.util.module_from_spec(spec)
spec.loader.exec_module(topics)
able = [name for name in topics.TOPICS if callable(importlib.import_module(name).measure)]
print(json.dumps({"table": table(shown), "json": as_json(shown), "topics": topics.TOPICS, "able": able}))
"""


def test_topics_and_figures() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD, str(BENCH)], capture_output=True, text=True, check=True, cwd=BENCH.parent
    )
    told = json.loads(done.stdout)
    assert told["able"] == told["topics"]
    assert "reading" in told["able"]
    lines = told["table"].splitlines()
    assert lines[2].split() == ["help", "120.00", "ms", "480.00", "4.0", "≤", "150"]
    assert lines[5].split() == ["cost", "1.50", "×"]
    kept = json.loads(told["json"])
    assert kept["figures"][0]["peer"] == 480.0
    assert {"machine", "versions", "commit"} <= kept.keys()


def test_every_module_that_measures_is_a_topic() -> None:
    """A measurement that nobody runs says nothing."""
    measuring = {path.stem for path in BENCH.glob("*.py") if "def measure(" in path.read_text("utf-8")}
    told = (BENCH / "__main__.py").read_text("utf-8")
    assert measuring
    assert {name for name in measuring if f'"{name}"' not in told} == set()


WITHIN = """
import sys
sys.path.insert(0, sys.argv[1])
from running import within
def forever() -> None:
    while True:
        pass
print(within(1, forever)[1], within(60, int)[1])
within(60, lambda: int("no number"))
"""


def test_what_takes_too_long_is_ended_and_what_fails_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHIN, str(BENCH)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "True False\n"
    assert "no number" in done.stderr
    assert "a measured function failed" in done.stderr
    assert done.returncode == 1
