"""A Model Context Protocol server: assistants ask the graph, look things up, and check entries."""

from cfm_kg.mcp.server import serve

__all__ = ["serve"]
