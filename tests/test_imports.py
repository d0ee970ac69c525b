"""The import rules: the contract covers every module, and it catches what it should."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = Path(sys.executable).with_name("lint-imports")
STAGES = ("ingest", "clean", "annotate", "extract", "resolve", "emit", "fuse", "validate", "store", "query")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "cfm_kg", tmp_path / "cfm_kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contract_names_every_stage() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (contract,) = settings["contracts"]
    row = next(layer for layer in contract["layers"] if "ingest" in layer)
    assert set(STAGES) <= {name.strip() for name in row.split("|")}
    assert contract["exhaustive"] is True


def test_rules_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("fuse/merge.py", "from cfm_kg.store import write_turtle"),
        ("dates.py", "from cfm_kg.model import Span"),
        ("vocab.py", "from cfm_kg.pipeline import Build"),
        ("store/folder.py", "def later() -> None:\n    import cfm_kg.cli"),
    ],
)
def test_planted_violation_is_caught(copy: Path, module: str, line: str) -> None:
    path = copy / "cfm_kg" / module
    path.write_text(path.read_text() + f"\n{line}\n")
    done = lint(copy)
    assert done.returncode == 1
    assert "0 kept, 1 broken" in done.stdout


def test_new_module_must_be_given_a_floor(copy: Path) -> None:
    (copy / "cfm_kg" / "misplaced.py").write_text('"""Nowhere."""\n')
    assert lint(copy).returncode == 1


def test_stages_do_not_hide_the_functions_of_the_package() -> None:
    code = (
        "import cfm_kg.extract, cfm_kg.validate, cfm_kg.query, inspect\n"
        "from cfm_kg import build, extract, query, validate\n"
        "assert all(map(inspect.isfunction, (build, extract, query, validate)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
