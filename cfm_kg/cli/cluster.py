"""`cfm-kg build --scheduler` and `--cluster`: the same build by the workers of a Dask cluster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cfm_kg.cli.terminal import Verbosity, counted, stages, tell
from cfm_kg.errors import DIFFERS, OK, CfmError

if TYPE_CHECKING:
    from cfm_kg.cluster import BuiltParts

_LOCAL = "local:"
_SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Shared:
    """How a build is shared out among workers, as the command line says."""

    scheduler: str | None
    cluster: str | None
    chunk: int | None
    parts: int | None

    @property
    def wanted(self) -> bool:
        """Whether workers of a cluster are to build."""
        return self.scheduler is not None or self.cluster is not None

    def workers(self) -> int | None:
        """How many workers to start here; None for those of a scheduler. Raises CfmError."""
        if self.cluster is None:
            return None
        number = self.cluster.removeprefix(_LOCAL)
        if self.scheduler is not None or not self.cluster.startswith(_LOCAL) or not number.isdigit():
            raise CfmError(
                "this is no cluster",
                where=f"--cluster {self.cluster}",
                remedy="name a scheduler with --scheduler tcp://HOST:8786, or workers here with "
                "--cluster local:4, not both",
            )
        return max(int(number), 1)


def build_shared(
    places: list[str], out: str, decisions: list[Path], shared: Shared, *, fresh: bool, keep: bool
) -> int:
    """Build by a cluster, tell what it came to, and return the exit code."""
    from cfm_kg.building import NothingReadError
    from cfm_kg.cluster import Settings, build_parts, connected
    from cfm_kg.fuse import folders_of, load_decisions
    from cfm_kg.parts import is_address
    from cfm_kg.resources import decisions_dir

    ours = [decisions_dir()] if is_address(out) else folders_of(Path(out))
    rulings = load_decisions([*ours, *decisions])
    settings = Settings(shared.chunk, shared.parts)
    with connected(shared.scheduler, shared.workers()) as client, stages() as watch:
        try:
            built = build_parts(places, out, client, rulings, settings, fresh=fresh, keep=keep, watch=watch)
        except NothingReadError as error:
            for one in error.unread:
                tell(f"not read: {one.name}: {one.reason}", Verbosity.QUIET)
            raise
    _tell(built, out)
    return DIFFERS if built.manifest.counts["Violation"] else OK


def _tell(built: BuiltParts, out: str) -> None:
    for one in built.unread:
        tell(f"not read: {one.name}: {one.reason}", Verbosity.QUIET)
    for iri, problem in built.problems:
        tell(f"decision <{iri}>: {problem}", Verbosity.QUIET)
    from cfm_kg.parts import KINDS

    counts, manifest = built.manifest.counts, built.manifest
    lost = f" ({counts['unread']} not read)" if counts["unread"] else ""
    findings = ", ".join(counted(counts[name], name.lower()) for name in _SEVERITIES)
    tell(
        f"{counted(counts['articles'], 'article')}{lost}, {counted(counts['claims'], 'claim')}, "
        f"{counted(counts['dropped'], 'span')} dropped, {counted(counts['conflicts'], 'conflict')}, "
        f"{counted(counts['set_aside'], 'fact')} set aside; {findings}"
    )
    if not built.anew:
        tell("nothing changed since these parts were built")
    for kind, name in KINDS.items():
        tell(f"  {out}/{kind}/  {counted(len(manifest.of(kind)), 'part')} of {name}")
    tell(
        f"  {out}/manifest.json  what each part holds, in their order, for `cfm-kg verify` and `cfm-kg push`"
    )
    tell(f"  {out}/report.json  what was read, dropped, in conflict and validated")
