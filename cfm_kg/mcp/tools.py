"""What a tool is, and how what an assistant gives it is judged before it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from cfm_kg.errors import CfmError

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a tool found: as text to read, and as values."""

    text: str
    values: Json


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with what tells an assistant when to take it. `schema` is the JSON Schema of its arguments."""

    name: str
    title: str
    description: str
    schema: Json
    run: Callable[[Json], Awaitable[Reply]]


def arguments_schema(properties: Mapping[str, Json], required: tuple[str, ...] = ()) -> Json:
    """The schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def rows_schema(default: int, most: int) -> Json:
    """The schema of `max_rows`, which every tool that returns rows has."""
    text = f"at most so many rows are shown (default {default}, at most {most})"
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default, "description": text}


async def call(tool: Tool, arguments: Json) -> Reply:
    """Run a tool. Raises CfmError for arguments that its schema refuses, and for what the tool refuses."""
    faults = sorted(Draft202012Validator(tool.schema).iter_errors(arguments), key=lambda fault: fault.message)
    if faults:
        known = ", ".join(tool.schema["properties"]) or "none"
        raise CfmError(
            f"these are no arguments for {tool.name}",
            why="; ".join(fault.message for fault in faults),
            remedy=f"its arguments are: {known}",
        )
    return await tool.run(arguments)
