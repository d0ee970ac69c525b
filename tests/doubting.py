"""Claims that are open to review, however good the rules have become."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def doubting(*rules: str) -> Iterator[None]:
    """What is read meanwhile trusts these rules little, and all others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cfm_kg.resolve.claims.confidence", lambda rule: 0.5 if rule in rules else 0.99)
        yield
