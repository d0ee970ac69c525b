"""Compiled regular expressions as bytes that can be kept: `re` itself keeps only how they are written.

What the compiler of `re` makes of a pattern is numbers, and its engine takes such numbers after a look
whether they make sense. Neither is documented, so where they are not what is expected here nothing is kept,
and patterns are compiled as ever.
"""

from __future__ import annotations

import re
import zlib
from array import array
from importlib import import_module
from typing import Any

import msgspec

_CODE = "I"
"""The engine's numbers have 32 bits."""
_QUICK = 1


class _Frozen(msgspec.Struct, frozen=True, array_like=True):
    flags: int
    groups: int
    names: dict[str, int]
    code: bytes


def frozen(expression: str, flags: int) -> bytes:
    """A regular expression compiled; empty where this Python has no such parts. Raises re.error."""
    try:
        parser: Any = import_module("re._parser")
        compiler: Any = import_module("re._compiler")
        parsed = parser.parse(expression, flags)
        code = array(_CODE, compiler._code(parsed, flags))
        state = parsed.state
        made = _Frozen(flags | state.flags, state.groups - 1, dict(state.groupdict), _packed(code))
    except (ImportError, AttributeError, TypeError, OverflowError):
        return b""
    return msgspec.msgpack.encode(made)


def _packed(code: array[int]) -> bytes:
    return zlib.compress(code.tobytes(), _QUICK)


def thawed(kept: bytes, written: str) -> re.Pattern[str] | None:
    """The regular expression that was kept, `written` as its text; None where it cannot be had."""
    if not kept:
        return None
    one = msgspec.msgpack.decode(kept, type=_Frozen)
    names: list[str | None] = [None] * (one.groups + 1)
    for name, number in one.names.items():
        names[number] = name
    code = array(_CODE, zlib.decompress(one.code)).tolist()
    try:
        engine: Any = import_module("_sre")
        made: re.Pattern[str] = engine.compile(written, one.flags, code, one.groups, one.names, tuple(names))
    except (ImportError, AttributeError, TypeError, RuntimeError):
        return None
    return made
