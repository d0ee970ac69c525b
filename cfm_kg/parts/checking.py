"""Whether the parts of a graph are what their manifest says, are in order, and can be read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import sha256

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.parts.folder import Folder
from cfm_kg.parts.lines import graph_of
from cfm_kg.parts.manifest import MANIFEST, Manifest, Part, read_manifest

_REPORT = "report.json"


def open_parts(folder: Folder) -> Manifest:
    """The manifest of a folder of parts. Raises CfmError where there is none."""
    found = read_manifest(folder)
    if found is None:
        raise CfmError(
            "there are no parts of a graph here",
            where=folder.path(MANIFEST),
            why="there is no manifest",
            remedy="name a folder that `cfm-kg build --scheduler …` or `--cluster …` has finished",
        )
    return found


def lines_of(folder: Folder, part: Part) -> list[bytes]:
    """The lines of a part. Raises CfmError where it is not what the manifest says."""
    try:
        return _content(folder, part).split(b"\n")[:-1]
    except ValueError as error:
        raise CfmError(
            "this part is damaged",
            where=folder.path(part.name),
            why=str(error),
            remedy="build again: other parts are kept",
        ) from error


def _content(folder: Folder, part: Part) -> bytes:
    try:
        small = folder.read(part.name)
    except FileNotFoundError as error:
        raise ValueError("the file that the manifest tells of is missing") from error
    if len(small) != part.compressed_bytes or sha256(small).hexdigest() != part.compressed_sha256:
        raise ValueError("its bytes are not those that were written")
    try:
        data = zlib.decompress(small, wbits=31)
    except zlib.error as error:
        raise ValueError(f"it cannot be decompressed: {error}") from error
    if sha256(data).hexdigest() != part.sha256:
        raise ValueError("its lines are not those that were written")
    return data


def faults(folder: Folder) -> Iterator[tuple[str, str]]:
    """File, and what is wrong with it. Raises CfmError where there is no manifest."""
    manifest = open_parts(folder)
    for kind in dict.fromkeys(part.kind for part in manifest.parts):
        before = b""
        for part in manifest.of(kind):
            try:
                lines = _content(folder, part).split(b"\n")[:-1]
            except ValueError as error:
                yield part.name, str(error)
                continue
            for what in _wrong(part, lines, before):
                yield part.name, what
            before = lines[-1] if lines else before
    stated = manifest.counts.get("statements")
    found = sum(part.lines for part in manifest.of("graph"))
    if stated != found:
        yield MANIFEST, f"it tells of {stated} statements, and its parts hold {found}"
    try:
        if sha256(folder.read(_REPORT)).hexdigest() != manifest.report_sha256:
            yield _REPORT, "its bytes are not those that were written"
    except FileNotFoundError:
        yield _REPORT, "the file that the manifest tells of is missing"


def _wrong(part: Part, lines: list[bytes], before: bytes) -> Iterator[str]:
    if len(lines) != part.lines:
        yield f"it has {len(lines)} lines, and the manifest says {part.lines}"
    if any(one >= other for one, other in zip([before, *lines], lines, strict=False)):
        yield "its lines are not sorted, or do not follow those of the part before"
    if part.kind != "graph":
        return
    if sum(1 for line in lines if graph_of(line)) != part.in_graphs:
        yield "another number of its lines is in named graphs than the manifest says"
    try:
        for quad in ox.parse(b"".join(line + b"\n" for line in lines), format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                yield f"a thing has no name: {quad}"
    except (SyntaxError, ValueError) as error:
        yield f"it is not N-Quads: {error}"
