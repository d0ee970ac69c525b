"""Documents announced as those that were not agreed: "Two texts did not make it. The first is …"."""

from __future__ import annotations

from cfm_kg.extract.documents.actions import Deed
from cfm_kg.extract.documents.acts import NONE
from cfm_kg.extract.documents.headers import Header, announcement
from cfm_kg.extract.documents.owners import Owners
from cfm_kg.extract.documents.told import Told


def setback(told: Told, owners: Owners) -> Header | None:
    """What a sentence leaves to the next that only tells that several documents were not agreed."""
    several = tuple(p for p in told.phrases if p.plural)
    heading = not told.phrases and told.sentence.units[-1].text == ":"
    if not (several or heading) or any(p.all_titles for p in told.phrases):
        return None
    if any(act.name != NONE for act in told.acts) or not told.context.has("document_setbacks", told.sentence):
        return None
    return announcement(told, Deed("consider", owners.told_in(told.sentence)), several)
