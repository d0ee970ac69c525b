"""`/sparql`: the SPARQL 1.1 Protocol."""

from cfm_kg.serve.sparql.routes import routes

__all__ = ["routes"]
