"""What a server is told once, when it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from cfm_kg.review.queue import LOW
from cfm_kg.vocab import BASE

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all of them together, may take."""

    seconds: float = 30.0
    """How long the engine may work on one query before it is stopped."""
    rows: int = 1_000_000
    """How many rows or triples an answer may have."""
    answer_bytes: int = 256 * MEGABYTE
    """How large an answer may be."""
    request_bytes: int = 10 * MEGABYTE
    """How large a request's body may be."""
    memory: int = 1024 * MEGABYTE
    """How many bytes one reader process may take."""
    parallel: int = max(4, os.cpu_count() or 1)
    """How many queries run at a time, each in a process of its own."""
    waiting: int = 64
    """How many more may wait for their turn."""
    patience: float = 10.0
    """How many seconds they wait at most."""
    slow: float = 0.5
    """After so many seconds of work a query makes way for others: it goes on at a lower priority."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, under which names, to whom, and within which limits."""

    store: Path = Path("build/store")
    base: str = BASE
    """The base of the things' IRIs in the store."""
    public: str | None = None
    """The address under which the public reaches this server, with a slash at its end; None: as requested."""
    limits: Limits = field(default_factory=Limits)
    writable: bool = False
    """Whether SPARQL Update is taken from who knows the token."""
    token: str | None = field(default=None, repr=False)
    decisions: Path | None = None
    """The folder of what reviewers decide; None: `decisions` beside the store."""
    unsure: float = LOW
    """Claims of less confidence are put up for review."""
    federated: bool = False
    """Whether queries may use SERVICE, that is, let this server call others."""
    served: bool = True
    """Whether a server answers; pages of a folder of files have no forms, and nothing that needs a server."""
