"""Stage 10 over HTTP: a SPARQL endpoint, named queries, entry checks, and pages of things.

Imports nothing, since reader processes, of which many start, need no web framework.
"""
