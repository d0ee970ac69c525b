"""What a build keeps between runs: one SQLite file beside its results. It may be deleted at any time.

Readings are kept by the hash of all that they depend on, and as soon as they are made: a build that was
killed does not read again. All else describes the last finished build and changes in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cfm_kg.building.records import DamagedError

FILE = "build.sqlite"
_VERSION = "1"
# What a crash of the machine may lose is made again; a crash of the program loses nothing.
_SETTINGS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reading(
    key BLOB PRIMARY KEY, reading BLOB, article BLOB, telling BLOB, checked BLOB);
CREATE TABLE IF NOT EXISTS article(iri TEXT PRIMARY KEY, copies BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fragment(
    home TEXT, article TEXT, said BLOB, PRIMARY KEY(home, article)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fragment_article ON fragment(article);
CREATE TABLE IF NOT EXISTS part(
    home TEXT PRIMARY KEY, fused BLOB, lines BLOB, told BLOB, aside INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leaning(thing TEXT, home TEXT, PRIMARY KEY(thing, home)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leaning_home ON leaning(home);
"""
_MANY = 500


class State:
    """The kept state of one build. All methods raise DamagedError where the file is not to be trusted."""

    def __init__(self, path: Path | None) -> None:
        """Open or make it; without a path it lasts as long as the object."""
        self.path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(":memory:" if path is None else str(path), isolation_level=None)
            self._db.executescript(_SETTINGS)
            self._db.executescript(_TABLES)
            if self.meta("version") not in (None, _VERSION.encode()):
                raise DamagedError("another version wrote it")
            self.set_meta("version", _VERSION.encode())
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from error

    @classmethod
    def view(cls, path: Path) -> State:
        """A state that somebody has open, to read what was committed."""
        state = cls.__new__(cls)
        state.path = path
        try:
            state._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from error
        return state

    def close(self) -> None:
        """Give back the file."""
        self._db.close()

    def _rows(self, query: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        try:
            yield from self._db.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from error

    def _do(self, query: str, rows: Iterable[Sequence[object]] = ((),)) -> None:
        try:
            self._db.executemany(query, rows)
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from error

    def clear(self) -> None:
        """Forget the last build; readings stay."""
        for table in ("meta", "article", "fragment", "part", "leaning"):
            self._do(f"DELETE FROM {table}")
        self.set_meta("version", _VERSION.encode())

    def begin(self) -> None:
        """Begin the transaction."""
        next(self._rows("BEGIN"), None)

    def commit(self) -> None:
        """Keep what the transaction changed."""
        next(self._rows("COMMIT"), None)

    # ------------------------------------------------------------------ names and values

    def meta(self, name: str) -> bytes | None:
        """A value, or None."""
        row = next(self._rows("SELECT value FROM meta WHERE name = ?", (name,)), None)
        return _bytes(row[0]) if row else None

    def set_meta(self, name: str, value: bytes) -> None:
        """Note a value."""
        self._do("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])

    # ------------------------------------------------------------------ readings

    def has_readings(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of the keys that a reading is kept under."""
        return {_bytes(row[0]) for row in self._among("SELECT key FROM reading WHERE key IN", keys)}

    def readings(self, column: str, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Key and a column (`reading`, `article`, `telling`, `checked`) of the readings under these keys."""
        for key, value in self._among(f"SELECT key, {column} FROM reading WHERE key IN", keys):
            yield _bytes(key), _bytes(value)

    def add_readings(self, rows: Iterable[tuple[bytes, bytes, bytes, bytes, bytes]]) -> None:
        """Keep readings, at once."""
        self._do("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)", rows)

    def forget_readings(self, kept: Iterable[bytes]) -> None:
        """Forget all readings but those under these keys."""
        gone = {_bytes(row[0]) for row in self._rows("SELECT key FROM reading")} - set(kept)
        self._do("DELETE FROM reading WHERE key = ?", ((key,) for key in gone))

    def _among(self, query: str, values: Iterable[object]) -> Iterator[tuple[object, ...]]:
        every = list(values)
        for start in range(0, len(every), _MANY):
            some = every[start : start + _MANY]
            yield from self._rows(f"{query} ({','.join('?' * len(some))})", some)

    # ------------------------------------------------------------------ the last finished build

    def articles(self) -> dict[str, bytes]:
        """The articles of the build with the keys and names of their copies."""
        return {str(iri): _bytes(copies) for iri, copies in self._rows("SELECT iri, copies FROM article")}

    def set_articles(self, changed: Iterable[tuple[str, bytes]], gone: Iterable[str]) -> None:
        """Note articles, and forget others with what they said."""
        self._do("DELETE FROM article WHERE iri = ?", ((iri,) for iri in gone))
        self._do("INSERT OR REPLACE INTO article VALUES (?, ?)", changed)

    def unscatter(self, articles: Sequence[str]) -> set[str]:
        """Forget what articles say; returns all homes concerned."""
        homes = {str(row[0]) for row in self._among("SELECT home FROM fragment WHERE article IN", articles)}
        self._do("DELETE FROM fragment WHERE article = ?", ((iri,) for iri in articles))
        return homes

    def scatter(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Note what articles say: home, article and fragment."""
        self._do("INSERT INTO fragment VALUES (?, ?, ?)", rows)

    def fragments(self, home: str) -> list[bytes]:
        """What articles say of the things of a group, by article."""
        rows = self._rows("SELECT said FROM fragment WHERE home = ? ORDER BY article", (home,))
        return [_bytes(row[0]) for row in rows]

    def homes(self) -> list[str]:
        """All groups that something is said of."""
        return [str(row[0]) for row in self._rows("SELECT DISTINCT home FROM fragment ORDER BY home")]

    def part(self, home: str, column: str) -> bytes | None:
        """A column (`fused`, `lines`, `told`) of a group's results."""
        row = next(self._rows(f"SELECT {column} FROM part WHERE home = ?", (home,)), None)
        return _bytes(row[0]) if row and row[0] is not None else None

    def parts(self, column: str) -> Iterator[tuple[str, bytes]]:
        """Group and a column of its results, for all groups in their order."""
        for home, value in self._rows(f"SELECT home, {column} FROM part ORDER BY home"):
            yield str(home), _bytes(value)

    def set_fused(self, groups: Iterable[tuple[str, bytes, Sequence[str], object]]) -> None:
        """Keep what fusing made of groups (name, facts), and the things of other groups that they lean on."""
        every = list(groups)
        self._do(
            "INSERT INTO part(home, fused) VALUES (?, ?) "
            "ON CONFLICT(home) DO UPDATE SET fused = excluded.fused",
            ((home, fused) for home, fused, _, _ in every),
        )
        self._do("DELETE FROM leaning WHERE home = ?", ((home,) for home, _, _, _ in every))
        self._do(
            "INSERT INTO leaning VALUES (?, ?)",
            ((thing, home) for home, _, leans, _ in every for thing in leans),
        )

    def leans(self, homes: Iterable[str]) -> list[str]:
        """The things of other groups that groups lean on, in order."""
        rows = self._among("SELECT DISTINCT thing FROM leaning WHERE home IN", homes)
        return sorted({str(row[0]) for row in rows})

    def set_settled(self, home: str, lines: bytes, told: bytes, aside: bool) -> None:
        """Keep what validation left of a group, and whether it set anything aside."""
        self._do(
            "UPDATE part SET lines = ?, told = ?, aside = ? WHERE home = ?", [(lines, told, aside, home)]
        )

    def with_aside(self) -> list[str]:
        """The groups of which something was set aside."""
        return [str(row[0]) for row in self._rows("SELECT home FROM part WHERE aside ORDER BY home")]

    def drop_part(self, home: str) -> None:
        """Forget a group that nothing is said of any more."""
        self._do("DELETE FROM part WHERE home = ?", [(home,)])
        self._do("DELETE FROM leaning WHERE home = ?", [(home,)])

    def leaning_on(self, things: Iterable[str]) -> set[str]:
        """The groups whose facts name one of the things of other groups."""
        return {str(row[0]) for row in self._among("SELECT home FROM leaning WHERE thing IN", things)}


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise DamagedError("a value is not what was kept")
    return value
