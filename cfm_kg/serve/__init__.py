"""Stage 10 over HTTP: a SPARQL endpoint, named queries, entry checks, and pages of things."""

from cfm_kg.serve.app import create_app
from cfm_kg.serve.settings import Limits, Settings

__all__ = ["Limits", "Settings", "create_app"]
