"""Looking after what was built: verifying it, counting what it holds, backing it up and restoring it."""

from cfm_kg.upkeep.backup import back_up, restore
from cfm_kg.upkeep.counts import Stats, stats
from cfm_kg.upkeep.verify import CHECKS, Defect, verify

__all__ = ["CHECKS", "Defect", "Stats", "back_up", "restore", "stats", "verify"]
