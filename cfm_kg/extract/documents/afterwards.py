"""What is said of documents after they were told of: "All three were signed", "In all there were 17"."""

from __future__ import annotations

from cfm_kg.extract.context import Context
from cfm_kg.extract.documents.actions import ACTS, Deed
from cfm_kg.extract.documents.headers import Header
from cfm_kg.extract.documents.ledger import Ledger
from cfm_kg.extract.documents.owners import Owners
from cfm_kg.extract.documents.told import Told

_DONE = frozenset({"adopt", "sign", "approve", "refer"})
_CONSIDER = "consider"
_BOTH = 2


def retell(context: Context, here: Told, owners: Owners, ledger: Ledger) -> None:
    """Let a verb for all documents listed before outweigh what their list says."""
    for _, match in context.matches("document_recalls", here.sentence):
        name = here.sentence.units[match.start("verb")].value("ACT")
        said = match.start("count")
        number = here.sentence.units[said].value("NUMWORD") or here.sentence.units[said].text
        if name in _DONE and (said < 0 or number.isdigit()):
            deed = Deed(name, owners.told_in(here.sentence), reported=True)
            ledger.retell(deed, int(number) if said >= 0 else _BOTH)


def sum_up(context: Context, here: Told, owners: Owners, ledger: Ledger, header: Header | None) -> None:
    """Count the documents of which a sentence tells no more than how many they were in all."""
    if not here.phrases or not context.has("document_totals", here.sentence):
        return
    meeting = owners.told_in(here.sentence)
    last = ledger.documents[-1] if ledger.documents else None
    if header is not None and header.deed.meeting is meeting:
        deed = header.deed
    elif last is not None and last.meeting == meeting.key:
        deed = Deed(ACTS[last.action], meeting)
    else:
        deed = Deed(_CONSIDER, meeting)
    for each in here.handled:
        if each.act is None and each.phrase.plural:
            ledger.count(here.sentence, each.phrase, each.phrase.count, deed, "counted-in-all")
