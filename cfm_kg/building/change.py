"""What a build changes, while it is gathered."""

from __future__ import annotations

from collections.abc import Iterable


class Change:
    """What parts of the graph were and are, each with all its lines, while they are gathered."""

    def __init__(self, *, wanted: bool = True) -> None:
        self.wanted = wanted
        self._parts: dict[str, tuple[list[bytes], list[bytes]]] = {}

    def add(self, name: str, old: Iterable[bytes], new: Iterable[bytes]) -> None:
        """Note what a part was and is; noted twice, it is as it was noted last."""
        if self.wanted:
            before = self._parts[name][0] if name in self._parts else list(old)
            self._parts[name] = before, list(new)

    def before(self) -> set[bytes]:
        """All lines of these parts as they were."""
        return {line for old, _ in self._parts.values() for line in old}

    def after(self) -> set[bytes]:
        """All lines of these parts as they are."""
        return {line for _, new in self._parts.values() for line in new}
