"""Pages with terminal sessions: what a page shows, and what the commands really print.

A `console` block holds commands behind `$ ` and their output; a line `…` stands for any lines. A block behind
`<!-- file: NAME -->` is written to that file first.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Runner = Callable[[list[str]], tuple[int, str]]
"""Arguments of a program → exit code, and output as a terminal shows it."""

ELLIPSIS = "…"
_BLOCK = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page; `start` and `end` bound its body."""

    kind: str
    body: str
    start: int
    end: int
    file: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a session, what the page shows for it, and what it prints."""

    command: str
    shown: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the page is right."""
        pattern = "".join(
            r"(?:.*\n)*?" if line == ELLIPSIS else re.escape(line) + "\n" for line in self.shown
        )
        return re.fullmatch(pattern, "".join(f"{line}\n" for line in self.printed)) is not None

    def corrected(self) -> tuple[str, ...]:
        """What the page should show, with as many lines around an ellipsis as there were."""
        if self.agrees or self.shown.count(ELLIPSIS) != 1:
            return self.shown if self.agrees else self.printed
        before = self.shown.index(ELLIPSIS)
        after = len(self.shown) - before - 1
        return (*self.printed[:before], ELLIPSIS, *self.printed[len(self.printed) - after :])


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in their order."""
    for match in _BLOCK.finditer(page):
        yield Block(match["kind"], match["body"], match.start("body"), match.end("body"), match["file"])


def steps(session: str, runner: Runner, program: str = "cfm-kg") -> Iterator[Step]:
    """Run the commands of a session: those of a program, and `echo $?`."""
    code = 0
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        if command == "echo $?":
            printed = str(code)
        else:
            name, *arguments = shlex.split(command)
            if name != program:
                raise ValueError(f"here a page may only run {program}, not {command!r}")
            code, printed = runner(arguments)
        yield Step(command, tuple(shown), tuple(printed.splitlines()))


def rewritten(page: str, sessions: dict[int, str]) -> str:
    """The page with other sessions, by where they start."""
    parts, done = list[str](), 0
    for block in blocks(page):
        if block.start in sessions:
            parts += [page[done : block.start], sessions[block.start]]
            done = block.end
    return "".join(parts) + page[done:]
