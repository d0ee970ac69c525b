"""Building a folder: the same mechanism whether one article changed or all are new.

`build_folder` works on what changed and keeps what it made for the next time; `write_build` writes what
`cfm_kg.pipeline.assemble` made in memory. Both give the same bytes.
"""

from cfm_kg.building.build import Built, NothingReadError, build_folder
from cfm_kg.building.memory import report_json, write_build
from cfm_kg.building.workers import cores

__all__ = ["Built", "NothingReadError", "build_folder", "cores", "report_json", "write_build"]
