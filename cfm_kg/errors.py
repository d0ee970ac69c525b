"""The one exception that reaches a user: it says what, where, why and what to do."""

from __future__ import annotations

OK = 0
DIFFERS = 1
"""Exit code: the data does not conform, or differs."""
COULD_NOT_RUN = 2
"""Exit code: the command could not do its work."""


class CfmError(Exception):
    """A failure explained to its user.

    `what` happened, `where` (a file, a line), `why`, and the `remedy`.
    """

    def __init__(
        self, what: str, *, where: str | None = None, why: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        parts = [self.what if self.where is None else f"{self.where}: {self.what}"]
        if self.why:
            parts.append(f"why: {self.why}")
        if self.remedy:
            parts.append(f"what to do: {self.remedy}")
        return "\n  ".join(parts)
