"""Memory that is free, and that the C library keeps for what may come."""

from __future__ import annotations

import ctypes
import os


def give_back() -> None:
    """Hand free memory to other processes, where the C library can (glibc's `malloc_trim`)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)
