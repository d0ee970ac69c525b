"""What a query returned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pyoxigraph as ox

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
"""A value of a row; None where a variable is unbound."""


class Kind(Enum):
    """What a query returns, by its form."""

    ROWS = "rows"
    TRUTH = "truth"
    TRIPLES = "triples"


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE, sorted."""

    kind: Kind
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] = ()

    def __len__(self) -> int:
        return len(self.triples) if self.kind is Kind.TRIPLES else len(self.rows)

    def values(self) -> list[dict[str, str | None]]:
        """The rows as plain text: IRIs and lexical forms by variable."""
        return [
            {
                name: None if cell is None else plain(cell)
                for name, cell in zip(self.variables, row, strict=True)
            }
            for row in self.rows
        ]


def read_result(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Result:
    """Read an answer to its end."""
    if isinstance(answer, ox.QueryBoolean):
        return Result(Kind.TRUTH, truth=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return Result(Kind.TRIPLES, triples=tuple(sorted(set(answer), key=str)))
    names = tuple(variable.value for variable in answer.variables)
    return Result(Kind.ROWS, names, tuple(map(tuple, answer)))


def plain(cell: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term as CSV has it: an IRI in full, a literal's lexical form, `_:b` for a blank node."""
    return cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else str(cell)
