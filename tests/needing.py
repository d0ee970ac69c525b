"""What tests need beside Python: without it they fail under CI, and elsewhere are skipped with a hint."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def need(present: object, what: str, remedy: str) -> None:
    """Fail or skip the test unless what it needs is there."""
    if not present:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"{what} is missing: {remedy}")


def program(name: str, package: str, beside: Path | None = None) -> str:
    """The path of a program, looked for in a folder and on the path. Fails or skips without it."""
    found = shutil.which(name, path=str(beside)) if beside else None
    found = found or shutil.which(name)
    need(found, name, package)
    return str(found)
