"""What every task of one build knows: where work files are, and by which program they are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from cfm_kg.environment import environment
from cfm_kg.errors import CfmError
from cfm_kg.parts import Folder

WORK = ".cache/cluster"


@dataclass(frozen=True)
class Job:
    """A build. `out` is the address of its folder, `program` the hash of code and data that make it."""

    out: str
    program: str

    @classmethod
    def at(cls, folder: Folder) -> Job:
        """A build into a folder, by the program that runs here."""
        return cls(folder.url, environment().hex())

    @cached_property
    def folder(self) -> Folder:
        """Where the results go."""
        return Folder(self.out)

    @cached_property
    def work(self) -> Folder:
        """Where work files are."""
        return self.folder.below(WORK)

    def check(self) -> None:
        """Raises CfmError where this process runs another program than the one that asks."""
        if environment().hex() != self.program:
            raise CfmError(
                "a worker runs another version of cfm-kg, or has other data",
                why="its results would not be those of the plain build",
                remedy="install the same version for workers and client (the same image, or a shared folder)",
            )

    def name(self, stage: str, *inputs: object) -> str:
        """The name of a work file: by what it is made from, so that it is made once."""
        told = repr((self.program, stage, inputs)).encode()
        return f"{stage}/{blake2b(told, digest_size=16).hexdigest()}"


def place_in(text: str, number: int) -> int:
    """Which of so many places a name belongs to: evenly, and the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) % number
