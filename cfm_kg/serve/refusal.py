"""Why a request is not answered, with the HTTP status that says so."""

from __future__ import annotations

from collections.abc import Mapping

from cfm_kg.errors import CfmError


class HttpError(CfmError):
    """A CfmError with the HTTP status that it means."""

    def __init__(
        self,
        status: int,
        what: str,
        *,
        where: str | None = None,
        why: str | None = None,
        remedy: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what, where=where, why=why, remedy=remedy)
        self.status = status
        self.headers = dict(headers or {})
