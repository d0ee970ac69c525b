"""How Turtle and TriG write a term: prefixed where that is safe, in full where it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from cfm_kg.model import Literal, Node
from cfm_kg.quads import node
from cfm_kg.vocab import BASE, RDF_TYPE, XSD, prefixes

ID_BASE = BASE + "id/"
"""Things below this are written relative to it."""

# A subset of what Turtle allows that needs no escapes anywhere.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\Z|\Z")
_RELATIVE = re.compile(r"[a-z][A-Za-z0-9_-]*(?:/[A-Za-z0-9_~-]+)+\Z")
_BARE = {
    XSD("integer"): re.compile(r"(?:0|-?[1-9][0-9]*)\Z"),
    XSD("decimal"): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z"),
    XSD("boolean"): re.compile(r"(?:true|false)\Z"),
}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f\u0085\u2028\u2029]')


class TermWriter:
    """Writes terms and remembers which prefixes it used."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = prefixes() if known is None else known
        longest = sorted(self._known.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._by_space = {space: prefix for prefix, space in reversed(longest) if space[-1:] in "/#"}
        self._odd = [pair for pair in longest if pair[1][-1:] not in "/#"]
        self._written: dict[str, str] = {}
        self.used: set[str] = set()
        self.relative = False

    def iri(self, iri: str) -> str:
        """An IRI: `cfm:date`, `<meeting/…>` relative to the base of things, or in full."""
        written = self._written.get(iri)
        if written is None:
            written = self._written[iri] = self._new(iri)
        return written

    def _new(self, iri: str) -> str:
        for prefix, namespace in self._odd:
            if iri.startswith(namespace) and _LOCAL.match(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        # A local name holds neither sign: most namespaces end with the last one of an IRI.
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        known = self._by_space.get(iri[:cut])
        if known is not None and _LOCAL.match(iri, cut):
            self.used.add(known)
            return f"{known}:{iri[cut:]}"
        if iri.startswith(ID_BASE) and _RELATIVE.match(iri, len(ID_BASE)):
            self.relative = True
            return f"<{iri[len(ID_BASE) :]}>"
        return f"<{iri}>"

    def predicate(self, iri: str) -> str:
        """A predicate, with `a` for rdf:type."""
        return "a" if iri == RDF_TYPE else self.iri(iri)

    def term(self, value: object) -> str:
        """An IRI, a literal or a triple term, plain or the store's. Raises TypeError for a blank node."""
        if isinstance(value, str):
            return self.iri(value)
        if isinstance(value, ox.Triple):
            return f"<<( {' '.join(map(self.term, value))} )>>"
        plain = value if isinstance(value, Literal) else node(value)
        if isinstance(plain, str):
            return self.iri(plain)
        if plain.datatype in _BARE and _BARE[plain.datatype].match(plain.value):
            return plain.value
        text = f'"{_UNSAFE.sub(_escaped, plain.value)}"'
        if plain.language:
            return f"{text}@{plain.language}"
        return f"{text}^^{self.iri(plain.datatype)}" if plain.datatype else text

    def header(self, *, whole: bool = False) -> str:
        """The base and the prefixes used, sorted; with `whole`, all there are."""
        lines = [f"@base <{ID_BASE}> .\n"] if self.relative or whole else []
        used = self._known if whole else self.used
        lines += [f"@prefix {prefix}: <{self._known[prefix]}> .\n" for prefix in sorted(used)]
        return "".join(lines)


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}")


def sort_key(value: Node | ox.Triple) -> tuple[bool, str, str, str]:
    """IRIs first, then literals by text, language and datatype."""
    if isinstance(value, str):
        return False, value, "", ""
    if isinstance(value, ox.Triple):
        return True, str(value), "", ""
    return True, value.value, value.language or "", value.datatype or ""
