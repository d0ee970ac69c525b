"""What an address of `/ask` asks for: a named query with its parameters, or a text, and how to show it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from cfm_kg.errors import CfmError
from cfm_kg.query.catalogue import NamedQuery, catalogue
from cfm_kg.query.lexing import form_of

_VIEW = ("as", "of", "by", "split")
"""How to show the answer. In addresses `show-` stands before them: no variable of SPARQL has a hyphen."""
_OWN = ("name", "query", "run", *(f"show-{key}" for key in _VIEW))


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked."""

    name: str
    text: str
    named: NamedQuery | None
    given: tuple[tuple[str, str], ...]
    run: bool
    view: dict[str, str]

    @property
    def form(self) -> str:
        """The query's form; what is no query counts as SELECT: the engine will say where it is wrong."""
        try:
            return form_of(self.named.text if self.named else self.text)
        except CfmError:
            return "SELECT"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of an address that asks the same, shown as a table."""
        if self.named is None:
            return [("query", self.text)]
        return [("name", self.named.name), *self.given, ("run", "1")]

    def address(self, path: str, **view: str) -> str:
        """An address that asks the same and shows it so."""
        return f"{path}?" + urlencode([*self.pairs, *((f"show-{key}", value) for key, value in view.items())])


def asking(request: Request) -> Asking:
    """What a request asks."""
    found = request.query_params
    name, text = found.get("name", ""), found.get("query", "")
    given = tuple(
        (key, value.strip()) for key, value in found.multi_items() if key not in _OWN and value.strip()
    )
    named = catalogue().get(name)
    view = {key: found[f"show-{key}"] for key in _VIEW if f"show-{key}" in found}
    run = bool(text) if named is None else "run" in found or bool(given)
    return Asking(name, lines_of(text), named, given, run, view)


def lines_of(text: str) -> str:
    """Forms send lines as CR LF; places in queries count LF."""
    return text.replace("\r\n", "\n")
