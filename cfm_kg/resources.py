"""Where the data folders are, in a checkout and in an installed wheel alike, and where to keep things."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from cfm_kg.errors import CfmError

_PACKAGE = Path(__file__).resolve().parent


@cache
def data_dir(name: str) -> Path:
    """The folder `name` (`ontology`, `shapes`, `queries` or `seeds`). Raises CfmError when it is missing."""
    for root in (_PACKAGE / "data", _PACKAGE.parent):
        if (root / name).is_dir():
            return root / name
    raise CfmError(
        f"the data folder {name!r} is missing",
        where=str(_PACKAGE),
        why="the installation is incomplete",
        remedy="install cfm-kg again",
    )


def ontology_dir() -> Path:
    """Vocabulary, concepts, alignment, prefixes."""
    return data_dir("ontology")


def shapes_dir() -> Path:
    """SHACL shapes."""
    return data_dir("shapes")


def queries_dir() -> Path:
    """Named SPARQL queries."""
    return data_dir("queries")


def registry_dir() -> Path:
    """Reference data."""
    return data_dir("seeds") / "registry"


def decisions_dir() -> Path:
    """Human decisions."""
    return data_dir("seeds") / "decisions"


def languages_dir() -> Path:
    """Language packs."""
    return data_dir("seeds") / "languages"


def articles_dir() -> Path:
    """The seed articles."""
    return data_dir("seeds") / "articles"


def cache_dir() -> Path:
    """`$CFM_KG_CACHE`, else `$XDG_CACHE_HOME/cfm-kg`, else `~/.cache/cfm-kg`."""
    own = os.environ.get("CFM_KG_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "cfm-kg"
