"""Names: prefixes, terms that must exist, slugs, and the one setting that moves the base."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cfm_kg.errors import CfmError
from cfm_kg.vocab import BASE, CFM, DEFAULT_BASE, prefixes, shipped_triples, slug, thing

ROOT = Path(__file__).resolve().parent.parent


def test_defined_terms_are_iris_and_others_are_refused() -> None:
    assert CFM("date") == f"{BASE}ontology#date"
    with pytest.raises(CfmError, match="no term cfm:dates"):
        CFM("dates")


def test_code_names_no_term_that_the_ontology_lacks() -> None:
    files = sorted((ROOT / "cfm_kg").rglob("*.py"))
    named = {name for path in files for name in re.findall(r'\bCFM\("(\w+)"\)', path.read_text())}
    assert len(files) > 100
    assert len(named) > 40
    for name in sorted(named):
        assert CFM(name)


def test_prefixes_are_read_from_their_file() -> None:
    assert prefixes()["cfm"] == CFM.iri
    assert list(prefixes()) == sorted(prefixes())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sirojiddin Muhriddin", "sirojiddin-muhriddin"),
        ("Сироджиддин Мухриддин", "sirodzhiddin-mukhriddin"),
        ("Ерлан Қошанов", "erlan-qoshanov"),
        ("João d’Ávila (Jr.)", "joao-davila-jr"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("外交部", ""),
    ],
)
def test_slugs_are_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_things_have_a_kind_and_a_name() -> None:
    assert thing("meeting", "csto-cfm", "2021-05-19") == f"{BASE}id/meeting/csto-cfm/2021-05-19"
    for parts in (("meeting",), ("meeting", ""), ("", "x")):
        with pytest.raises(ValueError, match="kind and a slug"):
            thing(*parts)


def test_broken_data_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a:b> <a:c> 1 .\n<a:b> nonsense .\n")
    with pytest.raises(CfmError, match=r"broken\.ttl:2"):
        shipped_triples(path)


def _with_base(base: str, code: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CFM_KG_BASE": base}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


def test_one_setting_moves_every_name(tmp_path: Path) -> None:
    code = f"import cfm_kg; cfm_kg.build(out={str(tmp_path)!r})"
    done = _with_base("https://example.org/kg/", code)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "graph.nq").read_text()
    assert "<https://example.org/kg/id/meeting/csto-cfm/" in written
    assert DEFAULT_BASE not in written


def test_a_base_that_is_none_is_refused() -> None:
    done = _with_base("example", "import cfm_kg.vocab")
    assert "CFM_KG_BASE is 'example'" in done.stderr
