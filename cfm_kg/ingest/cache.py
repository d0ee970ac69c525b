"""Fetched pages kept on disk, so that a second build asks no server."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was fetched."""

    url: str
    media_type: str
    retrieved: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PageCache:
    """Pages by the address that was asked for. A cache that cannot be written or read is no error."""

    folder: Path

    def get(self, url: str, fresh: float) -> Kept | None:
        """The page of `url`, if it was kept no more than `fresh` seconds ago."""
        body, about = self._paths(url)
        try:
            if not 0 <= time.time() - about.stat().st_mtime <= fresh:
                return None
            told = json.loads(about.read_text(encoding="utf-8"))
            data = body.read_bytes()
            if hashlib.sha256(data).hexdigest() != told["sha256"]:
                return None
            return Kept(told["url"], told["media_type"], told["retrieved"], data)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, final: str, media_type: str, retrieved: str, data: bytes) -> None:
        """Keep a page."""
        body, about = self._paths(url)
        told = {
            "asked": url,
            "url": final,
            "media_type": media_type,
            "retrieved": retrieved,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for path, content in ((body, data), (about, json.dumps(told, indent=1).encode())):
                draft = path.with_suffix(f"{path.suffix}.{os.getpid()}")
                draft.write_bytes(content)
                draft.replace(path)
        except OSError:
            return

    def _paths(self, url: str) -> tuple[Path, Path]:
        key = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self.folder / f"{key}.page", self.folder / f"{key}.json"
