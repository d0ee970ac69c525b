"""Stage 3: Document → sentences with typed mentions (dates, councils, offices, people)."""

from __future__ import annotations

from cfm_kg.annotate.bodies import BodyReader
from cfm_kg.annotate.dates import dated
from cfm_kg.annotate.lists import listed
from cfm_kg.annotate.people import peopled
from cfm_kg.annotate.segment import sentences
from cfm_kg.model import Document
from cfm_kg.packs.language import Language
from cfm_kg.registry import Registry
from cfm_kg.units import Annotated

__all__ = ["annotate"]


def annotate(document: Document, language: Language, registry: Registry) -> Annotated:
    """Find what the text names, sentence by sentence."""
    found = dated(document, sentences(document, language), language)
    found = BodyReader(registry, language).embodied(found)
    found = peopled(found, language, registry)
    return Annotated(document, tuple([listed(s, language, registry) if s.people else s for s in found]))
