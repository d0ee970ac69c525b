"""Where the articles are: local paths and addresses that fsspec knows, in chunks that one task reads."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import IO, Any

from cfm_kg.building.records import pack
from cfm_kg.cluster.job import Job
from cfm_kg.errors import CfmError
from cfm_kg.ingest import File, Refused, find_files, names_of
from cfm_kg.parts import is_address
from cfm_kg.parts.folder import at

_BYTES = 64 * 1024 * 1024
"""Bytes of files that one task reads, unless it is a single larger one."""
_LEAST, _MOST, _TASKS = 32, 2500, 64
_STAMPS = ("ETag", "etag", "md5Hash", "checksum", "mtime", "LastModified", "last_modified", "created")


@dataclass(frozen=True, slots=True)
class Place:
    """A file that is there: its name in the build, its address, and what tells that it did not change."""

    name: str
    url: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Remote:
    """A file in some file system that fsspec knows, read as a `pathlib.Path` is."""

    system: Any
    path: str

    def stat(self) -> Any:
        """Its size as `st_size`."""
        return SimpleNamespace(st_size=int(self.system.size(self.path)))

    def read_bytes(self) -> bytes:
        """All of it."""
        return bytes(self.system.cat_file(self.path))

    def open(self, mode: str, /) -> IO[Any]:
        """It as a stream."""
        opened: IO[Any] = self.system.open(self.path, mode)
        return opened


def file_at(url: str) -> File:
    """The file at a path or an address."""
    return Remote(*at(url)) if is_address(url) else Path(url)


def find_places(wanted: Iterable[str]) -> tuple[list[Place], list[Refused]]:
    """The files that are named, by name, each once; and what names none. Raises CfmError for web pages."""
    every = sorted(set(wanted))
    far = [one for one in every if is_address(one)]
    for one in every:
        if one == "-" or one.startswith(("http://", "https://")):
            raise CfmError(
                "a cluster reads files and object stores only",
                where=one,
                remedy="bring the articles to a folder that all workers see, or to a bucket",
            )
    found = find_files(one for one in every if one not in far)
    refused = [one for one in found if isinstance(one, Refused)]
    there: dict[PurePosixPath, tuple[str, int, str]] = {}
    for path in (one for one in found if isinstance(one, Path)):
        status = path.stat()
        there[PurePosixPath(path)] = (str(path), status.st_size, str(status.st_mtime_ns))
    for one in far:
        listed = dict(_listed(one))
        there |= listed
        if not listed:
            refused.append(Refused(one, "no file is there; what to do: check the address"))
    names = names_of(sorted(there))
    places = [Place(names[path], *rest) for path, rest in there.items()]
    return sorted(places, key=lambda one: one.name), refused


def _listed(url: str) -> Iterator[tuple[PurePosixPath, tuple[str, int, str]]]:
    """Path, and address, size and stamp, of the files at an address; hidden ones are left out."""
    system, root = at(url)
    if glob.has_magic(root):
        found = system.glob(root, detail=True)
    elif system.isdir(root):
        found = system.find(root, detail=True)
    else:
        found = {root: system.info(root)} if system.exists(root) else {}
    below = len(PurePosixPath(root).parts)
    for path, told in found.items():
        hidden = any(part.startswith(".") for part in PurePosixPath(path).parts[below:])
        if told["type"] == "file" and not hidden:
            stamp = next((str(told[name]) for name in _STAMPS if told.get(name)), "")
            yield PurePosixPath(path), (str(system.unstrip_protocol(path)), int(told["size"]), stamp)


def chunks(places: Sequence[Place], size: int | None) -> Iterator[list[Place]]:
    """The files in their order, so many together, and not too many bytes."""
    size = size or min(max(len(places) // _TASKS, _LEAST), _MOST)
    chunk, held = list[Place](), 0
    for place in places:
        if chunk and (len(chunk) >= size or held + place.size > _BYTES):
            yield chunk
            chunk, held = [], 0
        chunk.append(place)
        held += place.size
    if chunk:
        yield chunk


def write_chunk(job: Job, chunk: Sequence[Place]) -> str:
    """Note which files a chunk holds, for the task that reads them; returns the chunk's name."""
    data = pack(list(chunk))
    name = f"chunks/{blake2b(data, digest_size=12).hexdigest()}"
    if job.work.size(name) != len(data):
        job.work.write(name, data)
    return name
