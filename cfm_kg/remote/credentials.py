"""Who asks: user and password, or a token, from the environment or a file, never from the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cfm_kg.errors import CfmError

VARIABLE = "CFM_KG_ENDPOINT_"
"""Environment variables begin so: CFM_KG_ENDPOINT_USER, …_PASSWORD, …_TOKEN."""
_KEYS = ("user", "password", "token")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a bearer token, or nothing. Secrets stay out of its repr."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


def find_credentials(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Credentials:
    """The credentials of a file, else of the environment. Raises CfmError for half a pair or both kinds."""
    if file is not None:
        return _checked(_read(file), str(file))
    given = {key: environment.get(VARIABLE + key.upper(), "") for key in _KEYS}
    return _checked(given, "the environment")


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CfmError(
            "the file with credentials cannot be read",
            where=str(file),
            why=getattr(error, "strerror", None) or str(error),
        ) from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        key, equals, value = line.partition("=")
        if not line.strip() or line.startswith("#"):
            continue
        if not equals or key.strip() not in _KEYS:  # the line itself may hold a secret: it is not repeated
            raise CfmError(
                "this line is no credential",
                where=f"{file}:{number}",
                remedy="write `user=…` and `password=…`, or `token=…`, one a line",
            )
        found[key.strip()] = value.strip()
    return found


def _checked(given: Mapping[str, str], where: str) -> Credentials:
    user, password, token = (given.get(key) or None for key in _KEYS)
    if (user is None) != (password is None):
        missing = "password" if password is None else "user"
        raise CfmError(f"the credentials lack a {missing}", where=where, remedy="give user and password")
    if user and token:
        raise CfmError(
            "there are two kinds of credentials",
            where=where,
            remedy="give user and password, or a token, not both",
        )
    return Credentials(user, password, token)
