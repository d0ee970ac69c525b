"""What a reader process is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query, and the media type of its answer.

    Where graphs are named, they alone are the dataset (SPARQL 1.1 Protocol, 2.1.4), whatever the query says.
    """

    text: str
    media: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    federated: bool = False
