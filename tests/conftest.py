"""Options and fixtures that several tests share."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")
_KEPT = pytest.StashKey[str]()
"""A folder in which all processes of a run keep what they compile."""


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # else the process that starts the others has done it
        config.stash[_KEPT] = tempfile.mkdtemp(prefix="cfm-kg-")
        os.environ["CFM_KG_CACHE"] = config.stash[_KEPT]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _KEPT in config.stash:
        shutil.rmtree(config.stash[_KEPT], ignore_errors=True)


def pytest_collection_finish() -> None:
    gc.freeze()  # thousands of tests, which no collection of garbage need look through


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what queries return into tests/queries/ instead of comparing (then read the difference)",
    )


@pytest.fixture(scope="session")
def seeds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the shipped articles, for tests that change nothing in it."""
    from cfm_kg import build  # not in the process that only starts others

    folder = tmp_path_factory.mktemp("seeds")
    build(out=folder)
    return folder


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be written anew."""
    return bool(pytestconfig.getoption("--update-golden"))
