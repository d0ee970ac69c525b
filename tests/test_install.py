"""The data folders travel with the package, and are found where an installation puts them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DATA: Mapping[str, str] = SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Python in a folder, with the packages there and in the environment, but not this checkout's."""
    code = f"import sys; sys.path.insert(0, {str(folder / 'site')!r}); {code}"
    return subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder laid out as the wheel is, by its own settings."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "cfm_kg", site / "cfm_kg", ignore=shutil.ignore_patterns("__pycache__"))
    for source, target in DATA.items():
        shutil.copytree(ROOT / source, site / target)
    return tmp_path


def test_wheel_takes_every_data_folder() -> None:
    asked = {"ontology", "shapes", "queries", "seeds"}
    assert {source: f"cfm_kg/data/{source}" for source in asked} == dict(DATA)
    used = (ROOT / "cfm_kg" / "resources.py").read_text(encoding="utf-8")
    assert all(f'data_dir("{name}")' in used for name in asked)
    for name in asked:
        assert any((ROOT / name).rglob("*.*")), f"{name} is empty"


def test_command_is_declared() -> None:
    assert SETTINGS["project"]["scripts"] == {"cfm-kg": "cfm_kg.cli:main"}
    assert SETTINGS["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["cfm_kg"]


def test_installed_package_reads_its_own_data(installed: Path) -> None:
    article = installed / "a.txt"
    article.write_text(
        "Published: 20 May 2021\n\nThe CSTO Council of Foreign Ministers met in Dushanbe on 19 May 2021.\n"
    )
    done = run(
        installed,
        "import cfm_kg; from cfm_kg.resources import data_dir; "
        "print(cfm_kg.__file__, *map(data_dir, ('ontology', 'shapes', 'queries', 'seeds')), sep='\\n'); "
        "print(*sorted(c.subject for c in cfm_kg.extract('a.txt').claims if c.predicate.endswith('#date')))",
    )
    assert done.returncode == 0, done.stderr
    *places, meeting = done.stdout.split()
    assert len(places) == 5
    assert all(Path(place).is_relative_to(installed / "site" / "cfm_kg") for place in places)
    assert meeting.endswith("id/meeting/csto-cfm/2021-05-19")


def test_command_runs_from_there(installed: Path) -> None:
    code = "from cfm_kg.cli import main; sys.argv = ['cfm-kg', 'queries']; main()"
    done = run(installed, code)
    assert done.returncode == 0, done.stderr
    assert "meetings" in done.stdout


def test_a_missing_data_folder_is_told(installed: Path) -> None:
    shutil.rmtree(installed / "site" / "cfm_kg" / "data" / "seeds")
    done = run(installed, "from cfm_kg.resources import registry_dir; registry_dir()")
    assert done.returncode != 0
    assert "the data folder 'seeds' is missing" in done.stderr
    assert "install cfm-kg again" in done.stderr
