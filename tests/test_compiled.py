"""What is kept between runs: found again as it was made, and never trusted blindly."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cfm_kg import compiled as module
from cfm_kg import reading
from cfm_kg.compiled import compiled
from cfm_kg.environment import environment
from cfm_kg.ingest import one_source
from cfm_kg.packs.language import Compiled, Language, compile_pack, load_pack
from cfm_kg.pipeline import Known, known
from cfm_kg.registry import Entries, read_entries
from cfm_kg.resources import articles_dir, ontology_dir, registry_dir


class Value(msgspec.Struct):
    words: dict[str, int]


class Maker:
    """Makes a value, and counts how often it had to."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Value:
        self.made += 1
        return Value({"a": self.made})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CFM_KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "compiled"


def file_of(folder: Path) -> Path:
    (path,) = folder.glob("*.bin")
    return path


def test_what_was_made_is_found_again(folder: Path) -> None:
    make = Maker()
    assert compiled("x", Value, make) == compiled("x", Value, make) == Value({"a": 1})
    assert make.made == 1
    assert file_of(folder).name == f"x-{environment().hex()}.bin"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_depends_on_something_else_is_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    compiled("x", Value, make)
    monkeypatch.setattr(module, "environment", lambda: b"after a change of code, data or library")
    assert compiled("x", Value, make) == Value({"a": 2})
    assert len([*folder.iterdir()]) == 2


def other_content(content: bytes) -> bytes:
    """Content under its own checksum, as a program of bad will could write it."""
    return module._sum(content) + content


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[:-1],
    "one byte differs": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "of another form": lambda data: other_content(msgspec.msgpack.encode({"words": {"a": "text"}})),
    "not MessagePack": lambda data: other_content(b"\xc1"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_made_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    make = Maker()
    compiled("x", Value, make)
    path = file_of(folder)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert compiled("x", Value, make) == Value({"a": 2})
    assert compiled("x", Value, make) == Value({"a": 2})
    assert make.made == 2


class Trap:
    """What a pickle can do to whoever loads it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (os.environ["CFM_KG_CACHE"] + "/trapped",)


def test_nothing_in_a_file_is_run(folder: Path) -> None:
    make = Maker()
    compiled("x", Value, make)
    trap = pickle.dumps(Trap())
    file_of(folder).write_bytes(other_content(trap))
    assert compiled("x", Value, make) == Value({"a": 2})
    assert not (folder.parent / "trapped").exists()
    pickle.loads(trap)
    assert (folder.parent / "trapped").exists()


def test_a_folder_that_others_may_write_to_is_not_used(folder: Path) -> None:
    make = Maker()
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    compiled("x", Value, make)
    assert compiled("x", Value, make) == Value({"a": 2})
    assert [*folder.iterdir()] == []


def test_a_place_that_cannot_be_written_is_no_error(folder: Path) -> None:
    make = Maker()
    folder.parent.write_text("a file where a folder should be")
    compiled("x", Value, make)
    assert compiled("x", Value, make) == Value({"a": 2})


def test_old_versions_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    compiled("other", Value, make)
    for number in range(12):
        monkeypatch.setattr(module, "environment", lambda number=number: bytes([number]))
        compiled("x", Value, make)
    left = {path.name for path in folder.iterdir()}
    assert {name for name in left if name.startswith("x-")} == {f"x-{n:02x}.bin" for n in range(4, 12)}
    assert len(left) == 9
    assert compiled("x", Value, make) == Value({"a": 13})  # the last one was kept


# ------------------------------------------------------------------ what is kept


@pytest.mark.parametrize("name", reading._spoken())
def test_a_kept_language_is_the_language(name: str) -> None:
    """Whatever YAML can say comes back as it was: the pack is compiled anew and compared."""
    pack = load_pack(name)
    fresh = compile_pack(pack)
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(fresh), type=Compiled)
    assert kept.settings == fresh.settings == dict(pack.settings)
    assert kept.rules == fresh.rules
    assert kept.letters == fresh.letters
    assert {word: bytes(raw) for word, raw in kept.words.items()} == {
        word: bytes(raw) for word, raw in fresh.words.items()
    }
    assert {rule.name for rules in Language(kept).grammar._groups.values() for rule in rules.rules} == {
        rule["name"] for rules in pack.rules.values() for rule in rules
    }


def test_a_language_is_compiled_to_the_same_bytes() -> None:
    assert msgspec.msgpack.encode(reading._compile("en")) == msgspec.msgpack.encode(reading._compile("en"))


def test_a_kept_registry_is_the_registry() -> None:
    files = [*registry_dir().glob("*.ttl"), ontology_dir() / "concepts.ttl"]
    fresh = read_entries(files)
    assert len(fresh.people) > 100
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(fresh), type=Entries) == fresh


def test_articles_are_read_alike_with_and_without_a_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is kept is made, then found: the readings and what is known of their things are the same."""

    def read() -> tuple[object, ...]:
        for remembered in (reading.shipped_registry, reading.language, known):
            remembered.cache_clear()
        readings = [reading.read(one_source(str(path))) for path in sorted(articles_dir().glob("*.txt"))]
        facts: Known = known()
        return readings, {iri: bytes(raw) for iri, raw in facts.facts.items()}, facts.parents

    try:
        made = read()
        assert len([*folder.glob("*.bin")]) == 3
        monkeypatch.setattr(module, "_write", None)  # nothing may be made now
        assert read() == made
    finally:
        for remembered in (reading.shipped_registry, reading.language, known):
            remembered.cache_clear()
