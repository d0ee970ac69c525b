"""The same build on many machines, by Dask: from articles in any file system to a sorted graph in parts."""

from cfm_kg.cluster.build import BuiltParts, Settings, build_parts
from cfm_kg.cluster.engine import connected

__all__ = ["BuiltParts", "Settings", "build_parts", "connected"]
