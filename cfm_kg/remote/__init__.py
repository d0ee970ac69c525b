"""Stores elsewhere: asking any SPARQL 1.1 endpoint, and bringing graphs there and back."""

from cfm_kg.remote.connection import Connection
from cfm_kg.remote.credentials import Credentials, find_credentials
from cfm_kg.remote.endpoint import Endpoint

__all__ = ["Connection", "Credentials", "Endpoint", "find_credentials"]
