"""The graph as tidy tables and as a network, for those who use spreadsheets, data frames and Gephi."""

from cfm_kg.tables.folder import write_tables
from cfm_kg.tables.network import write_graphml
from cfm_kg.tables.schema import Table, tables

__all__ = ["Table", "tables", "write_graphml", "write_tables"]
